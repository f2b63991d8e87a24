"""What changed between two texts, word by word: what stayed, what went, what came.

The time it takes is bounded: where a text is too long to be compared word by word, whole sentences
are compared first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from rapidfuzz.distance import LCSseq

from nhipcau.translation.proofreading.draft import Passage


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed (SAME), came (ADDED) or went (REMOVED). `link` is where they lead."""

    change: Change
    words: str
    link: str = ""


# Han and kana one by one, letters of scripts without spaces with their marks, words, the rest.
_TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\uaa80-\uaadf]"
    r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u17b4-\u17d3]*"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uaa80-\uaadf]+|\s+|[^\w\s]"
)
_MOST_TOKENS = 8_000  # on each side, for a comparison word by word
_MOST_SENTENCES = 20_000
_LONGEST_SENTENCE = 200  # tokens
_STOPS = frozenset(".!?。！？\n")

Token: TypeAlias = tuple[str, str]  # words, link


def tokens_of(text: str) -> list[Token]:
    """Words, blanks and signs one by one; nothing of the text is lost."""
    return [(found.group(), "") for found in _TOKEN.finditer(text)]


def linked(passage: Passage | None) -> list[Token]:
    """The tokens of a passage with where they lead; a changed address is a changed word."""
    if passage is None:
        return []
    links = [hint for hint in passage.hints if hint.link]
    if not links:
        return tokens_of(passage.text)
    tokens: list[Token] = []
    at = 0
    for hint in links:
        tokens += tokens_of(passage.text[at : hint.start])
        tokens += [(w, hint.link) for w, _none in tokens_of(passage.text[hint.start : hint.end])]
        at = hint.end
    return tokens + tokens_of(passage.text[at:])


def stretches_of(was: list[Token], is_now: list[Token]) -> Iterator[Stretch]:
    """What stayed, went and came, neighbours of one kind and link joined."""
    yield from _joined(_settled(_runs(was, is_now)))


_Run: TypeAlias = tuple[Change, Sequence[Token]]


def _runs(was: Sequence[Token], is_now: Sequence[Token]) -> Iterator[_Run]:
    start, end = _common_ends(was, is_now)
    yield Change.SAME, is_now[:start]
    mine, its = was[start : len(was) - end], is_now[start : len(is_now) - end]
    if max(len(mine), len(its)) <= _MOST_TOKENS:
        yield from _by_words(mine, its)
    else:
        yield from _by_sentences(mine, its)
    yield Change.SAME, is_now[len(is_now) - end :]


def _common_ends(was: Sequence[Token], is_now: Sequence[Token]) -> tuple[int, int]:
    shorter = min(len(was), len(is_now))
    start = next((n for n in range(shorter) if was[n] != is_now[n]), shorter)
    rest = shorter - start
    end = next((n for n in range(rest) if was[-1 - n] != is_now[-1 - n]), rest)
    return start, end


def _by_words(was: Sequence[Token], is_now: Sequence[Token]) -> Iterator[_Run]:
    for step in LCSseq.opcodes(was, is_now):
        if step.tag == "equal":
            yield Change.SAME, is_now[step.dest_start : step.dest_end]
        else:
            yield Change.REMOVED, was[step.src_start : step.src_end]
            yield Change.ADDED, is_now[step.dest_start : step.dest_end]


def _by_sentences(was: Sequence[Token], is_now: Sequence[Token]) -> Iterator[_Run]:
    """Whole sentences first; words only inside what changed and is short enough."""
    mine, its = _sentences(was), _sentences(is_now)
    if max(len(mine), len(its)) > _MOST_SENTENCES:
        yield Change.REMOVED, was
        yield Change.ADDED, is_now
        return
    old: list[Token] = []
    new: list[Token] = []
    for step in LCSseq.opcodes(mine, its):
        if step.tag == "equal":
            yield from _within(old, new)
            old, new = [], []
            yield Change.SAME, [t for each in its[step.dest_start : step.dest_end] for t in each]
        else:
            old += [token for each in mine[step.src_start : step.src_end] for token in each]
            new += [token for each in its[step.dest_start : step.dest_end] for token in each]
    yield from _within(old, new)


def _within(old: Sequence[Token], new: Sequence[Token]) -> Iterator[_Run]:
    if max(len(old), len(new)) <= _MOST_TOKENS:
        yield from _by_words(old, new)
    else:
        yield Change.REMOVED, old
        yield Change.ADDED, new


def _sentences(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    found: list[tuple[Token, ...]] = []
    start = 0
    for place, (words, _link) in enumerate(tokens, 1):
        if words in _STOPS or place - start >= _LONGEST_SENTENCE:
            found.append(tuple(tokens[start:place]))
            start = place
    if start < len(tokens):
        found.append(tuple(tokens[start:]))
    return found


def _settled(runs: Iterable[_Run]) -> Iterator[_Run]:
    """A blank that stayed between two changed words reads better as part of the change.

    Within one change, what went is told before what came.
    """
    went: list[Token] = []
    came: list[Token] = []
    blank: Sequence[Token] = ()
    for change, tokens in runs:
        if not tokens:
            continue
        if change is Change.SAME:
            if went and came and not blank and len(tokens) == 1 and tokens[0][0].isspace():
                blank = tokens
                continue
            yield from ((Change.REMOVED, went), (Change.ADDED, came), (Change.SAME, blank))
            went, came, blank = [], [], ()
            yield change, tokens
            continue
        went += blank
        came += blank
        blank = ()
        (went if change is Change.REMOVED else came).extend(tokens)
    yield from ((Change.REMOVED, went), (Change.ADDED, came), (Change.SAME, blank))


def _joined(runs: Iterable[_Run]) -> Iterator[Stretch]:
    words: list[str] = []
    now: tuple[Change, str] | None = None
    for change, tokens in runs:
        for link, same_link in groupby(tokens, key=itemgetter(1)):
            if now is not None and now != (change, link):
                yield Stretch(now[0], "".join(words), now[1])
                words = []
            now = (change, link)
            words += [text for text, _link in same_link]
    if now is not None:
        yield Stretch(now[0], "".join(words), now[1])
