"""Bringing units on record, naming and placing them, and telling what became of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical, unaccented
from nhipcau.registry.enums import ChangeKind, Grade, NameKind, Side
from nhipcau.registry.errors import ChangeRefused, NameRefused
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
from nhipcau.registry.rules.naming import is_electronic_code
from nhipcau.registry.rules.succession import Change, ended_by, obstacles_to_change


@transaction.atomic
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
    text = _required(name)
    if Unit.objects.filter(key=key).exists():
        raise _taken(key)
    try:
        with transaction.atomic():
            unit = Unit.objects.create(
                key=key,
                kind=kind,
                area=area,
                label=text,
                valid_from=valid_from,
                valid_to=valid_to,
                source=source,
                grade=grade,
            )
    except IntegrityError as error:  # two people at once
        raise _taken(key) from error
    UnitName.objects.create(
        unit=unit,
        kind=NameKind.OFFICIAL,
        text=text,
        folded=unaccented(text),
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        grade=grade,
    )
    if parent is not None:
        UnitParent.objects.create(
            unit=unit, parent=parent, valid_from=valid_from, valid_to=valid_to, source=source
        )
    record(
        event="registry.unit.created",
        target=unit,
        by=by,
        at=at,
        after={"key": key, "kind": kind, "name": text},
    )
    return unit


@transaction.atomic
def name_unit(
    *,
    unit: Unit,
    text: str,
    kind: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> UnitName:
    """Add a name. A new official name ends the one before it on the same day.

    Raises NameRefused when the name is empty or on record, or would begin before the official
    name it follows.
    """
    text = _required(text)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.names.filter(kind=kind, text=text, valid_from=valid_from).exists():
        raise NameRefused(_("The name “%(name)s” is on record already.") % {"name": text})
    before = {}
    if kind == NameKind.OFFICIAL and valid_to is None:
        open_name = unit.names.filter(kind=NameKind.OFFICIAL, valid_to__isnull=True).first()
        if open_name is not None:
            begun = open_name.valid_from
            if valid_from is None or (begun is not None and valid_from <= begun):
                raise NameRefused(
                    _("The new name has to begin after the name “%(name)s” began.")
                    % {"name": open_name.text}
                )
            open_name.valid_to = valid_from
            open_name.save(update_fields=["valid_to"])
            before = {"official_name": open_name.text}
        unit.label = text
        unit.save(update_fields=["label"])
    name = UnitName.objects.create(
        unit=unit,
        kind=kind,
        text=text,
        folded=unaccented(text),
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        grade=grade,
    )
    record(
        event="registry.unit.named",
        target=unit,
        by=by,
        at=at,
        before=before,
        after={"kind": kind, "name": text},
    )
    return name


@transaction.atomic
def code_unit(
    *, unit: Unit, code: str, valid_from: date | None, source: str = "", by: Actor, at: datetime
) -> UnitCode:
    """Give the unit its electronic code from a day on; the code before it ends on that day.

    Raises NameRefused when the code is malformed (Decision 20/2020/QĐ-TTg) or another unit's.
    """
    row = UnitCode(unit=unit, code=code.strip().upper(), valid_from=valid_from, source=source)
    if not is_electronic_code(row.code):
        raise NameRefused(
            _("“%(code)s” is no electronic code: a letter and two digits, then groups after dots.")
            % {"code": code}
        )
    holder = UnitCode.objects.filter(code=row.code, valid_to__isnull=True).first()
    if holder is not None and holder.unit_id == unit.pk:
        return holder
    if holder is not None:
        raise NameRefused(
            _("The code %(code)s belongs to “%(unit)s”.")
            % {"code": row.code, "unit": holder.unit.label}
        )
    before = unit.codes.filter(valid_to__isnull=True).first()
    if before is not None:
        if valid_from is None or (before.valid_from and valid_from <= before.valid_from):
            raise NameRefused(
                _("The new code has to begin after the code %(code)s began.")
                % {"code": before.code}
            )
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    row.save()
    record(
        event="registry.unit.coded",
        target=unit,
        by=by,
        at=at,
        before={"code": before.code} if before else {},
        after={"code": row.code},
    )
    return row


@transaction.atomic
def change_units(
    *,
    kind: str,
    on: date,
    before: Collection[Unit],
    after: Collection[Unit],
    function: str = "",
    new_name: str = "",
    document: Document | None = None,
    note: str = "",
    source: str = "",
    grade: str = Grade.KNOWN,
    made: Collection[Unit] = (),
    by: Actor,
    at: datetime,
) -> UnitChange:
    """Tell that units merged, split, were renamed or dissolved, or handed a function on.

    The units that a merger, split or dissolution ends are closed on the day, with their names; a
    renaming closes the official name and opens `new_name`. `made` are those of `after` that were
    put on record for this change. The line in the diary keeps what was closed, so that the change
    can be taken back. Raises ChangeRefused with every obstacle; nothing is changed then.
    """
    involved = Unit.objects.select_for_update().in_bulk([unit.pk for unit in (*before, *after)])
    obstacles = obstacles_to_change(
        kind=kind,
        from_ids=[unit.pk for unit in before],
        to_ids=[unit.pk for unit in after],
        function=function,
        on=on,
        lifetimes={unit.pk: (unit.valid_from, unit.valid_to) for unit in involved.values()},
    )
    if obstacles:
        raise ChangeRefused(" ".join(str(obstacle.label) for obstacle in obstacles))
    change = UnitChange.objects.create(
        kind=kind,
        on=on,
        document=document,
        function=function.strip(),
        note=note,
        source=source,
        grade=grade,
    )
    sides = [(unit, Side.FROM) for unit in before] + [(unit, Side.TO) for unit in after]
    UnitChangePart.objects.bulk_create(
        [UnitChangePart(change=change, unit=unit, side=side) for unit, side in sides]
    )
    known = Change(
        kind, on, frozenset(unit.pk for unit in before), frozenset(unit.pk for unit in after)
    )
    closed = {involved[pk].key: _close(involved[pk], on) for pk in sorted(ended_by(known))}
    if kind == ChangeKind.RENAME:
        (unit,) = involved.values()
        name_unit(
            unit=unit,
            text=new_name,
            kind=NameKind.OFFICIAL,
            valid_from=on,
            source=source,
            grade=grade,
            by=by,
            at=at,
        )
    record(
        event=f"registry.units.{kind}",
        target=change,
        by=by,
        at=at,
        before={"units": sorted(unit.key for unit in before), "closed": closed},
        after={
            "units": sorted(unit.key for unit in after),
            "on": on.isoformat(),
            "made": sorted(unit.key for unit in made),
        },
    )
    return change


def _close(unit: Unit, on: date) -> dict[str, Any]:
    """End the unit with its names, codes and place; what was open until now, for the diary."""
    closed: dict[str, Any] = {"until": unit.valid_to and unit.valid_to.isoformat()}
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    for what in ("names", "codes", "parents"):
        rows = getattr(unit, what).filter(valid_to__isnull=True).exclude(valid_from__gte=on)
        closed[what] = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(valid_to=on)
    return closed


def _taken(key: str) -> NameRefused:
    return NameRefused(_("A unit with the key “%(key)s” is on record already.") % {"key": key})


def _required(text: str) -> str:
    text = canonical(text)
    if not text:
        raise NameRefused(_("A name must not be empty."))
    return text
