"""Which task of a plan's new version is which task of the version before. Pure.

A task is recognised first by its place and nearly the same words, then by nearly the same words
elsewhere, last by its place with words that still resemble. What is recognised keeps its row and
all that was done on it.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
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


class _Folded:
    """Titles folded for comparison, each when it is first asked for: most are never changed."""

    def __init__(self, faces: Sequence[TaskFace]) -> None:
        self._faces = faces
        self._known: dict[int, str] = {}

    def __getitem__(self, place: int) -> str:
        if place not in self._known:
            self._known[place] = folded(self._faces[place].title)
        return self._known[place]


def matches(old: Sequence[TaskFace], new: Sequence[TaskFace]) -> list[Match]:
    """Each old and each new task exactly once: the new ones in their order, then what is gone."""
    found: dict[int, int] = {}  # place in new -> place in old
    free = set(range(len(old)))
    words_old, words_new = _Folded(old), _Folded(new)
    by_path = {face.path: place for place, face in enumerate(old)}

    def resemble(other: int, place: int, least: float) -> bool:
        if old[other].title == new[place].title:
            return True
        return fuzz.ratio(words_old[other], words_new[place], score_cutoff=least) > 0

    def pair_by_path(least: float) -> None:
        for place, face in enumerate(new):
            other = by_path.get(face.path)
            if place not in found and other in free and resemble(other, place, least):
                found[place] = other
                free.discard(other)

    pair_by_path(SAME_WORDS)
    _pair_elsewhere(
        words_old, words_new, [p for p in range(len(new)) if p not in found], found, free
    )
    pair_by_path(RESEMBLES)
    told = []
    for place, face in enumerate(new):
        other = found.get(place)
        if other is None:
            told.append(Match(None, face.key, Change.NEW))
            continue
        before = old[other]
        same = (before.path, before.details) == (face.path, face.details) and (
            before.title == face.title or words_old[other] == words_new[place]
        )
        told.append(Match(before.key, face.key, Change.SAME if same else Change.CHANGED))
    return told + [Match(old[place].key, None, Change.GONE) for place in sorted(free)]


def with_those_come_back(
    told: Sequence[Match], gone: Sequence[TaskFace], new: Sequence[TaskFace]
) -> list[Match]:
    """What was told, where new tasks of nearly the words of one that is gone go on with its row.

    They are still told as new: the version before did not name them.
    """
    faces = {face.key: face for face in new}
    fresh = [faces[match.new] for match in told if match.old is None and match.new is not None]
    found: dict[int, int] = {}  # place among the fresh -> place among the gone
    _pair_elsewhere(_Folded(gone), _Folded(fresh), range(len(fresh)), found, set(range(len(gone))))
    back = {fresh[place].key: gone[other].key for place, other in found.items()}
    return [
        Match(back[match.new], match.new, match.change)
        if match.old is None and match.new in back
        else match
        for match in told
    ]


def _pair_elsewhere(
    words_old: _Folded,
    words_new: _Folded,
    open_places: Iterable[int],
    found: dict[int, int],
    free: set[int],
) -> None:
    """Pair with the nearest words that are free; the very same ones are found without a search."""
    candidates = {other: words_old[other] for other in sorted(free)}
    same = defaultdict[str, deque[int]](deque)
    for other, words in candidates.items():
        same[words].append(other)
    for place in open_places:
        words = words_new[place]
        while same[words] and same[words][0] not in candidates:
            same[words].popleft()
        if same[words]:
            chosen = same[words][0]
        else:
            best = process.extractOne(words, candidates, scorer=fuzz.ratio, score_cutoff=SAME_WORDS)
            if best is None:
                continue
            chosen = best[2]
        found[place] = chosen
        free.discard(chosen)
        del candidates[chosen]


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
