"""Times as officials write them, as intervals of days.

A quarter, a half-year or a month is that of the calendar; one without a year is of `year`, the
plan's own. Nothing is guessed: words that name no calendar time give no window.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.reading import Precision, Recurrence, Timing, Window, Words

_QUARTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "l": 1,
    "ll": 2,
    "lll": 3,
}
_DAY = expression(
    r"\b(?:ngay\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?\b|\bngay\s+(\d{1,2})\s+thang\s+(\d{1,2})(?:\s+nam\s+(\d{4}))?"
)
_DAYS = expression(
    r"(?<![/\d])(\d{1,2})\s*(?:[-–]|den(?: ngay)?)\s*(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![/\d])"
)
_QUARTER = expression(
    r"\bquy\s+((?:[ivl]{1,3}|[1-4])(?:\s*(?:,|va|-|–|den|&)\s*(?:quy\s+)?(?:[ivl]{1,3}|[1-4])\b)*)(?:\s*(?:/|-|nam)\s*(?:nam\s*)?(\d{4}))?"
)
_MONTH = expression(
    r"\bthang\s+(\d{1,2})(?:\s*(?:,|va|-|–|den)\s*(?:thang\s+)?(\d{1,2}))?(?!\d)(?:\s*(?:/|nam|\.|-)\s*(?:nam\s*)?(\d{4}))?"
)
_HALF = expression(r"\b(?:6|06|sau) thang (dau|cuoi) nam(?:\s+(\d{4}))?")
_YEARS = expression(
    r"\b(\d{4})\s*[-–]\s*(\d{4})\b|\btu nam\s+(\d{4})\s+den\s+(?:het\s+)?(?:nam\s+)?(\d{4})"
)
_YEAR = expression(r"\bnam\s+(\d{4})\b|(?:^|[\s,])((?:19|20)\d{2})$")
_UP_TO = expression(
    r"^(?:cham nhat|muon nhat|hoan thanh|xong|cham nhat la|den|het|khong qua|thoi gian hoan thanh)?[\s,]*(?:truoc|den|cham nhat|het|trong|khong qua)*\s*(?:ngay|thang|quy|nam|khi|\d)"
)
_BEFORE = expression(r"\b(?:truoc|cham nhat|muon nhat|khong qua|den het|xong truoc)\b")
_RECURRENCES: tuple[tuple[Recurrence, re.Pattern[str]], ...] = (
    (Recurrence.CONTINUOUS, expression(r"\bthuong xuyen|\blien tuc|\bhang nam va thuong xuyen")),
    (
        Recurrence.FIVE_YEARLY,
        expression(r"\b(?:05|5|nam) nam (?:mot lan|tong ket|/lan)|\bdinh ky (?:05|5) nam"),
    ),
    (
        Recurrence.HALF_YEARLY,
        expression(
            r"\b(?:6|06|sau) thang(?:,? (?:mot lan|/lan|va (?:hang|hang|ca)? ?nam|, (?:hang )?nam|/1 lan))|\bdinh ky (?:6|06|sau) thang|\bhang nua nam|\b(?:6|06) thang, (?:01 |1 |hang )?nam"
        ),
    ),
    (
        Recurrence.QUARTERLY,
        expression(
            r"\b(?:hang|moi|dinh ky|tung) quy\b|\bthang cuoi quy\b|\bquy/lan|\b(?:1|01|mot) quy"
        ),
    ),
    (Recurrence.MONTHLY, expression(r"\b(?:hang|moi|dinh ky|tung) thang\b|/thang\b")),
    (Recurrence.WEEKLY, expression(r"\b(?:hang|moi) tuan\b|/tuan\b")),
    (Recurrence.DAILY, expression(r"\b(?:hang|moi) ngay\b")),
    (
        Recurrence.YEARLY,
        expression(
            r"\b(?:hang|moi|dinh ky|tung) nam\b|\bcac nam\b|/nam\b(?!\s*\d)|\bcua nam truoc\b|\bmoi nam\b"
        ),
    ),
    (Recurrence.ON_DEMAND, expression(r"\bdot xuat|\btheo yeu cau|\bkhi co yeu cau")),
)
_RELATIVE = expression(
    r"\b(?:sau khi|ngay sau|ke tu (?:ngay|khi)|khi co|truoc (?:va trong )?tet|dip tet|trong thoi han|truoc khi|^theo (?:tien do|ke hoach|huong dan|chi dao|lich|chuong trinh)|[,;] theo (?:ke hoach|chi dao|lich|chuong trinh) (?:cua|rieng))|\b(?:trong|sau)(?: vong)? \d{1,3} ngay|\bsau \d"
)
# A feast or an event without a date: "dịp Tết", "trong dịp Ngày hội".
_OCCASION = expression(r"\bdip\b|\btruoc, trong va sau\b|\bcac ngay dien ra\b")
_RANGE = expression(
    r"^(?:du kien |thuc hien |trong |khoang )*(?:bat dau )?tu (?P<left>.+?) (?:den|toi) (?:het |cuoi )?(?P<right>.+)$"
)
_WHOLE_YEAR = expression(r"^(?:trong )?ca nam$")
_TENTATIVE = expression(r"\bdu kien|\bkhoang\b")


def parse(words: Words, *, year: int | None, tentative: bool = False, ends: bool = False) -> Timing:
    """What the raw words say.

    `year` is the plan's own year, for a quarter or month without one; `ends` says that the label
    speaks of an end ("Thời hạn hoàn thành"), so that a single day is a deadline.
    """
    plain = " ".join(folded(words.text).split())
    recurrence = next((kind for kind, pattern in _RECURRENCES if pattern.search(plain)), None)
    relative = bool(_RELATIVE.search(plain)) or (
        bool(_OCCASION.search(plain)) and not re.search(r"\d", plain)
    )
    windows, precision = ([], Precision.NONE) if relative else _windows(plain, year)
    repeated = recurrence not in {None, Recurrence.CONTINUOUS, Recurrence.ON_DEMAND}
    deadline = bool(_BEFORE.search(plain)) or (
        ends and precision is Precision.DAY and "den" not in plain and "-" not in plain
    )
    if repeated and not re.search(r"\d{4}", plain):
        windows = []
    stretch = _stretch(plain, year) if windows and not repeated else None
    if stretch is not None:
        windows, deadline = [stretch], False
    if _WHOLE_YEAR.match(plain) and year is not None:
        windows, precision = [Window(date(year, 1, 1), date(year, 12, 31))], Precision.YEAR
    if (
        windows
        and (plain.startswith("tu ") or "bat dau tu" in plain)
        and not re.search(r"\bden\b|[-–]", plain)
    ):
        windows = [Window(windows[0].starts_on, None)]
    if deadline and windows:
        windows = [Window(None, windows[-1].ends_on)]
        if "truoc thang" in plain or "truoc quy" in plain:
            windows = _until_the_day_before(plain, year) or windows
    return Timing(
        words,
        tuple(windows),
        precision if windows else Precision.NONE,
        recurrence,
        deadline,
        tentative or bool(_TENTATIVE.search(plain)),
        relative,
    )


def _stretch(plain: str, year: int | None) -> Window | None:
    """Each end of "từ ... đến ..." read by itself, the first with the second's year."""
    found = _RANGE.match(plain)
    if found is None:
        return None
    right, _ = _windows(found.group("right"), year)
    named = re.search(r"\b(\d{4})\b", found.group("right"))
    left, _ = _windows(found.group("left"), int(named.group(1)) if named else year)
    if not (left and right) or left[0].starts_on is None or right[-1].ends_on is None:
        return None
    if right[-1].ends_on < left[0].starts_on:
        return None
    return Window(left[0].starts_on, right[-1].ends_on)


