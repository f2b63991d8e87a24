"""The letter head: who issued the document, its number, place, date, kind and title.

A head has two columns. Files give them as lines one after the other, as cells, or flattened into
one line; so every line is first cut into segments at the words that only the right column has
(motto, place and date), and each segment is then told by its own form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 -- a field is called date
from typing import TYPE_CHECKING

from nhipcau.plans.reading.bodies import begins_body, goes_on
from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.head import (
    ADDRESSED,
    DAY,
    DRAFT,
    END_OF_MOTTO,
    HEADING,
    MOTTO,
    NUMBER,
    OPENS,
    SEARCHED,
    SECOND_BODY,
    SLASHED_DAY,
    STAMP,
    STAMP_DAY,
    STAMP_NUMBER,
    SUBJECT,
    Header,
)
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.reading import PrintedDate, Span, Stamp, Words
from nhipcau.plans.reading.title import (
    is_anchor,
    kind_line,
    read_kind_and_title,
    read_kind_from_form,
    untyped_title,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.plans.reading.normalise import Line


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    start: int
    left: bool = True


_PAGE_TOP = 400  # lines of menus that a web page may have above the document
_USUAL = 25
_ABOVE_ANCHOR = 6
# What a law portal says of a document, in a table or line by line above it.
_FACT = expression(
    r"^\W*(?:Số hiệu|Loại văn bản|Nơi ban hành|Cơ quan ban hành|Người ký|Ngày ban hành|Ngày (?:có )?hiệu lực|Ngày hết hiệu lực"
    r"|Ngày công báo|Số công báo|Ngày đăng|Tình trạng(?: hiệu lực)?|Lĩnh vực)\s*(?::|\||\s)"
)
_FACTS = 3
_FACTS_WITHIN = 60  # lines


def without_page_top(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines from the letter head on, where a web page's menus or facts stand above it."""
    lines = _without_facts(lines)
    anchor = next((place for place, line in enumerate(lines[:_PAGE_TOP]) if is_anchor(line)), 0)
    return lines[anchor - _ABOVE_ANCHOR :] if anchor > _USUAL else lines


