"""What was perhaps meant: words of the house's own texts, near what was typed.

A vocabulary is counted from analysed texts (`terms_of`): words, and pairs of neighbours joined by
“_”. It keeps the most frequent ones, so that its size has a bound whatever the texts hold.

Marks cost next to nothing: a query is folded anyway, and a suggestion is spelled with the marks
that its words have beside one another in the texts. A letter too many, too few, wrong or exchanged
with its neighbour costs more; so does a space forgotten between two words. What an input method
would have turned into marks (Telex “tieengs”, VNI “tie6ng1”) is read as it was meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import pairwise
from math import log

from nhipcau.search.text.analysis import Analysis, analyse
from nhipcau.search.text.query import Query, parse_query
from nhipcau.search.text.recipe import Either, Node, recipe
from nhipcau.search.text.scripts import HAN, RUN
from nhipcau.search.text.synonyms import Wording
from nhipcau.search.text.terms import folded_term
from nhipcau.search.text.words import Word

MOST_WORDS = 40_000
MOST_PAIRS = 60_000
# Longer queries are left alone; so many forms of one word are weighed, so many ways kept.
_MOST_TYPED = 8
_MOST_FORMS = 32
_MOST_WAYS = 24
_MOST_NEAR = 8
_SHORT = 2
# Costs, in units of one factor e of frequency.
_OTHER_MARKS, _NO_MARKS, _INPUT_METHOD, _TYPO, _SPACE = 1.0, 0.1, 1.0, 4.0, 4.0
# What a pair known to the texts is worth beside one that is not.
_KNOWN_PAIR = 3.0

_TELEX = re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxj](?=[a-z]*$)")
_DOUBLED = re.compile(r"([aeo])\1|dd|(?<=[aou])w")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query. `frequency` is that of its rarest word or pair in the texts."""

    text: str
    frequency: int


def terms_of(analysis: Analysis) -> Iterator[str]:
    """The words and pairs of one text, as a vocabulary counts them; numbers are left out."""
    for first, last in pairwise(analysis.sentences):
        words = analysis.exact[first:last]
        yield from _counted(words)


