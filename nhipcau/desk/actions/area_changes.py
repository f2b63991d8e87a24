"""What a change of areas would mean: it is tried and undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.area_changes import tell_area_change
from nhipcau.registry.enums import Side
from nhipcau.registry.models import Area, AreaPlacement, AreaTag, Unit


@dataclass(frozen=True, slots=True)
class EndingArea:
    """An area that the change ends, with what is there."""

    name: str
    units: int
    inside: int
    traits: Sequence[str]


@dataclass(frozen=True, slots=True)
class AreaResult:
    """An area that stands after the change."""

    name: str
    is_new: bool
    traits: Sequence[str]


@dataclass(frozen=True, slots=True)
class ForeseenAreas:
    """What will be so from the day on."""

    kind: str
    on: date
    old_name: str
    new_name: str
    before: Sequence[str]
    ended: Sequence[EndingArea]
    results: Sequence[AreaResult]


def foresee_areas(*, telling: Mapping[str, Any], by: Actor, at: datetime) -> ForeseenAreas:
    """What the change would mean. Raises what recording it would raise; changes nothing."""
    on: date = telling["on"]
    before: Sequence[Area] = telling["before"]
    there = {area.pk: _what_is_there(area, on) for area in before}
    with transaction.atomic():
        change = tell_area_change(**telling, by=by, at=at)
        parts = list(change.parts.select_related("area").order_by("area__label", "pk"))
        known = {area.pk for area in (*before, *telling.get("after", ()))}
        foreseen = ForeseenAreas(
            kind=telling["kind"],
            on=on,
            old_name=before[0].label,
            new_name=telling.get("new_name", ""),
            before=[there[part.area_id].name for part in parts if part.side == Side.FROM],
            ended=[
                there[part.area_id]
                for part in parts
                if part.side == Side.FROM and part.area.valid_to == on
            ],
            results=[
                AreaResult(part.area.label, part.area_id not in known, _traits(part.area, on))
                for part in parts
                if part.side == Side.TO
            ],
        )
        transaction.set_rollback(True)
    return foreseen


def _what_is_there(area: Area, on: date) -> EndingArea:
    inside = AreaPlacement.objects.current(on=on).filter(parent=area)
    return EndingArea(
        name=area.label,
        units=Unit.objects.current(on=on).filter(area=area).count(),
        inside=inside.count(),
        traits=_traits(area, on),
    )


def _traits(area: Area, on: date) -> list[str]:
    tags = AreaTag.objects.current(on=on).filter(area=area).order_by("trait")
    return [str(tag.get_trait_display()) for tag in tags]
