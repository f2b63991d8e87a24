"""The words of a plan around a task, cut into pieces that a page can mark. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

AROUND = 280  # characters shown before and after, to the next line's edge


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and what they are: "" beside the task, "task", or a party's role."""

    words: str
    kind: str


def excerpt(
    text: str, *, span: tuple[int, int] | None, marks: Sequence[tuple[int, int, str]]
) -> list[Piece]:
    """The task's words with a little before and after; nothing when the task has no place.

    Pieces put together again are a stretch of the text, unchanged.
    """
    if span is None or not 0 <= span[0] < span[1] <= len(text):
        return []
    first = text.rfind("\n", 0, max(0, span[0] - AROUND)) + 1 if span[0] > AROUND else 0
    last = text.find("\n", min(len(text), span[1] + AROUND))
    last = len(text) if last < 0 else last
    edges = {first, *span, last}
    for mark in marks:
        edges.update(edge for edge in mark[:2] if first <= edge <= last)
    return [
        Piece(text[start:end], _kind(start, end, span, marks))
        for start, end in pairwise(sorted(edges))
        if start < end
    ]


def _kind(
    start: int, end: int, span: tuple[int, int], marks: Sequence[tuple[int, int, str]]
) -> str:
    for mark_start, mark_end, kind in marks:
        if mark_start <= start and end <= mark_end:
            return kind
    return "task" if span[0] <= start and end <= span[1] else ""