class Vocabulary:
    """Words and pairs with their frequencies, to be asked for what is near a query."""

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        """Read (term, frequency), each term once, in any order; keeps the most frequent ones."""
        words: list[tuple[str, int]] = []
        pairs: list[tuple[str, int]] = []
        for term, frequency in terms:
            (pairs if "_" in term else words).append((term, frequency))
        words = nlargest(MOST_WORDS, words, key=lambda each: (each[1], each[0]))
        pairs = nlargest(MOST_PAIRS, pairs, key=lambda each: (each[1], each[0]))
        self._frequency = dict(words + pairs)
        self._forms: dict[str, list[str]] = defaultdict(list)
        for word, _ in words:
            self._forms[folded_term(word)].append(word)
        self._bare_pairs = Counter[str]()
        for pair, frequency in pairs:
            self._bare_pairs[_bare(pair)] += frequency
        self._sorted = sorted((_bare(term), term) for term in self._frequency)
        # A letter or two begin a large part of all terms: what they become is remembered.
        self._begun: dict[tuple[str, int], list[str]] = {}
        self._letters = sorted(
            {letter for word in self._forms if not HAN.search(word) for letter in word}
        )

    def knows(self, query: Query) -> bool:
        """Whether the texts hold every word of it, and every two neighbours side by side."""
        return all(
            word.folded in self._forms for word in query.words if not _is_number(word.folded)
        ) and all(
            f"{one.folded}_{other.folded}" in self._bare_pairs
            for one, other in query.neighbours
            if not (_is_number(one.folded) or _is_number(other.folded))
        )

    def suggest(self, query: Query, *, most: int = 3) -> list[Suggestion]:
        """Queries of other letters that the texts bear out, the likeliest first.

        What the texts know is left alone; so are quotations, what is excluded, and queries of
        more than eight words. Takes about 1 ms a word.
        """
        typed = [word.exact for word in query.words]
        if (
            not 0 < len(typed) <= _MOST_TYPED
            or query.excluded
            or any(clause.is_phrase for clause in query.clauses)
            or self.knows(query)
        ):
            return []
        bare = tuple(word.folded for word in query.words)
        found = []
        for words in self._likeliest([self._near(word) for word in typed]):
            rarest = min(map(self._seen, _counted(words)), default=0)
            if rarest and tuple(map(folded_term, words)) != bare:
                found.append(Suggestion(_written(words), rarest))
        return found[:most]

    def loosened(self, query: Query) -> Query:
        """The same query, each word with what may have been meant by it beside it.

        For a query that finds nothing: what is near counts for less than what was typed, and
        neighbours that the texts know for more. Quotations are left to the letter.
        """
        near = {
            word: self._near_wordings(word.exact)
            for clause in query.clauses[:_MOST_TYPED]
            if not clause.is_phrase
            for word in clause.words
        }
        clauses = [
            replace(clause, others=clause.others + near[clause.words[0]])
            if len(clause.words) == 1 and clause.words[0] in near
            else clause
            for clause in query.clauses
        ]
        neighbours = dict.fromkeys(query.neighbours)
        for one, other in query.neighbours:
            for before in ((one,), *near.get(one, ())):
                for after in ((other,), *near.get(other, ())):
                    pair = _plain(before[-1]), _plain(after[0])
                    if f"{pair[0].folded}_{pair[1].folded}" in self._bare_pairs:
                        neighbours[pair] = None
        return replace(query, clauses=tuple(clauses), neighbours=tuple(neighbours))

    def forgiving(self, query: Query) -> Node:
        """What to ask for a query that finds nothing: the likeliest other one before all near ones.

        The last resort, when that finds nothing either, is `recipe(loosened, needs_all=False)`.
        """
        near = recipe(self.loosened(query))
        likeliest = self.suggest(query, most=1)
        if not likeliest:
            return near
        return Either((recipe(parse_query(likeliest[0].text, language=query.language)), near))

    def _near_wordings(self, typed: str) -> tuple[Wording, ...]:
        """The nearest words without marks, in the order of their cost."""
        bare = dict.fromkeys(tuple(map(folded_term, words)) for _, words in self._near(typed))
        bare.pop((folded_term(typed),), None)
        return tuple(tuple(Word(word, word) for word in words) for words in bare)[:_MOST_NEAR]

    def complete(self, typed: str, *, language: str, most: int = 8) -> list[str]:
        """What a query may become: its last word completed, alone or with a neighbour.

        Marks that were typed are kept; what was typed without is completed with.
        """
        words = analyse(typed, language=language)
        if not words.exact or typed[-1:].isspace():
            return []
        for length in (2, 1):
            begun = words.exact[-length:]
            if len(begun) < length:
                continue
            head = typed[: words.spans[-length][0]]
            found = self._beginning("_".join(begun), most)
            if found:
                return [head + _written(term.split("_")) for term in found]
        return []

    def _beginning(self, begun: str, most: int) -> list[str]:
        if len(begun) > _SHORT:
            return self._looked_up(begun, most)
        found = self._begun.get((begun, most)) or self._looked_up(begun, most)
        if found:
            self._begun[begun, most] = found
        return found

    def _looked_up(self, begun: str, most: int) -> list[str]:
        bare = _bare(begun)
        first = bisect_left(self._sorted, (bare,))
        last = bisect_left(self._sorted, (bare + "\U0010ffff",))
        fitting = (term for _, term in self._sorted[first:last] if _fits(term, begun))
        return nlargest(most, fitting, key=lambda term: (self._frequency[term], -len(term)))

    def _seen(self, term: str) -> int:
        return self._frequency.get(term, 0)

    def _near(self, typed: str) -> list[tuple[float, tuple[str, ...]]]:
        """Words that may have been meant, with what each costs; the typed one is among them."""
        costs: dict[tuple[str, ...], float] = {}
        if _is_number(typed):
            return [(0.0, (typed,))]
        for cost, bare in self._bare_near(folded_term(typed)):
            for form in self._forms[bare]:
                kept = 0.0 if form == typed else _OTHER_MARKS
                if typed == folded_term(typed) and form != typed:
                    kept = _NO_MARKS
                total = cost + kept - log(1 + self._frequency[form]) / 2
                costs[(form,)] = min(total, costs.get((form,), total))
        for at in range(1, len(typed)):
            one, other = folded_term(typed[:at]), folded_term(typed[at:])
            if f"{one}_{other}" in self._bare_pairs:
                for first in self._forms[one]:
                    for second in self._forms[other]:
                        if seen := self._seen(f"{first}_{second}"):
                            costs[first, second] = _SPACE - log(1 + seen) / 2
        near = sorted((cost, words) for words, cost in costs.items())[:_MOST_FORMS]
        if not any(words == (typed,) for _, words in near):
            near.append((_TYPO * 2, (typed,)))
        return near

    def _bare_near(self, bare: str) -> Iterator[tuple[float, str]]:
        """Known words without marks near one: itself, as an input method had it, a typo away."""
        if bare in self._forms:
            yield 0.0, bare
        for plain in {_TELEX.sub(r"\1", _DOUBLED.sub(_first_letter, bare)), _without_digits(bare)}:
            if plain != bare and plain in self._forms:
                yield _INPUT_METHOD, plain
        if HAN.search(bare):  # no alphabet: what is typed wrong there is another word
            return
        letters = [letter for letter in self._letters if letter.isascii() == bare.isascii()]
        for near in _edits(bare, letters):
            if near in self._forms:
                yield _TYPO, near

    def _likeliest(
        self, near: Sequence[list[tuple[float, tuple[str, ...]]]]
    ) -> list[tuple[str, ...]]:
        """The cheapest ways through the words, a few kept at each step; known pairs pay."""
        ways: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for candidates in near:
            longer = [
                (cost + more + self._apart(way, words), way + words)
                for cost, way in ways
                for more, words in candidates
            ]
            ways = sorted(longer)[:_MOST_WAYS]
        return [words for _, words in ways]

    def _apart(self, before: tuple[str, ...], after: tuple[str, ...]) -> float:
        if not before:
            return 0.0
        pair = f"{before[-1]}_{after[0]}"
        if seen := self._seen(pair):
            return -_KNOWN_PAIR - log(seen) / 2
        return -_KNOWN_PAIR / 2 if _bare(pair) in self._bare_pairs else 0.0


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _counted(words: Sequence[str]) -> Iterator[str]:
    """Words and pairs, without those that a number is part of."""
    yield from (word for word in words if not _is_number(word))
    for one, other in pairwise(words):
        if not (_is_number(one) or _is_number(other)):
            yield f"{one}_{other}"


