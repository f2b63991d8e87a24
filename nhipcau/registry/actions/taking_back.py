"""Taking back a change of units or areas that was recorded wrongly."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.kin import OF_AREAS, OF_UNITS, Fact, Kin, Named
from nhipcau.registry.enums import ChangeKind, NameKind
from nhipcau.registry.errors import ChangeRefused, NameRefused
from nhipcau.registry.models import Area, AreaChange, Unit, UnitChange


@transaction.atomic
def take_back_change(
    *, change: UnitChange | AreaChange, by: Actor, at: datetime
) -> list[Unit] | list[Area]:
    """Undo a change that was recorded wrongly: what it closed stands again as before.

    What was put on record for it goes with it; where something hangs on that already it stays,
    and is the answer. Raises ChangeRefused when the change came with the shipped facts, when a
    later change builds on it, or when what it closed was changed since; nothing is changed then.
    """
    kin = OF_UNITS if isinstance(change, UnitChange) else OF_AREAS
    change = kin.changes.select_for_update().get(pk=change.pk)
    entry = Entry.objects.filter(
        target_kind=change._meta.label_lower,
        target_key=str(change.pk),
        event=f"registry.{kin.members}.{change.kind}",
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
                _reopen(rows[key], closed, change.on)
            if change.kind == ChangeKind.RENAME:
                _bear_the_old_name(next(iter(rows.values())), change.on)
    except IntegrityError as taken:
        raise _changed_since() from taken
    record(
        event=f"registry.{kin.members}.taken_back",
        target=change,
        by=by,
        at=at,
        before={"kind": change.kind, **entry.after},
        after={kin.members: entry.before[kin.members]},
    )
    change.delete()
    return [rows[key] for key in entry.after["made"] if not _is_gone(rows[key])]


def _changed_since() -> ChangeRefused:
    return ChangeRefused(
        _("What this change closed has been changed since; put it right by a new change.")
    )


def _reopen(row: Named, closed: dict[str, Any], on: date) -> None:
    if row.valid_to != on:
        raise _changed_since()
    Fact.stand_again(row, date.fromisoformat(closed["until"]) if closed["until"] else None)
    for what in Kin.of(row).closes:
        found = list(getattr(row, what).filter(pk__in=closed[what], valid_to=on))
        if len(found) != len(closed[what]):
            raise _changed_since()
        for each in found:
            Fact.stand_again(each)


def _bear_the_old_name(row: Named, on: date) -> None:
    new = row.names.filter(kind=NameKind.OFFICIAL, valid_from=on, valid_to__isnull=True).first()
    if new is None:
        raise _changed_since()
    try:
        Fact.hand_back_to_the_one_before(row, new)
    except NameRefused as refusal:
        raise _changed_since() from refusal


def _is_gone(row: Named) -> bool:
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
