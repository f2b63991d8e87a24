"""Word documents (.docx, .docm, .dotx): the body in order, as printed.

Headers, footers and comments are left out; text boxes follow the paragraph they hang on.
The body is parsed as a stream, so a plan of any length costs a few megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.limits import DEFAULT, Limits
from nhipcau.plans.reading.source import Format, Source
from nhipcau.plans.reading.sources import package, refusals
from nhipcau.plans.reading.sources.docx_styles import (
    Styles,
    child,
    named_children,
    numbering_of,
    switch,
    value,
)
from nhipcau.plans.reading.sources.docx_text import PAGE_BREAK, Walker, local
from nhipcau.plans.reading.sources.notices import Notice
from nhipcau.plans.reading.sources.numbering import Numbering, read_numbering
from nhipcau.plans.reading.sources.shape import Cell, Lines

if TYPE_CHECKING:
    from lxml import etree

FORMAT = Format.DOCX
_TAGS = tuple(
    "{*}" + name
    for name in ("p", "tbl", "tr", "tc", "tcPr", "trPr", "txbxContent", "Fallback", "altChunk")
)
_WORD = ("wordprocessingml/2006/main", "ooxml/wordprocessingml/main")  # usual and strict
_WIDEST = 63  # columns that Word itself allows


def recognises(data: bytes) -> bool:
    """Any zip: what is no document inside is refused by what it is."""
    return data.startswith((package.ZIP, b"PK\x05\x06"))


def load(data: bytes, limits: Limits = DEFAULT) -> Source:
    opened, main = package.open_document(data, limits)
    related = {kind.rpartition("/")[2]: part for kind, part in opened.relations(_rels(main), main)}
    styles = Styles(opened.tree(related.get("styles", "")))
    numbers = opened.tree(related.get("numbering", ""))
    numbering = Numbering() if numbers is None else read_numbering(numbers, styles.numbering_styles)
    body = _Body(Walker(styles), numbering, Lines(limits), limits)
    for event, element in opened.events(main, ("start", "end"), _TAGS):
        body.take(event, element)
    body.close()
    _notes(opened, related, body)
    try:
        text = body.lines.text()
    except NotReadable as refusal:
        if refusal.reason is Refusal.EMPTY and Notice.PICTURES in body.walker.notices:
            raise refusals.scan() from None
        raise
    return Source(text=text, format=FORMAT, notices=tuple(sorted(body.walker.notices)))


def _rels(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


@dataclass(slots=True)
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    row_deleted: bool = False


@dataclass(slots=True)
class _Frame:
    """Where paragraphs go: the body (`lines` unused), a cell or a text box."""

    cell: Cell | None = None
    box: list[str] | None = None
    carried: str = ""  # a paragraph whose end was deleted goes on in the next
    tables: list[_Table] = field(default_factory=list)


class _Body:
    def __init__(self, walker: Walker, numbering: Numbering, lines: Lines, limits: Limits) -> None:
        self.walker = walker
        self.lines = lines
        self._numbering = numbering
        self._depth_limit = limits.depth
        self._frames = [_Frame()]
        self._boxes: list[str] = []
        self._fallback = 0

    def take(self, event: str, element: etree._Element) -> None:
        name = local(element)
        if name == "Fallback":
            self._fallback += 1 if event == "start" else -1
            if event == "end":
                element.clear()
            return
        if self._fallback or not any(ns in str(element.tag) for ns in _WORD):
            return
        if event == "start":
            self._opened(name)
        else:
            self._closed(name, element)

    def close(self) -> None:
        if self._frames[0].carried:
            self.lines.paragraph(self._frames[0].carried)

    def _opened(self, name: str) -> None:
        top = self._frames[-1]
        if name == "tbl":
            top.tables.append(_Table())
        elif name == "tr" and top.tables:
            top.tables[-1].row = []
            top.tables[-1].row_deleted = False
        elif name == "tc":
            self._frames.append(_Frame(cell=Cell()))
        elif name == "txbxContent":
            self._frames.append(_Frame(box=[]))
        elif name == "altChunk":
            self.walker.notices.add(Notice.EMBEDDED)
        if len(self._frames) > self._depth_limit:
            raise refusals.bomb()

    def _closed(self, name: str, element: etree._Element) -> None:
        top = self._frames[-1]
        if name == "p":
            self._paragraph(element)
        elif name == "tcPr" and top.cell is not None:
            _shape_cell(top.cell, element)
        elif name == "trPr" and top.tables:
            top.tables[-1].row_deleted = child(element, "del") is not None
        elif name == "tc" and top.cell is not None:
            self._frames.pop()
            self._add_cell(top.cell, top.carried)
        elif name == "txbxContent" and top.box is not None:
            self._frames.pop()
            self._boxes += top.box
        elif name == "tr" and top.tables:
            table = top.tables[-1]
            if table.row_deleted:
                self.walker.notices.add(Notice.TRACKED_CHANGES)
            else:
                table.rows.append(table.row)
        elif name == "tbl" and top.tables:
            self._add_table(top.tables.pop())
        if name in {"p", "tr", "tbl"}:
            _forget(element)

    def _add_cell(self, cell: Cell, carried: str) -> None:
        if carried:
            cell.lines.append(carried)
        tables = self._frames[-1].tables
        if tables:
            row = tables[-1].row
            if cell.columns == 0 and row:  # merged into the cell on its left
                row[-1].columns += 1
                row[-1].lines += cell.lines
            else:
                cell.columns = max(cell.columns, 1)
                row.append(cell)

    def _add_table(self, table: _Table) -> None:
        top = self._frames[-1]
        if top.cell is None and top.box is None:
            self.lines.table(table.rows)
            return
        # A table within a table is flattened: each of its cells gives lines of the outer one.
        for row in table.rows:
            for cell in row:
                self._write([line for line in cell.lines if line and not cell.continues])

    def _write(self, lines: list[str]) -> None:
        top = self._frames[-1]
        if top.cell is not None:
            top.cell.lines += lines
        elif top.box is not None:
            top.box += lines
        else:
            for line in lines:
                self.lines.paragraph(line)

    def _paragraph(self, element: etree._Element) -> None:
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self.walker.styles.default_paragraph
        in_body = self._frames[-1].cell is None and self._frames[-1].box is None
        if in_body and switch(named_children(properties), "pageBreakBefore"):
            self.lines.page()
        words = self.walker.words(element, style)
        mark = self._mark(properties, style)
        if mark and words.strip():
            words = f"{mark} {words.lstrip()}"
        top = self._frames[-1]
        words = top.carried + words
        top.carried = ""
        if child(child(properties, "rPr"), "del") is not None:
            self.walker.notices.add(Notice.TRACKED_CHANGES)
            top.carried = words
            return
        boxes: list[str] = []
        if top.box is None:  # a box within a box waits for the paragraph outside
            boxes, self._boxes = self._boxes, []
        if in_body:
            self._body_paragraph(words, boxes, properties)
        else:
            self._write([words.replace(PAGE_BREAK, "\n"), *boxes])

    def _body_paragraph(
        self, words: str, boxes: list[str], properties: etree._Element | None
    ) -> None:
        first, *later = words.split(PAGE_BREAK)
        if first.strip() or not (later or boxes):
            self.lines.paragraph(first)
        for part in later:
            self.lines.page()
            if part.strip():
                self.lines.paragraph(part)
        for line in boxes:
            self.lines.paragraph(line)
        section = child(properties, "sectPr")
        if section is not None and value(child(section, "type")) not in {
            "continuous",
            "nextColumn",
        }:
            self.lines.page()

    def _mark(self, properties: etree._Element | None, style: str) -> str:
        styles = self.walker.styles
        number, level = numbering_of(properties)
        if number is None:
            look = styles.look(style)
            number = look.number
            if number and level is None:
                level = look.level
                if level is None:
                    holder = styles.holder_of_number(style)
                    level = self._numbering.level_of_style(number, holder)
        if not number or number == "0":
            return ""
        return self._numbering.mark(number, level or 0).strip()


def _shape_cell(cell: Cell, properties: etree._Element) -> None:
    span = value(child(properties, "gridSpan"), default="1")
    cell.columns = min(max(int(span), 1), _WIDEST) if span.isdecimal() and len(span) < 5 else 1
    vertical = child(properties, "vMerge")
    cell.continues = vertical is not None and value(vertical, default="continue") != "restart"
    across = child(properties, "hMerge")
    if across is not None and value(across, default="continue") != "restart":
        cell.columns = 0


def _forget(element: etree._Element) -> None:
    """Free what has been read: the element's insides and its siblings before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _notes(opened: package.Package, related: dict[str, str], body: _Body) -> None:
    wanted = {note: place for place, note in enumerate(body.walker.notes, start=1)}
    found: dict[int, str] = {}
    for kind in ("footnote", "endnote"):
        part = related.get(kind + "s", "")
        if part not in opened.names or not any(name == kind for name, _ in wanted):
            continue
        for _, element in opened.events(part, ("end",), ("{*}" + kind,)):
            place = wanted.get((kind, value(element, "id")))
            if place is not None and place not in found:
                paragraphs = element.iter("{*}p")
                styles = body.walker.styles
                found[place] = "\n".join(
                    body.walker.words(
                        p, value(child(child(p, "pPr"), "pStyle")) or styles.default_paragraph
                    )
                    for p in paragraphs
                )
            _forget(element)
    for place, text in sorted(found.items()):
        body.lines.note(str(place), text)