def _bare(term: str) -> str:
    return "_".join(map(folded_term, term.split("_")))


def _plain(word: Word) -> Word:
    return word if word.is_unspaced else Word(word.folded, word.folded)


def _written(words: Sequence[str]) -> str:
    """Words as people write them: with a space, but for scripts that write none."""
    text = words[0]
    for before, word in pairwise(words):
        text += word if RUN.match(before) and RUN.match(word) else f" {word}"
    return text


def _first_letter(match: re.Match[str]) -> str:
    return "" if match.group() == "w" else match.group()[0]


def _without_digits(bare: str) -> str:
    return "".join(letter for letter in bare if not letter.isdigit())


def _fits(term: str, begun: str) -> bool:
    """Whether a term goes on as typed: letter by letter with its marks, where any were typed."""
    for known, typed in zip(term.split("_"), begun.split("_"), strict=False):
        if typed != folded_term(typed) and not known.startswith(typed):
            return False
    return True


def _edits(word: str, letters: Sequence[str]) -> set[str]:
    """Everything one typo away: a letter left out, exchanged with the next, wrong, or too many."""
    parted = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(head + tail[1:] for head, tail in parted if tail and len(word) > 1),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in parted if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in parted if tail for letter in letters),
        *(head + letter + tail for head, tail in parted for letter in letters),
    } - {word}
