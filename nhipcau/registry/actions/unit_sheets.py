"""Bringing in a sheet of units that somebody has looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.enums import NameKind
from nhipcau.registry.errors import WorkbookRefused
from nhipcau.registry.imports.unit_workbook import SheetRow
from nhipcau.registry.models import Area, Unit, UnitCode, UnitName, UnitParent
from nhipcau.registry.queries.unit_sheets import (
    NAME_MARK,
    OTHER_NAMES,
    PlannedUnit,
    Refused,
    preview_units,
)


@dataclass(frozen=True, slots=True)
class SheetReport:
    added: int
    changed: int
    unchanged: int
    refused: tuple[Refused, ...]


@transaction.atomic
def apply_unit_sheet(
    *, rows: Collection[SheetRow], looked_at: str, by: Actor, at: datetime
) -> SheetReport:
    """Do what the preview with the digest `looked_at` showed; refused rows are left out.

    Raises WorkbookRefused when the records have changed since, so that the rows would do
    something else; nothing is changed then.
    """
    preview = preview_units(rows)
    if preview.digest != looked_at:
        raise WorkbookRefused(
            _("The units on record have changed since the preview; look at it again.")
        )
    areas = dict(Area.objects.values_list("key", "pk"))
    made: dict[str, Unit] = {}
    for planned in preview.add:
        made[planned.key] = _add(planned, areas, by, at)
    units = Unit.objects.in_bulk([planned.unit_id for planned in preview.change])
    for planned in preview.change:
        if planned.unit_id is not None:
            _correct(units[planned.unit_id], planned, areas, by, at)
    _place((*preview.add, *preview.change), made, units)
    return SheetReport(
        added=len(preview.add),
        changed=len(preview.change),
        unchanged=len(preview.unchanged),
        refused=tuple(preview.refused),
    )


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
    """Names of other kinds become exactly those of the cell; a code opens as the unit begins."""
    for name, kind in OTHER_NAMES.items():
        if name not in values:
            continue
        wanted = [text.strip() for text in values[name].split(NAME_MARK.strip()) if text.strip()]
        unit.names.filter(kind=kind).exclude(text__in=wanted).delete()
        present = set(unit.names.filter(kind=kind).values_list("text", flat=True))
        UnitName.objects.bulk_create(
            [
                UnitName(unit=unit, kind=kind, text=text, folded=unaccented(text))
                for text in dict.fromkeys(wanted)
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
        UnitParent.objects.update_or_create(
            unit=here[key],
            valid_to=None,
            defaults={"parent_id": pks[parent], "valid_from": here[key].valid_from},
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
