"""What a found text shows: its best passage, with what was asked for marked. Data, no markup.

A template writes each piece as text and puts its own element around hits, so that nothing in a text
can become markup. Joined, the pieces are the text again, letter by letter.

A word is marked where it stands as typed, or beside a neighbour it was typed with. Only where
neither is the case anywhere is it marked wherever it stands with other marks: “của” is no hit for
“cửa khẩu” while “cửa khẩu” is there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from icu4py.breakers import CharacterBreaker

from nhipcau.search.text.analysis import Analysis, Span, analyse
from nhipcau.search.text.query import Query
from nhipcau.search.text.scripts import CLUSTER, sound
from nhipcau.search.text.synonyms import Wording
from nhipcau.search.text.terms import folded_term
from nhipcau.search.text.words import Word

# What is looked through for hits: a longer text shows what its beginning holds.
TEXT_LENGTH = 200_000
# So many hits of one word are looked at.
MOST_HITS = 1_000
PASSAGE_LENGTH = 220
# Where a sentence ends: Latin, Chinese and Japanese, Khmer; Lao and Thai leave a space or a line.
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)]*\s+|[。！？]|[។៕]\s*|\n+")
_CLOSING = re.compile(r"[.!?…,;:)\]\"”’»。！？，；：）」』។]*")
_GAP = re.compile(r"[^\S\n]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, hit or not."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text; whether the text has begun before it, whether it goes on after it."""

    pieces: tuple[Piece, ...]
    is_begun: bool = False
    is_broken_off: bool = False

    @property
    def text(self) -> str:
        """The passage without marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def hits(self) -> tuple[str, ...]:
        """What is marked in it."""
        return tuple(piece.text for piece in self.pieces if piece.is_hit)


@dataclass(frozen=True, slots=True, order=True)
class _Hit:
    start: int
    end: int
    word: str
    is_beside: bool = False


def marked(text: str, query: Query, *, language: str) -> tuple[Piece, ...]:
    """The whole of a short text, such as a title, with its hits."""
    analysis = analyse(text, language=language)
    return _pieces(text, _joined(text, _Reading(analysis, query).hits()), (0, len(text)))


def passages(
    text: str, query: Query, *, language: str, length: int = PASSAGE_LENGTH, most: int = 1
) -> tuple[Passage, ...]:
    """The best `most` passages of about `length` characters, in the order of the text.

    Best is what holds most of the words asked for, then most of them beside one another, then
    what comes first. Cut between words in every script; only what is longer than a passage and
    has no such place is cut elsewhere, never inside a cluster. A text without a hit shows its
    beginning, an empty one nothing.
    """
    read = text[:TEXT_LENGTH]
    analysis = analyse(read, language=language)
    hits = _Reading(analysis, query).hits()
    free: list[Span] = [(0, len(read))]
    windows: list[Span] = []
    while len(windows) < most:
        groups = [
            (group, stretch)
            for stretch in free
            if (group := _best([hit for hit in hits if _is_inside(hit, stretch)], length))
        ]
        if not groups:
            break
        group, stretch = max(groups, key=lambda each: _worth(each[0]))
        window = _window(analysis, (group[0].start, group[-1].end), stretch, length)
        windows.append(window)
        free.remove(stretch)
        free += [(stretch[0], window[0]), (window[1], stretch[1])]
    if not windows and read.strip():
        start = len(read) - len(read.lstrip())
        windows = [_window(analysis, (start, start), (0, len(read)), length)]
    marks = _joined(read, hits)
    return tuple(
        Passage(
            pieces=_pieces(read, marks, window),
            is_begun=bool(text[: window[0]].strip()),
            is_broken_off=bool(text[window[1] :].strip()),
        )
        for window in sorted(windows)
    )


def _is_inside(hit: _Hit, stretch: Span) -> bool:
    return stretch[0] <= hit.start and hit.end <= stretch[1]


def _worth(group: list[_Hit]) -> tuple[int, int, int]:
    beside = sum(hit.is_beside for hit in group)
    return len({hit.word for hit in group}), beside, -group[0].start


def _best(hits: list[_Hit], length: int) -> list[_Hit]:
    """The neighbouring hits that fit into one passage and are worth most; reads the hits once."""
    best, worth = (0, 0), (0, 0, 0)
    words: Counter[str] = Counter()
    distinct = beside = first = 0
    for last, hit in enumerate(hits):
        words[hit.word] += 1
        distinct += words[hit.word] == 1
        beside += hit.is_beside
        while first < last and hit.end - hits[first].start > length:
            words[hits[first].word] -= 1
            distinct -= words[hits[first].word] == 0
            beside -= hits[first].is_beside
            first += 1
        found = (distinct, beside, -hits[first].start)
        if found > worth:
            best, worth = (first, last + 1), found
    group = hits[slice(*best)]
    while len(group) > 1 and _worth(group[1:])[:2] == worth[:2]:  # it need not begin so early
        group = group[1:]
    return group


def _window(analysis: Analysis, around: Span, stretch: Span, length: int) -> Span:
    """Where to cut: from the start of a sentence where one is near, whole words at both ends.

    A third of the room is left before what was found when no sentence starts there.
    """
    text, spans = analysis.text, analysis.spans
    room = max(length - (around[1] - around[0]), 0)
    earliest = max(around[0] - room * 2 // 3, stretch[0])
    sentences = [end.end() for end in _SENTENCE_END.finditer(text, earliest, around[0])]
    if earliest == stretch[0]:
        start = earliest
    elif sentences:
        start = sentences[-1]
    else:
        at = bisect_left(spans, (around[0] - room // 3,))
        start = min(spans[at][0], around[0]) if at < len(spans) else around[0]
    start += len(text[start : around[0]]) - len(text[start : around[0]].lstrip())
    latest = min(start + length, stretch[1])
    if latest < len(text):
        at = bisect_right(spans, latest, key=lambda span: span[1]) - 1
        last = spans[at][1] if at >= 0 else 0
        closing = _CLOSING.match(text, last, latest)
        if last > start and closing:
            latest = closing.end()
        else:
            latest = start + _cluster_end(text[start : latest + 32], latest - start)
    return _trimmed(text, start, latest)


def _cluster_end(text: str, length: int) -> int:
    """How much of a text without a border between words is shown: whole clusters."""
    end = 0
    for cluster in CharacterBreaker(sound(text), "und"):
        if end and end + len(cluster) > length:
            break
        end += len(cluster)
    return end


def _trimmed(text: str, start: int, end: int) -> Span:
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), end - len(shown) + len(shown.rstrip())


def _pieces(text: str, hits: list[Span], window: Span) -> tuple[Piece, ...]:
    pieces = []
    at = window[0]
    for hit in hits:
        start, end = max(hit[0], at), min(hit[1], window[1])
        if start >= end:
            continue
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], is_hit=True))
        at = end
    if at < window[1]:
        pieces.append(Piece(text[at : window[1]]))
    return tuple(pieces)


def _joined(text: str, hits: list[_Hit]) -> list[Span]:
    """The hits as stretches: those that touch or have only a space between them are one."""
    joined: list[Span] = []
    for hit in hits:
        if joined and (
            hit.start <= joined[-1][1] or _GAP.fullmatch(text, joined[-1][1], hit.start)
        ):
            joined[-1] = (joined[-1][0], max(joined[-1][1], hit.end))
        else:
            joined.append((hit.start, hit.end))
    return joined


class _Reading:
    """A text read with a query: everything in it that the query asks for."""

    def __init__(self, analysis: Analysis, query: Query) -> None:
        self.analysis = analysis
        self.query = query
        self.beside = {(one.folded, other.folded) for one, other in query.neighbours}
        self.begins = frozenset(analysis.sentences)
        self.unspaced = analysis.unspaced
        # Where each spaced word asked for stands, folded, in any wording.
        self.places: dict[str, list[int]] = {
            word.folded: []
            for clause in query.clauses
            for words in (clause.words, *clause.others)
            for word in words
            if not word.is_unspaced
        }
        for at, term in enumerate(analysis.folded) if self.places else ():
            if term in self.places:
                self.places[term].append(at)

    def hits(self) -> list[_Hit]:
        """In the order of the text, of each word the first thousand."""
        found: set[_Hit] = set()
        for clause in self.query.clauses:
            for words in (clause.words, *clause.others):
                if clause.is_phrase or words is not clause.words:
                    found.update(self._in_a_row(words))
                else:
                    for word in words:
                        found.update(self._of_word(word))
        return sorted(found)

    def _of_word(self, word: Word) -> Iterable[_Hit]:
        if word.is_unspaced:
            return islice(self._in_runs(word), MOST_HITS)
        hits: list[_Hit] = []
        weak: list[_Hit] = []
        for at in self.places[word.folded]:
            is_beside = self._are_beside(at - 1) or self._are_beside(at)
            hit = _Hit(*self.analysis.spans[at], word.folded, is_beside)
            is_meant = is_beside or self.analysis.exact[at] == word.exact
            (hits if is_meant else weak).append(hit)
        return (hits or weak)[:MOST_HITS]

    def _are_beside(self, at: int) -> bool:
        """Whether the word there and the next were typed side by side and share a sentence."""
        pair = self.analysis.folded[at : at + 2]
        return at >= 0 and pair in self.beside and at + 1 not in self.begins

    def _in_a_row(self, words: Wording) -> Iterator[_Hit]:
        """Hits of a phrase: its spaced words in a row; each of its runs by itself."""
        for is_unspaced, group in groupby(words, key=lambda word: word.is_unspaced):
            row = tuple(group)
            if is_unspaced:
                for word in row:
                    yield from islice(self._in_runs(word), MOST_HITS)
            else:
                yield from islice(self._spaced_row(tuple(word.folded for word in row)), MOST_HITS)

    def _spaced_row(self, terms: tuple[str, ...]) -> Iterator[_Hit]:
        spans = self.analysis.spans
        for at in self.places[terms[0]]:
            last = at + len(terms)
            if self.analysis.folded[at:last] == terms:
                yield _Hit(spans[at][0], spans[last - 1][1], " ".join(terms), is_beside=True)

    def _in_runs(self, word: Word) -> Iterator[_Hit]:
        """Hits in scripts without spaces, wherever a dictionary parted the text; whole clusters."""
        for (first, last), run in zip(self.analysis.runs, self.unspaced, strict=True):
            at = run.find(word.folded)
            letters = self._letters(first, last) if at >= 0 else []
            while at >= 0:
                end = at + len(word.folded)
                yield _Hit(letters[at][0], letters[end - 1][1], word.folded, end - at > 1)
                at = run.find(word.folded, end)

    def _letters(self, first: int, last: int) -> list[Span]:
        """For each folded character of a run, the cluster of the text that it comes from."""
        letters: list[Span] = []
        for at in range(first, last):
            start, end = self.analysis.spans[at]
            clusters = [
                (cluster.span(), folded_term(cluster.group()))
                for cluster in CLUSTER.finditer(self.analysis.text, start, end)
            ]
            if "".join(term for _, term in clusters) != self.analysis.folded[at]:
                clusters = [((start, end), self.analysis.folded[at])]
            letters += (span for span, term in clusters for _ in term)
        return letters
