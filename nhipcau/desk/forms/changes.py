"""What somebody tells of a change of units or areas: one form for each kind of change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nhipcau.desk.actions.changes import Telling
from nhipcau.desk.forms.chosen import LinesField, Offered, document_meant, each_meant
from nhipcau.desk.queries.changes import MARK, Choice, Row, documents_to_choose, rows_to_choose
from nhipcau.kernel.widgets import DayInput, LongSelect
from nhipcau.registry.actions.changes import New
from nhipcau.registry.enums import ChangeKind, UnitKind
from nhipcau.registry.models import Area, Unit
from nhipcau.registry.queries.names import name_index

ROWS, DOCUMENTS = "rows-on-record", "documents-on-record"
ORDER = (
    *("function", "takers", "goes_on", "partners", "result", "results", "new_name", "new_names"),
    *("new_kind", "new_area", "carry", "keep_traits", "on", "document", "source"),
)
Words = Mapping[str, Any]  # field -> words


class ChangeForm(forms.Form):
    """What every change is told with: from which day, by which document."""

    kind: ClassVar[ChangeKind]
    labels: ClassVar[Words] = {}
    helps: ClassVar[Words] = {}
    longest_name = 300

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

    def __init__(
        self, *args: Any, row: Row, on: date, may_give_roles: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.offered: list[Choice] = rows_to_choose(row, on=on)
        self.documents: list[Choice] = documents_to_choose()
        if not may_give_roles:
            self.fields.pop("carry", None)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)
        self.order_fields(ORDER)

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

    def clean_new_name(self) -> str:
        return self.no_longer_than_it_may_be(self.cleaned_data["new_name"])

    def clean_new_names(self) -> list[str]:
        return [self.no_longer_than_it_may_be(name) for name in self.cleaned_data["new_names"]]

    def no_longer_than_it_may_be(self, name: str) -> str:
        if len(name) > self.longest_name:
            raise forms.ValidationError(
                _("A name has %(most)d characters at most."), params={"most": self.longest_name}
            )
        return name

    def meant(self, words: str) -> Row:
        """The unit or area that the words name as offered, or by its key, or otherwise.

        Raises ValidationError where they name no single one.
        """
        wanted = words.casefold()
        keys = [choice.key for choice in self.offered if choice.words.casefold() == wanted]
        rows: Any = type(self.row)._default_manager
        found: list[Row] = list(rows.filter(pk__in=keys)) if keys else []
        found = found or list(rows.filter(key=words.rpartition(MARK)[2].strip()))
        return found[0] if len(found) == 1 else self.meant_otherwise(words)

    def meant_otherwise(self, words: str) -> Row:
        raise forms.ValidationError(
            gettext("“%(words)s” names no single area. Choose one from the list.")
            % {"words": words[:120]}
        )

    def rows_of(self, name: str) -> list[Any]:
        """What the lines of a field name; what is wrong stands beside the field."""
        try:
            return each_meant(self.cleaned_data.get(name, []), self.meant)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return []

    def as_new(self, name: str) -> New[Any]:
        """A new area of this area's kind, in the area in which this one lies. One query."""
        return New(name=name, kind=self.row.kind, parent=self.above("placements"))

    def above(self, places: str) -> Any:
        standing = getattr(self.row, places).filter(valid_to__isnull=True)
        place = standing.select_related("parent").first()
        return place.parent if place else None

    def telling(self) -> Telling:
        """As the action takes it."""
        typed = self.cleaned_data
        told: dict[str, Any] = {
            "before": [self.row],
            "keep_traits": bool(typed.get("keep_traits")),
            "carry": bool(typed.get("carry")),
            **self.told(),
        }
        days = {name: typed[name] for name in ("on", "document", "source")}
        return Telling(kind=self.kind, **days, **told)

    def told(self) -> dict[str, Any]:
        """What this kind of change tells besides."""
        return {}


class RenameForm(ChangeForm):
    kind = ChangeKind.RENAME

    new_name = forms.CharField(label=_("New official name"), max_length=300)

    def told(self) -> dict[str, Any]:
        return {"after": [self.row], "new_name": self.cleaned_data["new_name"]}


class DissolveForm(ChangeForm):
    kind = ChangeKind.DISSOLVE


class MergeForm(ChangeForm):
    kind = ChangeKind.MERGE
    which_goes_on: ClassVar[str | Promise]

    partners = LinesField(label=_("Comes together with"), required=False, list_id=ROWS)
    result = forms.CharField(required=False, max_length=400, widget=Offered(ROWS))
    new_name = forms.CharField(required=False, max_length=300)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["partners"] = self.rows_of("partners")
        if bool(cleaned.get("result")) == bool(cleaned.get("new_name")):
            self.add_error("result", str(self.which_goes_on))
        elif cleaned.get("result"):
            try:
                cleaned["result"] = self.meant(cleaned["result"])
            except forms.ValidationError as wrong:
                self.add_error("result", wrong)
        return cleaned

    def told(self) -> dict[str, Any]:
        typed = self.cleaned_data
        others = [row for row in typed["partners"] if row.pk != self.row.pk]
        return {
            "before": [self.row, *others],
            "after": [typed["result"]] if typed["result"] else [],
            "new": [self.as_new(typed["new_name"])] if typed["new_name"] else [],
        }


