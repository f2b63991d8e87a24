"""Turns: so many at once on one machine, whoever asks; the others wait a little, then hear it."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from nhipcau.paper.errors import OthersAreWaiting

_POLL = 0.1


def places() -> int:
    """How many may draw at once on this machine: half of its processors, at least one."""
    return max(1, (os.cpu_count() or 2) // 2)


@contextmanager
def turn(*, wait: float) -> Iterator[None]:
    """A place among those who draw now; raises OthersAreWaiting after so many seconds.

    A place is a lock on a file, so that whoever is killed gives it back at once.
    """
    folder = Path(settings.DATA) / "turns"
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    while True:
        for number in range(places()):
            with (folder / str(number)).open("w") as place:
                try:
                    fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        if time.monotonic() >= until:
            raise OthersAreWaiting
        time.sleep(_POLL)
