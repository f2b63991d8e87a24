"""Units by what somebody types."""

from __future__ import annotations

from datetime import date

from nhipcau.kernel.folding import unaccented
from nhipcau.registry.enums import AreaKind
from nhipcau.registry.models import Area, UnitGroup, UnitName
from nhipcau.registry.queries.areas import ids_inside


def units_by_words(typed: str, *, on: date, limit: int) -> list[tuple[str, int, str]]:
    """(“unit” or “group”, key, name) of what bears all the typed words on that day. Two queries."""
    words = unaccented(typed).split()
    if not words:
        return []
    names = UnitName.objects.current(on=on).select_related("unit")
    for word in words:
        names = names.filter(folded__contains=word)
    found: dict[tuple[str, int], str] = {}
    for name in names.order_by("text")[: limit * 3]:
        found.setdefault(("unit", name.unit_id), name.unit.label)
    groups = [
        ("group", group.pk, group.name)
        for group in UnitGroup.objects.order_by("name")
        if all(word in unaccented(group.name) for word in words)
    ]
    return ([(kind, key, label) for (kind, key), label in found.items()] + groups)[:limit]


def areas_to_choose(home: Area | None, *, on: date) -> list[tuple[int, str]]:
    """Key and name of the areas that a new unit may stand in: inside `home`, else provinces.

    Two queries.
    """
    areas = Area.objects.current(on=on).exclude(kind=AreaKind.BORDER_GATE)
    if home is None:
        areas = areas.filter(kind=AreaKind.PROVINCE)
    else:
        areas = areas.filter(pk__in=ids_inside(home, on=on))
    return list(areas.order_by("label", "pk").values_list("pk", "label"))
