"""A manuscript as plain words: for search, counting and reading aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nhipcau.paper.linebreaks import words
from nhipcau.translation.manuscript.parts import (
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

_LETTERS = re.compile(r"\w")
# Han, kana: a character counts as a word, as in the tariffs of translation. Lao, Khmer, Thai and
# Burmese write no spaces: their words are found by dictionary.
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")


def runs_text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def plain_text(manuscript: Manuscript) -> str:
    """Title, summary and body in reading order, one part a line; alternative texts included."""
    parts = [manuscript.title, manuscript.summary]
    for block in manuscript.blocks:
        parts.extend(block_lines(block))
    return "\n".join(part for part in parts if part)


def word_count(text: str) -> int:
    """Words of a text, in any of our scripts."""
    ideographs = len(_IDEOGRAPHS.findall(text))
    unspaced = sum(1 for run in _UNSPACED.findall(text) for _ in words(run, "und"))
    rest = _UNSPACED.sub(" ", _IDEOGRAPHS.sub(" ", text))
    spaced = sum(1 for word in rest.split() if _LETTERS.search(word))
    return spaced + ideographs + unspaced


def block_lines(block: Block) -> Iterator[str]:
    """The words of one block, in reading order."""
    match block:
        case Paragraph() | Listing():
            yield from prose_lines(block)
        case Heading():
            yield block.text
        case Quote():
            yield from (runs_text(paragraph.runs) for paragraph in block.paragraphs)
            yield from (block.who, block.source)
        case Figure():
            yield from _figure(block)
        case Gallery():
            yield block.title
            for figure in block.figures:
                yield from _figure(figure)
        case Table():
            yield from (block.caption, " | ".join(block.head))
            yield from (" | ".join(runs_text(cell) for cell in row) for row in block.rows)
        case Recording():
            yield from (block.title, block.caption)
            yield from (runs_text(paragraph.runs) for paragraph in block.transcript)
        case FileLink():
            yield block.title
        case MapFigure():
            yield from _figure(block.figure)
            yield from (*block.areas, block.source)
        case Timeline():
            yield block.title
            yield from (f"{entry.when}: {entry.what}" for entry in block.entries)
        case CallOut():
            yield block.title
            for part in block.content:
                yield from prose_lines(part)
        case Facts():
            yield block.title
            yield from (f"{row.label}: {row.value}" for row in block.rows)
        case Chart():
            yield from (block.title, block.unit)
            yield from (
                f"{row.label}: {label}: {value}"
                for row in block.series
                for label, value in zip(block.labels, row.values, strict=False)
                if value is not None
            )
            yield block.source


def prose_lines(prose: Prose) -> Iterator[str]:
    if isinstance(prose, Paragraph):
        yield runs_text(prose.runs)
        return
    for item in prose.items:
        yield runs_text(item.runs)
        for listing in item.nested:
            yield from prose_lines(listing)


def _figure(figure: Figure) -> Iterator[str]:
    if not figure.decorative:
        yield figure.alt
    yield from (figure.caption, figure.credit)