def recurrence_in(text: str) -> Recurrence | None:
    """How often, by the words of a sentence."""
    plain = " ".join(folded(text).split())
    return next((kind for kind, pattern in _RECURRENCES if pattern.search(plain)), None)


def _until_the_day_before(plain: str, year: int | None) -> list[Window]:
    windows, _ = _windows(plain, year)
    if not windows or windows[0].starts_on is None:
        return []
    return [Window(None, date.fromordinal(windows[0].starts_on.toordinal() - 1))]


def _windows(plain: str, year: int | None) -> tuple[list[Window], Precision]:
    """Every time named, merged into one stretch where they are the ends of one."""
    stretches: list[tuple[int, Window, Precision]] = []
    rest = plain
    for pattern, maker, precision in (
        (_HALF, _half, Precision.HALF_YEAR),
        (_QUARTER, _quarter, Precision.QUARTER),
        (_DAYS, _days, Precision.DAY),
        (_DAY, _day, Precision.DAY),
        (_MONTH, _month, Precision.MONTH),
        (_YEARS, _years, Precision.YEARS),
        (_YEAR, _whole_year, Precision.YEAR),
    ):
        for found in list(pattern.finditer(rest)):
            later = _year_after(plain, found.end()) or year
            window = maker(found, later)
            if window is not None:
                stretches.append((found.start(), window, precision))
                rest = (
                    rest[: found.start()]
                    + "#" * (found.end() - found.start())
                    + rest[found.end() :]
                )
    if not stretches:
        return [], Precision.NONE
    stretches.sort(key=lambda stretch: stretch[0])
    finest = min((precision for _, _, precision in stretches), key=list(Precision).index)
    kept = [
        window
        for _, window, precision in stretches
        if precision is not Precision.YEAR or finest is Precision.YEAR
    ]
    starts = [window.starts_on for window in kept if window.starts_on is not None]
    ends = [window.ends_on for window in kept if window.ends_on is not None]
    return [Window(min(starts, default=None), max(ends, default=None))], finest


