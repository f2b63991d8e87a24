"""How often pages are read, without watching who reads: pure, and asked at every request.

Counted are page, day, what kind of place a reader came from, and at most the country; never an
address, a cookie, a browser or a way through the portal. What machines ask for is not counted.
"""

from __future__ import annotations

import bisect
import csv
import json
import os
import re
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# A cell of fewer readers could be one of them.
LEAST_SHOWN = 5
UNKNOWN_AREA = ""
_MOST_REMEMBERED = 5_000
_MOST_WAITING = 100_000
_MACHINES = re.compile(
    r"bot\b|bots\b|crawl|spider|slurp|archiver|scrap|preview|facebookexternalhit|zalo\W*link|monitor"
    r"|uptime|check|lighthouse|headless|phantom|curl|wget|python|java/|go-http|okhttp|libwww|httpie"
    r"|axios|node|ruby|perl|feed|rss|validator|scan|probe|wrk|siege|ahrefs|semrush",
    re.IGNORECASE,
)
_ENDING = r"\.[a-z]{2,3}(?:\.[a-z]{2})?$"
_SEARCH = re.compile(
    r"(?:^|\.)(?:google|bing|coccoc|baidu|yandex|duckduckgo|ecosia|naver|sogou|so|yahoo|brave)"
    + _ENDING
)
_SOCIAL = re.compile(
    r"(?:^|\.)(?:facebook|fb|messenger|zalo|zaloapp|youtube|youtu|tiktok|instagram|twitter|x|t"
    r"|linkedin|telegram|whatsapp|viber|weixin|qq|weibo|line|threads)" + _ENDING
)


class Came(StrEnum):
    """Where a reader came from."""

    DIRECT = "direct"  # typed, from a QR code, or not told
    WITHIN = "within"  # another page of the portal
    SEARCH = "search"
    SOCIAL = "social"
    ELSEWHERE = "elsewhere"


def is_machine(agent: str) -> bool:
    """Whether no person reads: it says so, or says nothing. Some machines say they are persons."""
    return not agent or _MACHINES.search(agent) is not None


def came_from(referrer: str, *, own: Callable[[str], bool]) -> Came:
    """The kind of place; `own` says whether a host is ours. What cannot be read is elsewhere."""
    if not referrer or referrer == "-":
        return Came.DIRECT
    try:
        host = (urlsplit(referrer if "//" in referrer else f"//{referrer}").hostname or "").lower()
    except ValueError:
        return Came.ELSEWHERE
    if host and own(host):
        return Came.WITHIN
    if _SEARCH.search(host):
        return Came.SEARCH
    return Came.SOCIAL if _SOCIAL.search(host) else Came.ELSEWHERE


class Areas:
    """Which country an address is of, from a table of ranges: `first,last,country` a line."""

    def __init__(self, rows: Iterable[tuple[str, str, str]] = ()) -> None:
        ranges = sorted(
            (int(ip_address(first)), int(ip_address(last)), country.upper()[:2])
            for first, last, country in rows
        )
        self._firsts = [first for first, _, _ in ranges]
        self._ranges = ranges

    @classmethod
    def from_file(cls, path: Path) -> Areas:
        """Raises ValueError for a line that is no range, OSError for a file that is not there."""
        with path.open(encoding="utf-8", newline="") as file:
            return cls((row[0], row[1], row[2]) for row in csv.reader(file) if len(row) >= 3)

    def of(self, address: str) -> str:
        """Two letters; "" when nobody knows. The address is forgotten with the answer."""
        if not self._firsts:
            return UNKNOWN_AREA
        try:
            number = int(ip_address(address))
        except ValueError:
            return UNKNOWN_AREA
        place = bisect.bisect_right(self._firsts, number) - 1
        if place < 0 or number > self._ranges[place][1]:
            return UNKNOWN_AREA
        return self._ranges[place][2]


class Tally:
    """What one web process counts, written down every few seconds in a file of its own.

    The files are added up by the worker; a process that is killed loses those seconds.
    """

    def __init__(
        self,
        folder: Path,
        *,
        today: Callable[[], date],
        own: Callable[[str], bool],
        areas: Areas | None = None,
    ) -> None:
        self._folder, self._today, self._own = folder, today, own
        self._areas = areas or Areas()
        self._counts: dict[tuple[str, str, str], int] = {}
        self._lock = threading.Lock()
        self._machines: dict[str, bool] = {}
        self._came: dict[str, str] = {}

    def __call__(self, path: str, environ: Mapping[str, Any]) -> None:
        """One reader was sent a page."""
        get = environ.get
        if environ["REQUEST_METHOD"] != "GET" or "prefetch" in get("HTTP_SEC_PURPOSE", ""):
            return
        agent, referrer = get("HTTP_USER_AGENT", ""), get("HTTP_REFERER", "")
        machine = self._machines.get(agent)
        if machine is None:
            machine = is_machine(agent)
            _remember(self._machines, agent, machine)
        if machine:
            return
        came = self._came.get(referrer)
        if came is None:
            came = came_from(referrer, own=self._own).value
            _remember(self._came, referrer, came)
        cell = (path, came, self._areas.of(get("REMOTE_ADDR", "")))
        with self._lock:
            self._counts[cell] = self._counts.get(cell, 0) + 1

    def write_down(self) -> None:
        """Write what was counted; when the disk takes nothing it is kept, up to a bound."""
        with self._lock:
            counts, self._counts = self._counts, {}
        if not counts:
            return
        told = {
            "day": self._today().isoformat(),
            "counts": [[*cell, n] for cell, n in counts.items()],
        }
        name = uuid.uuid4().hex
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = self._folder / f".{name}"
            unfinished.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            os.replace(unfinished, self._folder / f"{name}.json")  # noqa: PTH105 -- as the store does
        except OSError:
            with self._lock:
                for cell, number in counts.items():
                    if len(self._counts) < _MOST_WAITING:
                        self._counts[cell] = self._counts.get(cell, 0) + number


def _remember(known: dict[str, Any], key: str, value: object) -> None:
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    known[key] = value


def shown(cells: Mapping[str, int]) -> dict[str, int | None]:
    """Counts that may be shown: None for those of fewer than five readers.

    Where only one would be hidden, it could be told from the sum of the others; then the next
    smallest is hidden too.
    """
    hidden = {name for name, count in cells.items() if 0 < count < LEAST_SHOWN}
    if len(hidden) == 1:
        others = sorted(
            (count, name) for name, count in cells.items() if count and name not in hidden
        )
        hidden |= {name for _, name in others[:1]}
    return {name: None if name in hidden else count for name, count in cells.items()}
