"""A further name of a unit, and its electronic code, each from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.widgets import DayInput
from nhipcau.registry.enums import NameKind


class UnitNameForm(forms.Form):
    """What a unit is called too, or is called from a day on."""

    kind = forms.ChoiceField(label=_("Kind of name"), choices=NameKind.choices)
    text = forms.CharField(label=_("Name"), max_length=300)
    valid_from = forms.DateField(
        label=_("From"),
        required=False,
        widget=DayInput,
        help_text=_("An official name needs its day; the one before ends on it."),
    )
    valid_to = forms.DateField(
        label=_("No longer from"),
        required=False,
        widget=DayInput,
        help_text=_("For former names: the first day on which it was no longer used."),
    )
    source = forms.CharField(label=_("By which document"), required=False, max_length=300)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if starts and ends and ends <= starts:
            self.add_error("valid_to", gettext("This day has to lie after the day before it."))
        if cleaned.get("kind") == NameKind.OFFICIAL:
            if not starts and "valid_from" not in self.errors:
                self.add_error("valid_from", gettext("Say from which day the unit is called so."))
            if ends:
                self.add_error(
                    "valid_to",
                    gettext("An official name ends when the next one begins; leave this empty."),
                )
        return cleaned


class UnitCodeForm(forms.Form):
    """The code under which the unit exchanges documents."""

    code = forms.CharField(
        label=_("Electronic code"),
        max_length=35,
        help_text=_("As in document exchange: H37.11, or G22.01.05."),
    )
    valid_from = forms.DateField(label=_("From"), widget=DayInput)
    source = forms.CharField(label=_("By which document"), required=False, max_length=300)
