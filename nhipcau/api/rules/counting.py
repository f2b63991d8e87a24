"""How often each address asked within a minute, without keeping an address.

Two rows of counters, no list of who came: an address is hashed with a salt of chance that lives as
long as the minute, and the hash only says which counters go up. The lesser of its two is what it
asked, so that another's questions count for one's own only where both counters meet.
"""

from __future__ import annotations

import hashlib
import ipaddress
import threading
from array import array
from collections.abc import Callable
from dataclasses import dataclass

WIDTH = 1 << 15  # counters in a row; a thousand callers a minute meet in both once in a thousand
WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left to an address: questions, and seconds until it may ask as much again."""

    limit: int
    left: int
    seconds: int

    @property
    def is_over(self) -> bool:
        return self.left < 0


class Counters:
    """The counters of one process. `salt` gives bytes of chance, `clock` seconds that only rise."""

    def __init__(self, *, salt: Callable[[], bytes], clock: Callable[[], float]) -> None:
        self._new_salt = salt
        self._clock = clock
        self._lock = threading.Lock()
        self._ends = 0.0
        self._salt = b""
        self._rows: tuple[array[int], array[int]] = (array("L"), array("L"))

    def count(self, address: str, *, limit: int) -> Standing:
        """Count one question of this address."""
        with self._lock:
            now = self._clock()
            if now >= self._ends:
                self._ends = now + WINDOW
                self._salt = self._new_salt()
                self._rows = (array("L", [0]) * WIDTH, array("L", [0]) * WIDTH)
            digest = hashlib.blake2b(
                household(address).encode(), key=self._salt, digest_size=8
            ).digest()
            asked = limit + 1
            for row, part in zip(self._rows, (digest[:4], digest[4:]), strict=True):
                place = int.from_bytes(part, "big") % WIDTH
                row[place] += 1
                asked = min(asked, row[place])
            return Standing(limit, limit - asked, max(1, round(self._ends - now)))


def household(address: str) -> str:
    """What counts as one caller: an address, of IPv6 the /64 that one line is given."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
