"""Writes a story as the blocks of a body: rich text, headings, tables, pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from nhipcau.translation.intake.notices import NoticeKind, Notices
from nhipcau.translation.intake.story import (
    Element,
    Entry,
    Grid,
    GridCell,
    Head,
    Span,
    Spans,
    Text,
    plain,
    trimmed,
)
from nhipcau.translation.manuscript import clean

LONGEST_TITLE = 300
LONGEST_HEADING = 300
LONGEST_CELL = 2_000
LONGEST_ALT = 500
MOST_COLUMNS = 30
_GUESSED_HEADING = 120
_BULLETS = frozenset("-–—•·*+o§▪◦●○■□→➢✓")
_DECIMAL = re.compile(r"(\d{1,4})[.)]?$")
_SAFE = re.compile(
    r"(?:https?://[^\s/?#\"<>]|mailto:[^\s\"<>]|tel:[+\d])[^\s\"<>]*$", re.IGNORECASE
)
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[.,\u00a0 ]?\d{3})*(?:[.,]\d+)?\s?%?$")
_ENDS_SENTENCE = re.compile(r"[.;:,!?…]\s*$")


def written(
    elements: Sequence[Element], alts: Sequence[str], notices: Notices
) -> tuple[str, tuple[dict[str, Any], ...]]:
    """The title and the blocks. `alts` are the alternative texts of the pictures, in order."""
    title, rest = _title(list(elements), notices)
    rest = _guessed_headings(rest, notices)
    levels = [element.level for element in rest if isinstance(element, Head)]
    writer = _Writer(alts, notices, top=min(levels, default=1))
    for element in rest:
        writer.take(element)
    writer.close()
    if not title:
        notices.add(NoticeKind.NO_TITLE)
    return title, tuple(writer.blocks)


def _title(elements: list[Element], notices: Notices) -> tuple[str, list[Element]]:
    """A marked title, else the first line when it is a heading or stands alone in bold."""
    for place, element in enumerate(elements):
        if isinstance(element, Head) and element.level == 0 and _fits(element.spans):
            return _line(element.spans), elements[:place] + elements[place + 1 :]
    first = elements[0] if elements else None
    more = len(elements) > 1
    if isinstance(first, Head) and first.level == 1 and _fits(first.spans):
        others = [e for e in elements[1:] if isinstance(e, Head) and e.level == 1]
        if not others:
            return _line(first.spans), elements[1:]
    if isinstance(first, Text) and first.bold_line and more and _fits(first.spans):
        notices.add(NoticeKind.TITLE_GUESSED, plain(first.spans))
        return _line(first.spans), elements[1:]
    return "", elements


def _fits(spans: Spans) -> bool:
    words = _line(spans)
    links = any(span.link or span.picture >= 0 for span in spans)
    return 0 < len(words) <= LONGEST_TITLE and not links


def _line(spans: Spans) -> str:
    return " ".join(clean(plain(spans)).split())


def _guessed_headings(elements: list[Element], notices: Notices) -> list[Element]:
    """Short lines in bold above ordinary text, in documents that mark no heading at all."""
    if any(isinstance(element, Head) for element in elements):
        return elements
    following: list[Element | None] = [below for _above, below in pairwise(elements)]
    found: list[Element] = []
    for element, below in zip(elements, [*following, None], strict=False):
        if (
            isinstance(element, Text)
            and element.bold_line
            and below is not None
            and not (isinstance(below, Text) and below.bold_line)
            and _fits(element.spans)
            and len(_line(element.spans)) <= _GUESSED_HEADING
            and not _ENDS_SENTENCE.search(plain(element.spans))
        ):
            notices.add(NoticeKind.HEADINGS_GUESSED, plain(element.spans))
            found.append(Head(1, element.spans))
        else:
            found.append(element)
    return found


@dataclass(slots=True)
class _Open:
    """A list that is being written."""

    ordered: bool
    last: int


@dataclass(slots=True)
class _Writer:
    alts: Sequence[str]
    notices: Notices
    top: int  # the level of the document's headings that becomes the body's upper one
    blocks: list[dict[str, Any]] = field(default_factory=list)
    _html: list[str] = field(default_factory=list)
    _lists: list[_Open] = field(default_factory=list)

    def take(self, element: Element) -> None:
        match element:
            case Text():
                self._end_lists()
                self._paragraph(element.spans)
            case Head():
                self._heading(element)
            case Entry():
                self._entry(element)
            case Grid():
                self._grid(element)

    def close(self) -> None:
        self._end_lists()
        if self._html:
            self.blocks.append({"type": "text", "value": "".join(self._html)})
            self._html = []

    def _paragraph(self, spans: Spans) -> None:
        """Pictures within a paragraph part it: each is a block of its own."""
        words: list[Span] = []
        for span in (*spans, None):
            if span is not None and span.picture < 0:
                words.append(span)
                continue
            if shown := self._marked(trimmed(tuple(words))):
                self._html.append(f"<p>{shown}</p>")
            words = []
            if span is not None:
                self.close()
                alt = clean(" ".join(self.alts[span.picture].split()))[:LONGEST_ALT]
                value = {"picture": span.picture, "alt": alt, "decorative": False, "caption": ""}
                self.blocks.append({"type": "picture", "value": value})

    def _heading(self, head: Head) -> None:
        words = _line(head.spans)
        pictured = any(span.picture >= 0 for span in head.spans)
        linked = any(span.link for span in head.spans)
        if not words or pictured or linked or len(words) > LONGEST_HEADING:
            self._end_lists()
            self._paragraph(head.spans)
            return
        self.close()
        level = "2" if head.level <= self.top else "3"
        self.blocks.append({"type": "heading", "value": {"text": words, "level": level}})

    def _entry(self, entry: Entry) -> None:
        number = _DECIMAL.match(entry.mark)
        bulleted = entry.mark in _BULLETS or not entry.mark
        pictured = any(span.picture >= 0 for span in entry.spans)
        shown = self._marked(trimmed(entry.spans))
        depth = min(entry.depth, len(self._lists), 5)
        expected = 1
        if len(self._lists) > depth and self._lists[depth].ordered:
            expected = self._lists[depth].last + 1
        counted = number is not None and int(number[1]) == expected
        if pictured or not shown or not (bulleted or counted):
            # A mark that a page would not draw the same way is kept as words.
            self._end_lists()
            mark = () if bulleted else (Span(f"{entry.mark} "),)
            self._paragraph((*mark, *entry.spans))
            return
        self._open_list(depth, ordered=not bulleted)
        if not bulleted:
            self._lists[depth].last = expected
        self._html.append(f"<li>{shown}")

    def _open_list(self, depth: int, *, ordered: bool) -> None:
        while len(self._lists) > depth + 1:
            self._close_list()
        if len(self._lists) == depth + 1:
            if self._lists[-1].ordered == ordered:
                self._html.append("</li>")
                return
            self._close_list()
        self._lists.append(_Open(ordered, 0))
        self._html.append("<ol>" if ordered else "<ul>")

    def _close_list(self) -> None:
        self._html.append("</li></ol>" if self._lists.pop().ordered else "</li></ul>")

    def _end_lists(self) -> None:
        while self._lists:
            self._close_list()

    def _marked(self, spans: Spans) -> str:
        return "".join(self._span(span) for span in spans if span.picture < 0)

    def _span(self, span: Span) -> str:
        shown = html.escape(clean(span.text), quote=False).replace("\n", "<br/>")
        if not shown:
            return ""
        if not shown.strip():
            return shown
        if span.raised in {"sup", "sub"}:
            shown = f"<{span.raised}>{shown}</{span.raised}>"
        if span.italic:
            shown = f"<i>{shown}</i>"
        if span.bold:
            shown = f"<b>{shown}</b>"
        if span.link:
            if _SAFE.match(span.link):
                return f'<a href="{html.escape(span.link)}">{shown}</a>'
            if not span.link.startswith("#"):
                self.notices.add(NoticeKind.UNSAFE_LINK, span.link)
        return shown

    def _grid(self, grid: Grid) -> None:
        rows = [row for row in grid.rows if any(cell.lines or cell.covered for cell in row)]
        width = max((len(row) for row in rows), default=0)
        first = next((_cell(cell) for row in rows for cell in row if _cell(cell)), "")
        if not rows or (not first and not _pictures(rows)):
            return
        long = any(len(_cell(cell)) > LONGEST_CELL for row in rows for cell in row)
        if width <= 1 or long or width > MOST_COLUMNS or _pictures(rows):
            self._as_paragraphs(grid, rows, first)
            return
        if grid.merged:
            self.notices.add(NoticeKind.MERGED_CELLS, first)
        heads = grid.heads or int(all(cell.bold or not cell.lines for cell in rows[0]))
        heads = min(heads, 1) if len(rows) > 1 else 0
        if not heads:
            self.notices.add(NoticeKind.NO_TABLE_HEADS, first)
        self.close()
        body = [[_cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows[heads:]]
        head = [_cell(cell) for cell in rows[0]] if heads else []
        head += [""] * (width - len(head))
        columns = [
            {
                "type": "number" if _numeric(row[place] for row in body) else "text",
                "heading": words,
            }
            for place, words in enumerate(head)
        ]
        value = {
            "columns": columns,
            "rows": [{"values": row} for row in body],
            "caption": clean(grid.caption),
        }
        self.blocks.append({"type": "table", "value": value})

    def _as_paragraphs(self, grid: Grid, rows: list[list[GridCell]], first: str) -> None:
        self.notices.add(NoticeKind.TABLE_AS_TEXT, first)
        self._end_lists()
        if grid.caption:
            self._paragraph((Span(grid.caption),))
        for row in rows:
            for cell in row:
                for line in cell.lines:
                    self._paragraph(line)


def _cell(cell: GridCell) -> str:
    """The words of a cell; a link's address is told behind its words, since cells have no links."""
    lines = []
    for spans in cell.lines:
        words = ""
        for number, span in enumerate(spans):
            words += span.text
            following = spans[number + 1].link if number + 1 < len(spans) else ""
            if _SAFE.match(span.link) and span.link != following and span.link not in words:
                words += f" ({span.link})"
        lines.append(" ".join(clean(words).split()))
    return " ".join(line for line in lines if line)


def _pictures(rows: list[list[GridCell]]) -> bool:
    return any(
        span.picture >= 0 for row in rows for cell in row for spans in cell.lines for span in spans
    )


def _numeric(values: Iterable[str]) -> bool:
    told = [value for value in values if value]
    return bool(told) and all(_NUMBER.match(value) for value in told)
