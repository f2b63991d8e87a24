"""Names of places and bodies are those on record on the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.context import NameAnswer, NameBook, NameVerdict
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft, Passage
from nhipcau.translation.proofreading.examples import Bad, Good, SmallBook
from nhipcau.translation.proofreading.text.naming import Mention, mentions

FORMER = gettext_noop(
    "“%(name)s” is a former name (until %(until)s); today: %(right)s. Write today's name, or add "
    "that it is the former one."
)
FORMER_GONE = gettext_noop(
    "“%(name)s” is no more (since %(until)s). Write who is meant today, or say that it is history."
)
MISSPELT = gettext_noop("“%(name)s” seems to be misspelt. On record: %(right)s.")
AMBIGUOUS = gettext_noop("“%(name)s” may be several: %(right)s. Write out which one is meant.")
UNKNOWN = gettext_noop(
    "“%(name)s” is not on record. Check its spelling, or have it added to the registry."
)
_ACRONYM = re.compile(r"\b(?!UBND\b|HĐND\b|UBMTTQ\b)[A-ZĐ][a-zđ]?[A-ZĐ&-]+\w*\b")
_OFTEN_ABROAD = re.compile(r"\s*\(?,?\s*(?:Trung Quốc|Lào|Campuchia|Thái Lan|nước bạn)")
_PAST = re.compile(r"(?:cũ|trước đây|nay là|nay thuộc)\b|\(nay|\(cũ", re.IGNORECASE)
_COMPLETE = frozenset({"tỉnh", "sở", "bộ"})
_MOST_LOOK_UPS = 4_000

_BOOK = SmallBook(
    {
        "sở ngoại vụ": NameAnswer(NameVerdict.KNOWN),
        "sở văn hóa, thể thao và du lịch": NameAnswer(NameVerdict.KNOWN),
        "sở thông tin và truyền thông": NameAnswer(
            NameVerdict.FORMER, ("Sở Khoa học và Công nghệ",), date(2025, 3, 1)
        ),
        "sở nv": NameAnswer(NameVerdict.AMBIGUOUS, ("Sở Ngoại vụ", "Sở Nội vụ")),
        "tỉnh lạng sơn": NameAnswer(NameVerdict.KNOWN),
        "tỉnh hà tỉnh": NameAnswer(NameVerdict.MISSPELT, ("Tỉnh Hà Tĩnh",)),
        "huyện hương sơn": NameAnswer(NameVerdict.FORMER, (), date(2025, 7, 1)),
        "tỉnh hà giang": NameAnswer(
            NameVerdict.FORMER, ("Tỉnh Tuyên Quang",), date(2025, 7, 1)
        ),
    }
)  # fmt: skip
_CONTEXT = {"names": _BOOK}


class Names(Proofreader):
    slug = "names"
    title = _("Names of places and bodies")
    explanation = _(
        "Compares names of units and places with the registry as of the day: former names, "
        "misspelt ones, abbreviations that may mean several, unknown ones."
    )
    severity = Severity.WARNING
    good = (
        Good("Sở Ngoại vụ đã họp với Sở Văn hóa, Thể thao và Du lịch.", context=_CONTEXT),
        Good("Bộ đội giúp dân, sở thích của tỉnh ta.", context=_CONTEXT),
        Good("Huyện Hương Sơn (cũ) có cửa khẩu.", context=_CONTEXT),
        Good("Đoàn của tỉnh Quảng Tây (Trung Quốc).", context=_CONTEXT),
        Good("Sở Không Có Tên không ai tra được."),
    )
    bad = (
        Bad("Sở Thông tin và Truyền thông chủ trì.", context=_CONTEXT, finds=(
            "Sở Thông tin và Truyền thông",)),
        Bad("Gửi Sở NV trước ngày 5.", context=_CONTEXT, finds=("Sở NV",)),
        Bad("Bà con tỉnh Hà Tỉnh về dự.", context=_CONTEXT, finds=("tỉnh Hà Tỉnh",)),
        Bad("Về huyện Hương Sơn.", context=_CONTEXT, finds=("huyện Hương Sơn",)),
        Bad("Xe từ tỉnh Hà Giang sang.", context=_CONTEXT, finds=("tỉnh Hà Giang",)),
        Bad("Báo cáo Sở Mây Gió.", context=_CONTEXT, finds=("Sở Mây Gió",)),
    )  # fmt: skip

    def applies(self, kind: str, language: str) -> bool:
        return language.lower().split("-")[0] == "vi"

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        if draft.names is None:
            return
        book = _Budget(draft.names, draft.today)
        for passage in draft.passages:
            end = 0
            for mention in mentions(passage.text):
                # “Sở … tỉnh” may end with the head of the place that follows it.
                if mention.start + len(mention.head) < end:
                    continue
                settled = book.settle(mention, passage.text)
                if settled is None:
                    continue
                stop, answer = settled
                end = stop
                yield from self._told(passage, mention, stop, answer)

    def _told(
        self, passage: Passage, mention: Mention, stop: int, answer: NameAnswer
    ) -> Iterator[Finding]:
        name = passage.text[mention.start : stop]
        behind = passage.text[stop : stop + 25]
        right = " · ".join(answer.right)
        span = (mention.start, stop)
        match answer.verdict:
            case NameVerdict.FORMER if not _PAST.search(behind):
                until = answer.until.strftime("%d/%m/%Y") if answer.until else "?"
                if right:
                    yield self.found(FORMER, passage, span, name=name, until=until, right=right)
                else:
                    yield self.found(FORMER_GONE, passage, span, name=name, until=until)
            case NameVerdict.MISSPELT:
                yield self.found(MISSPELT, passage, span, name=name, right=right)
            case NameVerdict.AMBIGUOUS if _ACRONYM.search(name):
                yield self.found(AMBIGUOUS, passage, span, name=name, right=right)
            case NameVerdict.UNKNOWN if mention.head.casefold() in _COMPLETE:
                if not _OFTEN_ABROAD.match(behind):
                    yield self.found(UNKNOWN, passage, span, severity=Severity.NOTE, name=name)
            case _:
                pass


class _Budget:
    """Looks names up, longest first, and stops asking where a text names thousands."""

    def __init__(self, book: NameBook, on: date) -> None:
        self._book, self._on = book, on
        self._known: dict[str, NameAnswer] = {}

    def settle(self, mention: Mention, text: str) -> tuple[int, NameAnswer] | None:
        """Where the name ends and what is known of it; None where it cannot be asked."""
        misspelt: tuple[int, NameAnswer] | None = None
        for end in mention.ends:
            answer = self._ask(text[mention.start : end])
            if answer is None:
                return None
            if answer.verdict is NameVerdict.MISSPELT and end == mention.capital_end:
                misspelt = misspelt or (end, answer)
            elif answer.verdict not in {NameVerdict.UNKNOWN, NameVerdict.MISSPELT}:
                return end, answer
        return misspelt or (mention.capital_end, NameAnswer(NameVerdict.UNKNOWN))

    def _ask(self, name: str) -> NameAnswer | None:
        if name not in self._known:
            if len(self._known) >= _MOST_LOOK_UPS:
                return None
            self._known[name] = self._book.look_up(name, on=self._on)
        return self._known[name]
