"""Words that mean the same: abbreviations, old names, spellings. The list is the editors' data.

It is read when a query is asked: a query for one wording of a group asks for all of them, and
nothing is indexed anew when the list changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nhipcau.search.text.analysis import analyse
from nhipcau.search.text.words import Word, words_of

Wording = tuple[Word, ...]
# A query that asks for more ways to say a thing finds no more and costs more.
MOST_OTHERS = 8


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of wordings that mean the same, ready to be looked up."""

    groups: tuple[tuple[Wording, ...], ...] = ()
    _starts: dict[str, list[tuple[Wording, int]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]], *, language: str) -> Synonyms:
        """From the wordings as people write them: [["TTĐN", "thông tin đối ngoại"], …].

        What has no word in it, and a group with nothing to exchange, is left out.
        """
        read = []
        for group in groups:
            wordings = [words_of(analyse(each, language=language)) for each in group]
            kept = tuple(dict.fromkeys(filter(None, wordings)))
            if len(kept) > 1:
                read.append(kept)
        starts: dict[str, list[tuple[Wording, int]]] = {}
        for number, kept in enumerate(read):
            for wording in kept:
                starts.setdefault(wording[0].folded, []).append((wording, number))
        for found in starts.values():
            found.sort(key=lambda each: -len(each[0]))
        return cls(tuple(read), starts)

    def expanded(self, words: Sequence[Word]) -> list[tuple[Wording, tuple[Wording, ...]]]:
        """The words in order, each with what means the same; the longest known wording wins.

        A word typed with marks matches only itself: who asks for “bờ” does not mean an abbreviation
        “bo”.
        """
        found = []
        at = 0
        while at < len(words):
            length, others = self._longest(words[at:])
            found.append((tuple(words[at : at + length]), others))
            at += length
        return found

    def _longest(self, words: Sequence[Word]) -> tuple[int, tuple[Wording, ...]]:
        length = 0
        others: dict[Wording, None] = {}
        for wording, number in self._starts.get(words[0].folded, ()):
            if len(wording) < length:
                break
            typed = words[: len(wording)]
            if len(typed) == len(wording) and all(map(_is_meant, typed, wording)):
                length = len(wording)
                others |= dict.fromkeys(each for each in self.groups[number] if each != wording)
        return length or 1, tuple(others)[:MOST_OTHERS]


NO_SYNONYMS = Synonyms()


def _is_meant(typed: Word, known: Word) -> bool:
    return typed.folded == known.folded and (not typed.has_marks or typed.exact == known.exact)
