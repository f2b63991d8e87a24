"""The opening: on what the document bases itself.

One "Căn cứ" may carry several documents, parted by semicolons or commas; a document that stands
inside another's name ("Kế hoạch số 61 ... về thực hiện Kết luận số 57-KL/TW") is not a base.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import CODES
from nhipcau.plans.reading.reading import Coded, Span, Words
from nhipcau.plans.reading.references import BEGINS_REFERENCE, Found, named, numbered

if TYPE_CHECKING:
    from nhipcau.plans.reading.reading import Reference

# Kinds of which an opening says that they are issued with it.
ISSUED = {
    name: CODES[name]
    for name in (
        "chương trình hành động",
        "chương trình",
        "kế hoạch hành động",
        "kế hoạch",
        "hướng dẫn",
    )
}
_STARTS = expression(
    r"(?:^|(?<=[;.:]\s)|(?<=\n))\s*[-–+*]?\s*(?P<start>Căn cứ(?:\s+vào)?(?:\s+các)?:?|(?:Tiếp tục\s+)?(?:[Tt]riển khai,?\s+)?[Tt]hực hiện(?:\s+theo)?|Triển khai(?:\s+thực hiện)?|Thi hành|Chấp hành|Xét|Theo|Trên cơ sở|Nhằm[^;:\n]{0,60}?|Để[^;:\n]{0,60}?|Ngày\s[^;:\n]{0,120}?|Tiếp theo|Phúc đáp|Trả lời|Sau khi[^;:\n]{0,60}?)\s",
)
_KIND_AHEAD = expression(r"\s*(?:các\s+)?")
_TIGHT = expression(r"[;,]\s*[-–+]?\s*(?:và\s+|căn cứ\s+|thực hiện\s+|các\s+)*$", re.IGNORECASE)
_PROPOSED = expression(r"[;.,]\s*(?:xét|theo) đề nghị\b", re.IGNORECASE)
_JOINED = expression(r"\s(?:và|cùng)\s+(?:các\s+)?$")
_SAID_BEFORE = expression(r"Ngày\s*$")
_DATED_BEFORE = expression(r"Ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


# "..., UBND tỉnh ban hành Kế hoạch ... như sau:" names the kind where nothing above does.
_ISSUED = expression(
    rf"\b(?:ban hành|xây dựng)\s+(?P<kind>(?:{'|'.join(name[0].upper() + name[1:] for name in ISSUED)}|kế hoạch))\b(?!\s+số)[^\n]{{0,400}}?(?:như sau|sau đây|nội dung sau|cụ thể)[^.\n]{{0,30}}:\s*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Bases in order, what they themselves name, and the kind that the last sentence names.

    `orders` is set where it ends with "như sau:" or its like.
    """

    bases: tuple[Reference, ...] = ()
    nested: tuple[Reference, ...] = ()
    kind: Coded | None = None
    orders: bool = False


def read_opening(text: str, offset: int) -> Opening:
    """`text` is the part between title and first heading; `offset` its place in the whole."""
    text = text[: _reach(text)]
    bases: list[Reference] = []
    nested: list[Reference] = []
    clauses = [found.start("start") for found in _STARTS.finditer(text)]
    for place, start in enumerate(clauses):
        end = clauses[place + 1] if place + 1 < len(clauses) else len(text)
        top, inner = _clause(text[start:end], offset + start)
        bases += top
        nested += inner
    orders = any(_ANNOUNCES.search(line) for line in text.split("\n"))
    return Opening(_once(bases), _once(nested), _kind(text, offset), orders)


def _kind(text: str, offset: int) -> Coded | None:
    found = _ISSUED.search(text)
    if found is None:
        return None
    start, end = found.span("kind")
    words = Words(found.group("kind"), Span(offset + start, offset + end), 0.6)
    return Coded(ISSUED[found.group("kind").casefold()], words)


_ANNOUNCES = expression(
    r"(?:như sau|sau đây|dưới đây|yêu cầu|đề nghị|các nội dung sau|nội dung sau)\s*[:.]\s*$|^QUYẾT (?:ĐỊNH|NGHỊ)\b"
)
_MOST_LINES = 40


