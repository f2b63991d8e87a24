"""Things that go on side by side, each a generator that gives the moment of its next act."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

Life: TypeAlias = Iterator[datetime]
_Waiting: TypeAlias = list[tuple[datetime, int, Life]]


def side_by_side(lives: Sequence[Life]) -> Life:
    """Several lives as one: always the one whose next act is the earliest goes on."""
    waiting: _Waiting = []
    for place, life in enumerate(lives):
        _go_on(waiting, place, life)
    while waiting:
        moment, place, life = heapq.heappop(waiting)
        yield moment
        _go_on(waiting, place, life)


def _go_on(waiting: _Waiting, place: int, life: Life) -> None:
    """Let a life act, and wait for the moment of its next act, if there is one."""
    moment = next(life, None)
    if moment is not None:
        heapq.heappush(waiting, (moment, place, life))
