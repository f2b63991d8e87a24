"""What an index is asked for a query: a tree of few nodes for any engine to compile.

What must be found is asked in `folded` and `characters`; everything else only ranks:

    the word with its marks   exact        when it was typed with marks
    neighbours                grams        two words that were typed one after the other, folded
                                           and, when typed with marks, as typed
    words of a dictionary     folded       in scripts without spaces, where `characters` decides;
    what was typed as one     characters   so do several words typed without a space

A node scores as BM25 scores its terms, times its weight. `Both` finds what every one of `must`
finds; `better` adds to the score of what was found, `without` takes away. `Either` finds what one
of its nodes finds and scores the sum. `Phrase` has two terms or more, in a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import add

from nhipcau.search.text.analysis import Field
from nhipcau.search.text.query import Clause, Query
from nhipcau.search.text.synonyms import Wording
from nhipcau.search.text.words import Word


@dataclass(frozen=True, slots=True)
class Term:
    """One term in one column."""

    field: Field
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms in a row in one column that keeps positions."""

    field: Field
    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Either:
    """What one of the nodes finds."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """What every node of `must` finds and none of `without`; `better` ranks."""

    must: tuple[Node, ...]
    better: tuple[Node, ...] = ()
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """Finds nothing: an empty query, or one that only excludes."""


# So many characters on each side of the border between two words say that they stand side by side.
REACH = 3
# A run of several words ranks higher where it stands as typed: so many runs, so much of each.
MOST_RUNS, RUN_LENGTH = 4, 48

Node = Term | Phrase | Either | Both | Nothing


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each clause counts; found by trying, and held by benchmarks/retrieval.py.

    Only their proportions count here. Their size is such that what an engine adds for a word in a
    title (its boost, in units of one) outweighs words that a long text repeats.
    """

    folded: float = 0.5
    exact: float = 1.5
    grams: float = 3.0
    exact_grams: float = 3.0
    others: float = 0.25


def recipe(query: Query, *, needs_all: bool = True, weights: Weights | None = None) -> Node:
    """What to ask the index. With `needs_all` false one clause is enough, and more rank higher."""
    weighed = weights or Weights()
    wanted = [(clause, _found_by(clause, weighed)) for clause in query.clauses]
    required = [node for clause, node in wanted if not _is_optional(clause)]
    must = required or [node for _, node in wanted]
    if not must:
        return Nothing()
    better = [
        *(node for clause, node in wanted if required and _is_optional(clause)),
        *_with_marks(query, weighed),
        *_neighbours(query, weighed),
        *_runs(query, weighed),
    ]
    return Both(
        must=tuple(must) if needs_all else (_either(must),),
        better=tuple(better),
        without=tuple(_found_by(clause, weighed) for clause in query.excluded),
    )


def _is_optional(clause: Clause) -> bool:
    return all(word.is_optional for word in clause.words)


def _found_by(clause: Clause, weights: Weights) -> Node:
    typed = (
        list(_in_a_row(clause.words, weights.folded))
        if clause.is_phrase
        else [_required(word, weights.folded) for word in clause.words]
    )
    if clause.is_phrase:
        typed += _meant_marks(clause, weights)
    others = [_both(_in_a_row(other, weights.others)) for other in clause.others]
    return _either([_both(typed), *others])


def _meant_marks(clause: Clause, weights: Weights) -> Iterator[Node]:
    """The marks in a quotation are meant: of its pairs, and of words that are in no pair."""
    paired = {word for pair in clause.pairs for word in pair}
    for one, other in clause.pairs:
        if one.has_marks or other.has_marks:
            yield Term(Field.GRAMS, f"{one.exact}_{other.exact}", weights.exact_grams)
    for word in clause.words:
        if word.has_marks and word not in paired:
            yield Term(Field.EXACT, word.exact, weights.exact)


def _required(word: Word, weight: float) -> Node:
    if not word.is_unspaced:
        return Term(Field.FOLDED, word.folded, weight)
    return _row(Field.CHARACTERS, word.characters, weight)


def _in_a_row(words: Wording, weight: float) -> Iterator[Node]:
    """The words side by side: in `folded`, those of a run in `characters`."""
    for is_unspaced, group in groupby(words, key=lambda word: word.is_unspaced):
        if is_unspaced:
            yield from (_required(word, weight) for word in group)
        else:
            yield _row(Field.FOLDED, tuple(word.folded for word in group), weight)


def _with_marks(query: Query, weights: Weights) -> Iterator[Node]:
    words = dict.fromkeys(
        word for clause in query.clauses if not clause.is_phrase for word in clause.words
    )
    if any(word.has_marks for word in words):
        yield from (
            Term(Field.EXACT, word.exact, weights.exact) for word in words if not word.is_unspaced
        )
    yield from (
        Term(Field.FOLDED, word.folded, weights.exact) for word in words if word.is_in_dictionary
    )


def _neighbours(query: Query, weights: Weights) -> Iterator[Node]:
    for one, other in query.neighbours:
        if one.is_unspaced and other.is_unspaced:
            border = one.folded[-REACH:] + other.folded[:REACH]
            yield _row(Field.CHARACTERS, tuple(map(add, border, border[1:])), weights.grams)
        else:
            yield Term(Field.GRAMS, f"{one.folded}_{other.folded}", weights.grams)
            if one.has_marks or other.has_marks:
                yield Term(Field.GRAMS, f"{one.exact}_{other.exact}", weights.exact_grams)


def _runs(query: Query, weights: Weights) -> Iterator[Node]:
    """What was typed without a space, as it was typed, up to a length."""
    for run in query.runs[:MOST_RUNS]:
        begun = run[:RUN_LENGTH]
        yield _row(Field.CHARACTERS, tuple(map(add, begun, begun[1:])), weights.exact)


def _row(field: Field, terms: tuple[str, ...], weight: float) -> Node:
    return Term(field, terms[0], weight) if len(terms) == 1 else Phrase(field, terms, weight)


def _both(nodes: Iterable[Node]) -> Node:
    found = tuple(nodes)
    return found[0] if len(found) == 1 else Both(found)


def _either(nodes: Iterable[Node]) -> Node:
    found = tuple(nodes)
    return found[0] if len(found) == 1 else Either(found)
