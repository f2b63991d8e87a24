"""The kind of a document and its title: "KẾ HOẠCH" and the lines below it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nhipcau.plans.reading.bodies import begins_body
from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.head import (
    ADDRESSED,
    AUTHORITY_LINE,
    DAY,
    DRAFT,
    HEADING,
    KEMTHEO,
    MOTTO,
    NUMBER,
    OPENS,
    SEARCHED,
    STAMP,
    Header,
)
from nhipcau.plans.reading.kinds import (
    CODES_BY_LETTERS,
    code_in_symbol,
    code_of_line,
    folded,
    squeezed,
)
from nhipcau.plans.reading.reading import Coded, Span, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.plans.reading.normalise import Line


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


_LONG = 250  # a title beyond this may hold what follows it
_SHORT = 20
_LONGEST_LINE = 140


def kind_line(lines: Sequence[Line]) -> int | None:
    """Index of the line that names the kind of document.

    A web page may repeat the title above the letter head, and a decision says "QUYẾT ĐỊNH:" once
    more below its bases: so the kind is looked for between the head's marks and the first base.
    """
    kinds = [place for place, line in enumerate(lines[:SEARCHED]) if _names_kind(line)]
    if not kinds:
        return None
    anchor = next((place for place, line in enumerate(lines[:SEARCHED]) if is_anchor(line)), None)
    based = next(
        (
            place
            for place, line in enumerate(lines[:SEARCHED])
            if place > (anchor or 0) and line.text.startswith("Căn cứ")
        ),
        len(lines),
    )
    after = [place for place in kinds if (anchor is None or place > anchor) and place < based]
    if after:
        return after[0]
    before = [place for place in kinds if anchor is not None and place < anchor]
    return before[0] if before else None


def is_anchor(line: Line) -> bool:
    """A line that only a letter head has: the motto, or a number with its symbol."""
    number = NUMBER.match(line.text)
    return bool(MOTTO.search(folded(line.text))) or (
        number is not None and number.end() > len(line.text) - 60 and len(line.text) < 120
    )


def _names_kind(line: Line) -> bool:
    text = _without_draft_mark(line.text)
    if code_of_line(text) and (text.isupper() or line.heading or line.bold or text[:1].isupper()):
        return True
    return _kind_at_start(text) is not None and not HEADING.match(text)


def kind_of_heading(line: Line) -> str | None:
    """The kind of document that a line in capitals names, title behind it or not."""
    if not (line.text.isupper() or line.bold or line.heading) and _kind_at_start(line.text) is None:
        return None
    return code_of_line(line.text) or (_kind_at_start(line.text) or (None, 0))[0]


def title_ends_at(lines: Sequence[Line], kind_at: int) -> int:
    """Index of the first line after the title that stands below the kind."""
    header = Header()
    read_kind_and_title(header, lines, kind_at)
    return header.body_from


def read_kind_and_title(header: Header, lines: Sequence[Line], kind_at: int) -> None:
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
        if DRAFT.match(plain) and len(line.text) < 60:
            header.draft = header.draft or _whole(line, 0.95)
            place += 1
            continue
        if KEMTHEO.match(line.text):
            place += 1
            break
        if place != first and _ends_title(line, lines, place, pieces, marked=marked):
            break
        if (
            HEADING.match(line.text)
            or ADDRESSED.match(plain)
            or line.row
            or line.text.startswith(("- ", "Căn cứ"))
        ):
            break
        if place == first:
            marked = line.bold or line.heading
        pieces.append(Span(line.start, line.end))
        place += 1
    if pieces:
        title = _joined([(_between(lines, piece), piece) for piece in pieces], 0.95)
        if title is not None:
            header.title = replace(
                title, confidence=0.95 if marked or len(title.text) < _LONG else 0.8
            )
    while place < len(lines) and (KEMTHEO.match(lines[place].text) or _is_acting(lines, place)):
        if not KEMTHEO.match(lines[place].text):
            header.acting = header.acting or _whole(lines[place], 0.85)
        place += 1
    return place


def _joined(pieces: list[tuple[str, Span]], confidence: float) -> Words | None:
    """Lines as one value; a blank line has no words to add."""
    words: Words | None = None
    for text, span in pieces:
        shown = text.strip()
        if not shown:
            continue
        lead = len(text) - len(text.lstrip())
        place = Span(span.start + lead, span.start + lead + len(shown))
        words = (
            Words(shown, place, confidence) if words is None else words.followed_by(shown, place)
        )
    return words


def _between(lines: Sequence[Line], span: Span) -> str:
    line = next(line for line in lines if line.start <= span.start < line.end)
    return line.text[span.start - line.start : span.end - line.start]


def _is_acting(lines: Sequence[Line], place: int) -> bool:
    """A line in capitals before "Căn cứ": the body or officer that decides."""
    text = lines[place].text.rstrip(":, ")
    return text.isupper() and bool(AUTHORITY_LINE.match(folded(text)))


_UNFINISHED_TITLE = expression(r"(?:,|\b(?:CỦA|VÀ|VỀ|DO|THUỘC|TẠI|VỚI|GIỮA|CÁC|CHO|THEO))$")

_OFFICER_ONLY = expression(r"^CỦA (?!.*\bVỀ\b).{1,60}$")


def _ends_title(
    line: Line, lines: Sequence[Line], place: int, pieces: list[Span], *, marked: bool
) -> bool:
    if _is_quoting(lines, pieces):
        return False
    if _is_acting(lines, place) and not _UNFINISHED_TITLE.search(lines[place - 1].text):
        return bool(pieces) and any(
            OPENS.match(below.text) for below in lines[place + 1 : place + 4]
        )
    if line.text.upper() == line.text:
        return False
    if OPENS.match(line.text) or folded(line.text).rstrip(" :") in {"quyet dinh", "quyet nghi"}:
        return True
    above = lines[place - 1]
    if marked:
        return not (line.bold or line.heading)
    if above.text.isupper() and pieces:
        # "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG ..." still lacks what was decided.
        return len(pieces) > 1 or not _OFFICER_ONLY.match(_between(lines, pieces[0]))
    # A centred title has short lines; a paragraph is long and ends as a sentence does.
    if len(line.text) > _LONGEST_LINE or re.search(r"[.:;]$", line.text):
        return True
    # Recognition may set every line of a title apart: then the text begins right after it.
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    return line.blank_before and not (OPENS.match(below) or HEADING.match(below))


def _is_quoting(lines: Sequence[Line], pieces: list[Span]) -> bool:
    """Whether the title has opened quotation marks that its last line does not close."""
    text = "".join(_between(lines, piece) for piece in pieces)
    return len(text) < _LONG and text.count("“") > text.count("”")


def _whole(line: Line, confidence: float) -> Words:
    return Words(line.text, Span(line.start, line.end), confidence)


def untyped_title(header: Header, lines: Sequence[Line], head_end: int) -> Words | None:
    """The title of a document whose kind is not printed: bold lines above the first paragraph."""
    pieces: list[Line] = []
    for line in reversed(lines[:head_end]):
        if not pieces and line.text.isupper() and begins_body(line.text):
            header.acting = header.acting or _whole(line, 0.85)
            continue
        if NUMBER.search(line.text) or DAY.search(line.text):
            break
        marked = line.bold or line.heading or line.text.isupper()
        if not marked and (header.date is None or re.search(r"[.:;]$", line.text)):
            break
        if (
            MOTTO.search(folded(line.text))
            or STAMP.match(folded(line.text))
            or begins_body(line.text)
        ):
            break
        pieces.append(line)
    if not pieces:
        return None
    pieces.reverse()
    title = _joined([(line.text, Span(line.start, line.end)) for line in pieces], 0.6)
    return title if title is not None and len(title.text) > _SHORT else None


def read_kind_from_form(header: Header, lines: Sequence[Line], addressed: int | None) -> None:
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
