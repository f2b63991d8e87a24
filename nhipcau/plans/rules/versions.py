"""Which task of a plan's new version is which task of the version before. Pure.

A task is recognised first by its place and nearly the same words, then by nearly the same words
elsewhere, last by its place with words that still resemble. What is recognised keeps its row and
all that was done on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz, process

from nhipcau.kernel.folding import folded
from nhipcau.plans.enums import Change

SAME_WORDS = 90.0  # of 100, rapidfuzz's ratio over folded text
RESEMBLES = 55.0
_SPACES = re.compile(r"(\s+)")
_YEARS = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class TaskFace:
    """What a task looks like for comparison; `key` is whatever the caller knows it by."""

    key: int
    path: str
    title: str
    details: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """`old` and `new` are keys; one of them is None for a new or vanished task."""

    old: int | None
    new: int | None
    change: Change


def matches(old: Sequence[TaskFace], new: Sequence[TaskFace]) -> list[Match]:
    """Each old and each new task exactly once: the new ones in their order, then what is gone."""
    found: dict[int, int] = {}  # place in new -> place in old
    free = set(range(len(old)))
    words_old = [folded(face.title) for face in old]
    words_new = [folded(face.title) for face in new]
    by_path = {face.path: place for place, face in enumerate(old)}

    def pair(new_place: int, old_place: int) -> None:
        found[new_place] = old_place
        free.discard(old_place)

    for place, face in enumerate(new):
        other = by_path.get(face.path)
        if other in free and fuzz.ratio(words_old[other], words_new[place]) >= SAME_WORDS:
            pair(place, other)
    _pair_elsewhere(words_old, words_new, found, free, pair)
    for place, face in enumerate(new):
        other = by_path.get(face.path)
        if place in found or other not in free:
            continue
        if fuzz.ratio(words_old[other], words_new[place]) >= RESEMBLES:
            pair(place, other)
    told = [
        Match(old[found[place]].key, face.key, _change(old[found[place]], face))
        if place in found
        else Match(None, face.key, Change.NEW)
        for place, face in enumerate(new)
    ]
    return told + [Match(old[place].key, None, Change.GONE) for place in sorted(free)]


def _pair_elsewhere(
    words_old: Sequence[str],
    words_new: Sequence[str],
    found: dict[int, int],
    free: set[int],
    pair: Any,
) -> None:
    for place, words in enumerate(words_new):
        if place in found or not free:
            continue
        candidates = {other: words_old[other] for other in sorted(free)}
        best = process.extractOne(words, candidates, scorer=fuzz.ratio, score_cutoff=SAME_WORDS)
        if best is not None:
            pair(place, best[2])


def _change(old: TaskFace, new: TaskFace) -> Change:
    same = folded(old.title) == folded(new.title) and old.path == new.path
    return Change.SAME if same and old.details == new.details else Change.CHANGED


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of one version, and whether the other version does not have them there."""

    text: str
    is_changed: bool


def changed_words(old: str, new: str) -> tuple[list[Words], list[Words]]:
    """Both texts in pieces, cut where they part; joined again they are the texts unchanged."""
    before, after = _SPACES.split(old), _SPACES.split(new)
    pieces_old: list[Words] = []
    pieces_new: list[Words] = []
    for how, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for pieces, part in ((pieces_old, before[i1:i2]), (pieces_new, after[j1:j2])):
            if part:
                pieces.append(Words("".join(part), is_changed=how != "equal"))
    return pieces_old, pieces_new


@dataclass(frozen=True, slots=True)
class PlanFace:
    """What a plan looks like from outside: its title, number and issuer, as printed."""

    key: int
    title: str
    number: str
    issuer: str


def likely_same(new: PlanFace, known: Iterable[PlanFace]) -> int | None:
    """The key of the known plan of which `new` looks like another version; None: of none.

    The same number by the same issuer, or nearly the same title by the same issuer. A plan of
    the next year differs in its year alone, so titles that name different years never match.
    """
    title = folded(new.title)
    best: tuple[float, int] | None = None
    for plan in known:
        other = folded(plan.title)
        if new.issuer and plan.issuer and folded(new.issuer) != folded(plan.issuer):
            continue
        alike = fuzz.ratio(title, other)
        if new.number and new.number == plan.number and alike >= RESEMBLES:
            alike += 100.0
        elif alike < SAME_WORDS or _YEARS.findall(title) != _YEARS.findall(other):
            continue
        if best is None or alike > best[0]:
            best = (alike, plan.key)
    return None if best is None else best[1]


def count(told: Iterable[Match]) -> dict[Change, int]:
    """How many tasks are the same, changed, new and gone."""
    totals = dict.fromkeys(Change, 0)
    for match in told:
        totals[match.change] += 1
    return totals
