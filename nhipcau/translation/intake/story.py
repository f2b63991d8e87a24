"""A text as it comes from a word processor: paragraphs with looks, entries of lists, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    r"""Words of one look. ``\n`` is a forced line break; `picture` counts from 0, -1 is none."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: str = ""  # "sup", "sub"
    link: str = ""
    picture: int = -1


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Text:
    spans: Spans
    bold_line: bool = False  # all of it in bold: may have been meant as a heading


@dataclass(frozen=True, slots=True)
class Head:
    """Level 0 is the document's title, 1 its first level of headings."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list. `mark` is what was drawn before it: "-", "1.", "a)", "Điều 3."."""

    depth: int
    mark: str
    spans: Spans


@dataclass(slots=True)
class GridCell:
    """`covered`: a merged cell that stands before or above reaches into this place."""

    lines: list[Spans] = field(default_factory=list)
    bold: bool = False
    covered: bool = False


@dataclass(slots=True)
class Grid:
    """Rows of equal width. `heads` rows at the top name the columns."""

    rows: list[list[GridCell]]
    heads: int = 0
    caption: str = ""
    merged: bool = False


Element: TypeAlias = Text | Head | Entry | Grid


def plain(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def lines_of(elements: Iterable[Element]) -> Iterator[str]:
    """The words of everything, a paragraph or a line of a cell each."""
    for element in elements:
        yield from (plain(spans) for spans in spans_of(element))


def spans_of(element: Element) -> Iterator[Spans]:
    """The lines of an element without its form; the marks of lists are kept as words."""
    match element:
        case Text() | Head():
            yield element.spans
        case Entry():
            yield (Span(f"{element.mark} "), *element.spans)
        case Grid():
            for row in element.rows:
                for cell in row:
                    yield from cell.lines


def trimmed(spans: Spans) -> Spans:
    """Without blanks at both ends; stretches of one look joined, empty ones gone."""
    joined: list[Span] = []
    for span in spans:
        if not span.text and span.picture < 0:
            continue
        last = joined[-1] if joined else None
        if last is not None and last.picture < 0 and span.picture < 0 and _alike(last, span):
            joined[-1] = _with(last, last.text + span.text)
        else:
            joined.append(span)
    while joined and joined[0].picture < 0 and not joined[0].text.strip():
        joined.pop(0)
    while joined and joined[-1].picture < 0 and not joined[-1].text.strip():
        joined.pop()
    if joined and joined[0].picture < 0:
        joined[0] = _with(joined[0], joined[0].text.lstrip())
    if joined and joined[-1].picture < 0:
        joined[-1] = _with(joined[-1], joined[-1].text.rstrip())
    return tuple(joined)


def _alike(one: Span, other: Span) -> bool:
    return (one.bold, one.italic, one.raised, one.link) == (
        other.bold,
        other.italic,
        other.raised,
        other.link,
    )


def _with(span: Span, text: str) -> Span:
    return Span(text, span.bold, span.italic, span.raised, span.link, span.picture)
