"""What somebody tells of a change of units: one form for each kind of change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nhipcau.desk.actions.unit_changes import Telling
from nhipcau.desk.forms.chosen import LinesField, Offered, document_meant, each_meant
from nhipcau.desk.queries.unit_changes import MARK, Choice, documents_to_choose, units_to_choose
from nhipcau.kernel.widgets import DayInput, LongSelect
from nhipcau.registry.actions.unit_changes import NewUnit
from nhipcau.registry.enums import ChangeKind, UnitKind
from nhipcau.registry.models import Area, Unit
from nhipcau.registry.queries.names import name_index

UNITS, DOCUMENTS = "units-on-record", "documents-on-record"


class ChangeForm(forms.Form):
    """What every change is told with: from which day, by which document."""

    kind: ChangeKind

    on = forms.DateField(
        label=_("From"), widget=DayInput, help_text=_("The first day on which it is so.")
    )
    document = forms.CharField(
        label=_("By which document"),
        required=False,
        max_length=400,
        widget=Offered(DOCUMENTS),
        help_text=_("Number and symbol, as it stands under Documents."),
    )
    source = forms.CharField(label=_("Or where it is known from"), required=False, max_length=300)

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.units: list[Choice] = units_to_choose(on=on)
        self.documents: list[Choice] = documents_to_choose()
        self.order_fields([*self.told_first, "on", "document", "source"])

    told_first: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        words = cleaned.get("document", "")
        if words:
            try:
                cleaned["document"] = document_meant(words, self.documents)
            except forms.ValidationError as wrong:
                self.add_error("document", wrong)
        elif "document" not in self.errors:
            cleaned["document"] = None
            if not cleaned.get("source"):
                self.add_error(
                    "document", gettext("Name the document, or say below where it is known from.")
                )
        return cleaned

    def unit_meant(self, words: str) -> Unit:
        """The unit that the words name on the eve of the day or on the day itself."""
        keys = [choice.key for choice in self.units if choice.words == words]
        known = Unit.objects.filter(pk__in=keys) if keys else Unit.objects.none()
        known = known or Unit.objects.filter(key=words.rpartition(MARK)[2].strip())
        if len(known) == 1:
            return known[0]
        day: date = self.cleaned_data.get("on") or date.max
        for on in (day - timedelta(days=1), day):
            answer = name_index().resolve(words, on=on, scope=self.unit.area_id)
            if answer.only is not None and not answer.only.is_group:
                return Unit.objects.get(pk=answer.only.id)
        raise forms.ValidationError(
            gettext("“%(words)s”: %(why)s Choose a unit from the list.")
            % {"words": words[:120], "why": answer.why or gettext("It names no single unit.")}
        )

    def units_of(self, name: str) -> list[Unit]:
        """The units that the lines of a field name; what is wrong stands beside the field."""
        try:
            return each_meant(self.cleaned_data.get(name, []), self.unit_meant)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return []

    def as_new(self, name: str) -> NewUnit:
        """A new unit by its name: kind, area and place as this unit's, where nothing else is said.

        One query.
        """
        above = self.unit.parents.filter(valid_to__isnull=True).select_related("parent").first()
        return NewUnit(
            name=name,
            kind=self.cleaned_data.get("new_kind") or self.unit.kind,
            area=self.cleaned_data.get("new_area") or self.unit.area,
            parent=above.parent if above else None,
        )

    def telling(self) -> Telling:
        """As the action takes it."""
        raise NotImplementedError

    def told(self, **values: Any) -> Telling:
        return Telling(
            kind=self.kind,
            on=self.cleaned_data["on"],
            document=self.cleaned_data["document"],
            source=self.cleaned_data["source"],
            **values,
        )


class RenameForm(ChangeForm):
    kind = ChangeKind.RENAME
    told_first = ("new_name",)

    new_name = forms.CharField(label=_("New official name"), max_length=300)

    def telling(self) -> Telling:
        return self.told(
            before=[self.unit], after=[self.unit], new_name=self.cleaned_data["new_name"]
        )


class DissolveForm(ChangeForm):
    kind = ChangeKind.DISSOLVE

    def telling(self) -> Telling:
        return self.told(before=[self.unit])


class TransferForm(ChangeForm):
    kind = ChangeKind.TRANSFER_FUNCTION
    told_first = ("function", "takers")

    function = forms.CharField(
        label=_("Which function"),
        max_length=500,
        help_text=_("In the words of the document: state management of journalism."),
    )
    takers = LinesField(label=_("To which units"), list_id=UNITS)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["takers"] = self.units_of("takers")
        return cleaned

    def telling(self) -> Telling:
        return self.told(
            before=[self.unit],
            after=self.cleaned_data["takers"],
            function=self.cleaned_data["function"],
        )


class MakingForm(ChangeForm):
    """A change that may make units: of which kind they are, and where they work."""

    new_kind = forms.ChoiceField(
        label=_("Kind of a new unit"),
        required=False,
        choices=[("", _("As this unit")), *UnitKind.choices],
    )
    new_area = forms.ModelChoiceField(
        label=_("Area of a new unit"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=pgettext_lazy("area", "As this unit"),
        widget=LongSelect,
    )

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, on=on, **kwargs)
        choice = self.fields["new_area"]
        if isinstance(choice, forms.ModelChoiceField):
            standing = Area.objects.filter(valid_to__isnull=True)
            choice.queryset = standing.exclude(kind="border_gate").order_by("label", "pk")


class MergeForm(MakingForm):
    kind = ChangeKind.MERGE
    told_first = ("partners", "result", "new_name", "new_kind", "new_area", "carry")

    partners = LinesField(
        label=_("Comes together with"),
        required=False,
        list_id=UNITS,
        help_text=_("One unit a line; more lines appear after the preview."),
    )
    result = forms.CharField(
        label=_("Goes on as the unit on record"),
        required=False,
        max_length=400,
        widget=Offered(UNITS),
        help_text=_("One of them, or another unit that takes them in."),
    )
    new_name = forms.CharField(
        label=_("Or becomes a new unit with the name"),
        required=False,
        max_length=300,
        help_text=_("A new body is a new unit, even under an old name."),
    )
    carry = forms.BooleanField(
        label=_("The people keep their roles in the unit that follows"), required=False
    )

    def __init__(self, *args: Any, may_give_roles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_give_roles:
            del self.fields["carry"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["partners"] = self.units_of("partners")
        if bool(cleaned.get("result")) == bool(cleaned.get("new_name")):
            self.add_error(
                "result", gettext("Say which one unit goes on, or the name of the new one.")
            )
        elif cleaned.get("result"):
            try:
                cleaned["result"] = self.unit_meant(cleaned["result"])
            except forms.ValidationError as wrong:
                self.add_error("result", wrong)
        return cleaned

    def telling(self) -> Telling:
        typed = self.cleaned_data
        others = [unit for unit in typed["partners"] if unit.pk != self.unit.pk]
        return self.told(
            before=[self.unit, *others],
            after=[typed["result"]] if typed["result"] else [],
            new=[self.as_new(typed["new_name"])] if typed["new_name"] else [],
            carry=bool(typed.get("carry")),
        )


class SplitForm(MakingForm):
    kind = ChangeKind.SPLIT
    told_first = ("goes_on", "results", "new_names", "new_kind", "new_area")

    goes_on = forms.BooleanField(label=_("This unit goes on as one of the parts"), required=False)
    results = LinesField(label=_("Parts that are units on record"), required=False, list_id=UNITS)
    new_names = LinesField(
        label=_("New units, by name"),
        required=False,
        help_text=_("One unit a line; more lines appear after the preview."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["results"] = self.units_of("results")
        return cleaned

    def telling(self) -> Telling:
        typed = self.cleaned_data
        parts = [unit for unit in typed["results"] if unit.pk != self.unit.pk]
        return self.told(
            before=[self.unit],
            after=[*([self.unit] if typed["goes_on"] else []), *parts],
            new=[self.as_new(name) for name in typed["new_names"]],
        )


FORMS: dict[str, type[ChangeForm]] = {
    form.kind.value: form for form in (RenameForm, MergeForm, SplitForm, DissolveForm, TransferForm)
}
