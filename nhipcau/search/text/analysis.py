"""Text becomes terms with their places: what is indexed and what is asked alike.

How an analysis is indexed, each field as its terms joined by spaces, taken apart at spaces and
nowhere else (no other token filter):

    field       holds                                                    keeps
    folded      every word without its marks                             positions, frequencies
    exact       the same words as written                                frequencies
    grams       each two neighbours of `folded`, joined by “_”           frequencies
    characters  of scripts without spaces: each two neighbouring         positions, frequencies
                characters, then each character once

`folded[i]` and `exact[i]` are the same word; its place is `i`, and `spans[i]` says where it stands
in the text. In Vietnamese a word is a syllable: words of several syllables are found through
`grams`. In Chinese, Japanese, Lao, Khmer, Thai and Burmese words are those that ICU's dictionaries
find; since a dictionary may part an unknown name anywhere, what must be found there is asked in
`characters`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from operator import add

from icu4py.breakers import WordBreaker

from nhipcau.search.text.scripts import CLUSTER, MARK, RUN, WORD, is_unspaced
from nhipcau.search.text.terms import TERM_LENGTH, exact_term, folded_term

# Part of what an index is built from: a change of any rule here or in `terms` and `scripts` needs a
# new number, and the index is built again.
VERSION = 1
Span = tuple[int, int]


class Field(StrEnum):
    """The columns of an index that hold text."""

    FOLDED = "folded"
    EXACT = "exact"
    GRAMS = "grams"
    CHARACTERS = "characters"


@dataclass(frozen=True)
class Analysis:
    """A text and its terms; `runs` are its stretches without spaces, as places of words."""

    text: str
    language: str
    exact: tuple[str, ...]
    folded: tuple[str, ...]
    runs: tuple[Span, ...] = ()

    @property
    def grams(self) -> list[str]:
        """Each two neighbouring words, folded."""
        return list(map("_".join, zip(self.folded, self.folded[1:], strict=False)))

    @property
    def characters(self) -> list[str]:
        """Each two neighbouring characters of every run in order, then each character once."""
        pairs: list[str] = []
        single: dict[str, None] = {}
        for run in self.unspaced:
            pairs += map(add, run, run[1:])
            single |= dict.fromkeys(MARK.sub("", run))
        return pairs + list(single)

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
    if is_unspaced(text):
        spans, runs = _parted(text, language)
        words = [text[start:end] for start, end in spans]
    else:
        words, runs = WORD.findall(text), []
    return Analysis(
        text=text,
        language=language,
        exact=tuple(map(exact_term, words)),
        folded=tuple(map(folded_term, words)),
        runs=tuple(runs),
    )


def _parted(text: str, language: str) -> tuple[list[Span], list[Span]]:
    """Where the words of a text of any scripts stand, and which of them make up its runs."""
    spans: list[Span] = []
    runs: list[Span] = []
    done = 0
    for run in RUN.finditer(text):
        spans += (word.span() for word in WORD.finditer(text, done, run.start()))
        first = len(spans)
        spans += _words_of_run(run.group(), run.start(), language)
        runs.append((first, len(spans)))
        done = run.end()
    spans += (word.span() for word in WORD.finditer(text, done))
    return spans, runs


def _words_of_run(run: str, at: int, language: str) -> list[Span]:
    words: list[Span] = []
    end = 0
    # Its segments() count in UTF-16, two for a rare Han character: the pieces are counted here.
    for piece in WordBreaker(run, _locale(language)):
        start, end = end, end + len(piece)
        if RUN.match(piece) is None:  # a zero-width space that somebody set between words
            continue
        if len(piece) <= TERM_LENGTH:
            words.append((at + start, at + end))
        else:  # no word: laughter, a line of one letter
            words += _cut(run, start, end, at)
    return words


def _cut(run: str, start: int, end: int, at: int) -> list[Span]:
    pieces = []
    first = start
    for cluster in CLUSTER.finditer(run, start, end):
        if cluster.end() - first > TERM_LENGTH and cluster.start() > first:
            pieces.append((at + first, at + cluster.start()))
            first = cluster.start()
    return [*pieces, (at + first, at + end)]


def _locale(language: str) -> str:
    # Private-use and minority tags break as their letters do; ICU wants a name it can parse.
    primary = language.partition("-")[0]
    return primary if primary.isascii() and primary.isalpha() else "und"
