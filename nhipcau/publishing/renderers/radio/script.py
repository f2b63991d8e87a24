"""A manuscript as sentences for the ear: no pictures, tables row by row, who speaks at the end."""

from __future__ import annotations

from collections.abc import Iterator

from nhipcau.publishing.renderers.charts import alternative
from nhipcau.publishing.renderers.imprint import imprint
from nhipcau.publishing.renderers.labels import labels
from nhipcau.translation.manuscript import (
    Block,
    CallOut,
    Chart,
    Facts,
    Figure,
    FileLink,
    Gallery,
    Heading,
    Manuscript,
    MapFigure,
    Quote,
    Recording,
    Table,
    Timeline,
    runs_text,
)
from nhipcau.translation.manuscript.plain import block_lines, prose_lines

_SPOKEN_IMPRINT = frozenset(
    {"issuer", "approved", "issued", "revised", "translated_from", "machine_helped"}
)
_ENDS = (".", "!", "?", "…", "。", "！", "？", "៖", "។", ":", ";", ",")


def script_lines(source: Manuscript) -> Iterator[str]:
    """One line a sentence group, in reading order, each closed."""
    yield closed(source.title)
    yield closed(source.summary)
    for block in source.blocks:
        for line in _lines(block, source.language):
            yield closed(line)
    yield closed("; ".join(str(line) for line in imprint(source) if line.name in _SPOKEN_IMPRINT))


def closed(line: str) -> str:
    """With a full stop, so that an announcer hears where to breathe."""
    line = " ".join(line.split())
    if not line or line.rstrip("”’\"')").endswith(_ENDS):
        return line
    return f"{line}{'。' if _is_han(line[-1]) else '.'}"


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


def _lines(block: Block, language: str) -> Iterator[str]:
    names = labels(language)
    match block:
        case Figure() | Gallery() | Recording() | FileLink():
            return  # for the eye, or heard elsewhere
        case Heading():
            yield block.text
        case Table():
            yield block.caption
            for row in block.rows:
                cells = [runs_text(cell) for cell in row]
                pairs = zip(block.head[1:], cells[1:], strict=False)
                said = "; ".join(f"{head} {cell}".strip() for head, cell in pairs if cell)
                yield f"{cells[0]}: {said}" if said else cells[0]
        case Quote():
            by = ", ".join(part for part in (block.who, block.source) if part)
            said = " ".join(runs_text(paragraph.runs) for paragraph in block.paragraphs)
            yield f"{by}: “{said}”" if by else said
        case MapFigure():
            if block.areas:
                yield f"{names['areas']}: {', '.join(block.areas)}"
        case CallOut():
            yield (
                f"{names[block.kind.value]}: {block.title}"
                if block.title
                else names[block.kind.value]
            )
            for part in block.content:
                yield from prose_lines(part)
        case Timeline():
            yield block.title
            yield from (f"{entry.when}: {entry.what}" for entry in block.entries)
        case Facts():
            yield block.title
            yield from (f"{row.label}: {row.value}" for row in block.rows)
        case Chart():
            yield alternative(block, language)
        case _:
            yield from block_lines(block)
