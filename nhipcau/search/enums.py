from __future__ import annotations

from enum import StrEnum


class IndexState(StrEnum):
    """How the index of one tree is on this machine."""

    READY = "ready"
    BUILDING = "building"
    MISSING = "missing"
    BROKEN = "broken"
