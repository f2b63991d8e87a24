"""Where areas lie and what became of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from nhipcau.registry.enums import Side
from nhipcau.registry.models import Area, AreaChange, AreaChangePart, AreaPlacement
from nhipcau.registry.rules.succession import Change, successors


def ids_inside(area: Area, *, on: date) -> frozenset[int]:
    """The area itself and every area inside it on the day, at any depth. One query."""
    inside: dict[int, list[int]] = defaultdict(list)
    for child, parent in AreaPlacement.objects.current(on=on).values_list("area_id", "parent_id"):
        inside[parent].append(child)
    return _below(area.pk, inside)


def ids_ever_inside(area: Area) -> frozenset[int]:
    """The area itself and every area that ever lay inside it, at any depth. One query."""
    inside: dict[int, list[int]] = defaultdict(list)
    for child, parent in AreaPlacement.objects.values_list("area_id", "parent_id"):
        inside[parent].append(child)
    return _below(area.pk, inside)


def area_changes() -> list[Change]:
    """Every change of areas on record, for the rules of succession. Two queries."""
    sides: dict[tuple[int, str], set[int]] = defaultdict(set)
    parts = AreaChangePart.objects.values_list("change_id", "side", "area_id")
    for change_id, side, area_id in parts:
        sides[change_id, side].add(area_id)
    return [
        Change(
            kind=kind,
            on=on,
            from_ids=frozenset(sides[pk, Side.FROM]),
            to_ids=frozenset(sides[pk, Side.TO]),
        )
        for pk, kind, on in AreaChange.objects.order_by("on", "pk").values_list("pk", "kind", "on")
    ]


def area_successors(area: Area, *, as_of: date) -> list[Area]:
    """The areas that stand for `area` on the day. Three queries."""
    found = successors(area.pk, area_changes(), as_of=as_of)
    return list(Area.objects.filter(pk__in=found).order_by("label", "pk"))


def _below(start: int, inside: dict[int, list[int]]) -> frozenset[int]:
    found, queue = {start}, [start]
    while queue:
        fresh = [child for child in inside[queue.pop()] if child not in found]
        found.update(fresh)
        queue.extend(fresh)
    return frozenset(found)
