"""What somebody typed, taken apart: never an error, always bounded.

    cửa khẩu               both words, in any order; neighbours count for more
    "cửa khẩu"             the words side by side
    cửa khẩu -"hải quan"   without what follows the minus

Quotation marks of any kind count, fullwidth ones too; one that is not closed is no mark. At most
`QUERY_LENGTH` characters are read and `WORD_LIMIT` words kept; `is_cut` says that something was
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nhipcau.search.text.analysis import Analysis, analyse
from nhipcau.search.text.synonyms import NO_SYNONYMS, Synonyms, Wording
from nhipcau.search.text.words import Word, words_of

QUERY_LENGTH = 1_000
WORD_LIMIT = 32

_MARKS = str.maketrans(dict.fromkeys("“”„«»「」『』＂", '"') | dict.fromkeys("－−", "-"))
_PART = re.compile(r'(?P<minus>(?<!\S)-(?=\S))?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^"\s]+))|"')


Pair = tuple[Word, Word]


@dataclass(frozen=True, slots=True)
class Clause:
    """What must be found: all of `words`, or one of `others`, which mean the same.

    The words stand side by side when it is a phrase; those of `others` always do. `pairs` are the
    neighbours of a phrase that stand in one sentence.
    """

    words: Wording
    is_phrase: bool = False
    others: tuple[Wording, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    `neighbours` are words that were typed one after the other; `runs` are stretches of several
    words that were typed without a space between them, folded.
    """

    text: str
    language: str
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    neighbours: tuple[Pair, ...] = ()
    runs: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing is asked for. What is only excluded asks for nothing."""
        return not self.clauses

    @property
    def words(self) -> Wording:
        """Every word asked for, in the order typed."""
        return tuple(word for clause in self.clauses for word in clause.words)


def parse_query(text: str, *, language: str, synonyms: Synonyms = NO_SYNONYMS) -> Query:
    """Read what somebody typed. Total: any string gives a query, perhaps an empty one."""
    read = _shortened(text)
    clauses: dict[Clause, None] = {}
    excluded: dict[Clause, None] = {}
    neighbours: dict[Pair, None] = {}
    runs: dict[str, None] = {}
    room = WORD_LIMIT
    is_full = False
    for part in _parts(read.translate(_MARKS)):
        analysis = analyse(part.text, language=language)
        words = words_of(analysis, has_whole_runs=part.is_phrase)
        is_full = is_full or len(words) > room
        words = words[:room]
        if not words:
            continue
        pairs = _pairs(analysis, words)
        if len(words) > 1 and (part.is_excluded or part.is_phrase):
            new = [Clause(words, is_phrase=True, pairs=pairs)]
        elif part.is_excluded or part.is_phrase:
            new = [Clause(words)]
        else:
            new = [Clause(typed, others=others) for typed, others in synonyms.expanded(words)]
        into = excluded if part.is_excluded else clauses
        room -= sum(len(clause.words) for clause in dict.fromkeys(new) if clause not in into)
        into |= dict.fromkeys(new)
        if not part.is_excluded:
            neighbours |= dict.fromkeys(pairs)
            alone = {word.folded for word in words}
            runs |= dict.fromkeys(run for run in analysis.unspaced if run not in alone)
    return Query(
        text=read,
        language=language,
        clauses=tuple(clauses),
        excluded=tuple(excluded),
        neighbours=tuple(neighbours),
        runs=tuple(runs),
        is_cut=is_full or len(read) < len(text.rstrip()),
    )


def _pairs(analysis: Analysis, words: Wording) -> tuple[Pair, ...]:
    """Neighbours that the index knows as such: of one sentence, or of one run."""
    known = set(analysis.grams)
    return tuple(
        (one, other)
        for one, other in dict.fromkeys(pairwise(words))
        if f"{one.folded}_{other.folded}" in known or (one.is_unspaced and other.is_unspaced)
    )


def _shortened(text: str) -> str:
    """The beginning of an endless query, up to a space where there is one."""
    if len(text) <= QUERY_LENGTH:
        return text
    read = text[:QUERY_LENGTH]
    return read.rsplit(None, 1)[0] if len(read.split(None, 1)) > 1 else read


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    is_phrase: bool = False
    is_excluded: bool = False


def _parts(text: str) -> Iterator[_Part]:
    """Stretches of a query. Bare words that stand together are one, so that neighbours are seen."""
    bare: list[str] = []
    for match in _PART.finditer(text):
        if match["bare"] and not match["minus"]:
            bare.append(match["bare"])
        elif match["bare"] or match["quoted"]:
            if bare:
                yield _Part(" ".join(bare))
                bare = []
            yield _Part(
                match["quoted"] or match["bare"],
                is_phrase=bool(match["quoted"]),
                is_excluded=bool(match["minus"]),
            )
    if bare:
        yield _Part(" ".join(bare))
