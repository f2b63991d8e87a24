"""Readable, permanent keys that nothing has yet. One query each."""

from __future__ import annotations

import re

from django.db.models import Manager

from nhipcau.kernel.folding import unaccented
from nhipcau.registry.models import Area, Unit, UnitGroup
from nhipcau.registry.rules.naming import key_of_unit

LONGEST_KEY = 120
NUMBER = 6  # room for a number after a key that is taken


def free_area_key(name: str, kind: str, parent: Area | None) -> str:
    """Of an area: its kind, its name and where it lies."""
    place = f"@{parent.key.rpartition('/')[2]}"[: LONGEST_KEY // 2] if parent else ""
    start = f"{kind}/{_slug(name) or 'dia-ban'}"[: LONGEST_KEY - len(place) - NUMBER]
    return _free(f"{start}{place}", Area._default_manager)


def free_unit_key(name: str, area: Area | None) -> str:
    """Of a unit, which may bear the name of one before it: its name and where it stands."""
    return _free(key_of_unit(name, area.key if area else "")[:150], Unit._default_manager)


def free_group_key(name: str) -> str:
    """Of a group of units: its name."""
    return _free(_slug(name)[:110] or "nhom", UnitGroup._default_manager)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", unaccented(text)).strip("-")


def _free(key: str, rows: Manager[Area] | Manager[Unit] | Manager[UnitGroup]) -> str:
    taken = set(rows.filter(key__startswith=key).values_list("key", flat=True))
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key}-{number}"
    return found
