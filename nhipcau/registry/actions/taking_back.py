"""Taking back a change of units or areas that was recorded wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Manager, ProtectedError, Q
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Actor
from nhipcau.registry.enums import ChangeKind, NameKind
from nhipcau.registry.errors import ChangeRefused
from nhipcau.registry.models import (
    Area,
    AreaChange,
    AreaChangePart,
    AreaCode,
    AreaName,
    AreaPlacement,
    AreaTag,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitCode,
    UnitName,
    UnitParent,
)


@dataclass(frozen=True, slots=True)
class _Kin:
    """Where a change of units, or of areas, keeps its parts and what it closes."""

    what: str
    member: str
    parts: Manager[Any]
    closes: dict[str, Manager[Any]]


OF_UNITS = _Kin(
    what="units",
    member="unit",
    parts=UnitChangePart._default_manager,
    closes={
        "names": UnitName._default_manager,
        "codes": UnitCode._default_manager,
        "parents": UnitParent._default_manager,
    },
)
OF_AREAS = _Kin(
    what="areas",
    member="area",
    parts=AreaChangePart._default_manager,
    closes={
        "names": AreaName._default_manager,
        "codes": AreaCode._default_manager,
        "placements": AreaPlacement._default_manager,
        "tags": AreaTag._default_manager,
    },
)


def take_back_unit_change(*, change: UnitChange, by: Actor, at: datetime) -> list[Unit]:
    """Undo a change that was recorded wrongly: what it closed stands again as before.

    Units that were put on record for it go with it; those on which something hangs already stay,
    and are the answer. Raises ChangeRefused when the change came with the shipped facts, when a
    later change builds on it, or when what it closed was changed since; nothing is changed then.
    """
    return _take_back(change, OF_UNITS, by=by, at=at)


def take_back_area_change(*, change: AreaChange, by: Actor, at: datetime) -> list[Area]:
    """As `take_back_unit_change`, of areas."""
    return _take_back(change, OF_AREAS, by=by, at=at)


@transaction.atomic
def _take_back(change: Any, kin: _Kin, *, by: Actor, at: datetime) -> list[Any]:
    change = type(change)._default_manager.select_for_update().get(pk=change.pk)
    entry = Entry.objects.filter(
        target_kind=change._meta.label_lower,
        target_key=str(change.pk),
        event=f"registry.{kin.what}.{change.kind}",
    ).first()
    if change.key or entry is None or "closed" not in entry.before:
        raise ChangeRefused(
            _("This change came with the facts of the house; it is not taken back here.")
        )
    parts = change.parts.select_related(kin.member)
    rows = {row.key: row for row in (getattr(part, kin.member) for part in parts)}
    later = (
        kin.parts.filter(**{f"{kin.member}__in": rows.values()})
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
            for key, closed in entry.before["closed"].items():
                _reopen(rows[key], closed, change.on, kin)
            if change.kind == ChangeKind.RENAME:
                _bear_the_old_name(next(iter(rows.values())), change.on)
    except IntegrityError as taken:
        raise _changed_since() from taken
    record(
        event=f"registry.{kin.what}.taken_back",
        target=change,
        by=by,
        at=at,
        before={"kind": change.kind, **entry.after},
        after={kin.what: entry.before[kin.what]},
    )
    change.delete()
    return [rows[key] for key in entry.after["made"] if not _is_gone(rows[key])]


def _changed_since() -> ChangeRefused:
    return ChangeRefused(
        _("What this change closed has been changed since; put it right by a new change.")
    )


def _reopen(row: Unit | Area, closed: dict[str, Any], on: date, kin: _Kin) -> None:
    if row.valid_to != on:
        raise _changed_since()
    row.valid_to = date.fromisoformat(closed["until"]) if closed["until"] else None
    row.save(update_fields=["valid_to"])
    for name, manager in kin.closes.items():
        found = manager.filter(pk__in=closed[name], valid_to=on)
        if found.update(valid_to=None) != len(closed[name]):
            raise _changed_since()


def _bear_the_old_name(row: Unit | Area, on: date) -> None:
    official: Any = row.names.filter(kind=NameKind.OFFICIAL)
    new = official.filter(valid_from=on, valid_to__isnull=True).first()
    old = official.filter(valid_to=on).first()
    if new is None or old is None:
        raise _changed_since()
    new.delete()
    old.valid_to = None
    old.save(update_fields=["valid_to"])
    row.label = old.text
    row.save(update_fields=["label"])


def _is_gone(row: Unit | Area) -> bool:
    """Take the row off the record; what hangs on it keeps it there."""
    tied = [rel for rel in row._meta.related_objects if rel.many_to_many]
    if any(getattr(row, str(rel.get_accessor_name())).exists() for rel in tied):
        return False
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return False
    return True
