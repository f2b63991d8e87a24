"""Days as people type them."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.enums import DatePrecision

ROUGH = re.compile(
    r"^(?:(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-])?(?P<year>(?:19|20)\d\d)$"
)
RoughDay = tuple[date, str]


class RoughDayField(forms.CharField):
    """A day, a month or a year: (first day of it, how precise it is); nothing for nothing."""

    def to_python(self, value: object) -> RoughDay | None:  # type: ignore[override] # -- no text
        text = re.sub(r"\s+", "", str(value or ""))
        if not text:
            return None
        found = ROUGH.match(text)
        if found is None:
            raise forms.ValidationError(
                _("Write a day as 12/02/2026, a month as 02/2026, a year as 2026.")
            )
        precision = DatePrecision.YEAR
        if found["month"]:
            precision = DatePrecision.DAY if found["day"] else DatePrecision.MONTH
        try:
            first = date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        except ValueError as wrong:
            raise forms.ValidationError(_("There is no such day in the calendar.")) from wrong
        return first, precision.value

    def validate(self, value: object) -> None:
        """Only that something was given where something must be."""
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: object) -> None:
        """The validators of a text have nothing to say to a day."""


def as_rough_day(day: date | None, precision: str) -> str:
    """What the field would have read: 12/02/2026, 02/2026, 2026, or nothing."""
    if day is None:
        return ""
    forms_of = {DatePrecision.YEAR: "%Y", DatePrecision.MONTH: "%m/%Y"}
    return day.strftime(forms_of.get(DatePrecision(precision), "%d/%m/%Y"))
