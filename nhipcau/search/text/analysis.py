"""Text becomes terms with their places: what is indexed and what is asked alike.

How an analysis is indexed, each field as its terms joined by spaces, taken apart at spaces and
nowhere else (no other token filter):

    field       holds                                                    keeps
    folded      every word without its marks                             positions, frequencies
    exact       the same words as written                                frequencies
    grams       each two neighbours of a sentence, joined by “_”:        frequencies
                folded, and as written where that differs
    characters  of scripts without spaces: each two neighbouring         positions, frequencies
                characters, then each character once

`folded[i]` and `exact[i]` are the same word; its place is `i`, and `spans[i]` says where it stands
in the text. In Vietnamese a word is a syllable: words of several syllables are found through
`grams`. In Chinese, Japanese, Lao, Khmer, Thai and Burmese words are those that ICU's dictionaries
find; since a dictionary may part an unknown name anywhere, what must be found there is asked in
`characters`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise
from operator import add

from icu4py.breakers import WordBreaker

from nhipcau.search.text.scripts import CLUSTER, HIDDEN_SIGNS, MARK, RUN, SPECIAL, WORD, sound
from nhipcau.search.text.terms import TERM_LENGTH, exact_term, folded_term

# Part of what an index is built from: a change of any rule here or in `terms` and `scripts` needs a
# new number, and the index is built again.
VERSION = 2
Span = tuple[int, int]

# Where a sentence ends: words before and after are no neighbours. “20.000” and “10:30” go on.
_STOP = re.compile(r"[.!?…;:\n。！？；។](?:(?<=[\n。！？；។])|[\"”’»)]*\s)")
_NO_WORD = re.compile(r"[^\w\s]+|_+")


class Field(StrEnum):
    """The columns of an index that hold text."""

    FOLDED = "folded"
    EXACT = "exact"
    GRAMS = "grams"
    CHARACTERS = "characters"


@dataclass(frozen=True)
class Analysis:
    """A text and its terms.

    `runs` are its stretches in scripts without spaces, `sentences` where each sentence begins and
    the last one ends; both as places of words.
    """

    text: str
    language: str
    exact: tuple[str, ...]
    folded: tuple[str, ...]
    sentences: tuple[int, ...]
    runs: tuple[Span, ...] = ()

    @property
    def grams(self) -> list[str]:
        """Each two neighbouring words of a sentence: folded, and as written where that differs."""
        folded = list(map("_".join, pairwise(self.folded)))
        exact = list(map("_".join, pairwise(self.exact)))
        for begin in self.sentences:
            if 0 < begin <= len(folded):
                folded[begin - 1] = exact[begin - 1] = ""
        return [
            *filter(None, folded),
            *(pair for pair, bare in zip(exact, folded, strict=True) if pair != bare),
        ]

    @property
    def characters(self) -> list[str]:
        """Each two neighbouring characters of every run in order, then each character once."""
        pairs: list[str] = []
        runs = self.unspaced
        for run in runs:
            pairs += map(add, run, run[1:])
        return pairs + [sign for sign in dict.fromkeys("".join(runs)) if not MARK.match(sign)]

    @property
    def unspaced(self) -> list[str]:
        """The folded characters of each run."""
        return ["".join(self.folded[first:last]) for first, last in self.runs]

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where each word stands in the text: start and end, in characters."""
        if not self.runs:
            return tuple(match.span() for match in WORD.finditer(self.text))
        return tuple(_parted(self.text, self.language)[0])

    def fields(self) -> dict[Field, str]:
        """What the index keeps of it, ready to be taken apart at spaces."""
        return {
            Field.FOLDED: " ".join(self.folded),
            Field.EXACT: " ".join(self.exact),
            Field.GRAMS: " ".join(self.grams),
            Field.CHARACTERS: " ".join(self.characters) if self.runs else "",
        }


def analyse(text: str, *, language: str) -> Analysis:
    """The terms of any text; `language` is a BCP 47 tag, other languages in it are read too.

    Total: every string has an analysis. Costs about 0.5 µs a word of Vietnamese, 0.3 µs a
    character of the scripts without spaces.
    """
    is_special = SPECIAL.search(text) is not None
    if is_special and RUN.search(text):
        spans, runs = _parted(text, language)
        words = [text[start:end] for start, end in spans]
        stops = [bisect_left(spans, stop.span()) for stop in _STOP.finditer(text)]
        sentences = [0, *stops, len(words)]
    else:
        apart = WORD.findall if is_special else _apart
        found = list(map(apart, _STOP.split(text)))
        words, runs = [word for sentence in found for word in sentence], []
        sentences = [0, *accumulate(map(len, found))]
    return Analysis(
        text=text,
        language=language,
        exact=tuple(map(exact_term, words)),
        folded=tuple(map(folded_term, words)),
        sentences=tuple(sentences),
        runs=tuple(runs),
    )


def _apart(sentence: str) -> list[str]:
    """What `WORD` finds in a text without special signs, twice as fast."""
    return _NO_WORD.sub(" ", sentence).split()


def _parted(text: str, language: str) -> tuple[list[Span], list[Span]]:
    """Where the words of a text of any scripts stand, and which of them make up its runs."""
    # Its segments() count in UTF-16, two for a rare Han character: the pieces are counted here.
    borders = [0, *accumulate(map(len, WordBreaker(sound(text), _locale(language))))]
    spans: list[Span] = []
    runs: list[Span] = []
    done = 0
    for run in RUN.finditer(text):
        start, end = run.span()
        spans += (word.span() for word in WORD.finditer(text, done, start))
        first = len(spans)
        inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
        for word in pairwise((start, *inside, end)):
            if text[word[0]] in HIDDEN_SIGNS:  # a zero-width space that somebody set between words
                continue
            if word[1] - word[0] <= TERM_LENGTH:
                spans.append(word)
            else:  # no word: laughter, a line of one letter
                spans += _cut(text, *word)
        runs.append((first, len(spans)))
        done = end
    spans += (word.span() for word in WORD.finditer(text, done))
    return spans, runs


def _cut(text: str, start: int, end: int) -> list[Span]:
    pieces = []
    first = start
    for cluster in CLUSTER.finditer(text, start, end):
        if cluster.end() - first > TERM_LENGTH and cluster.start() > first:
            pieces.append((first, cluster.start()))
            first = cluster.start()
    return [*pieces, (first, end)]


def _locale(language: str) -> str:
    # Private-use and minority tags break as their letters do; ICU wants a name it can parse.
    primary = language.partition("-")[0]
    return primary if primary.isascii() and primary.isalpha() else "und"
