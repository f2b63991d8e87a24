"""A change of units with the units that it makes, and taking back one that was recorded wrongly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.units import change_units, create_unit
from nhipcau.registry.enums import ChangeKind, NameKind
from nhipcau.registry.errors import ChangeRefused
from nhipcau.registry.models import (
    Area,
    Document,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitCode,
    UnitName,
    UnitParent,
)
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


@transaction.atomic
def take_back_unit_change(*, change: UnitChange, by: Actor, at: datetime) -> list[Unit]:
    """Undo a change that was recorded wrongly: what it closed stands again as before.

    Units that were put on record for it go with it; those on which something hangs already stay,
    and are the answer. Raises ChangeRefused when the change came with the shipped facts, when a
    later change builds on it, or when what it closed was changed since; nothing is changed then.
    """
    change = UnitChange.objects.select_for_update().get(pk=change.pk)
    entry = Entry.objects.filter(
        target_kind=change._meta.label_lower,
        target_key=str(change.pk),
        event=f"registry.units.{change.kind}",
    ).first()
    if change.key or entry is None:
        raise ChangeRefused(
            _("This change came with the facts of the house; it is not taken back here.")
        )
    parts = list(change.parts.select_related("unit"))
    units = {part.unit.key: part.unit for part in parts}
    later = (
        UnitChangePart.objects.filter(unit__in=units.values())
        .filter(Q(change__on__gt=change.on) | Q(change__on=change.on, change_id__gt=change.pk))
        .select_related("change")
        .first()
    )
    if later is not None:
        raise ChangeRefused(
            _("“%(later)s” builds on this change; take that one back first.")
            % {"later": str(later.change)}
        )
    try:
        with transaction.atomic():
            for key, closed in entry.before.get("closed", {}).items():
                _reopen(units[key], closed, change)
            if change.kind == ChangeKind.RENAME:
                _bear_the_old_name(next(iter(units.values())), change)
    except IntegrityError as taken:
        raise _changed_since() from taken
    record(
        event="registry.units.taken_back",
        target=change,
        by=by,
        at=at,
        before={"kind": change.kind, **entry.after},
        after={"units": entry.before["units"]},
    )
    change.delete()
    return [units[key] for key in entry.after.get("made", []) if not _is_gone(units[key])]


def _changed_since() -> ChangeRefused:
    return ChangeRefused(
        _("What this change closed has been changed since; put it right by a new change.")
    )


def _reopen(unit: Unit, closed: dict[str, Any], change: UnitChange) -> None:
    if unit.valid_to != change.on:
        raise _changed_since()
    unit.valid_to = date.fromisoformat(closed["until"]) if closed["until"] else None
    unit.save(update_fields=["valid_to"])
    for rows, model in (("names", UnitName), ("codes", UnitCode), ("parents", UnitParent)):
        found = model._default_manager.filter(pk__in=closed[rows], valid_to=change.on)
        if found.update(valid_to=None) != len(closed[rows]):
            raise _changed_since()


def _bear_the_old_name(unit: Unit, change: UnitChange) -> None:
    official = unit.names.filter(kind=NameKind.OFFICIAL)
    new = official.filter(valid_from=change.on, valid_to__isnull=True).first()
    old = official.filter(valid_to=change.on).first()
    if new is None or old is None:
        raise _changed_since()
    new.delete()
    old.valid_to = None
    old.save(update_fields=["valid_to"])
    unit.label = old.text
    unit.save(update_fields=["label"])


def _is_gone(unit: Unit) -> bool:
    """Take the unit off the record; what hangs on it keeps it there."""
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:
        return False
    return True
