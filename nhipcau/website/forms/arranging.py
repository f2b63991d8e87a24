"""What those who arrange the portal type about what surrounds its pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.models import Language, Unit
from nhipcau.website.enums import OWN_NAMES, TAGS

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
LONGEST_ALARM = 240


class AlarmForm(forms.Form):
    """A sentence in each language; the house's first language is asked for."""

    address = forms.CharField(
        label=_("Address of what there is to read"),
        max_length=300,
        required=False,
        help_text=_("A path of this portal, such as that of the warning."),
    )
    ends_at = forms.DateTimeField(label=_("Until"), required=False, widget=MOMENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {
            f"words_{code}": forms.CharField(
                label=OWN_NAMES.get(code, code),
                max_length=LONGEST_ALARM,
                required=number == 0,
                widget=forms.Textarea(attrs={"rows": 2, "lang": TAGS.get(code, code)}),
            )
            for number, (code, _name) in enumerate(settings.LANGUAGES)
        }
        self.fields = {**own, **self.fields}

    @property
    def words(self) -> dict[str, str]:
        """The sentences by language code."""
        return {
            code: self.cleaned_data.get(f"words_{code}", "") for code, _name in settings.LANGUAGES
        }

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address and (not address.startswith("/") or address.startswith("//")):
            raise forms.ValidationError(_("Write a path that begins with /."))
        return address


class GateHoursForm(forms.Form):
    """The hours of one gate from a day on."""

    valid_from = forms.DateField(label=_("From the day"), widget=DAY)
    opens = forms.TimeField(label=_("Opens"), required=False, widget=TIME)
    closes = forms.TimeField(
        label=_("Closes"),
        required=False,
        widget=TIME,
        help_text=_("No hours at all: the gate is closed from that day on."),
    )
    languages = forms.ModelMultipleChoiceField(
        label=_("Languages spoken there"),
        queryset=Language.objects.filter(in_use=True).order_by("name"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    telephone = forms.RegexField(
        r"^[+\d][\d\s.]{2,28}$", label=_("Telephone of the office"), required=False
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The notice or document that announces these hours."),
    )


class AccountForm(forms.Form):
    """An official account on a service of others."""

    service = forms.CharField(label=_("Service"), max_length=60)
    name = forms.CharField(label=_("Name of the account"), max_length=200)
    address = forms.URLField(label=_("Address"), max_length=300, assume_scheme="https")
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    language = forms.ModelChoiceField(
        label=_("Language"), queryset=Language.objects.filter(in_use=True).order_by("name")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        units = kwargs.pop("units")
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = units
