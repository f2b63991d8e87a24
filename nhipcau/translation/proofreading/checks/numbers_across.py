"""A translation tells the same numbers, units, days and times as its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.people.enums import Permission
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft, Passage, Place, Version
from nhipcau.translation.proofreading.examples import Bad, Good, text
from nhipcau.translation.proofreading.text.calendars import Clock, Day
from nhipcau.translation.proofreading.text.figures import Number, spelt

MISSING = gettext_noop(
    "The source (%(language)s) tells “%(words)s” here; the translation does not. Add it, or say "
    "why it is left out."
)
ADDED = gettext_noop(
    "“%(words)s” does not stand in the source (%(language)s). Check it against the source."
)
OTHER_UNIT = gettext_noop(
    "“%(words)s” has another unit in the source (%(language)s): “%(source)s”. Check which is right."
)
_SMALL = 10  # whole numbers up to here are often written out


@dataclass(frozen=True, slots=True)
class _Told:
    figure: Number | Day | Clock
    passage: Passage

    @property
    def words(self) -> str:
        return self.passage.text[self.figure.start : self.figure.end]


class NumbersAcross(Proofreader):
    slug = "numbers_across"
    title = _("Numbers of source and translation")
    explanation = _(
        "Compares numbers, units, days and times of day with the source, in whichever letters and "
        "number format each language writes them."
    )
    severity = Severity.MUST_BE_ANSWERED
    overruled_by = Permission.WORKS_REVISE
    good = (
        Good(
            "The fair has 1,250 stalls from 14 March 2026, 7:30 a.m.",
            language="en",
            made_from={"body": (text("Hội chợ có 1.250 gian từ ngày 14/3/2026, 7 giờ 30."),)},
        ),
        Good(
            "投资150万盾，2026年3月14日开幕。",
            language="zh-Hans",
            made_from={
                "body": (text("Đầu tư 1,5 triệu đồng, khai mạc ngày 14 tháng 3 năm 2026."),)
            },
        ),
        Good(
            "ມີ ໑໒ ບ້ານ, ວັນທີ ໒ ກັນຍາ ໒໐໒໖",
            language="lo",
            made_from={"body": (text("Có 12 bản, ngày 2 tháng 9 năm 2026"),)},
        ),
        Good(
            "Three communes and twenty-five villages",
            language="en",
            made_from={"body": (text("3 xã và 25 thôn"),)},
        ),
        Good(
            "The gate opens at 2 p.m.",
            language="en",
            made_from={"body": (text("Cửa khẩu mở lúc 14 giờ."),)},
        ),
        Good("Số 35 chỉ có ở đây."),
    )
    bad = (
        Bad("The fair has 53 stalls.", language="en", finds=("53", "35"), made_from={
            "body": (text("Hội chợ có 35 gian."),)}),
        Bad("From 3 April 2026", language="en", finds=("3 April 2026", "4/3/2026"), made_from={
            "body": (text("Từ ngày 4/3/2026"),)}),
        Bad("长5米。", language="zh-Hans", finds=("5米",), made_from={
            "body": (text("Dài 5 km."),)}),
        Bad("The market is open.", language="en", finds=("1.250",), made_from={
            "body": (text("Chợ có 1.250 gian."),)}),
    )  # fmt: skip

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        if draft.made_from is None:
            return
        source = draft.made_from
        # What a film says is compared where it is there in both languages.
        spoken = bool(draft.spoken and source.spoken)
        ours, theirs = _told(draft, spoken=spoken), _told(source, spoken=spoken)
        unmatched = _Pairs(ours, theirs)
        for mine, its in unmatched.other_units:
            yield self.found(
                OTHER_UNIT,
                mine.passage,
                (mine.figure.start, mine.figure.end),
                words=mine.words,
                source=its.words,
                language=source.language,
            )
        for mine in unmatched.only_ours:
            if not _written_out(mine.figure, source):
                yield self.found(
                    ADDED,
                    mine.passage,
                    (mine.figure.start, mine.figure.end),
                    words=mine.words,
                    language=source.language,
                )
        for its in unmatched.only_theirs:
            if not _written_out(its.figure, draft):
                yield self.found(
                    MISSING,
                    _place_beside(its.passage, source, draft),
                    quotation=its.words,
                    words=its.words,
                    language=source.language,
                )


class _Pairs:
    """What both tell is paired off; what is left over was changed, added or lost."""

    def __init__(self, ours: list[_Told], theirs: list[_Told]) -> None:
        left: dict[_Key, list[_Told]] = {}
        for its in theirs:
            left.setdefault(_key(its.figure), []).append(its)
        again = {key: list(told) for key, told in left.items()}
        over: list[_Told] = []
        for mine in ours:
            key = _key(mine.figure)
            if left.get(key):
                left[key].pop()
            elif key not in again and not _likely(mine.figure, again):
                over.append(mine)
        seen = {_key(mine.figure) for mine in ours}
        lost = [
            its
            for key, told in again.items()
            if key not in seen and not _likely(told[0].figure, seen)
            for its in told[:1]
        ]
        self.other_units: list[tuple[_Told, _Told]] = []
        self.only_ours: list[_Told] = []
        for mine in over:
            twin = next((its for its in lost if _same_value(mine.figure, its.figure)), None)
            if twin is None:
                self.only_ours.append(mine)
            else:
                lost.remove(twin)
                self.other_units.append((mine, twin))
        self.only_theirs = lost


_Key = tuple[str, object, object]


def _key(figure: Number | Day | Clock) -> _Key:
    match figure:
        case Number():
            return ("number", figure.value, figure.unit)
        case Day():
            return ("day", figure.told, "")
        case Clock():
            return ("clock", figure.minutes % 720, "")


def _likely(figure: Number | Day | Clock, known: Iterable[_Key]) -> bool:
    """Told by the other side too, only less exactly: without its unit, or without the year."""
    match figure:
        case Number():
            return any(
                kind == "number" and value == figure.value and "" in (unit, figure.unit)
                for kind, value, unit in known
            ) or any(
                kind == "day" and isinstance(told, tuple) and told == (int(figure.value), 0, 0)
                for kind, told, _unit in known
                if figure.value < 10_000
            )
        case Day():
            return any(
                kind == "day"
                and isinstance(told, tuple)
                and figure.agrees_with(Day(told[2], told[1], told[0], 0, 0))
                for kind, told, _unit in known
            ) or (
                not figure.month
                and any(kind == "number" and told == figure.year for kind, told, _unit in known)
            )
        case Clock():
            return False


def _same_value(mine: Number | Day | Clock, its: Number | Day | Clock) -> bool:
    return isinstance(mine, Number) and isinstance(its, Number) and mine.value == its.value


def _told(version: Version, *, spoken: bool) -> list[_Told]:
    found = []
    for passage in version.passages:
        if passage.spoken is not None and not spoken:
            continue
        figures = version.figures_of(passage)
        every: list[Number | Day | Clock] = [*figures.numbers, *figures.days, *figures.clocks]
        found += [_Told(each, passage) for each in sorted(every, key=lambda one: one.start)]
    return found


def _written_out(figure: Number | Day | Clock, version: Version) -> bool:
    """Whether the other side says the number in words, as all languages do with small ones."""
    if not isinstance(figure, Number) or figure.value != int(figure.value):
        return False
    words = spelt(int(figure.value), version.language)
    if not words:
        return figure.value <= _SMALL and not figure.unit
    pattern = "|".join(re.escape(each) for each in words)
    edge = r"(?<!\w)(?:{})(?!\w)" if words[0][0].isascii() or " " in words[0] else "(?:{})"
    found = re.compile(edge.format(pattern), re.IGNORECASE)
    return any(found.search(passage.text) for passage in version.passages)


def _place_beside(passage: Passage, source: Version, draft: Draft) -> Place:
    """Where in the draft the words of a source's passage would stand."""
    if passage.block in {"title", "summary"}:
        return Place(passage.block)
    beside = zip_longest(source.parts, draft.parts)
    return next(
        (
            Place(own.id if own else "")
            for part, own in beside
            if part is not None and part.id == passage.block
        ),
        Place(""),
    )
