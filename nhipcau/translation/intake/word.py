"""A Word document (.docx, .docm) as a story. Runs in a process of its own: see `isolated`.

Opened by the means of the plan reader (`plans.reading.sources`), which trust no size, name or
count that the file declares. Macros, embedded objects and what lies outside are never followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from nhipcau.plans.reading.limits import Limits
from nhipcau.plans.reading.sources import kinds, package, refusals
from nhipcau.plans.reading.sources.docx_styles import (
    Styles,
    child,
    named_children,
    numbering_of,
    outline_of,
    switch,
    value,
)
from nhipcau.plans.reading.sources.docx_text import PAGE_BREAK, Piece, Walker, inside, local
from nhipcau.plans.reading.sources.notices import Notice
from nhipcau.plans.reading.sources.numbering import Numbering, read_numbering
from nhipcau.translation.intake import marks
from nhipcau.translation.intake.brought import Brought
from nhipcau.translation.intake.notices import NoticeKind, Notices
from nhipcau.translation.intake.pictures import Pictures
from nhipcau.translation.intake.relations import Relation, relations_of
from nhipcau.translation.intake.story import (
    Element,
    Entry,
    Grid,
    GridCell,
    Head,
    Span,
    Spans,
    Text,
    lines_of,
    plain,
    spans_of,
    trimmed,
)
from nhipcau.translation.intake.writing import written

_NOTES = re.compile(r"\[\^(\d+)\]")
_HEADING = re.compile(r"(?:heading|tiêu đề|título|überschrift) ?([1-9])")
_TITLES = frozenset({"title", "tiêu đề", "document title"})
_THROUGH = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_TOLD = {
    Notice.TRACKED_CHANGES: NoticeKind.TRACKED_CHANGES,
    Notice.HIDDEN_TEXT: NoticeKind.HIDDEN_TEXT,
    Notice.CONTENTS: NoticeKind.CONTENTS,
    Notice.LEGACY_FONTS: NoticeKind.LEGACY_FONTS,
}
_WIDEST = 63
_FAR_RELATIONS = frozenset(
    {"image", "attachedTemplate", "subDocument", "frame", "oleObject", "video", "audio"}
)


def from_word(data: bytes, limits: Limits) -> Brought:
    """Raises NotReadable for what is no readable document, `marks.Stamped` for a secret one."""
    if len(data) > limits.bytes:
        raise refusals.too_large(limits)
    if not data.startswith(package.ZIP):
        raise kinds.refusal_of(data) or refusals.unknown_format()
    opened, main = package.open_document(data, limits)
    reader = _Reader(opened, main, limits)
    elements = reader.story()
    title, blocks = written(elements, reader.pictures.alts, reader.notices)
    if not title and not blocks:
        raise refusals.empty()
    return Brought(title, blocks, reader.pictures.taken(), reader.notices.told())


@dataclass(slots=True)
class _Reader:
    opened: package.Package
    main: str
    limits: Limits
    notices: Notices = field(default_factory=Notices)
    walker: Walker = field(init=False)
    numbering: Numbering = field(init=False)
    pictures: Pictures = field(init=False)
    relations: dict[str, Relation] = field(init=False)
    _notes_at: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.relations = relations_of(self.opened, self.main)
        parts = {relation.kind: relation.target for relation in self.relations.values()}
        styles = Styles(self.opened.tree(parts.get("styles", "")))
        numbers = self.opened.tree(parts.get("numbering", ""))
        self.walker = Walker(styles)
        self.numbering = (
            Numbering() if numbers is None else read_numbering(numbers, styles.numbering_styles)
        )
        self.pictures = Pictures(self.notices)

    def story(self) -> list[Element]:
        self._refuse_secrets_at_the_edges()
        self._tell_what_is_left_behind()
        root = self.opened.tree(self.main)
        body = None if root is None else child(root, "body")
        if body is None:
            raise refusals.damaged()
        elements = list(self._blocks(body))
        elements += self._footnotes()
        for notice in sorted(self.walker.notices):
            if notice in _TOLD:
                self.notices.add(_TOLD[notice])
            elif notice is Notice.EMBEDDED:
                self.notices.add(NoticeKind.EMBEDDED, "OLE")
        marks.judge(lines_of(elements), self.notices)
        return elements

    # --- what stands around the text ------------------------------------------------------------

    def _refuse_secrets_at_the_edges(self) -> None:
        for relation in self.relations.values():
            if relation.kind in {"header", "footer"} and not relation.is_outside:
                lines = list(self._lines_of(relation.target))
                marks.judge(lines, self.notices)
                shown = " · ".join(line.strip() for line in lines if line.strip())
                if any(letter.isalpha() for letter in shown):
                    self.notices.add(NoticeKind.HEADER, shown)

    def _lines_of(self, part: str) -> Iterator[str]:
        if part not in self.opened.names:
            return
        root = self.opened.tree(part)
        # A walker of its own: page numbers and fields of a header are not the text's.
        walker = Walker(self.walker.styles)
        for paragraph in () if root is None else root.iter("{*}p"):
            yield walker.words(paragraph, self._style(child(paragraph, "pPr")))

    def _tell_what_is_left_behind(self) -> None:
        names = self.opened.names
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            self.notices.add(NoticeKind.MACROS)
        embedded = [n for n in names if "/embeddings/" in n.lower() or "/activex/" in n.lower()]
        if embedded:
            shown = ", ".join(sorted(name.rpartition("/")[2] for name in embedded)[:5])
            self.notices.add(NoticeKind.EMBEDDED, shown)
        if any(relation.kind == "aFChunk" for relation in self.relations.values()):
            self.notices.add(NoticeKind.EMBEDDED, "altChunk")
        for relation in self.relations.values():
            if relation.is_outside and relation.kind in _FAR_RELATIONS:
                self.notices.add(NoticeKind.EXTERNAL, relation.target)
            if relation.kind == "comments" and any(
                line.strip() for line in self._lines_of(relation.target)
            ):
                self.notices.add(NoticeKind.COMMENTS)
        for relation in relations_of(self.opened, "word/settings.xml").values():
            if relation.is_outside:
                self.notices.add(NoticeKind.EXTERNAL, relation.target)

    # --- the text ---------------------------------------------------------------------------------

    def _blocks(self, parent: etree._Element) -> Iterator[Element]:
        carried: Spans = ()
        for element in parent.iterchildren("*"):
            name = local(element)
            if name == "p":
                spans, boxes = self._paragraph(element)
                spans = (*carried, *spans)
                carried = ()
                properties = child(element, "pPr")
                if child(child(properties, "rPr"), "del") is not None:
                    self.walker.notices.add(Notice.TRACKED_CHANGES)
                    carried = spans
                else:
                    yield from self._element(properties, spans)
                yield from boxes
            elif name == "tbl":
                yield from self._table(element)
            elif name in _THROUGH:
                yield from self._blocks(element)
        if carried:
            yield Text(trimmed(carried))

    def _style(self, properties: etree._Element | None) -> str:
        return value(child(properties, "pStyle")) or self.walker.styles.default_paragraph

    def _paragraph(self, element: etree._Element) -> tuple[Spans, list[Element]]:
        pieces = self.walker.pieces(element, self._style(child(element, "pPr")))
        spans = tuple(span for piece in pieces for span in self._spans(piece))
        boxes: list[Element] = []
        for box in element.iter("{*}txbxContent"):
            # Not the same box again as old programmes would draw it, nor a box within a box.
            if not inside(box, element, {"Fallback", "txbxContent"}):
                boxes += self._blocks(box)
        return spans, boxes

    def _spans(self, piece: Piece) -> Iterator[Span]:
        if piece.picture:
            place = self._picture(piece)
            if place is not None:
                yield Span("", picture=place)
            return
        link = piece.link
        if link and not link.startswith("#"):
            relation = self.relations.get(link)
            link = relation.target if relation is not None and relation.is_outside else ""
        raised = {"superscript": "sup", "subscript": "sub"}.get(piece.raised, "")
        at = 0
        text = piece.text.replace(PAGE_BREAK, "\n").replace("\t", " ")
        look = Span("", piece.bold, piece.italic, raised, link)
        for note in _NOTES.finditer(text):
            yield replace(look, text=text[at : note.start()])
            yield Span(note[1], raised="sup")
            at = note.end()
        yield replace(look, text=text[at:])

    def _picture(self, piece: Piece) -> int | None:
        relation = self.relations.get(piece.picture)
        if relation is None:
            self.notices.add(NoticeKind.PICTURE_LOST, piece.picture)
            return None
        if relation.is_outside:
            self.notices.add(NoticeKind.EXTERNAL, relation.target)
            return None
        name = relation.target.rpartition("/")[2]
        if relation.target not in self.opened.names:
            self.notices.add(NoticeKind.PICTURE_LOST, name)
            return None
        data = self.opened.bytes_of(relation.target)
        return self.pictures.place_of(name, data, piece.alt)

    def _element(self, properties: etree._Element | None, spans: Spans) -> Iterator[Element]:
        spans = trimmed(spans)
        style = self._style(properties)
        mark, depth = self._mark(properties, style)
        if not spans:
            return
        level = self._heading(properties, style)
        if level is not None:
            shown = (Span(f"{mark} "), *spans) if mark and mark not in "-•*+" else spans
            yield Head(level, shown)
        elif mark:
            yield Entry(depth, mark, spans)
        else:
            worded = [span for span in spans if span.text.strip()]
            bold = bool(worded) and all(span.bold for span in worded)
            yield Text(spans, bold_line=bold and "\n" not in plain(spans))

    def _heading(self, properties: etree._Element | None, style: str) -> int | None:
        name = self.walker.styles.names.get(style, "")
        if name in _TITLES:
            return 0
        if found := _HEADING.fullmatch(name):
            return int(found[1])
        outline = outline_of(properties)
        if outline is None:
            outline = self.walker.styles.look(style).outline
        return outline + 1 if outline is not None and outline < 6 else None

    def _mark(self, properties: etree._Element | None, style: str) -> tuple[str, int]:
        number, level = numbering_of(properties)
        styles = self.walker.styles
        if number is None:
            look = styles.look(style)
            number = look.number
            if number and level is None:
                level = look.level
                if level is None:
                    level = self.numbering.level_of_style(number, styles.holder_of_number(style))
        if not number or number == "0":
            return "", 0
        return self.numbering.mark(number, level or 0).strip(), level or 0

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, table: etree._Element) -> Iterator[Element]:
        grid = Grid([])
        boxed: list[Element] = []
        for row in self._rows(table):
            properties = named_children(child(row, "trPr"))
            if "del" in properties:
                self.walker.notices.add(Notice.TRACKED_CHANGES)
                continue
            cells: list[GridCell] = []
            for element in self._cells(row):
                cells += self._cell(element, grid, boxed)
            if switch(properties, "tblHeader") and len(grid.rows) == grid.heads:
                grid.heads += 1
            grid.rows.append(cells[:_WIDEST])
        caption = child(child(table, "tblPr"), "tblCaption")
        grid.caption = value(caption)
        yield grid
        yield from boxed

    def _rows(self, table: etree._Element) -> Iterator[etree._Element]:
        for element in table.iterchildren("*"):
            if local(element) == "tr":
                yield element
            elif local(element) in _THROUGH:
                yield from self._rows(element)

    def _cells(self, row: etree._Element) -> Iterator[etree._Element]:
        for element in row.iterchildren("*"):
            if local(element) == "tc":
                yield element
            elif local(element) in _THROUGH:
                yield from self._cells(element)

    def _cell(self, element: etree._Element, grid: Grid, boxed: list[Element]) -> list[GridCell]:
        properties = child(element, "tcPr")
        span = value(child(properties, "gridSpan"), default="1")
        columns = min(max(int(span), 1), _WIDEST) if span.isdecimal() and len(span) < 5 else 1
        vertical = child(properties, "vMerge")
        continues = vertical is not None and value(vertical, default="continue") != "restart"
        cell = GridCell(covered=continues)
        bold = []
        for block in self._blocks(element):
            for spans in spans_of(block):
                cell.lines.append(spans)
                bold += [each.bold for each in spans if each.text.strip()]
            if isinstance(block, Grid):
                self.notices.add(NoticeKind.TABLE_AS_TEXT, next(lines_of([block]), ""))
        cell.bold = bool(bold) and all(bold)
        if columns > 1 or vertical is not None:
            grid.merged = True
        return [cell, *(GridCell(covered=True) for _ in range(columns - 1))]

    # --- notes ------------------------------------------------------------------------------------

    def _footnotes(self) -> list[Element]:
        wanted = {note: place for place, note in enumerate(self.walker.notes, start=1)}
        if not wanted:
            return []
        found: dict[int, list[Spans]] = {}
        for kind in ("footnote", "endnote"):
            part = next((r.target for r in self.relations.values() if r.kind == kind + "s"), "")
            root = self.opened.tree(part)
            if root is None:
                continue
            own, self.relations = self.relations, relations_of(self.opened, part)
            for note in root.iter("{*}" + kind):
                place = wanted.get((kind, value(note, "id")))
                if place is not None and place not in found:
                    found[place] = [
                        trimmed(self._paragraph(p)[0]) for p in note.iterchildren("{*}p")
                    ]
            self.relations = own
        self.notices.add(NoticeKind.FOOTNOTES)
        notes: list[Element] = []
        for place in sorted(wanted.values()):
            first, *later = found.get(place) or [()]
            notes.append(Text((Span(str(place), raised="sup"), Span(" "), *first)))
            notes += [Text(spans) for spans in later if spans]
        return notes
