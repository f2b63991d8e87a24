"""The numbered tree: sections, nodes below them, and the lines that belong to each.

The printed numerals rule; the levels that markup gives to headings are not asked. A path is the
sections' steps followed by the printed number ("II" and "4.2.1" and "đ": "II.4.2.1.đ").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.normalise import LOWER, UPPER
from nhipcau.plans.reading.reading import Role, Span, Words
from nhipcau.plans.reading.roles import role_of_section
from nhipcau.plans.reading.units import begins_named_unit, verb_after_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.plans.reading.normalise import Line

PART, CAPITAL, ARTICLE, ROMAN, ARABIC, LETTER, INNER = 0, 1, 2, 3, 4, 20, 30
_ALPHABET = "abcdđeêghiklmnoôơpqrstuưvxy"

_PART = expression(
    r"^(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?P<label>[IVX]{1,5}|\d{1,2}|(?:thứ|THỨ)\s+(?P<word>\w+)|(?:MỘT|HAI|BA|BỐN|NĂM)|(?:Một|Hai|Ba|Bốn))\b\s*[.:\-–]*\s*"
)
_ARTICLE = expression(r"^(?:Điều|ĐIỀU)\s+(?P<label>\d{1,3})\s?[.:]\s*")
_ROMAN = expression(r"^(?P<label>[IVXLl]{1,6}|[IVX]{1,4}[a-c]?)\s?[.)/:\-–]+\s*(?=\S)")
_ROMAN_WITHOUT_POINT = expression(
    rf"^(?P<label>[IVX]{{1,4}})\s+(?=[{UPPER}]{{2,}}[{UPPER}\s,;–-]{{5,}}$)"
)
_CAPITAL = expression(rf"^(?P<label>[A-HĐ])\s?[.)/:\-–]\s*(?=[{UPPER}])")
_DECIMAL = expression(r"^(?P<label>[1-9]\d?(?:\.[1-9]\d?){1,5})(?:\s?[.):\-–/]+\s*|\s+)(?=\S)")
_ARABIC = expression(rf"^(?P<label>[1-9]\d?)(?P<mark>\s?[.)/:]|\s?[-–](?=\s?[{UPPER}]))\s*(?=\D)")
_LETTER = expression(rf"^(?P<label>[{_ALPHABET}])\s?[.)/]\s*(?=\S)")
_BARE = expression(
    rf"^(?:(?P<roman>[IVX]{{1,5}})|(?P<decimal>[1-9]\d?(?:\.[1-9]\d?){{0,5}})|(?P<letter>[{_ALPHABET}]))\s?[.):]$"
)
BULLET = expression(r"^(?:[-–—+•●▪◦*■□§→✓➢❖]|o(?=\s)|\(\d{1,2}\))\s*")
_ORDINALS = {
    "nhất": "I", "một": "I", "hai": "II", "ba": "III", "tư": "IV", "bốn": "IV", "năm": "V", "sáu": "VI", "bảy": "VII",
}  # fmt: skip
_CAPITALS = expression(rf"^[^{LOWER}]+$")


@dataclass(slots=True)
class Node:
    """A numbered paragraph. `lines` are its own further lines, up to the next number."""

    rank: int
    steps: tuple[str, ...]
    title: Words
    start: int
    line: int
    parent: Node | None = None
    lines: list[Line] = field(default_factory=list)
    is_section: bool = False
    role: Role | None = None
    path: str = ""
    confidence: float = 0.95

    @property
    def end(self) -> int:
        return self.lines[-1].end if self.lines else self.title.span.end


@dataclass(slots=True)
class Outline:
    """`preface` are the lines before the first number."""

    nodes: list[Node] = field(default_factory=list)
    preface: list[Line] = field(default_factory=list)

    @property
    def sections(self) -> list[Node]:
        return [node for node in self.nodes if node.is_section]


@dataclass(frozen=True, slots=True)
class _Mark:
    rank: int
    label: str
    length: int
    steps: tuple[str, ...] = ()
    style: str = "."


def _mark(text: str, last_letter: str | None, *, arabic_style: str | None) -> _Mark | None:
    part = _PART.match(text)
    if part is not None:
        word = (part.group("word") or part.group("label")).casefold()
        return _Mark(PART, _ORDINALS.get(word, part.group("label").upper()), part.end())
    article = _ARTICLE.match(text)
    if article is not None:
        return _Mark(ARTICLE, article.group("label"), article.end())
    roman = _ROMAN.match(text) or _ROMAN_WITHOUT_POINT.match(text)
    if roman is not None and _is_roman(roman.group("label"), text[roman.end() :]):
        return _Mark(ROMAN, roman.group("label").replace("l", "I"), roman.end())
    decimal = _DECIMAL.match(text)
    if decimal is not None:
        steps = tuple(decimal.group("label").split("."))
        return _Mark(ARABIC + len(steps) - 1, steps[-1], decimal.end(), steps)
    arabic = _ARABIC.match(text)
    if arabic is not None:
        style = arabic.group("mark").strip()
        rank = INNER if style == ")" and arabic_style not in {None, ")"} else ARABIC
        return _Mark(rank, arabic.group("label"), arabic.end(), (arabic.group("label"),), style)
    letter = _LETTER.match(text)
    if letter is not None and _follows(letter.group("label"), last_letter):
        return _Mark(LETTER, letter.group("label"), letter.end())
    capital = _CAPITAL.match(text)
    if capital is not None:
        return _Mark(CAPITAL, capital.group("label"), capital.end())
    return None


def _is_roman(label: str, rest: str) -> bool:
    if "l" in label:
        return label.replace("l", "I") in {"I", "II", "III", "VI", "VII", "VIII"} and rest.isupper()
    return bool(re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})[a-c]?", label)) and (
        rest[:1].isupper() or rest[:1] in '“"' or not rest
    )


def _follows(letter: str, last: str | None) -> bool:
    """Letters count up from a; a word of one letter is no number."""
    if letter == "a":
        return True
    return last is not None and 0 < _ALPHABET.index(letter) - _ALPHABET.index(last) <= 4


def read_outline(lines: Sequence[Line]) -> Outline:
    outline = Outline()
    stack: list[Node] = []
    arabic_style: str | None = None
    place = 0
    while place < len(lines):
        line = lines[place]
        last_letter = next(
            (node.steps[-1] for node in reversed(stack) if node.rank == LETTER), None
        )
        bare = _BARE.match(line.text)
        mark = None
        if not line.row and not line.note:
            mark = _mark(line.text, last_letter, arabic_style=arabic_style)
            if (
                mark is None
                and bare is not None
                and place + 1 < len(lines)
                and not lines[place + 1].row
            ):
                # The number stands alone on its line, its words on the next.
                mark = _mark(
                    f"{line.text} {lines[place + 1].text}", last_letter, arabic_style=arabic_style
                )
        if mark is None or (mark.rank == ARABIC and _is_stray(mark, stack, line)):
            (stack[-1].lines if stack else outline.preface).append(line)
            place += 1
            continue
        words_line, cut = line, mark.length
        if bare is not None and mark.length >= len(line.text):
            place += 1
            words_line, cut = lines[place], max(0, mark.length - len(line.text) - 1)
        if mark.rank <= ROMAN:
            arabic_style = None
        elif mark.rank == ARABIC:
            arabic_style = arabic_style or mark.style
        while stack and _stands_beside(stack[-1], mark):
            stack.pop()
        node = _node(
            mark,
            words_line,
            cut,
            start=line.start,
            place=place,
            parent=stack[-1] if stack else None,
        )
        place = _take_rest_of_heading(node, lines, place + 1)
        stack.append(node)
        outline.nodes.append(node)
    _name_sections(outline)
    _name_paths(outline)
    return outline


def _stands_beside(node: Node, mark: _Mark) -> bool:
    """Whether the new number cannot stand below the node."""
    if node.rank >= mark.rank:
        return True
    return (
        mark.rank > ARABIC
        and bool(mark.steps)
        and ARABIC <= node.rank < LETTER
        and mark.steps[: len(node.steps)] != node.steps
    )


def _is_stray(mark: _Mark, stack: list[Node], line: Line) -> bool:
    """A number far out of order in running text is no heading."""
    last = next((int(node.steps[0]) for node in reversed(stack) if ARABIC <= node.rank < LETTER), 0)
    number = int(mark.label)
    return number > last + 6 and not (line.bold or line.heading) and number > 8


def _node(
    mark: _Mark, line: Line, cut: int, *, start: int, place: int, parent: Node | None
) -> Node:
    text = line.text[cut:]
    shown = text.rstrip()
    return Node(
        mark.rank,
        mark.steps or (mark.label,),
        Words(shown, Span(line.start + cut, line.start + cut + len(shown)), 0.95),
        start,
        place,
        parent,
    )


def _take_rest_of_heading(node: Node, lines: Sequence[Line], place: int) -> int:
    """A heading in capitals may go on in the next lines."""
    if node.rank > ROMAN or (node.title.text and not _CAPITALS.match(node.title.text)):
        return place
    if (
        not node.title.text
        and place < len(lines)
        and node.rank == PART
        and len(lines[place].text) < 200
    ):
        line = lines[place]
        node.title = Words(line.text, Span(line.start, line.end), 0.85)
        place += 1
    while place < len(lines):
        line = lines[place]
        if (
            not _CAPITALS.match(line.text)
            or BULLET.match(line.text)
            or line.row
            or len(line.text) < 3
        ):
            break
        if _mark(line.text, None, arabic_style=None) is not None:
            break
        if node.title.text and (line.blank_before and node.title.text[-1:] in ".:;"):
            break
        span = Span(line.start, line.end)
        node.title = (
            node.title.followed_by(line.text, span)
            if node.title.text
            else Words(line.text, span, 0.9)
        )
        place += 1
    return place


def _name_lost_sections(tops: list[Node]) -> bool:
    """Give parts their role where numbers begin again because the headings above them are lost.

    True where that is so: then the parts have no sections to name.
    """
    firsts = [place for place, node in enumerate(tops) if node.steps == ("1",)]
    if len(firsts) < _PARTS:
        return False
    for begin, end in zip(firsts, [*firsts[1:], len(tops)], strict=True):
        part = tops[begin:end]
        heads = [node.title.text.split(":")[0] for node in part]
        if all(begins_named_unit(head) and verb_after_units(head) is None for head in heads):
            role: Role | None = Role.ORGANISATION
        else:
            role = next((found for found in map(role_of_section, heads) if found), None)
        for node in part:
            node.role = role
    return True


# Purpose, content and organisation: fewer parts may be a slip of numbering.
_PARTS = 3


def _name_sections(outline: Outline) -> None:
    ranks = {node.rank for node in outline.nodes}
    heads = [rank for rank in (PART, CAPITAL, ARTICLE, ROMAN) if rank in ranks]
    tops = [node for node in outline.nodes if node.rank == ARABIC and node.parent is None]
    lost = not heads and _name_lost_sections(tops)
    for node in tops if heads else ():
        # A heading above the first numbers is lost: "1. Mục đích" still says what it is.
        role = role_of_section(node.title.text.split(":")[0])
        node.role = role if role is Role.PURPOSE else node.role
    if not heads and not lost:
        tops = [node for node in outline.nodes if node.rank == ARABIC]
        roles = {
            role_of_section(node.title.text.split(":")[0])
            for node in tops
            if len(node.title.text) < 400
        }
        if roles & {Role.PURPOSE, Role.ORGANISATION} and len(tops) > 1:
            heads = [ARABIC]
    for node in outline.nodes:
        node.is_section = node.rank in heads
        if node.is_section:
            title = node.title.text if node.title.text.isupper() else node.title.text.split(":")[0]
            node.role = role_of_section(title)
        above = node.parent.role if node.parent is not None else None
        if not node.is_section and above in _BESIDE_CONTENT:
            own = role_of_section(node.title.text.split(":")[0])
            node.role = own if own in _BESIDE_CONTENT else above
            continue
        if (
            not node.is_section
            or node.role is None
            or (above not in {None, Role.CONTENT} and node.role is Role.CONTENT)
        ):
            node.role = above if above is not None else node.role


def _name_paths(outline: Outline) -> None:
    """Printed steps joined; a repeated number gets "#2". A content section keeps its numeral."""
    twins: dict[tuple[int, str], list[Node]] = {}
    for node in outline.nodes:
        twins.setdefault((id(_above(node)), ".".join(node.steps)), []).append(node)
    suffix: dict[int, str] = {}
    for group in twins.values():
        if len(group) > 1:
            first = next(
                (
                    node
                    for node in group
                    if (node.is_section or node.parent is None) and node.role in _OF_CONTENT
                ),
                group[0],
            )
            others = [node for node in group if node is not first]
            suffix |= {id(node): f"#{count}" for count, node in enumerate(others, start=2)}
    for node in outline.nodes:
        above = _above(node)
        own = ".".join(node.steps) + suffix.get(id(node), "")
        node.path = own if above is None else f"{above.path}.{own}"


# Parts that often share one heading: "KINH PHÍ VÀ TỔ CHỨC THỰC HIỆN".
_BESIDE_CONTENT = {Role.FUNDING, Role.ORGANISATION}
_OF_CONTENT = {Role.CONTENT, None}


def _above(node: Node) -> Node | None:
    """The node whose path goes before: "4.2" stands beside "4", not below it."""
    above = node.parent
    if ARABIC <= node.rank < LETTER:
        while above is not None and ARABIC <= above.rank < LETTER:
            above = above.parent
    if above is not None and above.rank == ARTICLE and node.rank in {ROMAN, CAPITAL}:
        return None
    return above
