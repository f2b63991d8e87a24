"""Establishing the units that a province and the areas inside it usually have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented
from nhipcau.registry.actions.shelves import Shelf, Tally
from nhipcau.registry.enums import AreaKind, NameKind, Side
from nhipcau.registry.imports.shipped import Row, day, rows, several
from nhipcau.registry.models import Area, Unit, UnitChange, UnitChangePart, UnitName
from nhipcau.registry.queries.areas import ids_ever_inside
from nhipcau.registry.rules.usual_units import common_days, filled


@dataclass(slots=True)
class _Shelves:
    units: Shelf[Unit]
    official: Shelf[UnitName]
    others: Shelf[UnitName]


@transaction.atomic
def establish_usual_units(*, province: Area, by: Actor, at: datetime) -> int:
    """Put the usual units of the province and of every area inside it on record, by their dates.

    What a province really has is for its people to correct: the list is a beginning. Doing it
    again adds only what is missing and corrects nothing. Returns how many units were added.
    """
    tally = Tally()
    before = Unit.objects.count()
    shelves = _Shelves(
        Shelf(Unit, ("key",), tally),
        Shelf(UnitName, ("unit_id", "kind", "valid_from"), tally),
        Shelf(UnitName, ("unit_id", "kind", "text"), tally),
    )
    patterns = rows("usual_units")
    inside = Area.objects.filter(pk__in=ids_ever_inside(province)).order_by("kind", "key")
    for area in inside.exclude(kind__in=[AreaKind.VILLAGE, AreaKind.BORDER_GATE]):
        made = {
            row["key"]: unit
            for row in patterns
            if row["tier"] == area.kind and (unit := _establish(row, area, shelves))
        }
        if area.kind == AreaKind.PROVINCE:
            _changes(area, made, tally)
    added = Unit.objects.count() - before
    if tally.added:
        record(
            event="registry.usual_units.established",
            target=province,
            by=by,
            at=at,
            after={"units": added},
        )
    return added


def _establish(row: Row, area: Area, shelves: _Shelves) -> Unit | None:
    span = common_days(
        (day(row["valid_from"]), day(row["valid_to"])), (area.valid_from, area.valid_to)
    )
    if span is None:
        return None
    key = f"{row['key']}@{area.key}"
    if (known := shelves.units.known.get((key,))) is not None:
        return known
    start, end = span
    name = filled(row["name"], area.label)
    sourced = {"source": row["source"], "grade": row["grade"]}
    dated: dict[str, date | None] = {"valid_from": start, "valid_to": end}
    unit = shelves.units.add(
        {
            "key": key,
            "kind": row["kind"],
            "area_id": area.pk,
            "label": name,
            **dated,
            **sourced,
        }
    )
    written = {"folded": unaccented(name), **dated, **sourced}
    shelves.official.add(
        {"unit_id": unit.pk, "kind": NameKind.OFFICIAL.value, "text": name, **written}
    )
    for further in several(row["names"], "|"):
        kind, _colon, pattern = further.partition(":")
        text = filled(pattern, area.label)
        shelves.others.add(
            {
                "unit_id": unit.pk,
                "kind": kind,
                "text": text,
                "folded": unaccented(text),
                **dated,
                **sourced,
            }
        )
    return unit


def _changes(area: Area, made: dict[str, Unit], tally: Tally) -> None:
    changes = Shelf(UnitChange, ("key",), tally)
    parts = Shelf(UnitChangePart, ("change_id", "unit_id", "side"), tally)
    for row in rows("usual_unit_changes"):
        before, after = several(row["from"]), several(row["to"])
        if not all(key in made for key in (*before, *after)):
            continue
        change = changes.add(
            {
                "key": f"{row['key']}@{area.key}",
                "kind": row["kind"],
                "on": day(row["on"]),
                "function": row["function"],
                "source": row["source"],
                "grade": row["grade"],
            }
        )
        for side, keys in ((Side.FROM, before), (Side.TO, after)):
            for key in keys:
                parts.add({"change_id": change.pk, "unit_id": made[key].pk, "side": side.value})
