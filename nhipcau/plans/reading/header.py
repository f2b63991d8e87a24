"""The letter head: who issued the document, its number, place, date, kind and title.

A head has two columns. Files give them as lines one after the other, as cells, or flattened into
one line; so every line is first cut into segments at the words that only the right column has
(motto, place and date), and each segment is then told by its own form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 -- a field is called date
from typing import TYPE_CHECKING

from nhipcau.plans.reading.bodies import begins_body, goes_on
from nhipcau.plans.reading.kinds import (
    CODES_BY_LETTERS,
    code_in_symbol,
    code_of_line,
    folded,
    squeezed,
)
from nhipcau.plans.reading.normalise import LOWER, UPPER
from nhipcau.plans.reading.reading import Coded, PrintedDate, Span, Stamp, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.plans.reading.normalise import Line

_SEARCHED = 60  # lines; a head with stamp and web page residue is never longer

_MOTTO = re.compile(
    r"(?:cong\s*hoa\s*xa\s*hoi(?:\s*chu\s*nghia\s*viet\s*nam)?|chu\s*nghia\s*viet\s*nam|doc\s*lap\s*[-–.]*\s*tu\s*do\s*[-–.]*\s*hanh\s*phuc|dang\s*cong\s*san\s*viet\s*nam)"
)
_BLANK = r"[.…_\s]*"
NUMBER = re.compile(
    rf"(?:^|(?<=\s))[Ss][ốỐôÔoO]\s*[:.;]?\s*(?P<number>\d{{1,5}}[a-zA-Z]?|{_BLANK})\s*(?P<separator>[/\-–])\s*(?P<year>(?:19|20)\d\d\s*[/\-–]\s*)?"
    r"(?P<symbol>[A-Za-zĐđ][A-Za-zĐđƯư0-9&.]*(?:\s?[-/–]\s?[A-Za-zĐđƯưÂâÊê0-9&.]+)*)"
)
_PLACE = rf"(?:(?:TP|Tp|TX|T\.P)\.?\s?|(?:thành phố|Thành phố|tỉnh|huyện|xã|phường|thị xã|đặc khu)\s)?[{UPPER}][{LOWER}{UPPER}'’]*(?:\s?(?:-\s?)?[{UPPER}][{LOWER}{UPPER}'’]*){{0,5}}"
_DAY = re.compile(
    rf"(?P<place>{_PLACE})?\s*[,.;]?\s*(?i:ng[àa]y)\s*(?P<day>\d{{1,2}}|{_BLANK})\s*(?i:th[áa]ng)\s*(?P<month>\d{{1,2}}|{_BLANK})\s*(?i:n[ăa]m)\s*(?P<year>\d{{4}}|20[.…_]+)"
)
_SLASHED_DAY = re.compile(
    rf"(?P<place>{_PLACE})\s*,\s*ngày\s*(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}})$"
)
_DRAFT = re.compile(r"^[\W_]*(?:ban )?du thao\b")
_STAMP = re.compile(
    r"^(?:cong van den|van ban den|den\b|so\s*(?:den)?\s*:\s*[\d.]+$|ngay\s*(?:den)?\s*:|gio\s*:|chuyen\s*:|luu ho so|ho so so|kinh chuyen)"
)
_STAMP_NUMBER = re.compile(r"^[Ss]ố\s*(?:đến)?\s*:\s*(\d+)\s*$")
_STAMP_DAY = re.compile(r"^[Nn]gày\s*(?:đến)?\s*:?\s*(.+)$")
_SUBJECT = re.compile(r"^(?:V\s?/\s?v|V\.v|v/v|Về việc|VV)\b[.:]?", re.IGNORECASE)
_ADDRESSED = re.compile(r"^kinh (?:gui|trinh)\b")
_KEMTHEO = re.compile(r"^[(\s]*(?:ban hành )?kèm theo\b", re.IGNORECASE)
OPENS = re.compile(
    r"^(?:Căn cứ|Xét |Theo |Trên cơ sở|Để (?:triển khai|thực hiện|tiếp tục)|Nhằm |Ngày \d|Điều 1|Kính gửi|Kính trình"
    r"|(?:Tiếp tục )?(?:[Tt]hực hiện|[Tt]riển khai(?: thực hiện)?|Thi hành|Tiếp theo|Chấp hành)[^\n]{0,40}\s(?:số\s*:?\s*)?\d{1,5}\s?[/-])"
)
_HEADING = re.compile(
    rf"^(?:[IVX]{{1,4}}|[A-D]|\d{{1,2}})\s?[.)/:\-–]+\s?[{UPPER}\"“]|^(?:PHẦN|Phần|CHƯƠNG|Chương|Điều|ĐIỀU)\s+(?:[IVX]+|\d+|(?:thứ|THỨ|MỘT|HAI)\b)"
)
# The body below, where the two lines of the left column have run into one.
_SECOND_BODY = re.compile(
    r"(?<=\w)(?<!CƠ)(?<!CÁC)(?<!VÀ)\s+(?=(?:SỞ|CỤC|CHI CỤC|BAN CHỈ ĐẠO|BAN QUẢN LÝ|BAN TUYÊN|BAN TỔ CHỨC|BAN DÂN|BAN THƯỜNG|VĂN PHÒNG|TRUNG TÂM|PHÒNG|TỔNG CỤC|THANH TRA)\s)"
)
_AUTHORITY_LINE = re.compile(
    r"^(?:chu tich|pho chu tich|giam doc|bo truong|thu tuong|uy ban nhan dan|ubnd|hoi dong nhan dan|ban thuong vu|ban chap hanh|cuc truong|tong cuc truong|hieu truong|truong ban|chanh van phong|vien truong|tong giam doc|quoc hoi|chinh phu|thong doc|bo chinh tri|ban bi thu)\b"
)


@dataclass(slots=True)
class Header:
    """What the head says; `body_from` is the index of the first line after head and title."""

    doc_type: Coded | None = None
    number: Words | None = None
    symbol: Words | None = None
    bodies: list[Words] = field(default_factory=list)
    acting: Words | None = None
    place: Words | None = None
    date: PrintedDate | None = None
    title: Words | None = None
    draft: Words | None = None
    stamp: Stamp | None = None
    addressed_at: int | None = None
    motto: bool = False
    misprinted: bool = False
    body_from: int = 0


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    start: int
    left: bool = True


def read_header(lines: Sequence[Line]) -> Header:
    header = Header()
    kind_at = _kind_line(lines)
    addressed = _first(lines, lambda line: bool(_ADDRESSED.match(folded(line.text))))
    if addressed is not None and (kind_at is None or addressed < kind_at):
        # A letter: what follows under a kind's name is its annex.
        kind_at = None
    ends = [
        place
        for place in (
            kind_at,
            addressed,
            _first(lines, lambda line: bool(OPENS.match(line.text) or _HEADING.match(line.text))),
        )
        if place is not None
    ]
    head_end = kind_at if kind_at is not None else min(ends, default=0)
    subject = _read_segments(header, lines[:head_end])
    if kind_at is not None:
        _read_kind_and_title(header, lines, kind_at)
    else:
        header.body_from = head_end
        header.title = subject or _untyped_title(header, lines, head_end)
    if header.doc_type is None:
        _read_kind_from_form(header, lines, addressed)
    if addressed is not None and addressed >= header.body_from - 1:
        header.addressed_at = addressed
    return header


def _first(lines: Sequence[Line], condition: Callable[[Line], bool]) -> int | None:
    return next((place for place, line in enumerate(lines[:_SEARCHED]) if condition(line)), None)


def _without_draft_mark(text: str) -> str:
    return re.sub(r"^\W*(?:DỰ THẢO|Dự thảo)\W+", "", text)


def _kind_at_start(text: str) -> tuple[str, int] | None:
    """Kind and length of its name, where a line in capitals runs on into the title."""
    words = text.split(" ")
    for count in (4, 3, 2, 1):
        head = " ".join(words[:count])
        if head.isupper() and squeezed(head) in CODES_BY_LETTERS and len(words) > count:
            return CODES_BY_LETTERS[squeezed(head)], len(head)
    return None


def _kind_line(lines: Sequence[Line]) -> int | None:
    """Index of the line that names the kind of document.

    A web page may repeat the title above the letter head, and a decision says "QUYẾT ĐỊNH:" once
    more below its bases: so the kind is looked for between the head's marks and the first base.
    """
    kinds = [place for place, line in enumerate(lines[:_SEARCHED]) if _names_kind(line)]
    if not kinds:
        return None
    anchor = next((place for place, line in enumerate(lines[:_SEARCHED]) if _is_anchor(line)), None)
    based = next(
        (
            place
            for place, line in enumerate(lines[:_SEARCHED])
            if place > (anchor or 0) and line.text.startswith("Căn cứ")
        ),
        len(lines),
    )
    after = [place for place in kinds if (anchor is None or place > anchor) and place < based]
    if after:
        return after[0]
    before = [place for place in kinds if anchor is not None and place < anchor]
    return before[0] if before else None


def _is_anchor(line: Line) -> bool:
    """A line that only a letter head has: the motto, or a number with its symbol."""
    number = NUMBER.match(line.text)
    return bool(_MOTTO.search(folded(line.text))) or (
        number is not None and number.end() > len(line.text) - 60 and len(line.text) < 120
    )


def _names_kind(line: Line) -> bool:
    text = _without_draft_mark(line.text)
    if code_of_line(text) and (text.isupper() or line.heading or line.bold or text[:1].isupper()):
        return True
    return _kind_at_start(text) is not None and not _HEADING.match(text)


def kind_of_heading(line: Line) -> str | None:
    """The kind of document that a line in capitals names, title behind it or not."""
    if not (line.text.isupper() or line.bold or line.heading) and _kind_at_start(line.text) is None:
        return None
    return code_of_line(line.text) or (_kind_at_start(line.text) or (None, 0))[0]


def title_ends_at(lines: Sequence[Line], kind_at: int) -> int:
    """Index of the first line after the title that stands below the kind."""
    header = Header()
    _read_kind_and_title(header, lines, kind_at)
    return header.body_from


def _read_kind_and_title(header: Header, lines: Sequence[Line], kind_at: int) -> None:
    line = lines[kind_at]
    cut = len(line.text) - len(_without_draft_mark(line.text))
    text = line.text[cut:]
    if cut:
        header.draft = Words(
            line.text[:cut].strip(),
            Span(line.start, line.start + len(line.text[:cut].rstrip())),
            0.9,
        )
    start = line.start + cut
    code = code_of_line(text)
    pieces: list[Span] = []
    if code is not None:
        header.doc_type = Coded(code, Words(text, Span(start, line.end), 0.98))
    else:
        found = _kind_at_start(text)
        if found is None:
            return
        code, length = found
        header.doc_type = Coded(code, Words(text[:length], Span(start, start + length), 0.9))
        skipped = length + len(text[length:]) - len(text[length:].lstrip(" :-–"))
        pieces.append(Span(start + skipped, line.end))
    place = kind_at + 1
    while place < len(lines) and code_of_line(lines[place].text) == code:
        place += 1  # printed twice
    header.body_from = _read_title(header, lines, place, pieces)


def _read_title(header: Header, lines: Sequence[Line], place: int, pieces: list[Span]) -> int:
    """Lines of the title; returns the index of the first line after it."""
    first = place if not pieces else None
    marked = False
    while place < len(lines) and len(pieces) < 12:
        line = lines[place]
        plain = folded(line.text)
        if _DRAFT.match(plain) and len(line.text) < 60:
            header.draft = header.draft or _whole(line, 0.95)
            place += 1
            continue
        if _KEMTHEO.match(line.text):
            place += 1
            break
        if place != first and _ends_title(line, lines, place, pieces, marked=marked):
            break
        if (
            _HEADING.match(line.text)
            or _ADDRESSED.match(plain)
            or line.row
            or line.text.startswith(("- ", "Căn cứ"))
        ):
            break
        if place == first:
            marked = line.bold or line.heading
        pieces.append(Span(line.start, line.end))
        place += 1
    if pieces:
        text = " ".join(_between(lines, piece) for piece in pieces).strip()
        if text:
            confidence = 0.95 if marked or len(text) < 250 else 0.8
            header.title = Words(text, Span(pieces[0].start, pieces[-1].end), confidence)
    while place < len(lines) and (_KEMTHEO.match(lines[place].text) or _is_acting(lines, place)):
        if not _KEMTHEO.match(lines[place].text):
            header.acting = header.acting or _whole(lines[place], 0.85)
        place += 1
    return place


def _between(lines: Sequence[Line], span: Span) -> str:
    line = next(line for line in lines if line.start <= span.start < line.end)
    return line.text[span.start - line.start : span.end - line.start]


def _is_acting(lines: Sequence[Line], place: int) -> bool:
    """A line in capitals before "Căn cứ": the body or officer that decides."""
    text = lines[place].text.rstrip(":, ")
    return text.isupper() and bool(_AUTHORITY_LINE.match(folded(text)))


_UNFINISHED_TITLE = re.compile(r"(?:,|\b(?:CỦA|VÀ|VỀ|DO|THUỘC|TẠI|VỚI))$")


def _ends_title(
    line: Line, lines: Sequence[Line], place: int, pieces: list[Span], *, marked: bool
) -> bool:
    if _is_acting(lines, place) and not _UNFINISHED_TITLE.search(lines[place - 1].text):
        return bool(pieces) and any(
            OPENS.match(below.text) for below in lines[place + 1 : place + 4]
        )
    if line.text.isupper():
        return False
    if OPENS.match(line.text) or folded(line.text).rstrip(" :") in {"quyet dinh", "quyet nghi"}:
        return True
    above = lines[place - 1]
    if marked:
        return not (line.bold or line.heading)
    if above.text.isupper() and pieces:
        return True
    # A centred title has short lines; a paragraph is long and ends as a sentence does.
    return line.blank_before or len(line.text) > 140 or bool(re.search(r"[.:;]$", line.text))


def _whole(line: Line, confidence: float) -> Words:
    return Words(line.text, Span(line.start, line.end), confidence)


def _untyped_title(header: Header, lines: Sequence[Line], head_end: int) -> Words | None:
    """The title of a document whose kind is not printed: bold lines above the first paragraph."""
    pieces: list[Line] = []
    for line in reversed(lines[:head_end]):
        if not pieces and line.text.isupper() and begins_body(line.text):
            header.acting = header.acting or _whole(line, 0.85)
            continue
        if (
            not (line.bold or line.heading or line.text.isupper())
            or NUMBER.search(line.text)
            or _DAY.search(line.text)
        ):
            break
        if (
            _MOTTO.search(folded(line.text))
            or _STAMP.match(folded(line.text))
            or begins_body(line.text)
        ):
            break
        pieces.append(line)
    if not pieces:
        return None
    pieces.reverse()
    text = " ".join(line.text for line in pieces)
    return Words(text, Span(pieces[0].start, pieces[-1].end), 0.6) if len(text) > 20 else None


def _read_kind_from_form(header: Header, lines: Sequence[Line], addressed: int | None) -> None:
    """Where no kind is printed, the symbol names it; a letter names none."""
    if header.symbol is not None:
        code = code_in_symbol(header.symbol.text)
        if code is not None:
            header.doc_type = Coded(code, Words(header.symbol.text, header.symbol.span, 0.75))
            return
    if addressed is not None:
        line = lines[addressed]
        words = header.symbol or Words(line.text[:8], Span(line.start, line.start + 8), 0.9)
        header.doc_type = Coded("CV", words)


def _segments(line: Line) -> list[_Segment]:
    """The line cut at the words that stand in the right column."""
    plain = folded(line.text)
    if len(plain) != len(line.text):
        return [_Segment(line.text, line.start)]
    cuts = [(found.start(), found.end(), False) for found in _MOTTO.finditer(plain)]
    number = NUMBER.search(line.text)
    if number is not None and any(letter.islower() for letter in line.text[: number.start()]):
        number = None  # a number cited in a sentence
    if number is not None:
        cuts.append((number.start(), number.end(), True))
    day = _DAY.search(line.text, number.end() if number else 0)
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
    in_subject = False
    for segment in (segment for line in lines for segment in _segments(line)):
        plain = folded(segment.text)
        number = NUMBER.match(segment.text)
        if _MOTTO.match(plain):
            header.motto = True
        elif number is not None and header.symbol is None:
            _read_number(header, number, segment.start)
            in_subject = False
        elif (
            (day := _DAY.match(segment.text) or _SLASHED_DAY.match(segment.text))
            and header.date is None
            and _may_be_head(day, header)
        ):
            _read_day(header, day, segment.start)
        elif _DRAFT.match(plain) and len(plain) < 60:
            header.draft = Words(
                segment.text, Span(segment.start, segment.start + len(segment.text)), 0.95
            )
        elif _SUBJECT.match(segment.text):
            subject, in_subject = [segment], True
        elif _STAMP.match(plain):
            stamp.append(segment)
            in_subject = False
        elif in_subject and not segment.text.isupper():
            subject.append(segment)
        elif not stamp:
            _read_body(header, segment)
    _read_stamp(header, stamp)
    if not subject:
        return None
    said = _SUBJECT.match(subject[0].text)
    cut = said.end() if said is not None else 0
    cut += len(subject[0].text[cut:]) - len(subject[0].text[cut:].lstrip(" :"))
    text = " ".join([subject[0].text[cut:], *(segment.text for segment in subject[1:])]).strip()
    last = subject[-1]
    return Words(text, Span(subject[0].start + cut, last.start + len(last.text)), 0.9)


def _may_be_head(day: re.Match[str], header: Header) -> bool:
    return bool(day.group("place")) or header.symbol is not None or header.motto


def _read_number(header: Header, found: re.Match[str], offset: int) -> None:
    digits = found.group("number")
    if digits[:1].isdigit():
        header.number = Words(
            digits, Span(offset + found.start("number"), offset + found.end("number")), 0.95
        )
    symbol = found.group("symbol").rstrip(" .")
    # State: 51/KH-UBND. Party: 149-KH/TU (Guideline 36-HD/VPTW).
    party = found.group("separator") != "/"
    header.misprinted = party != ("/" in symbol) or "TƯ" in symbol
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
    second = _SECOND_BODY.search(text) if text.isupper() else None
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
        header.bodies[-1] = Words(
            f"{above.text} {text}", Span(above.span.start, span.end), above.confidence
        )
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
        (found.group(1) for part in stamp if (found := _STAMP_NUMBER.match(part.text))), None
    )
    day = next((found.group(1) for part in stamp if (found := _STAMP_DAY.match(part.text))), None)
    if number is None and day is None:
        return
    words = Words(
        " ".join(part.text for part in stamp),
        Span(stamp[0].start, stamp[-1].start + len(stamp[-1].text)),
        0.8,
    )
    header.stamp = Stamp(None, number, day, words)
