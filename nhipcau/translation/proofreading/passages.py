"""The passages of a version, block by block: only here it is known what a block is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nhipcau.translation.manuscript import (
    Block,
    CallOut,
    CallOutKind,
    Chart,
    Facts,
    Figure,
    FileLink,
    Gallery,
    Heading,
    Item,
    Listing,
    MapFigure,
    Paragraph,
    Prose,
    Quote,
    Recording,
    Run,
    Table,
    Timeline,
)
from nhipcau.translation.proofreading.draft import (
    SUMMARY,
    TITLE,
    Hint,
    Part,
    Passage,
    Role,
    Version,
)

_Words = tuple[Role, str | tuple[Run, ...]]


def passages_of(version: Version) -> Iterator[Passage]:
    """Title, summary and body in reading order, without empty ones."""
    for name, role, text in (
        (TITLE, Role.TITLE, version.title),
        (SUMMARY, Role.SUMMARY, version.summary),
    ):
        if text.strip():
            yield Passage(name, "", role, text)
    for part in version.parts:
        number = 0
        for block in part.blocks:
            for role, words in _words(block):
                number += 1
                text, hints = (words, ()) if isinstance(words, str) else _hinted(words)
                if text.strip():
                    yield Passage(part.id, str(number), role, text, hints)
            if isinstance(block, Recording):
                for said in version.spoken.get(block.media, ()):
                    yield Passage(part.id, str(said.role), said.role, said.text, spoken=said)


def figures_of(version: Version) -> Iterator[tuple[Part, Figure]]:
    """Every picture that is to be seen, maps included."""
    for part in version.parts:
        for block in part.blocks:
            match block:
                case Figure():
                    yield part, block
                case Gallery():
                    for figure in block.figures:
                        yield part, figure
                case MapFigure():
                    yield part, block.figure
                case _:
                    pass


def media_of(version: Version) -> Iterator[tuple[Part, str]]:
    """The key of every picture, recording and file, in order of appearance, once a block."""
    for part in version.parts:
        keys: dict[str, None] = {}
        for block in part.blocks:
            match block:
                case Figure() | Recording() | FileLink():
                    keys[block.media] = None
                case Gallery():
                    keys |= dict.fromkeys(figure.media for figure in block.figures)
                case MapFigure():
                    keys[block.figure.media] = None
                case _:
                    pass
        yield from ((part, key) for key in keys if key)


def _hinted(runs: Iterable[Run]) -> tuple[str, tuple[Hint, ...]]:
    words: list[str] = []
    hints: list[Hint] = []
    at = 0
    for run in runs:
        if run.language or run.link:
            hints.append(Hint(at, at + len(run.text), run.language, run.link))
        words.append(run.text)
        at += len(run.text)
    return "".join(words), tuple(hints)


def _words(block: Block) -> Iterator[_Words]:
    match block:
        case Paragraph() | Listing():
            yield from _prose(block, Role.PROSE)
        case Heading():
            yield Role.HEADING, block.text
        case Quote():
            yield from ((Role.QUOTE, paragraph.runs) for paragraph in block.paragraphs)
            yield Role.NAME, block.who
            yield Role.SOURCE, block.source
        case Figure():
            yield from _figure(block)
        case Gallery():
            yield Role.LABEL, block.title
            for figure in block.figures:
                yield from _figure(figure)
        case Table():
            yield Role.CAPTION, block.caption
            yield from ((Role.HEAD, head) for head in block.head)
            yield from ((Role.CELL, cell) for row in block.rows for cell in row)
        case Recording():
            yield Role.LABEL, block.title
            yield from ((Role.TRANSCRIPT, paragraph.runs) for paragraph in block.transcript)
            yield Role.CAPTION, block.caption
        case FileLink():
            yield Role.LABEL, block.title
        case MapFigure():
            yield from _figure(block.figure)
            yield from ((Role.AREAS, area) for area in block.areas)
            yield Role.SOURCE, block.source
        case Timeline():
            yield Role.LABEL, block.title
            for entry in block.entries:
                yield Role.LABEL, entry.when
                yield Role.PROSE, entry.what
        case CallOut():
            yield Role.LABEL, block.title
            role = Role.CONTACT if block.kind is CallOutKind.CONTACT else Role.PROSE
            for prose in block.content:
                yield from _prose(prose, role)
        case Facts():
            yield Role.LABEL, block.title
            for row in block.rows:
                yield Role.LABEL, row.label
                yield Role.CELL, row.value
        case Chart():
            yield from _chart(block)


def _figure(figure: Figure) -> Iterator[_Words]:
    if not figure.decorative:
        yield Role.ALT, figure.alt
    yield Role.CAPTION, figure.caption


def _chart(chart: Chart) -> Iterator[_Words]:
    yield from ((Role.LABEL, text) for text in (chart.title, chart.unit, *chart.labels))
    yield from ((Role.LABEL, series.label) for series in chart.series)
    yield Role.SOURCE, chart.source


def _prose(prose: Prose, role: Role) -> Iterator[_Words]:
    if isinstance(prose, Paragraph):
        yield role, prose.runs
    else:
        for item in prose.items:
            yield from _item(item, role)


def _item(item: Item, role: Role) -> Iterator[_Words]:
    yield role, item.runs
    for listing in item.nested:
        for inner in listing.items:
            yield from _item(inner, role)
