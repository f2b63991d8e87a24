"""The invented province comes on record: areas and what became of them, gates, units."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from nhipcau.demo.sample import places
from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.areas import create_area, tag_area
from nhipcau.registry.actions.changes import tell_change
from nhipcau.registry.actions.gates import create_gate
from nhipcau.registry.actions.names import give_name
from nhipcau.registry.actions.province import establish_province
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.actions.usual_units import establish_usual_units
from nhipcau.registry.enums import AreaKind, AreaTrait, ChangeKind, NameKind
from nhipcau.registry.models import Area, Unit


def put_places_on_record(*, by: Actor, at: datetime) -> None:
    """Areas first, then the units that such areas usually have, then those beyond."""
    province = create_area(
        key=places.PROVINCE,
        kind=AreaKind.PROVINCE,
        name="Tỉnh Mẫu",
        source=places.SOURCE,
        by=by,
        at=at,
    )
    areas = {province.key: province}
    for place in (*places.DISTRICTS, *places.FORMER_COMMUNES):
        areas[place.key] = _area(place, areas, by=by, at=at)
    for merger in places.MERGERS:
        _merge_areas(merger, areas, by=by, at=at)
    for district in places.DISTRICTS:
        tell_change(
            kind=ChangeKind.DISSOLVE,
            on=places.TWO_TIERS,
            before=[areas[district.key]],
            after=[],
            source=places.SOURCE,
            by=by,
            at=at,
        )
    for gate in places.GATES:
        create_gate(
            key=gate.key,
            name=gate.name,
            kind=gate.kind,
            parent=province,
            neighbour_country=places.NEIGHBOUR_COUNTRY,
            neighbour_area=places.NEIGHBOUR_AREA,
            neighbour_gate=gate.facing,
            source=places.SOURCE,
            by=by,
            at=at,
        )
    establish_usual_units(province=province, by=by, at=at)
    establish_province(
        area=province,
        name="Tỉnh Mẫu",
        emblem=b"",
        colour=places.COLOUR,
        accent=places.ACCENT,
        languages=[code for code, _name in settings.LANGUAGES],
        by=by,
        at=at,
    )
    _merge_units(by=by, at=at)
    _further_units(province, by=by, at=at)


def _area(place: places.Place, areas: dict[str, Area], *, by: Actor, at: datetime) -> Area:
    return create_area(
        key=place.key,
        kind=place.kind,
        name=place.name,
        parent=areas[place.parent],
        valid_from=place.valid_from,
        source=places.SOURCE,
        by=by,
        at=at,
    )


def _merge_areas(merger: places.Merger, areas: dict[str, Area], *, by: Actor, at: datetime) -> None:
    area = areas[merger.after.key] = _area(merger.after, areas, by=by, at=at)
    tell_change(
        kind=ChangeKind.MERGE,
        on=merger.on,
        before=[areas[key] for key in merger.before],
        after=[area],
        source=places.SOURCE,
        by=by,
        at=at,
    )
    if merger.is_border:
        tag_area(
            area=area,
            trait=AreaTrait.LAND_BORDER,
            valid_from=merger.on,
            source=places.SOURCE,
            by=by,
            at=at,
        )


def _merge_units(*, by: Actor, at: datetime) -> None:
    """Where communes merged, so did their committees, councils and offices that already were."""
    for merger in places.MERGERS:
        for kind in places.OF_A_COMMUNE:
            found = Unit.objects.in_bulk(
                [f"{kind}@{key}" for key in (*merger.before, merger.after.key)], field_name="key"
            )
            after = found.pop(f"{kind}@{merger.after.key}")
            if len(found) == len(merger.before):
                tell_change(
                    kind=ChangeKind.MERGE,
                    on=merger.on,
                    before=list(found.values()),
                    after=[after],
                    source=places.SOURCE,
                    by=by,
                    at=at,
                )


def _further_units(province: Area, *, by: Actor, at: datetime) -> None:
    for further in places.FURTHER_UNITS:
        unit = create_unit(
            key=further.key,
            kind=further.kind,
            name=further.name,
            area=province,
            parent=Unit.objects.get(key=further.parent),
            source=places.SOURCE,
            by=by,
            at=at,
        )
        if further.abbreviation:
            give_name(
                to=unit,
                text=further.abbreviation,
                kind=NameKind.ABBREVIATION,
                source=places.SOURCE,
                by=by,
                at=at,
            )
    press = create_unit(
        key=places.PRESS.key,
        kind=places.PRESS.kind,
        name=places.PRESS.name,
        area=province,
        parent=Unit.objects.get(key=places.PRESS.parent),
        valid_from=places.TWO_TIERS,
        source=places.SOURCE,
        by=by,
        at=at,
    )
    tell_change(
        kind=ChangeKind.MERGE,
        on=places.TWO_TIERS,
        before=[Unit.objects.get(key=key) for key in places.PRESS_BEFORE],
        after=[press],
        source=places.SOURCE,
        by=by,
        at=at,
    )
