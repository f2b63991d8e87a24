"""What narrows the diary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.kernel.widgets import DayInput, LongSelect

ROOMS = [
    ("", _("Everything")),
    ("people.", _("People and accounts")),
    ("registry.", pgettext_lazy("menu", "Registry")),
    ("plans.", _("Plans and tasks")),
    ("works.", _("Works")),
    ("translation.", _("Words and languages")),
    ("media.", _("Pictures and files")),
    ("publishing.", _("Clearance and release")),
    ("outbox.", _("Background work")),
    ("operations.", _("Running the house")),
]


class DiaryForm(forms.Form):
    """Words, area of work, one kind of event, unit and days; `units` are keys with names.

    Without `everywhere` one of the units is always meant.
    """

    q = forms.CharField(label=_("Words in names"), max_length=200, required=False)
    room = forms.ChoiceField(label=_("Area of work"), choices=ROOMS, required=False)
    event = forms.RegexField(r"^[a-z_]+(?:\.[a-z_]+)+$", max_length=80, required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False, widget=LongSelect)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last = forms.DateField(label=_("To"), required=False, widget=DayInput)

    def __init__(
        self, data: Any, *, units: Sequence[tuple[str, str]], everywhere: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Every unit")), *units] if everywhere else list(units)
        self._only = "" if everywhere else units[0][0]

    def wanted(self) -> dict[str, Any]:
        """What `audit.queries.search` is asked; what cannot be narrows nothing but the unit."""
        self.is_valid()
        given = self.cleaned_data
        since, last = given.get("since"), given.get("last")
        return {
            "words": given.get("q") or "",
            "event": given.get("event") or given.get("room") or "",
            "unit_key": given.get("unit") or self._only,
            "since": since and _midnight(since),
            "until": last and _midnight(last + timedelta(days=1)),
        }


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
