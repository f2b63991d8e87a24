"""How the province shows itself now and showed itself before."""

from __future__ import annotations

from nhipcau.registry.models import FormerLook, Province
from nhipcau.registry.rules.looks import Look

SHOWN = 12


def province_of_house() -> Province | None:
    """The province whose house this is; None before it was set up. One query."""
    return Province.objects.first()


def former_looks() -> list[FormerLook]:
    """The last looks before this one, newest first, without their pictures. One query."""
    return list(FormerLook.objects.select_related("ended_by").defer("emblem")[:SHOWN])


def look_version() -> int:
    """Which look is in force, as a number that grows with every change. One query."""
    newest = FormerLook.objects.values_list("pk", flat=True).first()
    return newest or 0


def look_seen(version: int) -> Look | None:
    """The look of an earlier version; None for the one in force. One query."""
    ended = FormerLook.objects.filter(pk__gt=version).order_by("pk").first()
    return ended.look if ended else None
