"""Numbers and days that a title or summary tells stand in the body as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft, Passage, Role
from nhipcau.translation.proofreading.examples import Bad, Good, table, text
from nhipcau.translation.proofreading.text.calendars import Day
from nhipcau.translation.proofreading.text.figures import Figures, Number, spelt

NUMBER = gettext_noop(
    "“%(words)s” does not stand in the body. Make the summary and the body tell the same number."
)
DAY = gettext_noop(
    "The day “%(words)s” does not stand in the body. Make the summary and the body tell the same "
    "day."
)
_ABOUT = re.compile(
    r"(?:hơn|gần|khoảng|trên|chừng|xấp xỉ|ngót|over|nearly|about|around|almost|some|more than"
    r"|逾|近|约|约为|超过|plus de|près de|environ)\s*$",
    re.IGNORECASE,
)
_ROUGHLY = Decimal("0.15")


class NumbersWithin(Proofreader):
    slug = "numbers_within"
    title = _("Numbers of summary and body")
    explanation = _(
        "Looks for numbers and days that the title or the summary tells and the body does not; "
        "“hơn 1.200” may stand for 1.234."
    )
    severity = Severity.MUST_BE_ANSWERED
    good = (
        Good("Hội chợ có 35 gian hàng.", summary="35 gian hàng tham gia hội chợ"),
        Good("Hội chợ có ba mươi lăm gian hàng và 4 tiết mục.", summary="Có 35 gian hàng"),
        Good("Thu 1.234 lượt khách.", summary="Đón hơn 1.200 lượt khách"),
        Good("Khai mạc ngày 14 tháng 3 năm 2026, 2 ngày.", title="Hội mở tháng 3/2026"),
        Good("Kinh phí 1.500.000.000 đồng.", summary="Kinh phí 1,5 tỷ đồng"),
        Good("Không có số nào.", summary="Có 35 gian hàng"),
        Good((table(("Năm", "Lượt"), ("2025", "1.250")),), summary="Năm 2025 có 1.250 lượt"),
    )
    bad = (
        Bad("Hội chợ có 53 gian hàng.", summary="35 gian hàng tham gia hội chợ", finds=("35",)),
        Bad("Khai mạc ngày 15/3/2026.", summary="Mở ngày 14/3/2026, vào cửa tự do", finds=(
            "14/3/2026",)),
        Bad("Thu 1.834 lượt khách.", summary="Đón hơn 1.200 lượt khách", finds=("1.200",)),
        Bad("Kinh phí 1,5 triệu đồng.", title="Chi 1,5 tỷ đồng làm đường", finds=(
            "1,5 tỷ đồng",)),
        Bad((text("A 12 stall fair."),), summary="The fair has 21 stalls", language="en", finds=(
            "21",)),
    )  # fmt: skip

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        heads = [p for p in draft.passages if p.role in {Role.TITLE, Role.SUMMARY}]
        if not any(letter.isdigit() for passage in heads for letter in passage.text):
            return
        below = [p for p in draft.passages if p.role not in {Role.TITLE, Role.SUMMARY}]
        body = "\n".join(passage.text for passage in below)
        each = [draft.figures_of(passage) for passage in below]
        known = Figures(
            tuple(number for figures in each for number in figures.numbers),
            tuple(day for figures in each for day in figures.days),
        )
        if not known.numbers and not known.days:
            return
        for passage in heads:
            told = draft.figures_of(passage)
            for day in told.days:
                as_number = not day.month and any(n.value == day.year for n in known.numbers)
                if not as_number and not any(_fits(day, other) for other in known.days):
                    yield self._of(DAY, passage, day.start, day.end)
            for number in told.numbers:
                if not self._stands(number, passage, known, body, draft.language):
                    yield self._of(NUMBER, passage, number.start, number.end)

    def _stands(
        self, number: Number, passage: Passage, known: Figures, body: str, language: str
    ) -> bool:
        about = _ABOUT.search(passage.text[max(0, number.start - 15) : number.start])
        room = number.value * _ROUGHLY if about else Decimal(0)
        for other in known.numbers:
            same_unit = number.unit == other.unit or "" in (number.unit, other.unit)
            if same_unit and abs(other.value - number.value) <= room:
                return True
        if number.value != int(number.value):
            return False
        if any(day.year == number.value for day in known.days):
            return True
        return any(
            re.search(rf"(?<!\w){re.escape(words)}(?!\w)", body, re.IGNORECASE)
            for words in spelt(int(number.value), language)
        )

    def _of(self, template: str, passage: Passage, start: int, end: int) -> Finding:
        return self.found(template, passage, (start, end), words=passage.text[start:end])


def _fits(day: Day, other: Day) -> bool:
    """A summary may tell less of a day than the body does, never another day."""
    pairs = zip(day.told, other.told, strict=True)
    return all(mine == theirs or 0 in (mine, theirs) for mine, theirs in pairs)
