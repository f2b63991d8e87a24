"""Values as JSON in one single way, so that the same thing always has the same hash.

`plain` makes any value that the house keeps storable; `canonical` writes plain values as bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)


def plain(value: Any) -> Any:
    """`value` as JSON knows it: text, whole and broken numbers, yes/no, null, lists, mappings.

    A moment is told in UTC with microseconds, a decimal with all its places, a set in sorted
    order. Raises TypeError for anything else (a model, a file, a moment without time zone): the
    caller says what of it is meant.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        # PostgreSQL stores no NUL in a text.
        return str(value).replace("\x00", "\ufffd")
    if isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {str(plain(name)): plain(held) for name, held in value.items()}
    if isinstance(value, AbstractSet):
        return sorted((plain(held) for held in value), key=canonical)
    if isinstance(value, list | tuple):
        return [plain(held) for held in value]
    return _told(value)


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError(f"The moment {value} has no time zone.")
        return moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():f}S"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID | Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no plain form; name the value that is meant.")


def moment(at: datetime) -> str:
    """`at` in UTC with microseconds: "2026-11-21T05:44:00.000000Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: Any) -> bytes:
    """The one way to write a plain value: sorted names, no spaces, UTF-8.

    Raises ValueError for a number that is none (NaN, infinity).
    """
    return _ENCODER.encode(value).encode()
