"""Each block as the element that means it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from nhipcau.publishing.renderers.imprint import imprint
from nhipcau.publishing.renderers.labels import labels, labels_language
from nhipcau.publishing.renderers.markup.elements import element, escaped, language_of, void
from nhipcau.translation.manuscript import (
    Block,
    CallOut,
    Chart,
    Facts,
    Figure,
    FileLink,
    Gallery,
    Heading,
    Listing,
    Manuscript,
    MapFigure,
    Paragraph,
    Prose,
    Quote,
    Recording,
    Run,
    Table,
    Timeline,
)


class Dialect(Protocol):
    """What differs between a web page and an e-book. Everything it gives is markup."""

    language: str

    def words(self, text: str) -> str:
        """Escaped text, with breaks where the readers' programs do not find them."""
        ...

    def image(self, figure: Figure) -> str:
        """The picture, or its description where there is none."""
        ...

    def recording(self, block: Recording) -> str: ...

    def file(self, block: FileLink) -> str: ...

    def chart(self, block: Chart) -> str: ...


def body_html(blocks: Iterable[Block], dialect: Dialect) -> str:
    return "\n".join(block_html(block, dialect) for block in blocks)


def block_html(block: Block, dialect: Dialect) -> str:
    say = dialect.words
    names = labels(dialect.language)
    match block:
        case Paragraph() | Listing():
            return prose_html(block, dialect)
        case Heading():
            return element(f"h{block.level}", say(block.text))
        case Quote():
            return _quote(block, dialect)
        case Figure():
            return figure_html(block, dialect)
        case Gallery():
            return element(
                "section",
                _title(block.title, dialect),
                *(figure_html(figure, dialect) for figure in block.figures),
                class_="gallery",
            )
        case Table():
            return table_html(block.caption, block.head, block.rows, block.numeric, dialect)
        case Recording():
            return dialect.recording(block)
        case FileLink():
            return dialect.file(block)
        case MapFigure():
            return _map(block, dialect)
        case Timeline():
            entries = (
                element("li", element("strong", say(entry.when)), " ", say(entry.what))
                for entry in block.entries
            )
            listed = element("ol", *entries) if block.entries else ""
            return element("section", _title(block.title, dialect), listed, class_="timeline")
        case CallOut():
            name = names[block.kind.value]
            title = f"{name} · {block.title}" if block.title not in ("", name) else name
            return element(
                "aside",
                element("p", say(title), class_="call-out-title"),
                *(prose_html(part, dialect) for part in block.content),
                class_=f"call-out {block.kind.value}",
                aria_label=title,
            )
        case Facts():
            rows = (
                element("div", element("dt", say(row.label)), element("dd", say(row.value)))
                for row in block.rows
            )
            listed = element("dl", *rows) if block.rows else ""
            return element("section", _title(block.title, dialect), listed, class_="facts")
        case Chart():
            return dialect.chart(block)


def prose_html(prose: Prose, dialect: Dialect) -> str:
    if isinstance(prose, Paragraph):
        return element("p", runs_html(prose.runs, dialect))
    items = (
        element(
            "li",
            runs_html(item.runs, dialect),
            *(prose_html(listing, dialect) for listing in item.nested),
        )
        for item in prose.items
    )
    return element("ol" if prose.ordered else "ul", *items)


def runs_html(runs: Iterable[Run], dialect: Dialect) -> str:
    return "".join(_run(run, dialect) for run in runs)


def figure_html(figure: Figure, dialect: Dialect) -> str:
    return element(
        "figure", dialect.image(figure), _caption(figure.caption, figure.credit, dialect)
    )


def table_html(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Sequence[Run]]],
    numeric: frozenset[int],
    dialect: Dialect,
) -> str:
    """A table with its head; the first cell of a row heads the row where it holds words."""
    if not head:
        return element("p", dialect.words(caption)) if caption else ""
    titles = (
        element("th", dialect.words(cell), scope="col", class_="number" if n in numeric else None)
        for n, cell in enumerate(head)
    )
    body = (
        element(
            "tr",
            *(
                element("th", runs_html(cell, dialect), scope="row")
                if n == 0 and 0 not in numeric and len(row) > 1
                else element(
                    "td", runs_html(cell, dialect), class_="number" if n in numeric else None
                )
                for n, cell in enumerate(row)
            ),
        )
        for row in rows
    )
    return element(
        "table",
        element("caption", dialect.words(caption)) if caption else "",
        element("thead", element("tr", *titles)),
        element("tbody", *body) if rows else "",
    )


def imprint_html(source: Manuscript, dialect: Dialect) -> str:
    """Who issued it, when, which version, from which language, whether a machine helped."""
    lines = [
        element("div", element("dt", escaped(line.label)), element("dd", dialect.words(line.value)))
        for line in imprint(source)
        if line.value
    ]
    plain = [element("p", escaped(line.label)) for line in imprint(source) if not line.value]
    spoken = labels_language(source.language)
    return element(
        "footer",
        element("dl", *lines) if lines else "",
        *plain,
        class_="imprint",
        lang=spoken if spoken != source.language else None,
    )


def _run(run: Run, dialect: Dialect) -> str:
    lines = run.text.split("\n")
    said = void("br").join(dialect.words(line) for line in lines)
    for marked, name in ((run.bold, "strong"), (run.italic, "em"), (run.raised, run.raised)):
        if marked:
            said = element(name, said)
    language = language_of(run.language)
    if language:
        said = element("span", said, lang=language)
    if run.link.startswith(("http://", "https://", "mailto:", "tel:", "/", "#")):
        said = element("a", said, href=run.link)
    return said


def _title(title: str, dialect: Dialect) -> str:
    return element("p", dialect.words(title), class_="part-title") if title else ""


def _caption(caption: str, credit: str, dialect: Dialect, *more: str) -> str:
    parts = [dialect.words(caption)] if caption else []
    if credit:
        parts.append(element("small", dialect.words(credit)))
    parts += [element("small", part) for part in more]
    return element("figcaption", " ".join(parts)) if parts else ""


def _quote(block: Quote, dialect: Dialect) -> str:
    by = ", ".join(part for part in (block.who, block.source) if part)
    said = element(
        "blockquote",
        *(element("p", runs_html(paragraph.runs, dialect)) for paragraph in block.paragraphs),
    )
    return element(
        "figure",
        said,
        element("figcaption", "— ", dialect.words(by)) if by else "",
        class_="quote",
    )


def _map(block: MapFigure, dialect: Dialect) -> str:
    names = labels(dialect.language)
    more = []
    if block.areas:
        more.append(dialect.words(f"{names['areas']}: {' · '.join(block.areas)}"))
    if block.source:
        more.append(dialect.words(f"{names['source']}: {block.source}"))
    return element(
        "figure",
        dialect.image(block.figure),
        _caption(block.figure.caption, block.figure.credit, dialect, *more),
        class_="map",
    )
