"""The order of a PDF: letter head, paragraphs over page ends, tables, notes, closing block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.sources.pdf_lines import (
    MARKER,
    Line,
    Measure,
    joined,
    lines_of,
    starts_anew,
)
from nhipcau.plans.reading.sources.pdf_tables import Grid, grids_of, rows_of
from nhipcau.plans.reading.sources.shape import Cell, Lines

if TYPE_CHECKING:
    from nhipcau.plans.reading.sources.pdf_page import Page, Word

_MOTTO = expression(r"CỘNG\s+H(?:ÒA|OÀ)|ĐẢNG\s+CỘNG\s+SẢN")
_RECIPIENTS = expression(r"Nơi\s+nhận|Nơi\s+gửi", re.IGNORECASE)
_HEAD_LINES = 14
_LIST_MARK = expression(r"[-–+*•]\s?")
_NOTE_START = expression(r"\[?(\d{1,3})\]?[.)]?\s*")
_SMALL = 0.9  # of the body's size: notes at the foot are set smaller


class Flow:
    """Writes pages one after another; a paragraph may run on over a page's end."""

    def __init__(self, lines: Lines) -> None:
        self._out = lines
        self._open: str | None = None
        self._before: Line | None = None
        self._turned = False
        self._marks: dict[str, str] = {}
        self._notes = 0
        self._last_heads: list[str] = []

    def turn_page(self) -> None:
        self._turned = True

    def close(self) -> None:
        self._end_paragraph()

    def page(self, page: Page, lines: list[Line], measure: Measure, *, first: bool) -> None:
        kept = {id(word) for line in lines for word in line.words}
        grids = grids_of(page.segments)
        boxed: list[tuple[Grid, list[Word]]] = []
        for grid in grids:
            inside = [word for word in page.words if id(word) in kept and grid.holds(word)]
            if inside:
                boxed.append((grid, inside))
                kept -= {id(word) for word in inside}
        lines = _only(lines, kept)
        notes = _foot(lines, measure)
        if notes:
            lines = lines[: -len(notes)]
        self._marks = self._number(notes)
        place = 0
        if first:
            place = self._head(lines, measure)
        while place < len(lines):
            while boxed and boxed[0][0].top > lines[place].middle:
                self._table(*boxed.pop(0))
            if _RECIPIENTS.match(lines[place].text()):
                place = self._closing(lines, place, measure)
                continue
            self._line(lines[place], measure)
            place += 1
        for grid, words in boxed:
            self._table(grid, words)
        self._write_notes(notes)

    def _line(self, line: Line, measure: Measure) -> None:
        words = line.text(self._marks)
        before = self._before
        if (
            self._open is not None
            and before is not None
            and not starts_anew(before, line, measure, same_page=not self._turned)
        ):
            self._open = joined(self._open, words)
        elif (
            self._open is not None
            and before is not None
            and self._broken_by_hand(before, line, measure)
        ):
            self._open = f"{self._open}\n{words}"
        else:
            self._end_paragraph()
            self._open = words
        self._before = line
        if self._turned and self._open is words:
            self._turned = False

    def _broken_by_hand(self, before: Line, line: Line, measure: Measure) -> bool:
        """Centred lines close below each other: a title, its lines ended where they look best."""
        return (
            not self._turned
            and measure.centred(line)
            and (measure.centred(before) or measure.between_margins(before))
            and before.y0 - line.y0 < 1.6 * line.size
        )

    def _end_paragraph(self) -> None:
        """Write what is open; a page that turned within it comes after it."""
        if self._open is not None:
            self._out.paragraph(self._open)
            self._open = None
        self._before = None
        if self._turned:
            self._out.page()
            self._turned = False

    def _table(self, grid: Grid, words: list[Word]) -> None:
        turned = self._turned
        self._end_paragraph()
        rows = rows_of(grid, words)
        heads = [" ".join(cell.lines) for cell in rows[0]]
        # A table that goes on after the page's end prints its head again.
        if turned and heads == self._last_heads and len(rows) > 1:
            rows = rows[1:]
        self._last_heads = heads
        self._out.table(rows)

    def _head(self, lines: list[Line], measure: Measure) -> int:
        """The two columns of the letter head as one row; the number of lines they took."""
        begun = _motto(lines[:6])
        if begun is None:
            return 0
        found, start = begun
        motto = lines[found]
        right_centre = (motto.words[start].x0 + motto.x1) / 2
        edge = motto.words[start - 1].x1 if start else measure.left
        split = (edge + motto.words[start].x0) / 2 if start else motto.words[0].x0 - 5
        left_centre = (measure.left + split) / 2
        columns: tuple[list[Word], list[Word]] = ([], [])
        end = 0
        for place, line in enumerate(lines[:_HEAD_LINES]):
            pieces = _parted(line, split)
            if place > found and any(
                _nearest(piece, left_centre, measure.centre, right_centre) == 1
                or piece.x1 - piece.x0 > 0.7 * (measure.right - measure.left)
                for piece in pieces
            ):
                break
            for piece in pieces:
                side = 0 if piece.centre < split else 1
                columns[side].extend(piece.words)
            end = place + 1
        self._row(columns)
        return end

    def _closing(self, lines: list[Line], start: int, measure: Measure) -> int:
        """Recipients beside the signature as one row; where the text goes on after them."""
        middle = measure.left + 0.5 * (measure.right - measure.left)
        columns: tuple[list[Word], list[Word]] = ([], [])
        place = start
        while place < len(lines):
            line = lines[place]
            pieces = line.pieces()
            lone = pieces[0] if len(pieces) == 1 else None
            if (
                lone
                and place > start + 2
                and (
                    measure.centred(lone)
                    or (
                        lone.x0 < middle - 20
                        and lone.x1 > middle + 0.3 * (measure.right - middle)
                        and not _LIST_MARK.match(lone.text())
                    )
                )
            ):
                break
            for piece in pieces:
                side = 0 if piece.x0 < middle - 20 and piece.centre < middle + 20 else 1
                columns[side].extend(piece.words)
            place += 1
        self._end_paragraph()
        left = _recipients(lines_of(columns[0]))
        right = [line.text() for line in lines_of(columns[1])]
        if right:
            self._out.table([[Cell(lines=left), Cell(lines=right)]])
        else:
            for words in left:
                self._out.paragraph(words)
        return place

    def _row(self, columns: tuple[list[Word], list[Word]]) -> None:
        self._end_paragraph()
        cells = [Cell(lines=[line.text() for line in lines_of(column)]) for column in columns]
        if cells[0].lines:
            self._out.table([cells])
        else:
            for words in cells[1].lines:
                self._out.paragraph(words)

    def _number(self, notes: list[Line]) -> dict[str, str]:
        """Printed mark -> mark in the text, counted through where each page begins again."""
        marks: dict[str, str] = {}
        for line in notes:
            found = _NOTE_START.match(line.text())
            if found and found[1] not in marks and _opens_note(line):
                self._notes += 1
                marks[found[1]] = str(self._notes)
        return marks

    def _write_notes(self, notes: list[Line]) -> None:
        texts: list[tuple[str, str]] = []
        for line in notes:
            words = line.text()
            found = _NOTE_START.match(words)
            if found and found[1] in self._marks and _opens_note(line):
                texts.append((self._marks[found[1]], words[found.end() :]))
            elif texts:
                mark, so_far = texts[-1]
                texts[-1] = (mark, joined(so_far, words))
        for mark, words in texts:
            self._out.note(mark, words)


