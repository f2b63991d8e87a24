"""Bringing in a sheet of units that somebody has looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented
from nhipcau.registry.actions.kin import Fact
from nhipcau.registry.actions.names import give_code, give_name
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.enums import HowToTake, NameKind
from nhipcau.registry.errors import WorkbookRefused
from nhipcau.registry.imports.unit_workbook import SheetRow
from nhipcau.registry.models import Area, Unit, UnitCode, UnitName, UnitParent
from nhipcau.registry.queries.unit_sheets import (
    BORNE,
    OTHER_NAMES,
    Difference,
    PlannedUnit,
    Refused,
    names_in,
    preview_units,
)


@dataclass(frozen=True, slots=True)
class SheetReport:
    added: int
    changed: int
    unchanged: int
    left_out: int
    refused: tuple[Refused, ...]


@transaction.atomic
def apply_unit_sheet(
    *,
    rows: Collection[SheetRow],
    looked_at: str,
    taken: Mapping[int, str] | None = None,
    by: Actor,
    at: datetime,
) -> SheetReport:
    """Do what the preview with the digest `looked_at` showed; refused rows are left out.

    `taken` says by row number how a row is taken whose name or code differs from the record: as
    new from its day on, as the correction of an error, or not at all. Raises WorkbookRefused when
    the records have changed since, so that the rows would do something else, and when nothing is
    said of such a row; nothing is changed then.
    """
    preview = preview_units(rows)
    if preview.digest != looked_at:
        raise WorkbookRefused(
            _("The units on record have changed since the preview; look at it again.")
        )
    ways = {
        planned.number: _way_of(planned, taken or {}) for planned in preview.change if planned.asks
    }
    change = [each for each in preview.change if ways.get(each.number) != HowToTake.LEAVE]
    areas = dict(Area.objects.values_list("key", "pk"))
    made: dict[str, Unit] = {}
    for planned in preview.add:
        made[planned.key] = _add(planned, areas, by, at)
    units = Unit.objects.in_bulk([planned.unit_id for planned in change])
    for planned in change:
        if planned.unit_id is None:
            continue
        rest = planned
        if ways.get(planned.number) == HowToTake.NEW:
            rest = _add_to_the_record(units[planned.unit_id], planned, by, at)
        if rest.differences:
            units[planned.unit_id].refresh_from_db()
            _correct(units[planned.unit_id], rest, areas, by, at)
    _place((*preview.add, *change), made, units)
    return SheetReport(
        added=len(preview.add),
        changed=len(change),
        unchanged=len(preview.unchanged),
        left_out=len(preview.change) - len(change),
        refused=tuple(preview.refused),
    )


def _way_of(planned: PlannedUnit, taken: Mapping[int, str]) -> HowToTake:
    way = taken.get(planned.number)
    for known in planned.ways:
        if known == way:
            return known
    raise WorkbookRefused(
        _(
            "Row %(number)d gives another name or code than the one on record: say whether it is "
            "new from a day on or the correction of an error."
        )
        % {"number": planned.number}
    )


def _add_to_the_record(unit: Unit, planned: PlannedUnit, by: Actor, at: datetime) -> PlannedUnit:
    """Names and code that are new from the row's day on; what else the row changes is the answer.

    What they follow stays on record up to that day.
    """
    since = planned.since
    source = planned.values.get("source", "")
    left = []
    for difference in planned.differences:
        if difference.field not in BORNE or not difference.before or since is None:
            left.append(difference)
        elif difference.field == "name":
            give_name(
                to=unit,
                text=difference.after,
                kind=NameKind.OFFICIAL,
                valid_from=since,
                source=source,
                by=by,
                at=at,
            )
        elif difference.field == "code":
            give_code(to=unit, code=difference.after, valid_from=since, source=source, by=by, at=at)
        else:
            _follow(unit, difference, since=since, source=source, by=by, at=at)
    return replace(planned, differences=tuple(left))


def _follow(
    unit: Unit, difference: Difference, *, since: date, source: str, by: Actor, at: datetime
) -> None:
    """Names of the kind that the cell no longer has end on the day; those it adds begin then."""
    kind, wanted = OTHER_NAMES[difference.field], names_in(difference.after)
    rows = unit.names.filter(kind=kind, valid_to__isnull=True)
    for name in rows.exclude(text__in=wanted).exclude(valid_from__gte=since):
        Fact.end(name, since)
    present = set(rows.values_list("text", flat=True))
    for text in wanted:
        if text not in present:
            give_name(to=unit, text=text, kind=kind, valid_from=since, source=source, by=by, at=at)


def _add(planned: PlannedUnit, areas: dict[str, int], by: Actor, at: datetime) -> Unit:
    values = planned.values
    area = Area.objects.get(pk=areas[values["area"]]) if values.get("area") else None
    unit = create_unit(
        key=planned.key,
        kind=values["kind"],
        name=values["name"],
        area=area,
        valid_from=values.get("valid_from"),
        valid_to=values.get("valid_to"),
        source=values.get("source", ""),
        by=by,
        at=at,
    )
    _further(unit, values)
    return unit


def _correct(
    unit: Unit, planned: PlannedUnit, areas: dict[str, int], by: Actor, at: datetime
) -> None:
    values = {difference.field: difference.after for difference in planned.differences}
    for name in ("kind", "valid_from", "valid_to", "source"):
        if name in values:
            setattr(unit, name, values[name])
    if "area" in values:
        unit.area_id = areas[values["area"]]
    if "name" in values:
        unit.label = values["name"]
        latest = unit.names.filter(kind=NameKind.OFFICIAL).order_by("valid_from", "pk").last()
        if latest is not None:
            latest.text, latest.folded = values["name"], unaccented(values["name"])
            latest.note_corrected(["text", "folded"])
            latest.save(update_fields=["text", "folded", "corrected_fields"])
    columns = {"area": "area_id", "name": "label"}
    own = {"kind", "valid_from", "valid_to", "source", "area", "name"}
    unit.note_corrected(columns.get(name, name) for name in own & values.keys())
    unit.save()
    _further(unit, values)
    record(
        event="registry.unit.corrected",
        target=unit,
        by=by,
        at=at,
        before={each.field: _plain(each.before) for each in planned.differences},
        after={each.field: _plain(each.after) for each in planned.differences},
    )


def _further(unit: Unit, values: dict[str, Any]) -> None:
    """Names of other kinds become those of the cell; a code opens as the unit begins.

    Names that have ended are history and stay; a former name is added, never taken away.
    """
    for name, kind in OTHER_NAMES.items():
        if name not in values:
            continue
        wanted = names_in(values[name])
        standing = unit.names.filter(kind=kind)
        if kind != NameKind.FORMER:
            standing = standing.filter(valid_to=unit.valid_to)
            for written in standing.exclude(text__in=wanted):
                Fact.take_off(written)
        present = set(standing.values_list("text", flat=True))
        UnitName.objects.bulk_create(
            [
                UnitName(
                    unit=unit,
                    kind=kind,
                    text=text,
                    folded=unaccented(text),
                    valid_to=None if kind == NameKind.FORMER else unit.valid_to,
                )
                for text in wanted
                if text not in present
            ]
        )
    if values.get("code"):
        UnitCode.objects.update_or_create(
            unit=unit,
            valid_to=None,
            defaults={"code": values["code"], "valid_from": unit.valid_from},
        )


def _place(planned: Collection[PlannedUnit], made: dict[str, Unit], units: dict[int, Unit]) -> None:
    """Parents last: a row may stand under a unit of a later row."""
    wanted = {
        each.key: each.values["parent"]
        for each in planned
        if each.values.get("parent")
        and (each.unit_id is None or any(d.field == "parent" for d in each.differences))
    }
    if not wanted:
        return
    pks = dict(Unit.objects.filter(key__in=wanted.values()).values_list("key", "pk"))
    here = {**made, **{unit.key: unit for unit in units.values()}}
    for key, parent in wanted.items():
        place, _is_new = UnitParent.objects.update_or_create(
            unit=here[key],
            valid_to=None,
            defaults={"parent_id": pks[parent], "valid_from": here[key].valid_from},
        )
        place.note_corrected(["parent_id"])
        place.save(update_fields=["corrected_fields"])


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
