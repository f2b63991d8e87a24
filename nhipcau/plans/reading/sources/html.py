"""Web pages (.html, .htm): what a browser would print of them, in the one fixed shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.limits import DEFAULT, Limits
from nhipcau.plans.reading.source import Format, Source
from nhipcau.plans.reading.sources import refusals, text
from nhipcau.plans.reading.sources.notices import Notice
from nhipcau.plans.reading.sources.numbering import shown
from nhipcau.plans.reading.sources.shape import SUPERSCRIPT, Cell, Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = Format.HTML
_START = expression(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|meta|title|div|p|table"
    r"|h[1-6]|span|article|section|main|center|font|ul|ol)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARATION = expression(r"^\s*<\?xml[^>]*>")
_DATA_URI = expression(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=\s]*")
_SPACE = expression(r"[ \t\n\r\f\u00a0]+")
_OWN_BREAKS = expression(r"[ \t\f\u00a0]*\n[ \t\f\u00a0]*")
_HIDING = expression(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_BREAKING = expression(r"page-break-before\s*:\s*always|break-before\s*:\s*page", re.IGNORECASE)
_UNMARKED = expression(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_NOTE = expression(r"#_(?:ftn|edn)(\d{1,4})$")
_NOTE_BODY = expression(r"(?:ftn|edn)(\d{1,4})$")
_DROPPED = frozenset(
    (
        *("script", "style", "head", "noscript", "template", "nav", "iframe", "object", "embed"),
        *("svg", "canvas", "audio", "video", "map", "button", "select", "option", "textarea"),
        *("input", "dialog", "datalist", "frameset", "applet", "title"),
    )
)
_BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
        *("body", "html", "main", "article", "section", "aside", "header", "footer", "address"),
        *("blockquote", "center", "fieldset", "form", "figure", "figcaption", "hr", "pre"),
        *("caption", "details", "summary", "menu", "dir"),
    )
)
_LIST_KINDS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_STYLE_KINDS = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
    "decimal": "decimal",
}
_LIST_STYLE = expression(
    r"list-style(?:-type)?\s*:[^;]*?(" + "|".join(_STYLE_KINDS) + r")\b", re.IGNORECASE
)
_WIDEST = 1000


def recognises(data: bytes) -> bool:
    try:
        head, _ = _decoded(data[:8000])
    except UnicodeDecodeError:
        return False
    return _START.match(head) is not None


def load(data: bytes, limits: Limits = DEFAULT) -> Source:
    try:
        markup, notices = _decoded(data)
    except UnicodeDecodeError:
        raise refusals.unknown_format() from None
    markup = _DATA_URI.sub("", _DECLARATION.sub("", markup))
    if len(markup) > limits.tree_bytes:
        raise refusals.too_long()
    page = _Page(Lines(limits), set(notices))
    page.read(tree(markup, limits))
    try:
        words = page.lines.text()
    except NotReadable as refusal:
        if refusal.reason is Refusal.EMPTY and Notice.PICTURES in page.notices:
            raise refusals.scan() from None
        raise
    return Source(text=words, format=FORMAT, notices=tuple(sorted(page.notices)))


def _decoded(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """By byte order mark, then what the page says of itself, then as text of any encoding."""
    found = _CHARSET.search(data[:4000])
    name = found[1].decode("ascii", "replace").lower() if found else ""
    if name in {"windows-1258", "cp1258"}:
        return data.decode("cp1258", errors="replace"), (Notice.WINDOWS_1258,)
    return text.decode(data)


def tree(markup: str, limits: Limits) -> etree._Element:
    """The page as elements; raises NotReadable where it is empty, damaged or nested too deeply."""
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise (refusals.bomb() if _too_deep(str(error)) else refusals.damaged()) from None
    if root is None:
        raise refusals.empty()
    # The parser stops silently where a page is nested too deeply; half a plan is no plan.
    if any(_too_deep(entry.message) for entry in parser.error_log):
        raise refusals.bomb()
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.depth:
            raise refusals.bomb()
    return root


def _too_deep(message: str) -> bool:
    return "depth" in message.lower() or "huge" in message.lower()


@dataclass(slots=True)
class _List:
    ordered: bool
    kind: str
    next: int
    step: int
    unmarked: bool


@dataclass(slots=True)
class _Out:
    """Where finished paragraphs go: the page (None) or a cell; `words` is the one being made."""

    cell: Cell | None = None
    words: list[str] = field(default_factory=list)
    mark: str = ""


class _Page:
    def __init__(self, lines: Lines, notices: set[Notice]) -> None:
        self.lines = lines
        self.notices = notices
        self._outs = [_Out()]
        self._lists: list[_List] = []
        self._preformatted = 0

    def read(self, root: etree._Element) -> None:
        self._element(root)
        self._flush()

    # Recursion is bounded: `tree` has refused whatever is nested deeper than the limit.
    def _element(self, element: etree._Element) -> None:
        name = str(element.tag).lower()
        style = element.get("style") or ""
        if name in _DROPPED or element.get("hidden") is not None:
            return
        if _HIDING.search(style):
            if "".join(map(str, element.itertext())).strip():
                self.notices.add(Notice.HIDDEN_TEXT)
            return
        if name in {"del", "strike", "s"}:
            self.notices.add(Notice.TRACKED_CHANGES)
            return
        if _NOTE_BODY.match(element.get("id") or "") and name in {"div", "li", "p"}:
            self._note(element)
        elif name == "table":
            self._flush()
            self._table(element)
        elif name in _BLOCKS:
            self._block(name, element, style)
        else:
            self._inline(name, element)

    def _children(self, element: etree._Element) -> None:
        self._say(element.text)
        for child in element.iterchildren("*"):
            self._element(child)
            self._say(child.tail)

    def _block(self, name: str, element: etree._Element, style: str) -> None:
        self._flush()
        if _BREAKING.search(style) and self._outs[-1].cell is None:
            self.lines.page()
        if name in {"ul", "ol", "menu", "dir"}:
            self._lists.append(_list_of(name, element, style))
            self._children(element)
            self._flush()
            self._lists.pop()
        elif name == "li":
            self._outs[-1].mark = self._list_mark(element, style)
            self._children(element)
            self._flush()
            self._outs[-1].mark = ""
        elif name == "pre":
            self._preformatted += 1
            self._children(element)
            self._flush()
            self._preformatted -= 1
        else:
            self._children(element)
            self._flush()

    def _inline(self, name: str, element: etree._Element) -> None:
        if name == "br":
            self._outs[-1].words.append("\v")
            if _BREAKING.search(element.get("style") or "") and self._outs[-1].cell is None:
                self._flush()
                self.lines.page()
        elif name == "img":
            self.notices.add(Notice.PICTURES)
        elif name == "a" and (note := _NOTE.search(element.get("href") or "")):
            self._outs[-1].words.append(f"[^{note[1]}]")
        elif (
            name == "sup" and (raised := "".join(map(str, element.itertext())).strip()).isdecimal()
        ):
            self._outs[-1].words.append(raised.translate(SUPERSCRIPT))
        else:
            self._children(element)

    def _say(self, words: str | None) -> None:
        if words:
            self._outs[-1].words.append(
                words.replace("\n", "\v") if self._preformatted else _SPACE.sub(" ", words)
            )

    def _flush(self) -> None:
        """End the paragraph; several spaces are one, as in a browser."""
        out = self._outs[-1]
        words = _SPACE.sub(" ", "".join(out.words)).replace("\v", "\n")
        words = _OWN_BREAKS.sub("\n", words).strip()
        out.words.clear()
        if not words:
            return
        if out.mark:
            words, out.mark = f"{out.mark} {words}", ""
        if out.cell is not None:
            out.cell.lines.append(words)
        else:
            self.lines.paragraph(words)

    def _list_mark(self, element: etree._Element, style: str) -> str:
        if not self._lists or _UNMARKED.search(style):
            return ""
        own = self._lists[-1]
        if not own.ordered:
            return "" if own.unmarked else "-"
        value = element.get("value") or ""
        if re.fullmatch(r"-?\d{1,6}", value):
            own.next = int(value)
        number = own.next
        own.next += own.step
        return "" if own.unmarked else f"{shown(number, own.kind)}."

    def _note(self, element: etree._Element) -> None:
        self._flush()
        self._outs.append(_Out(cell=Cell()))
        self._children(element)
        self._flush()
        cell = self._outs.pop().cell
        mark = _NOTE_BODY.match(element.get("id") or "")
        if cell is not None and mark is not None:
            words = " ".join(cell.lines)
            self.lines.note(mark[1], re.sub(rf"^\s*(?:\[\^?{mark[1]}\]|{mark[1]}\b)\s*", "", words))

    def _table(self, table: etree._Element) -> None:
        rows: list[list[Cell]] = []
        open_spans: dict[int, tuple[int, int]] = {}  # column -> (rows left, columns)
        for row in _rows(table):
            if _HIDING.search(row.get("style") or ""):
                self.notices.add(Notice.HIDDEN_TEXT)
                continue
            rows.append(self._row(row, open_spans))
        for caption in table.iterchildren("caption"):
            self._element(caption)
        outer = self._outs[-1].cell
        if outer is None:
            self.lines.table(rows)
            return
        for cells in rows:  # a table within a table is flattened into lines of the outer cell
            outer.lines += [line for cell in cells for line in cell.lines]

    def _row(self, row: etree._Element, open_spans: dict[int, tuple[int, int]]) -> list[Cell]:
        cells: list[Cell] = []
        column = 0

        def covered() -> int:
            """Add the places that cells above still cover."""
            nonlocal column
            while column in open_spans and len(cells) < _WIDEST:
                left, width = open_spans.pop(column)
                cells.append(Cell(columns=width, continues=True))
                if left > 1:
                    open_spans[column] = (left - 1, width)
                column += width
            return column

        for element in row.iterchildren("td", "th"):
            if _HIDING.search(element.get("style") or ""):
                continue
            place = covered()
            cell = Cell(columns=_span(element, "colspan"))
            self._outs.append(_Out(cell=cell))
            lists, self._lists = self._lists, []
            self._children(element)
            self._flush()
            self._lists = lists
            self._outs.pop()
            cells.append(cell)
            if (down := _span(element, "rowspan")) > 1:
                open_spans[place] = (down - 1, cell.columns)
            column += cell.columns
        covered()
        return cells


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def _span(element: etree._Element, name: str) -> int:
    written = (element.get(name) or "1").strip()
    return min(max(int(written), 1), _WIDEST) if re.fullmatch(r"\d{1,6}", written) else 1


def _list_of(name: str, element: etree._Element, style: str) -> _List:
    items = sum(1 for _ in element.iterchildren("li"))
    reverse = element.get("reversed") is not None
    start = element.get("start") or ""
    first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else (items if reverse else 1)
    styled = _LIST_STYLE.search(style)
    kind = _LIST_KINDS.get(element.get("type") or "1", "decimal")
    if styled:
        kind = _STYLE_KINDS[styled[1].lower()]
    ordered = name == "ol"
    return _List(ordered, kind, first, -1 if reverse else 1, _UNMARKED.search(style) is not None)
