"""The part on organisation: which unit has which duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.outline import BULLET, Node, Outline
from nhipcau.plans.reading.parties import GIVES, leading_phrase
from nhipcau.plans.reading.reading import Responsibility, Role, Span, Words
from nhipcau.plans.reading.units import (
    begins_named_unit,
    begins_unit,
    split_units,
    verb_after_units,
)

if TYPE_CHECKING:
    from nhipcau.plans.reading.normalise import Line

_FAREWELL = expression(
    r"^(?:Trên đây là|Yêu cầu|Trong quá trình|Đề nghị (?:Thủ trưởng|các|các cơ quan)|UBND (?:tỉnh|thành phố|huyện|xã) yêu cầu|Kế hoạch này|Nhận được|Căn cứ (?:nội dung )?Kế hoạch)\b"
)
_LONGEST = 400
_FOR = expression(
    r"^(?:Đối với|Trách nhiệm của|Nhiệm vụ của|Về phía)\s+(?:các\s+(?=Sở|sở|cơ|đơn))?"
)


@dataclass(frozen=True, slots=True)
class _Subject:
    words: Words
    units: tuple[Words, ...]
    verb: str | None
    rest: str
    rest_start: int


def read_responsibilities(outline: Outline) -> tuple[Responsibility, ...]:
    """In printed order; one for each numbered item or paragraph that a unit begins."""
    found: list[Responsibility] = []
    sections = [
        node
        for node in outline.nodes
        if node.role is Role.ORGANISATION
        and (
            node.is_section
            or (node.parent is not None and node.parent.role is not Role.ORGANISATION)
        )
    ]
    children: dict[int, list[Node]] = {}
    for node in outline.nodes:
        if node.parent is not None:
            children.setdefault(id(node.parent), []).append(node)
    for node in outline.nodes:
        if node.role is Role.ORGANISATION and not node.is_section and node.parent is None:
            found += _of_node(node, children)  # its section's heading is lost
    for section in sections:
        found += _of_paragraphs(section.lines)
        for node in children.get(id(section), []):
            if not node.is_section:
                found += _of_node(node, children)
    return tuple(found)


def _of_node(node: Node, children: dict[int, list[Node]]) -> list[Responsibility]:
    below = children.get(id(node), [])
    subject = subject_of(node.title.text, node.title.span.start)
    if subject is None:
        # "1. Phân công nhiệm vụ": the units stand one step below.
        return [
            *_of_paragraphs(node.lines),
            *(duty for child in below for duty in _of_node(child, children)),
        ]
    duties = []
    if subject.rest.strip(" .;:"):
        duties.append(_words(subject.rest, subject.rest_start, 0.85))
    duties += [_duty(line) for line in _own(node.lines)]
    duties += [Words(child.title.text, child.title.span, 0.85) for child in below]
    return [Responsibility(subject.words, subject.units, tuple(duties), subject.verb)]


def _own(lines: list[Line]) -> list[Line]:
    """Lines of a duty; the closing paragraph of the document is none."""
    kept: list[Line] = []
    for line in lines:
        if line.row or line.note or _FAREWELL.match(line.text):
            break
        if line.text.startswith("+") and kept and not kept[0].text.startswith("+"):
            continue
        kept.append(line)
    return kept


def _duty(line: Line) -> Words:
    bullet = BULLET.match(line.text)
    cut = bullet.end() if bullet is not None else 0
    return _words(line.text[cut:], line.start + cut, 0.85)


def _words(text: str, start: int, confidence: float) -> Words:
    lead = len(text) - len(text.lstrip(" :,-"))
    shown = text.strip(" :,-")
    return Words(shown, Span(start + lead, start + lead + len(shown)), confidence)


def _of_paragraphs(lines: list[Line]) -> list[Responsibility]:
    """Organisation parts without numbers: paragraphs and bullets that a unit begins."""
    found: list[Responsibility] = []
    for line in lines:
        if line.row or line.note or _FAREWELL.match(line.text):
            break
        bullet = BULLET.match(line.text)
        cut = bullet.end() if bullet is not None else 0
        subject = subject_of(line.text[cut:], line.start + cut)
        if subject is not None:
            rest = (
                (_words(subject.rest, subject.rest_start, 0.75),)
                if subject.rest.strip(" .;:")
                else ()
            )
            found.append(Responsibility(subject.words, subject.units, rest, subject.verb))
        elif found:
            last = found[-1]
            found[-1] = Responsibility(
                last.unit, last.units, (*last.duties, _duty(line)), last.verb
            )
    return found


def subject_of(text: str, start: int) -> _Subject | None:
    """The unit or units that a heading or sentence begins with, and what is left of it."""
    cut = 0
    verb = None
    given = GIVES.match(text)
    if given is not None:
        verb, cut = given.group().strip(), given.end()
    aside = _FOR.match(text[cut:])
    if aside is not None and begins_unit(text[cut + aside.end() :]):
        cut += aside.end()
    cut += leading_phrase(text[cut:])
    body = text[cut:]
    if not begins_named_unit(body):
        return None
    colon = body.find(":")
    met = verb_after_units(body)
    if 0 <= colon <= _LONGEST and (
        met is None
        or colon <= met.start()
        or (begins_named_unit(body) and verb_after_units(body[:colon]) is None)
    ):
        end, rest_at = colon, colon + 1
    elif met is not None:
        end, rest_at = met.start(), met.start()
    elif len(body) <= _LONGEST and begins_named_unit(body):
        end = rest_at = len(body)
    else:
        return None
    listed = split_units(body[:end], start + cut, 0.85)
    if not listed:
        return None
    whole = Span(listed[0].span.start, listed[-1].span.end)
    shown = text[whole.start - start : whole.end - start]
    return _Subject(
        Words(shown, whole, 0.85), tuple(listed), verb, body[rest_at:], start + cut + rest_at
    )
