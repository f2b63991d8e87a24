"""Days, months and years as our languages write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

_ENGLISH = (
    "january february march april may june july august september october november december"
).split()
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_FRENCH = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
_LAO = "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ".split()
_KHMER = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ".split()
_MONTHS: dict[str, int] = {
    name: number
    for names in (_ENGLISH, _SHORT, _FRENCH, _LAO, _KHMER)
    for number, name in enumerate(names, 1)
} | {"sept": 9}
_EN = "|".join([*_ENGLISH, "sept", *_SHORT])
_FR, _LO, _KM = "|".join(_FRENCH), "|".join(_LAO), "|".join(_KHMER)

_YEAR = r"(?P<y>[12]\d{3})"
_D, _M = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})"
# By the primary part of the tag; asked in order, the longest first. `m` may be a name.
_PATTERNS: dict[str, tuple[re.Pattern[str], ...]] = {
    "vi": tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"(?:ngày\s+|mùng\s+|mồng\s+)*{_D}\s+tháng\s+{_M}(?:\s+năm|,)?\s+{_YEAR}",
            rf"(?<![\d/.-]){_D}\s?[/.-]\s?{_M}\s?[/.-]\s?{_YEAR}(?![\d/])",
            rf"(?:ngày|mùng|mồng)\s+{_D}\s+tháng\s+{_M}(?!\d)",
            rf"(?:ngày|mùng|mồng|sáng|chiều|tối|đến)\s+{_D}/{_M}(?![\d/])",
            rf"tháng\s+{_M}\s?[/-]\s?{_YEAR}",
            rf"tháng\s+{_M}(?:\s+năm|,)?\s+{_YEAR}",
            rf"năm\s+{_YEAR}(?!\d)",
        )
    ),
    "en": tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{_D}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_EN})\b\.?,?\s+{_YEAR}",
            rf"\b(?P<m>{_EN})\b\.?\s+{_D}(?:st|nd|rd|th)?,?\s+{_YEAR}",
            rf"(?<![\d/.-]){_D}\s?[/.-]\s?{_M}\s?[/.-]\s?{_YEAR}(?![\d/])",
            rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)",
            rf"(?<!\d){_D}(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_EN})\b",
            rf"\b(?P<m>{_EN})\b\.?\s+{_D}(?:st|nd|rd|th)?(?![\d,]\d|\d)",
            rf"\b(?P<m>{_EN})\b\.?,?\s+{_YEAR}",
            r"(?<![\d.,])(?P<y>(?:19|20)\d\d)(?![\d.,]\d|\d)",
        )
    ),
    "fr": (
        re.compile(rf"{_D}(?:er)?\s+(?P<m>{_FR})\s+{_YEAR}", re.IGNORECASE),
        re.compile(rf"(?<![\d/.-]){_D}[/.-]{_M}[/.-]{_YEAR}(?![\d/])"),
        re.compile(rf"{_D}(?:er)?\s+(?P<m>{_FR})\b", re.IGNORECASE),
        re.compile(rf"(?P<m>{_FR})\s+{_YEAR}", re.IGNORECASE),
        re.compile(r"(?<![\d.,])(?P<y>(?:19|20)\d\d)(?![\d.,]\d|\d)"),
    ),
    "zh": (
        re.compile(rf"{_YEAR}\s?年\s?{_M}\s?月\s?{_D}\s?[日号]"),
        re.compile(rf"{_M}\s?月\s?{_D}\s?[日号]"),
        re.compile(rf"{_YEAR}\s?年\s?{_M}\s?月"),
        re.compile(rf"{_YEAR}\s?年"),
    ),
    "lo": (
        re.compile(rf"{_D}\s?(?:ເດືອນ\s?)?(?P<m>{_LO})\s?(?:ປີ\s?)?{_YEAR}"),
        re.compile(rf"(?<![\d/.-]){_D}[/.-]{_M}[/.-]{_YEAR}(?![\d/])"),
        re.compile(rf"{_D}\s?(?:ເດືອນ\s?)?(?P<m>{_LO})"),
        re.compile(rf"(?P<m>{_LO})\s?(?:ປີ\s?)?{_YEAR}"),
        re.compile(rf"ປີ\s?{_YEAR}"),
    ),
    "km": (
        re.compile(rf"{_D}\s?(?:ខែ\s?)?(?P<m>{_KM})\s?(?:ឆ្នាំ\s?)?{_YEAR}"),
        re.compile(rf"(?<![\d/.-]){_D}[/.-]{_M}[/.-]{_YEAR}(?![\d/])"),
        re.compile(rf"{_D}\s?(?:ខែ\s?)?(?P<m>{_KM})"),
        re.compile(rf"(?P<m>{_KM})\s?(?:ឆ្នាំ\s?)?{_YEAR}"),
        re.compile(rf"ឆ្នាំ\s?{_YEAR}"),
    ),
}  # fmt: skip
_PATTERNS["ja"] = _PATTERNS["zh"]
_ANY = (re.compile(rf"(?<![\d/.-]){_D}[/.-]{_M}[/.-]{_YEAR}(?![\d/])"),)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or as much of one as is told: each part may be missing (0)."""

    day: int
    month: int
    year: int
    start: int
    end: int

    @property
    def told(self) -> tuple[int, int, int]:
        return (self.year, self.month, self.day)

    def agrees_with(self, other: Day) -> bool:
        """Whether both can be one day: what both tell is the same, and they tell as finely."""
        if (self.day > 0) != (other.day > 0) or (self.month > 0) != (other.month > 0):
            return False
        pairs = zip(self.told, other.told, strict=True)
        return all(mine == theirs or 0 in (mine, theirs) for mine, theirs in pairs)

    def as_date(self) -> date | None:
        """The date, where day, month and year are told and such a day exists."""
        if not self.exists or not (self.day and self.month and self.year):
            return None
        return date(self.year, self.month, self.day)

    @property
    def exists(self) -> bool:
        """Whether the calendar has it; 29 February without a year does."""
        if self.month > 12 or (self.month == 0 and self.day > 0):
            return False
        if not self.day:
            return True
        if not self.month:
            return False
        return self.day <= calendar.monthrange(self.year or 2000, self.month)[1]


