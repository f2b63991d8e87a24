"""What people look for among documents, and what they say of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.desk.forms.days import RoughDayField, as_rough_day
from nhipcau.desk.queries.documents import ONLY_CITED, SORTS
from nhipcau.kernel.widgets import DayInput, LongSelect
from nhipcau.registry.actions.documents import Particulars
from nhipcau.registry.enums import DocumentState, DocumentType, LinkKind
from nhipcau.registry.models import Document, Unit
from nhipcau.registry.rules.citations import parsed

TYPES = [("", _("Every kind")), *[choice for choice in DocumentType.choices if choice[0]]]
STATES = [("", _("Any state")), *DocumentState.choices, (ONLY_CITED, _("Only cited so far"))]


class DocumentFilterForm(forms.Form):
    """Filters of the list of documents; they live in the address."""

    q = forms.CharField(label=_("Words or number"), required=False, max_length=200)
    type = forms.ChoiceField(label=_("Kind"), required=False, choices=TYPES)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    issuer = forms.ChoiceField(label=_("Issued by"), required=False, widget=LongSelect)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    sort = forms.ChoiceField(required=False, choices=[(sort, "") for sort in ("", *SORTS)])

    def __init__(
        self, *args: Any, issuers: list[tuple[str, str]], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "issuer": [("", _("Every body")), *issuers],
            "year": [("", _("Any year")), *[(str(year), str(year)) for year in years]],
        }
        for name, given in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = given


class DocumentForm(forms.Form):
    """What is printed on a document, and from when to when it counts."""

    citation = forms.CharField(
        label=_("Number and symbol"),
        required=False,
        max_length=120,
        help_text=_("As printed: 51/KH-UBND, 72/2015/NĐ-CP, 57-KL/TW."),
    )
    type = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("As the number says")), *TYPES[1:]],
    )
    title = forms.CharField(
        label=_("Title"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    issuer = forms.CharField(label=_("Issuing body"), required=False, max_length=300)
    issuer_unit = forms.ModelChoiceField(
        label=_("Issuing unit on record"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Not among the units"),
        widget=LongSelect,
    )
    issued = RoughDayField(
        label=_("Date"),
        required=False,
        help_text=_("12/02/2026; 02/2026 or 2026 where no more is known."),
    )
    in_force_from = forms.DateField(label=_("In force from"), required=False, widget=DayInput)
    in_force_to = forms.DateField(
        label=_("No longer in force from"), required=False, widget=DayInput
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )

    def __init__(
        self, *args: Any, on: date, document: Document | None = None, **kwargs: Any
    ) -> None:
        if document is not None:
            kwargs["initial"] = _said_of(document) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        choice = self.fields["issuer_unit"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = Unit.objects.current(on=on).order_by("label")
            if document is not None and document.issuer_id:
                known = Unit.objects.filter(pk=document.issuer_id)
                choice.queryset = (Unit.objects.current(on=on) | known).order_by("label")

    def clean_citation(self) -> str:
        """A number that follows none of the grammars would never be found by who cites it."""
        citation: str = self.cleaned_data["citation"]
        if citation and parsed(citation) is None:
            raise forms.ValidationError(
                _("This is no number of a document. Write it as printed: 51/KH-UBND.")
            )
        return citation

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("in_force_from"), cleaned.get("in_force_to")
        if starts and ends and ends <= starts:
            self.add_error("in_force_to", _("This day has to lie after the day before it."))
        return cleaned

    def particulars(self) -> Particulars:
        """As the actions of the registry take it."""
        typed = self.cleaned_data
        issued_on, precision = typed["issued"] or (None, "unknown")
        return Particulars(
            citation=typed["citation"],
            type=typed["type"],
            issuer=typed["issuer"],
            issuer_unit=typed["issuer_unit"],
            issued_on=issued_on,
            precision=precision,
            title=typed["title"],
            in_force_from=typed["in_force_from"],
            in_force_to=typed["in_force_to"],
            note=typed["note"],
        )


def _said_of(document: Document) -> dict[str, Any]:
    return {
        "citation": document.citation,
        "type": document.type,
        "title": document.title,
        "issuer": document.issuer_text,
        "issuer_unit": document.issuer_id,
        "issued": as_rough_day(document.issued_on, document.issued_precision),
        "in_force_from": document.in_force_from,
        "in_force_to": document.in_force_to,
        "note": document.note,
    }


# Which way a link runs: this document does it, or it is done to this document.
HERE, THERE = "here", "there"
WAYS = [
    (f"{HERE}-{LinkKind.BASIS}", _("This document is based on …")),
    (f"{HERE}-{LinkKind.IMPLEMENTS}", _("This document implements …")),
    (f"{HERE}-{LinkKind.REPLACES}", _("This document replaces …")),
    (f"{HERE}-{LinkKind.AMENDS}", _("This document amends …")),
    (f"{THERE}-{LinkKind.BASIS}", _("This document is the basis of …")),
    (f"{THERE}-{LinkKind.IMPLEMENTS}", _("This document is implemented by …")),
    (f"{THERE}-{LinkKind.REPLACES}", _("This document is replaced by …")),
    (f"{THERE}-{LinkKind.AMENDS}", _("This document is amended by …")),
]


class LinkForm(forms.Form):
    """How this document stands to another one that is looked for by its words."""

    way = forms.ChoiceField(label=_("How the two stand to each other"), choices=WAYS)
    q = forms.CharField(label=_("The other document: number or words of its title"), max_length=200)
    provision = forms.CharField(
        label=pgettext_lazy("of a law", "Article"),
        required=False,
        max_length=120,
        help_text=_("If it concerns only one."),
    )
    from_day = forms.DateField(
        label=_("Counts from"),
        required=False,
        widget=DayInput,
        help_text=_("Empty: from the day on which the later document comes into force."),
    )
    is_part = forms.BooleanField(label=_("Concerns only a part of it"), required=False)

    @property
    def kind(self) -> str:
        return str(self.cleaned_data["way"]).partition("-")[2]

    @property
    def starts_here(self) -> bool:
        return str(self.cleaned_data["way"]).startswith(HERE)
