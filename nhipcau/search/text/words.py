"""The words of a query: what each must match, in scripts with spaces and without."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from nhipcau.search.text.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Word:
    """One word that was asked for.

    In a script without spaces its characters are asked for side by side, wherever a dictionary
    parted the indexed text. `is_optional`: one character between words of such a script, mostly a
    particle.
    """

    exact: str
    folded: str
    is_unspaced: bool = False
    is_in_dictionary: bool = False
    is_optional: bool = False

    @property
    def has_marks(self) -> bool:
        """Whether folding took something away: then the marks were meant."""
        return self.exact != self.folded

    @property
    def characters(self) -> tuple[str, ...]:
        """Its terms in the column of characters: neighbours, or the one character."""
        if not self.is_unspaced:
            return ()
        return tuple(a + b for a, b in pairwise(self.folded)) or (self.folded,)


def words_of(analysis: Analysis, *, has_whole_runs: bool = False) -> tuple[Word, ...]:
    """The words of an analysed query in order; with `has_whole_runs` each run is one word."""
    words: list[Word] = []
    done = 0
    for first, last in analysis.runs:
        words += _spaced(analysis, done, first)
        words += (
            [_joined(analysis, first, last)] if has_whole_runs else _of_run(analysis, first, last)
        )
        done = last
    return (*words, *_spaced(analysis, done, len(analysis.folded)))


def _spaced(analysis: Analysis, first: int, last: int) -> list[Word]:
    return [
        Word(exact, folded)
        for exact, folded in zip(
            analysis.exact[first:last], analysis.folded[first:last], strict=True
        )
    ]


def _joined(analysis: Analysis, first: int, last: int, *, is_optional: bool = False) -> Word:
    folded = "".join(analysis.folded[first:last])
    return Word(
        exact="".join(analysis.exact[first:last]),
        folded=folded,
        is_unspaced=True,
        is_in_dictionary=last - first == 1 and len(folded) > 1,
        is_optional=is_optional,
    )


def _of_run(analysis: Analysis, first: int, last: int) -> list[Word]:
    """A dictionary parts a name that it does not know into characters: they are one word again."""
    words = []
    is_single = [len(term) == 1 for term in analysis.folded[first:last]]
    for single, group in groupby(range(first, last), key=lambda at: is_single[at - first]):
        places = list(group)
        if not single:
            words += [_joined(analysis, at, at + 1) for at in places]
        else:
            is_alone = len(places) == 1 and last - first > 1
            words.append(_joined(analysis, places[0], places[-1] + 1, is_optional=is_alone))
    return words