class SplitForm(ChangeForm):
    kind = ChangeKind.SPLIT

    goes_on = forms.BooleanField(required=False)
    results = LinesField(required=False, list_id=ROWS)
    new_names = LinesField(required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["results"] = self.rows_of("results")
        return cleaned

    def told(self) -> dict[str, Any]:
        typed = self.cleaned_data
        parts = [row for row in typed["results"] if row.pk != self.row.pk]
        return {
            "after": [*([self.row] if typed["goes_on"] else []), *parts],
            "new": [self.as_new(name) for name in typed["new_names"]],
        }


class AreaForm(ChangeForm):
    """In the words for areas."""

    longest_name = 200
    which_goes_on: ClassVar[str | Promise] = _(
        "Say which one area goes on, or the name of the new one."
    )
    labels: ClassVar[Words] = {
        "result": _("Goes on as the area on record"),
        "goes_on": _("This area goes on as one of the parts"),
        "results": _("Parts that are areas on record"),
        "new_names": _("New areas, by name"),
    }
    one_a_line = _("One area a line; more lines appear after the preview.")
    helps: ClassVar[Words] = {
        "partners": one_a_line,
        "result": _("One of them, or another area that takes them in."),
        "new_names": one_a_line,
    }


class KeepingForm(AreaForm):
    """A change after which other areas may lie at the border."""

    keep_traits = forms.BooleanField(
        label=_("What follows lies at the border as before"), required=False
    )


class AreaRenameForm(AreaForm, RenameForm):
    pass


class AreaDissolveForm(AreaForm, DissolveForm):
    pass


class AreaMergeForm(KeepingForm, MergeForm):
    labels: ClassVar[Words] = {
        **AreaForm.labels,
        "new_name": _("Or becomes a new area with the name"),
    }
    helps: ClassVar[Words] = {
        **AreaForm.helps,
        "new_name": _("What a merger makes is a new area, even under an old name."),
    }


class AreaSplitForm(KeepingForm, SplitForm):
    pass


class UnitForm(ChangeForm):
    """In the words for units; a unit is also meant by any of its names."""

    which_goes_on: ClassVar[str | Promise] = _(
        "Say which one unit goes on, or the name of the new one."
    )
    labels: ClassVar[Words] = {
        "result": _("Goes on as the unit on record"),
        "goes_on": _("This unit goes on as one of the parts"),
        "results": _("Parts that are units on record"),
        "new_names": _("New units, by name"),
    }
    one_a_line = _("One unit a line; more lines appear after the preview.")
    helps: ClassVar[Words] = {
        "partners": one_a_line,
        "result": _("One of them, or another unit that takes them in."),
        "new_names": one_a_line,
    }

    def meant_otherwise(self, words: str) -> Row:
        """The unit that bears the name on the eve of the day or on the day itself."""
        day: date = self.cleaned_data.get("on") or date.max
        for on in (day - timedelta(days=1), day):
            scope = self.row.area_id if isinstance(self.row, Unit) else None
            answer = name_index().resolve(words, on=on, scope=scope)
            if answer.only is not None and not answer.only.is_group:
                return Unit.objects.get(pk=answer.only.id)
        raise forms.ValidationError(
            gettext("“%(words)s”: %(why)s Choose a unit from the list.")
            % {"words": words[:120], "why": answer.why or gettext("It names no single unit.")}
        )


class UnitRenameForm(UnitForm, RenameForm):
    pass


class UnitDissolveForm(UnitForm, DissolveForm):
    pass


class TransferForm(UnitForm):
    kind = ChangeKind.TRANSFER_FUNCTION

    function = forms.CharField(
        label=_("Which function"),
        max_length=500,
        help_text=_("In the words of the document: state management of journalism."),
    )
    takers = LinesField(label=_("To which units"), list_id=ROWS)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["takers"] = self.rows_of("takers")
        return cleaned

    def told(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"after": typed["takers"], "function": typed["function"]}


class MakingForm(UnitForm):
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["new_area"]
        if isinstance(choice, forms.ModelChoiceField):
            standing = Area.objects.filter(valid_to__isnull=True)
            choice.queryset = standing.exclude(kind="border_gate").order_by("label", "pk")

    def as_new(self, name: str) -> New[Any]:
        """A new unit: kind, area and place as this unit's where nothing else is said. One query."""
        typed, unit = self.cleaned_data, self.row
        return New(
            name=name,
            kind=typed.get("new_kind") or unit.kind,
            area=typed.get("new_area") or (unit.area if isinstance(unit, Unit) else None),
            parent=self.above("parents"),
        )


class UnitMergeForm(MakingForm, MergeForm):
    labels: ClassVar[Words] = {
        **UnitForm.labels,
        "new_name": _("Or becomes a new unit with the name"),
    }
    helps: ClassVar[Words] = {
        **UnitForm.helps,
        "new_name": _("A new body is a new unit, even under an old name."),
    }

    carry = forms.BooleanField(
        label=_("The people keep their roles in the unit that follows"), required=False
    )


class UnitSplitForm(MakingForm, SplitForm):
    pass


UNIT_FORMS: Mapping[str, type[ChangeForm]] = {
    form.kind.value: form
    for form in (UnitRenameForm, UnitMergeForm, UnitSplitForm, UnitDissolveForm, TransferForm)
}
AREA_FORMS: Mapping[str, type[ChangeForm]] = {
    form.kind.value: form
    for form in (AreaRenameForm, AreaMergeForm, AreaSplitForm, AreaDissolveForm)
}
