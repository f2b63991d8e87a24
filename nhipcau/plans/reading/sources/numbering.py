"""The numbers that a word processor draws before paragraphs, written out as they were shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_LEVELS = 9
_PLACE = expression(r"%([1-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_SHOWN_BULLETS = frozenset("-+*•–—")
_LARGEST = 1_000_000


def roman(number: int) -> str:
    """Capital Roman numeral; digits where Rome had none."""
    if not 0 < number < 4000:
        return str(number)
    letters = []
    for value, letter in _ROMAN:
        times, number = divmod(number, value)
        letters.append(letter * times)
    return "".join(letters)


def letters(number: int) -> str:
    """The Latin alphabet as Word and HTML count: a ... z, aa, bb ... (no đ)."""
    if not 0 < number < 26 * 40:
        return str(number)
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def shown(number: int, kind: str) -> str:
    """The number in one of Word's formats; unknown formats are shown in digits."""
    match kind:
        case "upperRoman":
            return roman(number)
        case "lowerRoman":
            return roman(number).lower()
        case "lowerLetter":
            return letters(number)
        case "upperLetter":
            return letters(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is drawn."""

    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    legal: bool = False  # all numbers in digits
    restart: int | None = None  # level (from 1) whose step resets this one; 0: never
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int]  # level -> value with which the first use of this list begins
    used: bool = False


@dataclass(slots=True)
class Numbering:
    """Counters of all lists of one document; ask `mark` once per paragraph, in order."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a paragraph style is tied to; the first where none is."""
        found = self.lists.get(number)
        levels = found.levels.items() if found else ()
        return next((place for place, level in levels if level.style == style), 0)

    def mark(self, number: str, place: int) -> str:
        """Count one paragraph of list `number` at level `place` (from 0); what stands before it."""
        found = self.lists.get(number)
        if found is None or not 0 <= place < _LEVELS:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        if not found.used:
            found.used = True
            for step, value in found.restarts.items():
                counters[step] = value - 1
                counters[step + 1 :] = [None] * (_LEVELS - step - 1)
        level = found.levels.get(place, Level())
        for above in range(place):
            if counters[above] is None:
                counters[above] = found.levels.get(above, Level()).start
        now = counters[place]
        counters[place] = level.start if now is None else min(now + 1, _LARGEST)
        for below in range(place + 1, _LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or (restart and restart > place):
                counters[below] = None
        if level.kind == "bullet":
            return level.pattern if level.pattern in _SHOWN_BULLETS else "-"
        return _PLACE.sub(
            lambda match: self._number(found, level, int(match[1]) - 1), level.pattern
        )

    def _number(self, found: _List, drawn: Level, place: int) -> str:
        level = found.levels.get(place, Level())
        value = self._counters[found.abstract][place]
        kind = "decimal" if drawn.legal and level.kind != "none" else level.kind
        return shown(level.start if value is None else value, kind)


def _value(element: etree._Element | None, default: str = "") -> str:
    """The `val` of an element, whatever namespace prefix it carries."""
    if element is None:
        return default
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("val")), default)


def _named(element: etree._Element, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}" + name)), "")


def _integer(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,7}", text) else default


def _levels(element: etree._Element) -> Iterator[tuple[int, Level]]:
    for child in element.iterchildren("{*}lvl"):
        restart = child.find("{*}lvlRestart")
        legal = child.find("{*}isLgl")
        yield (
            _integer(_named(child, "ilvl"), 0),
            Level(
                start=_integer(_value(child.find("{*}start")), 1),
                kind=_value(child.find("{*}numFmt"), "decimal"),
                pattern=_value(child.find("{*}lvlText")),
                legal=legal is not None and _value(legal, "1") not in {"0", "false"},
                restart=None if restart is None else _integer(_value(restart), 0),
                style=_value(child.find("{*}pStyle")) or None,
            ),
        )


def read_numbering(root: etree._Element, style_lists: dict[str, str]) -> Numbering:
    """`numbering.xml` as counters. `style_lists`: numbering style -> number of its list."""
    abstracts: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}
    for element in root.iterchildren("{*}abstractNum"):
        key = _named(element, "abstractNumId")
        abstracts[key] = dict(_levels(element))
        if style := _value(element.find("{*}numStyleLink")):
            linked[key] = style
    numbers = {_named(element, "numId"): element for element in root.iterchildren("{*}num")}
    own = {number: _value(e.find("{*}abstractNumId")) for number, e in numbers.items()}
    numbering = Numbering()
    for number, element in numbers.items():
        abstract = own[number]
        if abstract in linked:
            abstract = own.get(style_lists.get(linked[abstract], ""), abstract)
        levels = dict(abstracts.get(abstract, {}))
        restarts: dict[int, int] = {}
        for override in element.iterchildren("{*}lvlOverride"):
            place = _integer(_named(override, "ilvl"), 0)
            levels |= dict(_levels(override))
            begin = override.find("{*}startOverride")
            if begin is not None and 0 <= place < _LEVELS:
                restarts[place] = _integer(_value(begin), 1)
                levels[place] = replace(levels.get(place, Level()), start=restarts[place])
        numbering.lists[number] = _List(abstract, levels, restarts)
    return numbering