def _without_facts(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines below a law portal's facts, where a document begins there."""
    facts = [place for place, line in enumerate(lines[:_FACTS_WITHIN]) if _FACT.match(line.text)]
    if len(facts) < _FACTS:
        return lines
    begins = facts[-1] + 1
    # The value of the last fact may stand on lines of its own.
    while begins < len(lines) and lines[begins].row:
        begins += 1
    below = lines[begins : begins + _USUAL]
    return lines[begins:] if any(is_anchor(line) for line in below) else lines


def read_header(lines: Sequence[Line]) -> Header:
    header = Header()
    kind_at = kind_line(lines)
    addressed = _first(lines, lambda line: bool(ADDRESSED.match(folded(line.text))))
    if addressed is not None and (kind_at is None or addressed < kind_at):
        # A letter: what follows under a kind's name is its annex.
        kind_at = None
    ends = [
        place
        for place in (
            kind_at,
            addressed,
            _first(lines, lambda line: bool(OPENS.match(line.text) or HEADING.match(line.text))),
        )
        if place is not None
    ]
    head_end = kind_at if kind_at is not None else min(ends, default=0)
    subject = _read_segments(header, lines[:head_end])
    if kind_at is not None:
        read_kind_and_title(header, lines, kind_at)
    else:
        header.body_from = head_end
        header.title = subject or untyped_title(header, lines, head_end)
    if header.doc_type is None:
        read_kind_from_form(header, lines, addressed)
    if addressed is not None and addressed >= header.body_from - 1:
        header.addressed_at = addressed
    return header


def _first(lines: Sequence[Line], condition: Callable[[Line], bool]) -> int | None:
    return next((place for place, line in enumerate(lines[:SEARCHED]) if condition(line)), None)


def _segments(line: Line) -> list[_Segment]:
    """The line cut at the words that stand in the right column."""
    plain = folded(line.text)
    if len(plain) != len(line.text):
        return [_Segment(line.text, line.start)]
    cuts = [(found.start(), found.end(), False) for found in MOTTO.finditer(plain)]
    number = NUMBER.search(line.text)
    if number is not None and any(letter.islower() for letter in line.text[: number.start()]):
        number = None  # a number cited in a sentence
    if number is not None:
        cuts.append((number.start(), number.end(), True))
    day = DAY.search(line.text, number.end() if number else 0)
    if day is not None:
        cuts.append((day.start(), day.end(), False))
    segments = []
    last = 0
    for start, end, left in sorted(cuts):
        if start < last:
            continue
        segments.append(_Segment(line.text[last:start], line.start + last))
        segments.append(_Segment(line.text[start:end], line.start + start, left))
        last = end
    segments.append(_Segment(line.text[last:], line.start + last))
    return [segment for segment in map(_trimmed, segments) if segment.text]


def _trimmed(segment: _Segment) -> _Segment:
    text = segment.text.lstrip(" |*-–:;,.")
    return _Segment(
        text.rstrip(" |*-–:;,"), segment.start + len(segment.text) - len(text), segment.left
    )


def _read_segments(header: Header, lines: Sequence[Line]) -> Words | None:
    """Fill the header from the lines above the kind; returns a letter's subject, if any."""
    subject: list[_Segment] = []
    stamp: list[_Segment] = []
    in_subject = after_motto = False
    for segment in (segment for line in lines for segment in _segments(line)):
        plain = folded(segment.text)
        number = NUMBER.match(segment.text)
        if MOTTO.match(plain) or (after_motto and plain in END_OF_MOTTO):
            header.motto = after_motto = True
            continue
        after_motto = False
        if number is not None and header.symbol is None:
            _read_number(header, number, segment.start)
            in_subject = False
        elif (
            (day := DAY.match(segment.text) or SLASHED_DAY.match(segment.text))
            and header.date is None
            and _may_be_head(day, header)
        ):
            _read_day(header, day, segment.start)
        elif DRAFT.match(plain) and len(plain) < 60:
            header.draft = Words(
                segment.text, Span(segment.start, segment.start + len(segment.text)), 0.95
            )
        elif SUBJECT.match(segment.text):
            subject, in_subject = [segment], True
        elif STAMP.match(plain):
            stamp.append(segment)
            in_subject = False
        elif in_subject and not segment.text.isupper():
            subject.append(segment)
        elif not stamp:
            _read_body(header, segment)
    _read_stamp(header, stamp)
    if not subject:
        return None
    said = SUBJECT.match(subject[0].text)
    cut = said.end() if said is not None else 0
    cut += len(subject[0].text[cut:]) - len(subject[0].text[cut:].lstrip(" :"))
    first = _Segment(subject[0].text[cut:], subject[0].start + cut)
    words: Words | None = None
    for segment in (first, *subject[1:]):
        span = Span(segment.start, segment.start + len(segment.text))
        if segment.text:
            words = (
                words.followed_by(segment.text, span)
                if words is not None
                else Words(segment.text, span, 0.9)
            )
    return words


def _may_be_head(day: re.Match[str], header: Header) -> bool:
    return bool(day.group("place")) or header.symbol is not None or header.motto


# Whose numbers have the other form.
_STATE = expression(r"/\s?(?:UBND|HĐND|SNV|SNgV|STTTT|SVHTTDL)$")
_PARTY = expression(r"-\s?(?:TU|HU|ĐU|TW|ThU|QU)$")


def _read_number(header: Header, found: re.Match[str], offset: int) -> None:
    digits = found.group("number")
    if digits[:1].isdigit():
        header.number = Words(
            digits, Span(offset + found.start("number"), offset + found.end("number")), 0.95
        )
    symbol = found.group("symbol").rstrip(" .")
    # State: 51/KH-UBND. Party: 149-KH/TU (Guideline 36-HD/VPTW).
    party = found.group("separator") != "/"
    header.misprinted = (
        party != ("/" in symbol)
        or "TƯ" in symbol
        or bool((_STATE if party else _PARTY).search(symbol))
    )
    start = offset + found.start("symbol")
    header.symbol = Words(re.sub(r"\s", "", symbol), Span(start, start + len(symbol)), 0.95)


def _read_day(header: Header, found: re.Match[str], offset: int) -> None:
    if found.group("place"):
        start, end = found.span("place")
        header.place = Words(found.group("place"), Span(offset + start, offset + end), 0.95)
    header.date = printed_date(found, offset, 0.95)


def printed_date(found: re.Match[str], offset: int, confidence: float) -> PrintedDate | None:
    """ISO form of a matched day, month and year, shortened where blank; no year, no date."""
    day, month, year = (found.group(name).strip(" .…_") for name in ("day", "month", "year"))
    if len(year) != 4:
        return None
    start = found.start("day") if day else found.start("month") if month else found.start("year")
    words = Words(
        " ".join(found.string[start : found.end("year")].split()),
        Span(offset + start, offset + found.end("year")),
        confidence,
    )
    if not month:
        return PrintedDate(year, words)
    possible = 1 <= int(month) <= 12
    if not day:
        return PrintedDate(f"{year}-{int(month):02}", words, possible)
    iso = f"{year}-{int(month):02}-{int(day):02}"
    try:
        Date.fromisoformat(iso)
    except ValueError:
        possible = False
    return PrintedDate(iso, words, possible)


def _read_body(header: Header, segment: _Segment) -> None:
    """A line of the left column: a new body, or the end of the name above."""
    text = segment.text
    if sum(letter.isalpha() for letter in text) < 2 or len(text) > 120 or header.symbol is not None:
        return
    second = SECOND_BODY.search(text) if text.isupper() else None
    if second is not None and begins_body(text):
        for part, at in (
            (text[: second.start()].rstrip(), 0),
            (text[second.end() :], second.end()),
        ):
            _read_body(header, _Segment(part, segment.start + at))
        return
    span = Span(segment.start, segment.start + len(text))
    if text.isupper() and header.bodies and goes_on(header.bodies[-1].text, text):
        above = header.bodies[-1]
        header.bodies[-1] = above.followed_by(text, span)
    elif (
        begins_body(text)
        and not text.startswith(("Số", "SỐ"))
        and (text.isupper() or len(text) < 60)
    ):
        header.bodies.append(Words(text, span, 0.95 if text.isupper() else 0.7))


def _read_stamp(header: Header, stamp: list[_Segment]) -> None:
    if not stamp:
        return
    number = next(
        (found.group(1) for part in stamp if (found := STAMP_NUMBER.match(part.text))), None
    )
    day = next((found.group(1) for part in stamp if (found := STAMP_DAY.match(part.text))), None)
    if number is None and day is None:
        return
    words = Words(
        " ".join(part.text for part in stamp),
        Span(stamp[0].start, stamp[-1].start + len(stamp[-1].text)),
        0.8,
    )
    header.stamp = Stamp(None, number, day, words)