def _only(lines: list[Line], kept: set[int]) -> list[Line]:
    left = [Line([word for word in line.words if id(word) in kept]) for line in lines]
    return [line for line in left if line.words]


def _motto(lines: list[Line]) -> tuple[int, int] | None:
    """The line and the word where the head of the right column begins."""
    for number, line in enumerate(lines):
        for start in range(len(line.words)):
            if _MOTTO.match(_rest(line, start)):
                return number, start
    return None


def _rest(line: Line, place: int) -> str:
    return " ".join(word.text for word in line.words[place : place + 3])


def _parted(line: Line, split: float) -> list[Line]:
    """Pieces of a line, parted at wide gaps and at the gap where the columns meet."""
    pieces = []
    for piece in line.pieces():
        left = [word for word in piece.words if word.centre < split]
        right = [word for word in piece.words if word.centre >= split]
        if left and right and right[0].x0 - left[-1].x1 > 0.5 * piece.size:
            pieces += [Line(left), Line(right)]
        else:
            pieces.append(piece)
    return pieces


def _nearest(piece: Line, *centres: float) -> int:
    return min(range(len(centres)), key=lambda n: abs(piece.centre - centres[n]))


def _opens_note(line: Line) -> bool:
    """A note opens with its number, set smaller than the note or higher."""
    first = line.words[0]
    return (
        len(line.words) > 1
        and first.text.strip("[].)").isdecimal()
        and (first.size < 0.85 * line.size or first.text.startswith("[") or line.words[1].glued)
    )


def _foot(lines: list[Line], measure: Measure) -> list[Line]:
    """The lines of notes at the foot of a page: set smaller, the first with its number."""
    if len(lines) < 3:
        return []
    sizes = sorted(line.size for line in lines)
    body = sizes[len(sizes) // 2]
    start = len(lines)
    while start and lines[start - 1].size < _SMALL * body:
        start -= 1
    while start < len(lines) and not _opens_note(lines[start]):
        start += 1
    return lines[start:]


def _recipients(lines: list[Line]) -> list[str]:
    """One entry a line; an entry that runs over two printed lines is whole again."""
    texts: list[str] = []
    for line in lines:
        words = line.text()
        if (
            texts
            and _LIST_MARK.match(texts[-1])
            and not MARKER.match(words)
            and not _LIST_MARK.match(words)
            and not texts[-1].endswith((";", "."))
        ):
            texts[-1] = joined(texts[-1], words)
        else:
            texts.append(words)
    return texts