def _reach(text: str) -> int:
    """How far the opening goes: to "như sau:", or to the first line after the bases that is none.

    A letter has no headings, and what it cites further down is no base.
    """
    position = 0
    based = False
    for place, line in enumerate(text.split("\n")):
        starts = _STARTS.match(line) is not None
        if place >= _MOST_LINES or (based and not starts and not BEGINS_REFERENCE.match(line)):
            return position
        position += len(line) + 1
        based = based or (starts and any(letter.isdigit() for letter in line))
        if _ANNOUNCES.search(line):
            return position
    return len(text)


def _once(references: list[Reference]) -> tuple[Reference, ...]:
    kept: dict[tuple[str, str | None], Reference] = {}
    for reference in references:
        key = (
            reference.number or reference.name or "",
            reference.date if reference.number else None,
        )
        kept.setdefault(key, reference)
    return tuple(kept.values())


def _clause(text: str, offset: int) -> tuple[list[Reference], list[Reference]]:
    # "Theo đề nghị của Giám đốc Sở ..." is a base only where it names the paper.
    found_all = sorted(
        [*_without_numbers(text, offset), *numbered(text, offset)], key=lambda found: found.start
    )
    top: list[Reference] = []
    nested: list[Reference] = []
    last_end = 0
    last_nested = False
    for found in found_all:
        if found.start < last_end:
            continue
        between = text[last_end : found.start]
        if not top:
            is_top = found.reference.number is not None or found.start < 40
        elif _PROPOSED.search(between):
            is_top = found.reference.number is not None
        elif ";" in between:
            is_top = _TIGHT.search(between) is not None or (
                between.rfind(";") > len(between) - 40 and "," not in between[between.rfind(";") :]
            )
        else:
            is_top = not last_nested and bool(_TIGHT.search(between) or _JOINED.search(between))
        reference = found.reference
        if is_top:
            sure = (
                1.0
                if not top and reference.type != "Tờ trình"
                else _LESS_SURE
                if ";" in between
                else _DOUBTFUL
            )
            top.append(_weighed(_with_date_before(reference, text[: found.start], offset), sure))
        else:
            nested.append(reference)
        last_end, last_nested = found.end, not is_top
    return top, nested


# A base behind a semicolon, and one behind a comma or a proposal.
_LESS_SURE, _DOUBTFUL = 0.9, 0.65


def _weighed(reference: Reference, sure: float) -> Reference:
    words = replace(reference.words, confidence=reference.words.confidence * sure)
    return replace(reference, words=words)


def _with_date_before(reference: Reference, before: str, offset: int) -> Reference:
    """Where the date stands first: "Ngày 05/8/2020, Thủ tướng ... ban hành Quyết định số ..." ."""
    said = _DATED_BEFORE.match(before)
    if reference.date is not None or said is None:
        return reference
    day, month, year = said.groups()
    place = Span(offset + said.start(1), offset + said.end(3))
    words = " ".join(before[said.start(1) : said.end(3)].split())
    return replace(
        reference,
        date=f"{year}-{int(month):02}-{int(day):02}",
        words=reference.words.followed_by(words, place),
    )


_NAME_PLACES = expression(
    r"(?:^(?:Căn cứ(?:\s+vào)?|Thực hiện|Triển khai(?:\s+thực hiện)?|Thi hành|Xét)\s*:?\s+(?:[-–+]\s*)?(?:các\s+)?|;\s*(?:[-–+]\s*)?(?:Căn cứ\s+)?)"
)


def _without_numbers(text: str, offset: int) -> list[Found]:
    """Documents named without a number where a base may stand."""
    result = []
    for place in _NAME_PLACES.finditer(text):
        found = named(text, place.end(), offset)
        if found is None:
            continue
        # "Luật Báo chí số 103/2016/QH13" and "Kế hoạch số ..." belong to the numbered ones.
        numbers = next(iter(numbered(text[found.start : found.start + 260], 0)), None)
        if numbers is not None and numbers.start == 0:
            continue
        result.append(found)
    return result