def _year_after(plain: str, position: int) -> int | None:
    """The year printed after the words, which a quarter or day before it shares."""
    found = expression(r"(?:nam\s*|/\s*)(\d{4})").search(plain, position)
    return (
        int(found.group(1))
        if found is not None and "-" not in plain[position : found.start()]
        else None
    )


def _span(first: tuple[int, int, int], last: tuple[int, int, int]) -> Window | None:
    try:
        return Window(date(*first), date(*last))
    except ValueError:
        return None


def _month_end(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _half(found: re.Match[str], year: int | None) -> Window | None:
    year = int(found.group(2)) if found.group(2) else year
    if year is None:
        return None
    return (
        _span((year, 1, 1), (year, 6, 30))
        if found.group(1) == "dau"
        else _span((year, 7, 1), (year, 12, 31))
    )


def _quarter(found: re.Match[str], year: int | None) -> Window | None:
    year = int(found.group(2)) if found.group(2) else year
    named = [
        _QUARTERS[word]
        for word in re.findall(r"[ivl]{1,3}|[1-4]", found.group(1))
        if word in _QUARTERS
    ]
    if year is None or not named:
        return None
    last = max(named) * 3
    return _span((year, min(named) * 3 - 2, 1), (year, last, _month_end(year, last)))


def _days(found: re.Match[str], year: int | None) -> Window | None:
    first, last, month, printed = found.groups()
    year = int(printed) if printed else year
    if year is None:
        return None
    return _span((year, int(month), int(first)), (year, int(month), int(last)))


def _day(found: re.Match[str], year: int | None) -> Window | None:
    day, month, printed = found.groups()[:3] if found.group(1) else found.groups()[3:]
    if int(day) > 12 and int(month) > 31:
        return None
    year = int(printed) if printed else year
    if year is None or not (1 <= int(month) <= 12):
        return None
    return _span((year, int(month), int(day)), (year, int(month), int(day)))


def _month(found: re.Match[str], year: int | None) -> Window | None:
    year = int(found.group(3)) if found.group(3) else year
    first, last = int(found.group(1)), int(found.group(2) or found.group(1))
    if year is None or not (1 <= first <= last <= 12):
        return None
    return _span((year, first, 1), (year, last, _month_end(year, last)))


def _years(found: re.Match[str], year: int | None) -> Window | None:
    first, last = (int(word) for word in found.groups() if word)
    return _span((first, 1, 1), (last, 12, 31)) if first <= last else None


def _whole_year(found: re.Match[str], year: int | None) -> Window | None:
    own = int(found.group(1) or found.group(2))
    return _span((own, 1, 1), (own, 12, 31))
