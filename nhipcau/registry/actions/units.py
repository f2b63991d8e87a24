"""Bringing units on record."""

from __future__ import annotations

from datetime import date, datetime

from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.kin import OF_UNITS
from nhipcau.registry.enums import Grade
from nhipcau.registry.models import Area, Unit


def create_unit(
    *,
    key: str,
    kind: str,
    name: str,
    area: Area | None = None,
    parent: Unit | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> Unit:
    """Bring a unit on record with its official name.

    Raises NameRefused when the name is empty or the key is taken; nothing is changed then.
    """
    values = {
        "key": key,
        "kind": kind,
        "area": area,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "source": source,
        "grade": grade,
    }
    unit: Unit = OF_UNITS.put_on_record(values=values, name=name, parent=parent, by=by, at=at)
    return unit
