"""What was copied in Word, Google Docs, LibreOffice or a browser, pasted as HTML, as a story.

Everything is written anew from the words and a few looks; no markup of what was pasted is kept,
so nothing that could run stays. Word draws its lists as paragraphs with marks (`mso-list`), which
become lists again.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field, replace

from lxml import etree

from nhipcau.plans.reading.errors import NotReadable
from nhipcau.plans.reading.limits import DEFAULT
from nhipcau.plans.reading.sources import legacy
from nhipcau.plans.reading.sources.html import tree
from nhipcau.translation.intake import marks
from nhipcau.translation.intake.brought import Brought
from nhipcau.translation.intake.errors import NotTaken, Reason
from nhipcau.translation.intake.looks import (
    MSO_IGNORE,
    WIDEST,
    Look,
    is_title,
    look_of,
    mark_of,
    rows_of,
    span_of,
    start_of,
)
from nhipcau.translation.intake.notices import NoticeKind, Notices
from nhipcau.translation.intake.pictures import Pictures
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
    trimmed,
)
from nhipcau.translation.intake.writing import written

LONGEST = 8_000_000  # characters of markup; Word's own may be twenty times the words
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL)
# Word's conditions that a browser shows the inside of; those that it does not are comments.
_CONDITIONAL = re.compile(r"<!\[[^\]>]{0,200}\]>")
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_MSO_LIST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"data:image/[\w.+-]{1,40};base64,(.*)", re.IGNORECASE | re.DOTALL)
_CODE = frozenset(("script", "style", "template", "noscript"))
_EMBEDDED = frozenset(("iframe", "object", "embed", "applet"))
_SILENT = frozenset(("head", "title", "meta", "link", "xml", "base", "svg", "canvas", "map"))
_BLOCKS = frozenset(
    (
        *("p", "div", "body", "html", "main", "article", "section", "aside", "header", "footer"),
        *("address", "blockquote", "center", "fieldset", "form", "figure", "figcaption", "hr"),
        *("pre", "dl", "dt", "dd", "details", "summary", "caption", "legend", "nav"),
    )
)
_OF_A_TABLE = frozenset({"td", "th", "caption", "colgroup", "col"})


def read_paste(markup: str) -> Brought:
    """Raises NotTaken for what is too large, empty, built to harm, or marked as secret."""
    if len(markup) > LONGEST:
        raise NotTaken(Reason.TOO_LARGE)
    if found := _FRAGMENT.search(markup):
        markup = found[1]
    markup = _CONDITIONAL.sub("", markup).replace("\x00", "")
    if not markup.strip():
        raise NotTaken(Reason.EMPTY)
    try:
        root = tree(f"<body>{markup}</body>", DEFAULT)
    except NotReadable as refusal:
        raise NotTaken.because(refusal.reason) from None
    except RecursionError:
        raise NotTaken(Reason.BOMB) from None
    page = _Page()
    page.read(root)
    try:
        marks.judge(lines_of(page.elements), page.notices)
    except marks.Stamped:
        raise NotTaken(Reason.STAMPED) from None
    title, blocks = written(page.elements, page.pictures.alts, page.notices)
    if not title and not blocks:
        raise NotTaken(Reason.EMPTY)
    return Brought(title, blocks, page.pictures.taken(), page.notices.told())


@dataclass(slots=True)
class _Out:
    """Where finished paragraphs go: the page, or a cell of a table."""

    cell: GridCell | None = None
    spans: list[Span] = field(default_factory=list)
    entry: tuple[int, str] | None = None
    head: int | None = None


@dataclass(slots=True)
class _List:
    ordered: bool
    next: int = 1


class _Page:
    def __init__(self) -> None:
        self.notices = Notices()
        self.pictures = Pictures(self.notices)
        self.elements: list[Element] = []
        self._outs = [_Out()]
        self._lists: list[_List] = []
        self._preformatted = 0

    def read(self, root: etree._Element) -> None:
        self._element(root, Look())
        self._end()

    # Recursion is bounded: `tree` has refused whatever is nested deeper than the limit.
    def _element(self, element: etree._Element, look: Look) -> None:
        name = str(element.tag).lower().rpartition("}")[2].rpartition(":")[2]
        style = element.get("style") or ""
        words = "".join(map(str, element.itertext())) if name in _CODE else ""
        if name in _CODE or name in _SILENT:
            if name != "style" and words.strip():
                self.notices.add(NoticeKind.CODE, words)
            return
        if name in _EMBEDDED:
            self.notices.add(NoticeKind.EMBEDDED, element.get("src") or element.get("data") or name)
        if _HIDING.search(style) or element.get("hidden") is not None:
            if "".join(map(str, element.itertext())).strip():
                self.notices.add(NoticeKind.HIDDEN_TEXT)
            return
        if name == "del":
            self.notices.add(NoticeKind.TRACKED_CHANGES)
            return
        if MSO_IGNORE.search(style):
            return  # the mark of a Word list, read by `_block`
        look = look_of(name, element, style, look)
        if name == "table":
            self._end()
            self._strays(element, look)
            self._end()
            self._table(element, look)
        elif name in {"ul", "ol", "menu", "dir"}:
            self._end()
            self._lists.append(_List(name == "ol", start_of(element)))
            self._children(element, look)
            self._end()
            self._lists.pop()
        elif name == "li":
            self._item(element, look)
        elif re.fullmatch(r"h[1-6]", name):
            self._end()
            self._outs[-1].head = 0 if is_title(element) else int(name[1])
            self._children(element, replace(look, bold=False))
            self._end()
        elif name in _BLOCKS:
            self._block(name, element, style, look)
        elif name == "br":
            self._outs[-1].spans.append(Span("\n"))
        elif name in {"img", "image"}:
            self._picture(element)
        elif name == "imagedata":
            self.notices.add(NoticeKind.PICTURE_LOST, element.get("src") or "")
        else:
            self._children(element, look)

    def _children(self, element: etree._Element, look: Look) -> None:
        self._say(element.text, look)
        for child in element.iterchildren("*"):
            self._element(child, look)
            self._say(child.tail, look)

    def _say(self, words: str | None, look: Look) -> None:
        if not words:
            return
        text = words if self._preformatted else _SPACE.sub(" ", words)
        if look.face and not text.isascii():
            converted = (
                legacy.from_vni(text)
                if look.face.startswith("vni")
                else legacy.from_tcvn3(text, capitals=look.face.endswith("h"))
            )
            if not legacy.looks_modern(text):
                self.notices.add(NoticeKind.LEGACY_FONTS)
                text = converted
        spans = self._outs[-1].spans
        before = spans[-1].text if spans else "\n"
        if before.endswith((" ", "\n")) and not self._preformatted:
            text = text.lstrip(" ")
        if text:
            spans.append(Span(text, look.bold, look.italic, look.raised, look.link))

    def _block(self, name: str, element: etree._Element, style: str, look: Look) -> None:
        self._end()
        listed = _MSO_LIST.search(style)
        if listed:
            self._outs[-1].entry = (int(listed[1]) - 1, mark_of(element))
        elif is_title(element):
            self._outs[-1].head = 0
        self._preformatted += name == "pre"
        self._children(element, look)
        self._end()
        self._preformatted -= name == "pre"

    def _item(self, element: etree._Element, look: Look) -> None:
        self._end()
        if not self._lists:
            self._lists.append(_List(ordered=False))
            self._item(element, look)
            self._lists.pop()
            return
        own = self._lists[-1]
        written_number = element.get("value") or ""
        if re.fullmatch(r"\d{1,4}", written_number):
            own.next = int(written_number)
        mark = f"{own.next}." if own.ordered else "-"
        own.next += 1
        level = element.get("aria-level") or ""
        depth = int(level) - 1 if level.isdecimal() and len(level) == 1 else len(self._lists) - 1
        self._outs[-1].entry = (max(depth, 0), mark)
        self._children(element, look)
        self._end()
        self._outs[-1].entry = None

    def _end(self) -> None:
        """End the paragraph that is being made."""
        out = self._outs[-1]
        spans = trimmed(tuple(out.spans))
        out.spans = []
        if not spans:
            return
        spans = self._in_unicode(spans)
        entry, head = out.entry, out.head
        out.entry = out.head = None
        if out.cell is not None:
            mark = (Span(f"{entry[1]} "),) if entry is not None else ()
            out.cell.lines.append((*mark, *spans))
        elif head is not None:
            self.elements.append(Head(head, spans))
        elif entry is not None:
            self.elements.append(Entry(entry[0], entry[1], spans))
        else:
            worded = [span for span in spans if span.text.strip()]
            bold = bool(worded) and all(span.bold for span in worded)
            self.elements.append(Text(spans, bold_line=bold and "\n" not in plain(spans)))

    def _in_unicode(self, spans: Spans) -> Spans:
        """Old letters whose font was not told, known by the syllables that they give."""
        words = plain(spans)
        encoding = legacy.encoding_of(words)
        if encoding is legacy.Encoding.UNICODE:
            return spans
        self.notices.add(NoticeKind.LEGACY_FONTS)
        return tuple(replace(s, text=legacy.to_unicode(s.text, encoding)) for s in spans)

    def _picture(self, element: etree._Element) -> None:
        source, alt = element.get("src") or "", element.get("alt") or ""
        found = _DATA_PICTURE.match(source)
        if found is None:
            shown = source if source.lower().startswith(("http:", "https:")) else alt
            self.notices.add(NoticeKind.PICTURE_LOST, shown or "?")
            return
        try:
            data = base64.b64decode(re.sub(r"\s", "", found[1]), validate=True)
        except binascii.Error:
            self.notices.add(NoticeKind.PICTURE_LOST, alt or "?")
            return
        place = self.pictures.place_of("pasted", data, alt)
        if place is not None:
            self._outs[-1].spans.append(Span("", picture=place))

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, table: etree._Element, look: Look) -> None:
        grid = Grid([])
        open_spans: dict[int, tuple[int, int]] = {}  # column -> (rows left, columns)
        for row, in_head in rows_of(table):
            if _HIDING.search(row.get("style") or ""):
                self.notices.add(NoticeKind.HIDDEN_TEXT)
                continue
            cells = self._row(row, look, open_spans, grid)
            whole_head = in_head or (
                len(cells) > 0 and all(child.tag == "th" for child in row.iterchildren("td", "th"))
            )
            if whole_head and len(grid.rows) == grid.heads:
                grid.heads += 1
            grid.rows.append(cells)
        for caption in table.iterchildren("caption"):
            grid.caption = " ".join("".join(map(str, caption.itertext())).split())
        outer = self._outs[-1].cell
        if outer is None:
            self.elements.append(grid)
            return
        lines = [spans for cells in grid.rows for cell in cells for spans in cell.lines]
        self.notices.add(NoticeKind.TABLE_AS_TEXT, plain(lines[0]) if lines else "")
        outer.lines += lines

    def _strays(self, parent: etree._Element, look: Look) -> None:
        """What stands in a table outside its cells, which browsers show before the table."""
        self._say(parent.text, look)
        for child in parent.iterchildren("*"):
            if child.tag in {"tr", "thead", "tbody", "tfoot"}:
                self._strays(child, look)
            elif child.tag not in _OF_A_TABLE:
                self._element(child, look)
            self._say(child.tail, look)

    def _row(
        self,
        row: etree._Element,
        look: Look,
        open_spans: dict[int, tuple[int, int]],
        grid: Grid,
    ) -> list[GridCell]:
        cells: list[GridCell] = []

        def covered() -> None:
            while len(cells) in open_spans and len(cells) < WIDEST:
                place = len(cells)
                left, width = open_spans.pop(place)
                if left > 1:
                    open_spans[place] = (left - 1, width)
                cells.extend(GridCell(covered=True) for _ in range(width))

        for element in row.iterchildren("td", "th"):
            covered()
            if len(cells) >= WIDEST:
                break
            across, down = span_of(element, "colspan"), span_of(element, "rowspan")
            if across > 1 or down > 1:
                grid.merged = True
            if down > 1:
                open_spans[len(cells)] = (down - 1, across)
            cells.append(self._cell(element, look))
            cells.extend(GridCell(covered=True) for _ in range(across - 1))
        covered()
        return cells

    def _cell(self, element: etree._Element, look: Look) -> GridCell:
        cell = GridCell()
        self._outs.append(_Out(cell=cell))
        lists, self._lists = self._lists, []
        self._children(element, look_of("td", element, element.get("style") or "", look))
        self._end()
        self._lists = lists
        self._outs.pop()
        worded = [span for spans in cell.lines for span in spans if span.text.strip()]
        cell.bold = bool(worded) and (element.tag == "th" or all(span.bold for span in worded))
        return cell
