"""The days that a plan covers, as its title says, and moments as people say them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from nhipcau.kernel.folding import canonical

_SPAN = re.compile(r"giai đoạn\s+(\d{4})\s*[-–]\s*(\d{4})", re.IGNORECASE)
_YEARS = re.compile(r"(?<!ngày )\bnăm\s+(\d{4})(?:\s*[-–]\s*(\d{4}))?", re.IGNORECASE)
_UNTIL = re.compile(r"đến năm\s+(\d{4})", re.IGNORECASE)
_CITED = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")


def period_of_title(title: str) -> tuple[date, date] | None:
    """First and last day that the title names; None when it names no time of its own.

    The last time named counts, since titles cite other plans first (“… thực hiện Chương trình …
    giai đoạn 2021 - 2025 … năm 2024”). “đến năm 2030” alone names no beginning: None.
    """
    words = _CITED.sub(" ", canonical(title))
    found = [
        (match.start(), int(match[1]), int(match[2] or match[1]))
        for pattern in (_SPAN, _YEARS)
        for match in pattern.finditer(words)
        if not _UNTIL.match(words, max(0, match.start() - 4))
    ]
    likely = [(place, first, last) for place, first, last in found if 1990 <= first <= last <= 2100]
    if not likely:
        return None
    _place, first, last = max(likely)
    return date(first, 1, 1), date(last, 12, 31)


def period_of(header: Mapping[str, Any]) -> tuple[date, date] | None:
    """First and last day that a plan covers, as a person said or else as its header says.

    Without words about its time a plan covers the year in which it was issued.
    """
    if header.get("starts_on") and header.get("ends_on"):
        return date.fromisoformat(header["starts_on"]), date.fromisoformat(header["ends_on"])
    issued = day_of_document(header.get("date"))
    return period_of_title(" ".join(str(header.get("title") or "").split())) or (
        None if issued is None else (date(issued.year, 1, 1), date(issued.year, 12, 31))
    )


def day_of_document(printed: str | None) -> date | None:
    """The day that “2024-05” or “2024” begins with; None where no date is printed or possible."""
    if not printed:
        return None
    try:
        parts = [int(part) for part in printed.split("-")]
        return date(parts[0], *[*parts[1:], 1, 1][:2])
    except ValueError:
        return None


def said(moment: datetime) -> str:
    """A moment as people here say it: 14:05, 02/03/2026."""
    return f"{timezone.localtime(moment):%H:%M, %d/%m/%Y}"
