"""Builds the one fixed shape of `Source.text`; every format writes through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.source import BAR_IN_CELL, BREAK_IN_CELL, PAGE
from nhipcau.plans.reading.sources import refusals

if TYPE_CHECKING:
    from nhipcau.plans.reading.limits import Limits

# Everything that ends a line for some programme, so that no text can smuggle one in.
_LINE_ENDS = expression("\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = expression("[\x00-\x08\x0c\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SPACES = expression("[ \u00a0\u2007\u202f]{2,}")
_PRINTED_LINE = 50  # letters; no printed line of body text is shorter
_TORN_SHARE = 0.06  # of all lines go on in small letters; next to none do in sound documents
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def clean_lines(text: str) -> list[str]:
    """The lines of a paragraph (a hard line break parts them), free of controls and margins."""
    lines = _LINE_ENDS.split(text)
    return [_SPACES.sub(" ", _CONTROLS.sub("", line)).strip(" \t\u00a0") for line in lines]


@dataclass(slots=True)
class Cell:
    """One cell as it is printed; `lines` are paragraphs and hard line breaks alike."""

    lines: list[str] = field(default_factory=list)
    columns: int = 1
    continues: bool = False  # the cell above goes on here


class Lines:
    """Collects paragraphs, rows, pages and notes; raises NotReadable when it grows too long."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.characters
        self._size = 0
        self._lines: list[str] = []
        self._notes: list[str] = []

    def _add(self, lines: list[str], line: str) -> None:
        self._size += len(line) + 1
        if self._size > self._limit:
            raise refusals.too_long()
        lines.append(line)

    def paragraph(self, text: str) -> None:
        """Set off by a blank line; a hard line break starts another line without one."""
        lines = [line for line in clean_lines(text) if line]
        if lines:
            self._blank()
        for line in lines:
            self._add(self._lines, line)

    def _blank(self) -> None:
        if self._lines and self._lines[-1] not in {"", PAGE}:
            self._add(self._lines, "")

    def page(self) -> None:
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        if self._lines and self._lines[-1] != PAGE:
            self._add(self._lines, PAGE)

    def table(self, rows: list[list[Cell]]) -> None:
        """A table of one column is no table: what stands in it are paragraphs."""
        width = max((sum(cell.columns for cell in row) for row in rows), default=0)
        single = width <= 1 or all(len(row) <= 1 for row in rows)
        self._blank()
        for row in rows:
            if single:
                for cell in row:
                    for line in cell.lines:
                        self.paragraph(line)
            elif any(any(cell.lines) for cell in row):
                self._add(self._lines, row_line(row))

    def note(self, mark: str, text: str) -> None:
        self._add(self._notes, f"[^{mark}]: {' '.join(filter(None, clean_lines(text)))}")

    def text(self) -> str:
        """The whole; notes last. Raises NotReadable when there is no word in it."""
        while self._lines and self._lines[-1] in {"", PAGE}:
            self._lines.pop()
        if _wrapped_by_hand(self._lines):
            self._lines = [line for line in self._lines if line]
        whole = "\n".join(self._lines)
        if not any(character.isalnum() for character in whole):
            raise refusals.empty()
        return "\n".join([whole, *(["", *self._notes] if self._notes else []), ""])


def _wrapped_by_hand(lines: list[str]) -> bool:
    """Whether every printed line was made a paragraph, as text recognition and copying do.

    Then the ends of paragraphs say nothing, and the lines are left for the grammar to join.
    """
    filled = [line for line in lines if line and line != PAGE]
    torn = sum(
        len(above) >= _PRINTED_LINE and above[-1].isalnum() and below[0].islower()
        for above, below in pairwise(filled)
    )
    return torn >= 4 and torn > _TORN_SHARE * len(filled)


def row_line(row: list[Cell]) -> str:
    """``| a | b |``: a merged cell is printed once, the places it covers stay empty."""
    printed: list[str] = []
    for cell in row:
        lines = (
            [] if cell.continues else [line for text in cell.lines for line in clean_lines(text)]
        )
        words = BREAK_IN_CELL.join(line for line in lines if line)
        printed.append(words.replace("|", BAR_IN_CELL))
        printed.extend([""] * (cell.columns - 1))
    return "| " + " | ".join(printed) + " |"
