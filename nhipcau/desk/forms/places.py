"""What people look for among areas, gates, languages and groups, and what they put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.desk.queries.places import AREA_SORTS
from nhipcau.kernel.widgets import DayInput, LongSelect
from nhipcau.registry.enums import AreaKind, GateKind, LanguageMode
from nhipcau.registry.models import BorderGate


class AreaFilterForm(forms.Form):
    """Filters of the list of areas; they live in the address."""

    q = forms.CharField(label=_("Words of a name"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Every kind")), *AreaKind.choices]
    )
    within = forms.TypedChoiceField(
        label=_("Lies in"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=LongSelect,
    )
    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)
    all = forms.BooleanField(label=_("Also areas that are no more"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(sort, "") for sort in ("", *AREA_SORTS)])

    def __init__(self, *args: Any, holding: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["within"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Anywhere")), *holding]


class AreaForm(forms.Form):
    """The spelling of an area's name, and where it lies."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_(
            "For mistakes of spelling. An area that was renamed keeps its old name up to that day."
        ),
    )
    latitude = forms.DecimalField(
        label=_("Latitude"),
        required=False,
        min_value=-90,
        max_value=90,
        max_digits=8,
        decimal_places=5,
    )
    longitude = forms.DecimalField(
        label=_("Longitude"),
        required=False,
        min_value=-180,
        max_value=180,
        max_digits=8,
        decimal_places=5,
    )


class GateFilterForm(forms.Form):
    """Filters of the list of border gates; they live in the address."""

    q = forms.CharField(label=_("Words of a name"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Every kind")), *GateKind.choices]
    )
    country = forms.ChoiceField(label=_("Faces"), required=False)
    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Any country")), *countries]


class GateForm(forms.Form):
    """Whom a gate faces."""

    neighbour_country = forms.CharField(
        label=_("Country across the border"),
        required=False,
        max_length=2,
        help_text=_("Two letters: CN, LA, KH."),
    )
    neighbour_area = forms.CharField(
        label=_("Area across the border"), required=False, max_length=200
    )
    neighbour_gate = forms.CharField(
        label=_("Gate across the border"), required=False, max_length=200
    )

    def clean_neighbour_country(self) -> str:
        code = str(self.cleaned_data["neighbour_country"]).strip().upper()
        if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise forms.ValidationError(_("A country is named by two letters: CN, LA, KH."))
        return code


class GateKindForm(forms.Form):
    """A gate's new kind from a day on."""

    kind = forms.ChoiceField(label=_("New kind"), choices=GateKind.choices)
    on = forms.DateField(label=_("From"), widget=DayInput)
    part_of = forms.ModelChoiceField(
        label=_("Clearance route of"),
        queryset=BorderGate.objects.none(),
        required=False,
        empty_label=_("No other gate"),
        widget=LongSelect,
    )
    source = forms.CharField(label=_("By which document"), required=False, max_length=300)

    def __init__(self, *args: Any, gate: BorderGate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["part_of"]
        if isinstance(field, forms.ModelChoiceField):
            others = BorderGate.objects.exclude(pk=gate.pk).select_related("area")
            field.queryset = others.order_by("area__label")


class LanguageFilterForm(forms.Form):
    """Filters of the list of languages; they live in the address."""

    q = forms.CharField(label=_("Words of a name"), required=False, max_length=200)
    mode = forms.ChoiceField(
        label=_("Mode"), required=False, choices=[("", _("Any mode")), *LanguageMode.choices]
    )
    all = forms.BooleanField(label=_("Also languages that are not in use"), required=False)


class LanguageForm(forms.Form):
    """What a language is called."""

    name = forms.CharField(label=_("Vietnamese name"), max_length=100)
    english_name = forms.CharField(label=_("English name"), max_length=100)
    own_name = forms.CharField(
        label=_("Own name"),
        max_length=100,
        required=False,
        help_text=_("In the language's own script."),
    )


class GroupForm(forms.Form):
    """What a group of units is called."""

    name = forms.CharField(label=_("Name"), max_length=300)


class AsOfForm(forms.Form):
    """A day, and an area to look inside."""

    on = forms.DateField(label=_("As of"), required=False, widget=DayInput)
    within = forms.TypedChoiceField(
        label=_("Inside"), required=False, coerce=int, empty_value=None, widget=LongSelect
    )

    def __init__(self, *args: Any, holding: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["within"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("The whole country")), *holding]
