"""Telling what became of units or areas, with those that the change makes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.areas import create_area, tag_area
from nhipcau.registry.actions.kin import OF_AREAS, Fact, Kin, Named
from nhipcau.registry.actions.names import give_name
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.enums import ChangeKind, ChangeObstacle, Grade, NameKind, Side
from nhipcau.registry.errors import ChangeRefused
from nhipcau.registry.models import Area, AreaChange, AreaTag, Document, Unit, UnitChange
from nhipcau.registry.queries.keys import free_area_key, free_unit_key
from nhipcau.registry.rules.succession import Change, ended_by, obstacles_to_change

Row = TypeVar("Row", Unit, Area)


@dataclass(frozen=True, slots=True)
class New(Generic[Row]):
    """A unit or an area that a change makes; it begins on the day of the change."""

    name: str
    kind: str
    parent: Row | None = None
    area: Area | None = None


@transaction.atomic
def tell_change(
    *,
    kind: str,
    on: date,
    before: Collection[Row],
    after: Collection[Row] = (),
    new: Collection[New[Row]] = (),
    function: str = "",
    new_name: str = "",
    keep_traits: bool = False,
    document: Document | None = None,
    note: str = "",
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> UnitChange | AreaChange:
    """Tell that units or areas merged, split, were renamed or dissolved, or handed a function on.

    Those in `new` are put on record and stand after the change beside those in `after`. What a
    merger, split or dissolution ends is closed on the day, with its names; a renaming closes the
    official name and opens `new_name`. With `keep_traits` the areas that follow bear the border
    traits of those before. The line in the diary keeps what was made and closed, so that the
    change can be taken back.

    Raises ChangeRefused with every obstacle, and NameRefused for a name that cannot be; nothing is
    changed then.
    """
    if not before:
        raise ChangeRefused(str(ChangeObstacle.NOTHING_CHANGES.label))
    kin = Kin.of(next(iter(before)))
    if kin is OF_AREAS and kind == ChangeKind.TRANSFER_FUNCTION:
        raise ChangeRefused(_("Areas have no functions to transfer."))
    sourced: dict[str, Any] = {"source": source, "grade": grade}
    said: dict[str, Any] = {"by": by, "at": at}
    made: list[Any] = [_made(kin, each, valid_from=on, **sourced, **said) for each in new]
    after = cast("list[Row]", [*after, *made])
    involved = kin.rows.select_for_update().in_bulk([row.pk for row in (*before, *after)])
    obstacles = obstacles_to_change(
        kind=kind,
        from_ids=[row.pk for row in before],
        to_ids=[row.pk for row in after],
        function=function,
        on=on,
        lifetimes={row.pk: (row.valid_from, row.valid_to) for row in involved.values()},
    )
    if obstacles:
        raise ChangeRefused(" ".join(str(obstacle.label) for obstacle in obstacles))
    if keep_traits:
        _keep_traits(before, after, on=on, **sourced, **said)
    function_told = {} if kin is OF_AREAS else {"function": function.strip()}
    change: UnitChange | AreaChange = kin.changes.create(
        kind=kind, on=on, document=document, note=note, **function_told, **sourced
    )
    sides = [(row, Side.FROM) for row in before] + [(row, Side.TO) for row in after]
    kin.parts.bulk_create(
        [kin.parts.model(change=change, side=side, **{kin.member: row}) for row, side in sides]
    )
    known = Change(
        kind, on, frozenset(row.pk for row in before), frozenset(row.pk for row in after)
    )
    closed = {involved[pk].key: _close(involved[pk], on) for pk in sorted(ended_by(known))}
    if kind == ChangeKind.RENAME:
        (renamed,) = involved.values()
        give_name(
            to=renamed, text=new_name, kind=NameKind.OFFICIAL, valid_from=on, **sourced, **said
        )
    record(
        event=f"registry.{kin.members}.{kind}",
        target=change,
        before={kin.members: sorted(row.key for row in before), "closed": closed},
        after={
            kin.members: sorted(row.key for row in after),
            "on": on.isoformat(),
            "made": sorted(row.key for row in made),
        },
        **said,
    )
    return change


def _made(kin: Kin, new: New[Any], **told: Any) -> Named:
    if kin is OF_AREAS:
        key = free_area_key(new.name, new.kind, new.parent)
        return create_area(key=key, kind=new.kind, name=new.name, parent=new.parent, **told)
    return create_unit(
        key=free_unit_key(new.name, new.area),
        kind=new.kind,
        name=new.name,
        area=new.area,
        parent=new.parent,
        **told,
    )


def _keep_traits(before: Collection[Any], after: Collection[Any], *, on: date, **told: Any) -> None:
    kept = AreaTag.objects.current(on=on).filter(area__in=before).values_list("trait", flat=True)
    for trait in sorted(set(kept)):
        for area in after:
            tag_area(area=area, trait=trait, valid_from=on, **told)


def _close(row: Named, on: date) -> dict[str, Any]:
    """End the row with its names, codes, place and traits; what was open, for the diary."""
    closed: dict[str, Any] = {"until": row.valid_to and row.valid_to.isoformat()}
    Fact.end(row, on)
    for what in Kin.of(row).closes:
        rows = getattr(row, what).filter(valid_to__isnull=True).exclude(valid_from__gte=on)
        open_ones = list(rows.order_by("pk"))
        for each in open_ones:
            Fact.end(each, on)
        closed[what] = [each.pk for each in open_ones]
    return closed
