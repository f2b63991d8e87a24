"""A further name of a unit or an area, and its code, each from a day on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.widgets import DayInput
from nhipcau.registry.enums import NameKind


class UnitNameForm(forms.Form):
    """What a unit is called too, or is called from a day on."""

    from_which_day = _("Say from which day the unit is called so.")

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
                self.add_error("valid_from", str(self.from_which_day))
            if ends:
                self.add_error(
                    "valid_to",
                    gettext("An official name ends when the next one begins; leave this empty."),
                )
        return cleaned


class AreaNameForm(UnitNameForm):
    """What an area is called too, or is called from a day on."""

    from_which_day = _("Say from which day the area is called so.")

    text = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("With its form: Xã Đồng Đăng, Thôn Nà Lầu.")
    )


class UnitCodeForm(forms.Form):
    """The code under which the unit exchanges documents."""

    code = forms.CharField(
        label=_("Electronic code"),
        max_length=35,
        help_text=_("As in document exchange: H37.11, or G22.01.05."),
    )
    valid_from = forms.DateField(label=_("From"), widget=DayInput)
    source = forms.CharField(label=_("By which document"), required=False, max_length=300)


class AreaCodeForm(UnitCodeForm):
    """The code under which statistics know the area."""

    code = forms.CharField(
        label=_("Administrative code"),
        max_length=10,
        help_text=_("Of the national list: two digits for a province, five for a commune."),
    )