def days_in(text: str, primary: str) -> Iterator[Day]:
    """Every day of a text whose digits are 0 to 9, in order, none inside another."""
    taken: list[tuple[int, int]] = []
    found: list[Day] = []
    free = text
    for pattern in _PATTERNS.get(primary, _ANY):
        for match in pattern.finditer(free):
            parts = match.groupdict()
            month = parts.get("m") or "0"
            number = int(month) if month.isdecimal() else _MONTHS[month.casefold()]
            found.append(
                Day(
                    int(parts.get("d") or 0),
                    number,
                    int(parts.get("y") or 0),
                    match.start(),
                    match.end(),
                )
            )
            taken.append(match.span())
        # What one pattern took, the later and shorter ones no longer see.
        free = without(free, taken)
        taken.clear()
    yield from sorted(found, key=lambda day: day.start)


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces for these spans, so that all others keep their places."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        pieces += (text[at:start], " " * (end - start))
        at = end
    return "".join([*pieces, text[at:]])


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes. Morning or afternoon is not always told: see `agrees_with`."""

    minutes: int
    start: int
    end: int

    def agrees_with(self, other: Clock) -> bool:
        """Whether both clocks show the same, however they count the hours."""
        return (self.minutes - other.minutes) % 720 == 0


_H, _MIN = r"(?P<h>[01]?\d|2[0-4])", r"(?P<min>[0-5]\d)"
_CLOCKS: dict[str, tuple[re.Pattern[str], ...]] = {
    "vi": (
        re.compile(rf"(?<!\d){_H}\s?(?:giờ|h|g)\s?{_MIN}(?:\s?phút|')?(?!\d)", re.IGNORECASE),
        re.compile(
            rf"(?:(?:lúc|hồi|vào|từ|trước|đến)\s+{_H}\s?(?:giờ|h)|(?<!\d)(?P<h2>\d{{1,2}})\s?giờ"
            r"(?=\s(?:sáng|trưa|chiều|tối|đêm)))(?!\w)",
            re.IGNORECASE,
        ),
    ),
    "en": (
        re.compile(rf"(?<!\d){_H}(?:[:.]{_MIN})?\s?[ap]\.?\s?m\b\.?", re.IGNORECASE),
        re.compile(rf"(?<!\d){_H}\s?o[’']clock"),
    ),
    "zh": (
        re.compile(rf"(?<!\d){_H}\s?[时時点點]\s?{_MIN}\s?分?"),
        re.compile(rf"(?<!\d){_H}\s?[时時点點](?!间)"),
    ),
    "lo": (
        re.compile(rf"(?<!\d){_H}\s?ໂມງ\s?{_MIN}(?:\s?ນາທີ)?"),
        re.compile(rf"(?<!\d){_H}\s?ໂມງ"),
    ),
    "fr": (re.compile(rf"(?<!\d){_H}\s?h\s?{_MIN}?(?!\w)"),),
}
_WRITTEN_BY_COLON = re.compile(rf"(?<![\d:]){_H}[:：]{_MIN}(?![\d:])")


def clocks_in(text: str, primary: str) -> list[Clock]:
    """Every time of day of a text whose digits are 0 to 9, in order."""
    found: list[Clock] = []
    free = text
    for pattern in (*_CLOCKS.get(primary, ()), _WRITTEN_BY_COLON):
        spans = []
        for match in pattern.finditer(free):
            parts = match.groupdict()
            hour = int(parts.get("h") or parts.get("h2") or 0)
            found.append(Clock(hour * 60 + int(parts.get("min") or 0), match.start(), match.end()))
            spans.append(match.span())
        free = without(free, spans)
    return sorted(found, key=lambda clock: clock.start)
