"""What the diary can be asked."""

from __future__ import annotations

from django.db import connection

from nhipcau.audit import guards


def missing_guards() -> list[str]:
    """The triggers that do not stand guard over the diary as they should; `migrate` mends it."""
    return [f"{guard.table}: {guard.name}" for guard in guards.missing_guards(connection)]
