"""Units by what somebody types."""

from __future__ import annotations

from datetime import date

from nhipcau.kernel.folding import unaccented
from nhipcau.registry.models import UnitGroup, UnitName


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
