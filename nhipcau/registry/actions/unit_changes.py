"""A change of units with the units that it makes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.units import change_units, create_unit
from nhipcau.registry.models import Area, Document, Unit, UnitChange
from nhipcau.registry.rules.naming import key_of_unit


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that a change makes; it begins on the day of the change."""

    name: str
    kind: str
    area: Area | None = None
    parent: Unit | None = None


@transaction.atomic
def tell_unit_change(
    *,
    kind: str,
    on: date,
    before: Collection[Unit],
    after: Collection[Unit] = (),
    new: Collection[NewUnit] = (),
    function: str = "",
    new_name: str = "",
    document: Document | None = None,
    note: str = "",
    source: str = "",
    by: Actor,
    at: datetime,
) -> UnitChange:
    """Put the new units on record, then the change; all or nothing.

    Raises NameRefused or ChangeRefused as `create_unit` and `change_units` do.
    """
    made = [
        create_unit(
            key=_free_key(key_of_unit(each.name, each.area.key if each.area else "")),
            kind=each.kind,
            name=each.name,
            area=each.area,
            parent=each.parent,
            valid_from=on,
            source=source,
            by=by,
            at=at,
        )
        for each in new
    ]
    return change_units(
        kind=kind,
        on=on,
        before=before,
        after=[*after, *made],
        function=function,
        new_name=new_name,
        document=document,
        note=note,
        source=source,
        made=made,
        by=by,
        at=at,
    )


def _free_key(key: str) -> str:
    """The key, or the key with a number: a new unit may bear the name of one before it."""
    taken = set(Unit.objects.filter(key__startswith=key[:150]).values_list("key", flat=True))
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key[:150]}-{number}"
    return found
