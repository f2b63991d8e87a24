"""Moments as callers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

# Years beside these are as good as their ends: nothing was released then, and databases and
# zones count no further.
FIRST, LAST = 1900, 2200


def moment_of(text: str, *, zone: tzinfo) -> datetime:
    """A day, which begins at midnight in the province, or a moment with its zone; in UTC.

    A plus sign that came as a blank, as it does where an address was not encoded, is taken back.
    Raises ValueError for whatever is neither.
    """
    words = text.strip().replace(" ", "+")
    if len(words) == 10:
        day = date.fromisoformat(words)
        return _within(datetime.combine(day, time.min), zone)
    if "T" not in words.upper():
        raise ValueError(text)
    return _within(datetime.fromisoformat(words), zone)


def _within(moment: datetime, zone: tzinfo) -> datetime:
    if moment.year < FIRST:
        return datetime(FIRST, 1, 1, tzinfo=UTC)
    if moment.year > LAST:
        return datetime(LAST, 1, 1, tzinfo=UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
