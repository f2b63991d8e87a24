"""How much of a text is new, in numbers, and which words exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Two parts whose words would take more comparisons than this are shown as removed and added whole.
MOST_COMPARISONS = 4_000_000


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row that stayed, came or went."""

    words: str
    change: Change


def changed_words(before: str, after: str) -> dict[str, int]:
    """Words that only one of the texts has, counted: {"added": 12, "removed": 3}. Linear."""
    old, new = Counter(before.split()), Counter(after.split())
    return {"added": (new - old).total(), "removed": (old - new).total()}


def compared(before: str, after: str) -> list[tuple[Piece, ...]]:
    """The newer text line by line, with what was removed where it stood, word by word.

    The pieces of all lines that are not removed, put together, are the newer text; those that are
    not added are the older one.
    """
    old, new = before.splitlines(), after.splitlines()
    lines: list[tuple[Piece, ...]] = []
    for how, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            lines += [(Piece(line, Change.SAME),) for line in new[k:m]]
            continue
        paired = min(j - i, m - k)
        lines += [
            _line(was, now)
            for was, now in zip(old[i : i + paired], new[k : k + paired], strict=True)
        ]
        lines += [(Piece(line, Change.REMOVED),) for line in old[i + paired : j]]
        lines += [(Piece(line, Change.ADDED),) for line in new[k + paired : m]]
    return lines


def _line(before: str, after: str) -> tuple[Piece, ...]:
    old, new = before.split(), after.split()
    if len(old) * len(new) > MOST_COMPARISONS:
        return (Piece(before, Change.REMOVED), Piece(after, Change.ADDED))
    return tuple(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for how, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece(" ".join(new[k:m]), Change.SAME)
            continue
        if i < j:
            yield Piece(" ".join(old[i:j]), Change.REMOVED)
        if k < m:
            yield Piece(" ".join(new[k:m]), Change.ADDED)
