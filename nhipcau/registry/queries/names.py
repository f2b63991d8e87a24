"""The snapshot of all names, for looking up thousands of them without a further query."""

from __future__ import annotations

from collections import defaultdict

from nhipcau.kernel.intervals import Interval
from nhipcau.registry.enums import NameKind
from nhipcau.registry.models import (
    Area,
    AreaName,
    AreaPlacement,
    Unit,
    UnitGroup,
    UnitName,
    UnitParent,
)
from nhipcau.registry.rules.resolution import NameIndex
from nhipcau.registry.rules.variants import KnownArea, KnownGroup, KnownName, KnownUnit


def name_index() -> NameIndex:
    """Names of units and groups with the places they belong to. Seven queries, however many."""
    area_names: dict[int, list[str]] = defaultdict(list)
    bearers = AreaName.objects.filter(kind__in=[NameKind.OFFICIAL, NameKind.FORMER])
    for area_id, text in bearers.order_by("valid_from", "pk").values_list("area_id", "text"):
        area_names[area_id].append(text)
    placed: dict[int, list[tuple[int, Interval]]] = defaultdict(list)
    for area_id, parent_id, start, end in AreaPlacement.objects.values_list(
        "area_id", "parent_id", "valid_from", "valid_to"
    ):
        placed[area_id].append((parent_id, Interval(start, end)))
    parents = dict(
        UnitParent.objects.order_by("valid_from", "pk").values_list("unit_id", "parent_id")
    )
    return NameIndex.build(
        units=[
            KnownUnit(pk, kind, label, area_id, parents.get(pk), Interval(start, end))
            for pk, kind, label, area_id, start, end in Unit.objects.values_list(
                "pk", "kind", "label", "area_id", "valid_from", "valid_to"
            )
        ],
        names=[
            KnownName(unit_id, text, kind, Interval(start, end))
            for unit_id, text, kind, start, end in UnitName.objects.order_by(
                "unit_id", "pk"
            ).values_list("unit_id", "text", "kind", "valid_from", "valid_to")
        ],
        areas=[
            KnownArea(pk, tuple(area_names[pk]), tuple(placed[pk]))
            for pk in Area.objects.values_list("pk", flat=True)
        ],
        groups=[
            KnownGroup(
                group.pk,
                group.name,
                (group.name, *(alias.text for alias in group.aliases.all())),
                group.within_id,
            )
            for group in UnitGroup.objects.prefetch_related("aliases")
        ],
    )
