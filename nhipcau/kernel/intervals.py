"""Intervals of days, half open: the first day belongs to the interval, the end does not.

Two calendars meet in this field. A task's “Quý III” is the calendar quarter; the period of a
report closes on a cut-off day and so begins and ends in mid-month. The cut-off is an argument,
because the rules that set it (Decree 09/2019/NĐ-CP, Article 12, and each sector's circulars)
change: whoever calls holds it as dated data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Days from `start` (None: ever since) up to, not including, `end` (None: open)."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"An interval ends after it starts: {self.start} to {self.end}.")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Interval) -> bool:
        """Whether at least one day belongs to both."""
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )

    @property
    def last_day(self) -> date | None:
        """The last day inside, as people write it (“đến hết ngày 14/12”)."""
        return None if self.end is None else self.end - timedelta(days=1)


def calendar_month(year: int, month: int) -> Interval:
    """One month of the calendar; `month` 1 to 12."""
    return months(year, month, 1)


def calendar_quarter(year: int, quarter: int) -> Interval:
    """One quarter of the calendar; `quarter` 1 to 4."""
    if quarter not in {1, 2, 3, 4}:
        raise ValueError(f"There is no quarter {quarter}.")
    return months(year, 3 * quarter - 2, 3)


def calendar_year(year: int) -> Interval:
    """1 January to 31 December."""
    return months(year, 1, 12)


def months(year: int, first: int, count: int) -> Interval:
    """`count` whole months from month `first` of `year`, across the turn of the year if need be."""
    if not 1 <= first <= 12 or count < 1:
        raise ValueError(f"There are no {count} months from month {first}.")
    after = (first - 1) + count
    return Interval(date(year, first, 1), date(year + after // 12, after % 12 + 1, 1))


def reporting_period(year: int, first: int, count: int, *, cut_off: int) -> Interval:
    """The reporting period that is *called* months `first` to `first + count - 1` of `year`.

    It runs from the day after the cut-off in the month before to the cut-off day of its last
    month: with `cut_off=14`, the year 2026 is 15 December 2025 to 14 December 2026. `cut_off`
    is a day from 1 to 28.
    """
    if not 1 <= cut_off <= 28:
        raise ValueError(f"A cut-off on day {cut_off} does not exist in every month.")
    called = months(year, first, count)
    if called.start is None or called.end is None:  # months() always closes both ends
        raise ValueError("A reporting period has two ends.")
    month_before = called.start - timedelta(days=1)
    last_month = called.end - timedelta(days=1)
    return Interval(month_before.replace(day=cut_off + 1), last_month.replace(day=cut_off + 1))
