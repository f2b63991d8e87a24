"""What was counted becomes rows, and is asked for: from the layer's files, or from nginx's log.

Behind nginx the readers of kept pages never reach us; its log tells of them without addresses
(deploy/nginx.conf). Behind a CDN nobody tells us: then a number is unknown, and never 0.
"""

from __future__ import annotations

import json
import logging
import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import transaction
from django.db.models import F, Sum
from django.http.request import validate_host
from django.utils import timezone

from nhipcau.translation.rules.addresses import SHORT_ID_LENGTH, is_short_id
from nhipcau.website.store.actions import add_reads
from nhipcau.website.store.addresses import INDEX, LONGEST_ADDRESS, address_in, is_storable
from nhipcau.website.store.counting import Came, came_from, shown
from nhipcau.website.store.models import CountedDay, DailyUse, Heard, LogPlace

logger = logging.getLogger(__name__)
Cell = tuple[date, str, str, str]
_LINES_AT_ONCE = 20_000
_LONGEST_LINE = 4_000
_CAME = frozenset(Came)


def work_and_language(address: str) -> tuple[str, str]:
    """The short id of the work that an address shows, "" for other pages, and its language."""
    parts = [part for part in address.split("/") if part]
    if parts[:1] == ["nhe"]:
        parts = parts[1:]
    last = parts[-1][-SHORT_ID_LENGTH:] if len(parts) > 1 else ""
    is_work = is_short_id(last) and (len(parts[-1]) == SHORT_ID_LENGTH or parts[-1][-8] == "-")
    if not is_work:
        return "", parts[0] if parts else ""
    return last, parts[-2]


@transaction.atomic
def add_up(*, cells: Counter[Cell], source: str, heard: str, at: datetime) -> bool:
    """Add what was counted to the rows of its days, once for each name `heard`."""
    _, is_new = Heard.objects.get_or_create(key=f"use:{heard}", defaults={"at": at})
    if not is_new:
        return False
    for day in {cell[0] for cell in cells}:
        CountedDay.objects.get_or_create(day=day, defaults={"source": source})
    reads: Counter[str] = Counter()
    for (day, address, came, area), count in cells.items():
        work, language = work_and_language(address)
        row, _ = DailyUse.objects.get_or_create(
            day=day,
            address=address,
            came=came,
            area=area,
            defaults={"work": work, "language": language[:35], "count": 0},
        )
        DailyUse.objects.filter(pk=row.pk).update(count=F("count") + count)
        reads[address] += count
    add_reads(reads=reads)
    return True


def gather(*, at: datetime) -> None:
    """Add up what web processes wrote down, and what nginx wrote into its log."""
    if settings.USE_COUNTED_BY == "house":
        # The day is counted though nobody came: then 0 is known.
        CountedDay.objects.get_or_create(
            day=timezone.localdate(at), defaults={"source": settings.USE_COUNTED_BY}
        )
        for path in sorted(Path(settings.PAGE_STORE, "counts").glob("*.json"))[:200]:
            _gather_file(path, at)
    elif settings.USE_COUNTED_BY == "nginx":
        while _gather_log(Path(settings.USE_LOG), at):
            pass


def _gather_file(path: Path, at: datetime) -> None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        day = date.fromisoformat(told["day"])
        cells: Counter[Cell] = Counter()
        for path_info, came, area, count in told["counts"]:
            address = address_in(str(path_info))
            if address is not None and came in _CAME:
                cells[day, address, str(came), str(area)[:2]] += int(count)
    except (OSError, ValueError, KeyError, TypeError):
        logger.warning("a file of counts cannot be read and is left out: %s", path.name)
    else:
        add_up(cells=cells, source="house", heard=path.stem, at=at)
    path.unlink(missing_ok=True)


def _gather_log(path: Path, at: datetime) -> bool:
    """Read on in the log, some thousand lines; whether there may be more.

    How far it was read stands beside the counts, in one transaction. A log that was turned over
    or cut is read from its beginning.
    """
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            place, _ = LogPlace.objects.get_or_create(path=str(path)[:500])
            start = (
                place.offset
                if (place.inode, True) == (state.st_ino, place.offset <= state.st_size)
                else 0
            )
            file.seek(start)
            lines: list[bytes] = []
            while len(lines) < _LINES_AT_ONCE:
                line = file.readline(_LONGEST_LINE)
                if not line.endswith(b"\n") and len(line) < _LONGEST_LINE:
                    break  # still being written
                lines.append(line)
            end = start + sum(map(len, lines))
    except OSError as error:
        logger.warning("the log of nginx cannot be read: %s", error.strerror)
        return False
    if not lines:
        return False
    with transaction.atomic():
        add_up(
            cells=cells_of(lines),
            source="nginx",
            heard=f"{state.st_ino}:{start}:{end}",
            at=at,
        )
        LogPlace.objects.filter(pk=place.pk).update(inode=state.st_ino, offset=end)
    return len(lines) == _LINES_AT_ONCE


def cells_of(lines: Iterable[bytes]) -> Counter[Cell]:
    """What lines of nginx's log tell: moment, status, address, host of the referrer, by tabs."""
    cells: Counter[Cell] = Counter()
    for line in lines:
        with suppress(ValueError, UnicodeError):
            moment, status, file, referrer = line.decode().rstrip("\n").split("\t")
            address = file.removesuffix(INDEX)
            if (
                status in {"200", "304"}
                and len(address) <= LONGEST_ADDRESS
                and is_storable(address)
            ):
                day = timezone.localdate(datetime.fromisoformat(moment))
                cells[day, address, came_from(referrer, own=is_own).value, ""] += 1
    return cells


def is_own(host: str) -> bool:
    """Whether a host is one of this house's names."""
    try:
        return validate_host(host, settings.ALLOWED_HOSTS)
    except DisallowedHost:
        return False


def use_of_work(short_id: str, *, first: date, last: date, by: str) -> dict[str, int | None] | None:
    """How often a work was read from a day to a day, by "language", "came" or "area".

    None where a day of these was not counted: then nobody knows. A cell of fewer than five is
    None too. Two queries.
    """
    days = (last - first).days + 1
    if CountedDay.objects.filter(day__range=(first, last)).count() < days:
        return None
    rows = DailyUse.objects.filter(work=short_id, day__range=(first, last))
    return shown(dict(rows.values_list(by).annotate(Sum("count")).order_by(by)))
