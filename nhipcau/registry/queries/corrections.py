"""What people put right: whether it can still be taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from nhipcau.audit.models import Entry


def as_the_diary_keeps(value: Any) -> Any:
    """Days and numbers as text, everything else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def still_says(target: models.Model, entry: Entry) -> bool:
    """Whether the row says what the line of the diary left it saying. No query."""
    return all(
        as_the_diary_keeps(getattr(target, name, None)) == value
        for name, value in entry.after.items()
    )
