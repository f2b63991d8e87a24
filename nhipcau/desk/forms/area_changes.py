"""What somebody tells of a change of areas: one form for each kind of change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.desk.forms.chosen import LinesField, Offered, document_meant, each_meant
from nhipcau.desk.forms.unit_changes import DOCUMENTS
from nhipcau.desk.queries.unit_changes import (
    MARK,
    Choice,
    areas_to_choose,
    documents_to_choose,
)
from nhipcau.kernel.widgets import DayInput
from nhipcau.registry.actions.area_changes import NewArea
from nhipcau.registry.enums import ChangeKind
from nhipcau.registry.models import Area

AREAS = "areas-on-record"


class AreaChangeForm(forms.Form):
    """What every change of areas is told with."""

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

    told_first: tuple[str, ...] = ()

    def __init__(self, *args: Any, area: Area, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area
        self.areas: list[Choice] = areas_to_choose(kind=area.kind)
        self.documents: list[Choice] = documents_to_choose()
        self.order_fields([*self.told_first, "on", "document", "source"])

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

    def area_meant(self, words: str) -> Area:
        """The area that the words name as offered, or by its key. Raises ValidationError."""
        wanted = words.casefold()
        keys = [choice.key for choice in self.areas if choice.words.casefold() == wanted]
        found = list(Area.objects.filter(pk__in=keys)) if keys else []
        found = found or list(Area.objects.filter(key=words.rpartition(MARK)[2].strip()))
        if len(found) != 1:
            raise forms.ValidationError(
                gettext("“%(words)s” names no single area. Choose one from the list.")
                % {"words": words[:120]}
            )
        return found[0]

    def areas_of(self, name: str) -> list[Area]:
        """The areas that the lines of a field name; what is wrong stands beside the field."""
        try:
            return each_meant(self.cleaned_data.get(name, []), self.area_meant)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
            return []

    def as_new(self, name: str) -> NewArea:
        """A new area of this area's kind, in the area in which this one lies. One query."""
        places = self.area.placements.filter(valid_to__isnull=True).select_related("parent")
        place = places.first()
        return NewArea(name=name, kind=self.area.kind, parent=place.parent if place else None)

    def told(self, **values: Any) -> dict[str, Any]:
        """As `tell_area_change` takes it."""
        return {
            "kind": self.kind,
            "on": self.cleaned_data["on"],
            "document": self.cleaned_data["document"],
            "source": self.cleaned_data["source"],
            "before": [self.area],
            **values,
        }

    def telling(self) -> dict[str, Any]:
        """What was told."""
        return self.told()


class AreaRenameForm(AreaChangeForm):
    kind = ChangeKind.RENAME
    told_first = ("new_name",)

    new_name = forms.CharField(label=_("New official name"), max_length=200)

    def telling(self) -> dict[str, Any]:
        return self.told(after=[self.area], new_name=self.cleaned_data["new_name"])


class AreaDissolveForm(AreaChangeForm):
    kind = ChangeKind.DISSOLVE


class AreaMergeForm(AreaChangeForm):
    kind = ChangeKind.MERGE
    told_first = ("partners", "result", "new_name", "keep_traits")

    partners = LinesField(
        label=_("Comes together with"),
        required=False,
        list_id=AREAS,
        help_text=_("One area a line; more lines appear after the preview."),
    )
    result = forms.CharField(
        label=_("Goes on as the area on record"),
        required=False,
        max_length=400,
        widget=Offered(AREAS),
        help_text=_("One of them, or another area that takes them in."),
    )
    new_name = forms.CharField(
        label=_("Or becomes a new area with the name"),
        required=False,
        max_length=200,
        help_text=_("What a merger makes is a new area, even under an old name."),
    )
    keep_traits = forms.BooleanField(
        label=_("What follows lies at the border as before"), required=False
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["partners"] = self.areas_of("partners")
        if bool(cleaned.get("result")) == bool(cleaned.get("new_name")):
            self.add_error(
                "result", gettext("Say which one area goes on, or the name of the new one.")
            )
        elif cleaned.get("result"):
            try:
                cleaned["result"] = self.area_meant(cleaned["result"])
            except forms.ValidationError as wrong:
                self.add_error("result", wrong)
        return cleaned

    def telling(self) -> dict[str, Any]:
        typed = self.cleaned_data
        others = [area for area in typed["partners"] if area.pk != self.area.pk]
        return self.told(
            before=[self.area, *others],
            after=[typed["result"]] if typed["result"] else [],
            new=[self.as_new(typed["new_name"])] if typed["new_name"] else [],
            keep_traits=typed["keep_traits"],
        )


class AreaSplitForm(AreaChangeForm):
    kind = ChangeKind.SPLIT
    told_first = ("goes_on", "results", "new_names", "keep_traits")

    goes_on = forms.BooleanField(label=_("This area goes on as one of the parts"), required=False)
    results = LinesField(label=_("Parts that are areas on record"), required=False, list_id=AREAS)
    new_names = LinesField(
        label=_("New areas, by name"),
        required=False,
        help_text=_("One area a line; more lines appear after the preview."),
    )
    keep_traits = forms.BooleanField(
        label=_("What follows lies at the border as before"), required=False
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["results"] = self.areas_of("results")
        return cleaned

    def telling(self) -> dict[str, Any]:
        typed = self.cleaned_data
        parts = [area for area in typed["results"] if area.pk != self.area.pk]
        return self.told(
            after=[*([self.area] if typed["goes_on"] else []), *parts],
            new=[self.as_new(name) for name in typed["new_names"]],
            keep_traits=typed["keep_traits"],
        )


AREA_FORMS: dict[str, type[AreaChangeForm]] = {
    form.kind.value: form
    for form in (AreaRenameForm, AreaMergeForm, AreaSplitForm, AreaDissolveForm)
}
