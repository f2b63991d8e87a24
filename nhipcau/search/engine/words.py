"""Text queries as tantivy's.

How words are asked for is decided by `text.recipe`, which knows no engine; here its nodes become
queries of the columns that an index has. Boosts of search_fields, `fields=`, beginnings of words
and misspelt words are added. Nothing that a person types is parsed by tantivy: there is no syntax
to get wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from modelsearch import query as modelsearch
from modelsearch.backends.base import SearchFieldError

from nhipcau.search import text
from nhipcau.search.engine.trees import FOLDED, STARTS, Tree
from nhipcau.search.text.words import Word, words_of

Query = tantivy.Query
Occur = tantivy.Occur
ANY_LANGUAGE = "und"
MOST_WORDS = 32  # of a phrase, of beginnings, of misspelt words; who pastes a page means its start
LONGEST_QUERY = 1_000  # characters that are looked at for them
DEEPEST = 40  # combinators in each other
SHORTEST_MISSPELT, LONGEST_MISSPELT, TWO_LETTERS_FROM = 3, 60, 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a query does not change from word to word."""

    tree: Tree
    fields: tuple[str, ...] = ()
    starts: bool = False
    synonyms: Callable[[str], text.Synonyms] = lambda _language: text.NO_SYNONYMS

    @property
    def columns(self) -> list[str]:
        """The columns of folded words of which one must hold what is asked."""
        if not self.fields:
            return [STARTS if self.starts else FOLDED]
        found = [c.name for c in self.tree.words.values() if c.field_name in self.fields]
        missing = set(self.fields) - {c.field_name for c in self.tree.words.values()}
        if missing:
            name = min(missing)
            raise SearchFieldError(
                f'Cannot search with field "{name}" by itself: its words are kept with all others.',
                field_name=name,
            )
        return found


class Typed(modelsearch.PlainText):
    """What a reader typed, in the language of the page: quotation marks and a minus count.

    modelsearch's PlainText is read the same way, in no language.
    """

    def __init__(self, query_string: str, *, language: str, operator: str = "and") -> None:
        super().__init__(query_string, operator=operator)
        self.language = language


def nothing() -> Any:
    return Query.empty_query()


def everything() -> Any:
    return Query.const_score_query(Query.all_query(), 1.0)


def compiled(query: modelsearch.SearchQuery, asked: Asked, *, depth: int = 0) -> Any:
    """The query as tantivy's. Raises NotImplementedError for a kind that we do not know."""
    if depth > DEEPEST:
        return nothing()
    deeper = depth + 1
    match query:
        case modelsearch.PlainText():
            language = query.language if isinstance(query, Typed) else ANY_LANGUAGE
            found = _plain(query.query_string, query.operator, asked, language)
            return _boosted(found, query.boost)
        case modelsearch.Phrase():
            return _phrase(query.query_string, asked)
        case modelsearch.Fuzzy():
            return _fuzzy(query.query_string, query.operator, asked)
        case modelsearch.MatchAll():
            return everything()
        case modelsearch.Boost():
            return _boosted(compiled(query.subquery, asked, depth=deeper), query.boost)
        case modelsearch.Not():
            return negated(compiled(query.subquery, asked, depth=deeper))
        case modelsearch.And():
            return all_of([compiled(each, asked, depth=deeper) for each in query.subqueries])
        case modelsearch.Or():
            return any_of([compiled(each, asked, depth=deeper) for each in query.subqueries])
    raise NotImplementedError(f"`{type(query).__name__}` is not supported by this search backend.")


def all_of(queries: Sequence[Any]) -> Any:
    if not queries:
        return everything()
    return queries[0] if len(queries) == 1 else _all(queries, (), ())


def any_of(queries: Sequence[Any]) -> Any:
    if not queries:
        return nothing()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, each) for each in queries])


def but(queries: Sequence[Any], banned: Sequence[Any]) -> Any:
    """What all of the queries find and none of the banned ones."""
    return _all(queries or [everything()], (), banned) if banned else all_of(queries)


def negated(query: Any) -> Any:
    """Everything but that; tantivy finds nothing by a negation alone."""
    return _all([everything()], (), [query])


def _all(must: Sequence[Any], better: Sequence[Any], without: Sequence[Any]) -> Any:
    return Query.boolean_query(
        [
            *((Occur.Must, each) for each in must),
            *((Occur.Should, each) for each in better),
            *((Occur.MustNot, each) for each in without),
        ]
    )


def _boosted(query: Any, boost: float) -> Any:
    if boost == 1 or not math.isfinite(boost) or boost < 0:
        return query
    return Query.boost_query(query, float(boost))


# --- whole words ------------------------------------------------------------------------------


def _plain(typed: str, operator: str, asked: Asked, language: str) -> Any:
    if asked.starts:
        return _starts(typed, operator, asked)
    parsed = text.parse_query(typed, language=language, synonyms=asked.synonyms(language))
    found = cooked(text.recipe(parsed, needs_all=operator == "and"), asked)
    return _with_boosts(found, parsed.words, asked) if parsed.clauses else found


def _phrase(typed: str, asked: Asked) -> Any:
    if asked.starts:
        return _starts(typed, "and", asked)
    words = _words(typed, asked)
    clause = text.Clause(words, is_phrase=len(words) > 1)
    parsed = text.Query(text=typed[:LONGEST_QUERY], language=ANY_LANGUAGE, clauses=(clause,))
    return cooked(text.recipe(parsed), asked) if words else nothing()


def _words(typed: str, asked: Asked) -> tuple[Word, ...]:
    return words_of(text.analyse(typed[:LONGEST_QUERY], language=ANY_LANGUAGE))[:MOST_WORDS]


def cooked(node: text.Node, asked: Asked) -> Any:
    """What a recipe's node finds."""
    match node:
        case text.Term():
            names = _columns(node.field, asked)
            return any_of([_boosted(_term(name, node.text, asked), node.weight) for name in names])
        case text.Phrase():
            return any_of(
                [
                    _boosted(_in_a_row(name, node.terms, asked), node.weight)
                    for name in _columns(node.field, asked)
                ]
            )
        case text.Either():
            return any_of([cooked(each, asked) for each in node.nodes])
        case text.Both():
            return _all(
                [cooked(each, asked) for each in node.must],
                [cooked(each, asked) for each in node.better],
                [cooked(each, asked) for each in node.without],
            )
    return nothing()


def _columns(name: str, asked: Asked) -> list[str]:
    return asked.columns if name == FOLDED else [str(name)]


def _term(column: str, term: str, asked: Asked) -> Any:
    return Query.term_query(asked.tree.schema, column, term, "freq")


def _in_a_row(column: str, terms: Sequence[str], asked: Asked) -> Any:
    """The terms side by side; of one alone tantivy makes no phrase."""
    if len(terms) == 1:
        return _term(column, terms[0], asked)
    return Query.phrase_query(asked.tree.schema, column, list(terms))


def _with_boosts(found: Any, words: Sequence[Word], asked: Asked) -> Any:
    """A word counts for more in a field that search_fields boost."""
    if asked.fields:
        return found
    boosts = [
        Query.boost_query(_term(column.name, folded, asked), column.boost - 1)
        for column in asked.tree.words.values()
        if column.boost > 1
        for folded in dict.fromkeys(word.folded for word in words)
    ]
    return _all([found], boosts, ()) if boosts else found


# --- beginnings and misspelt words ------------------------------------------------------------


def _starts(typed: str, operator: str, asked: Asked) -> Any:
    words = dict.fromkeys(_words(typed, asked))
    if not words:
        return nothing()
    begun = [any_of([_start(word, name, asked) for name in asked.columns]) for word in words]
    return all_of(begun) if operator == "and" else any_of(begun)


def _start(word: Word, column: str, asked: Asked) -> Any:
    if word.is_unspaced:
        return _in_a_row(column, word.characters, asked)
    begins = Query.regex_query(asked.tree.schema, column, re.escape(word.folded) + ".*")
    return _all([begins], [_term(column, word.folded, asked)], ())


def _fuzzy(typed: str, operator: str, asked: Asked) -> Any:
    words = dict.fromkeys(_words(typed, asked))
    if not words:
        return nothing()
    near = [any_of([_near(word, name, asked) for name in asked.columns]) for word in words]
    return all_of(near) if operator == "and" else any_of(near)


def _near(word: Word, column: str, asked: Asked) -> Any:
    """The word, or one that is a letter away from it; two from eight letters on."""
    whole = _term(column, word.folded, asked)
    length = len(word.folded)
    if word.is_unspaced or not SHORTEST_MISSPELT <= length <= LONGEST_MISSPELT:
        return whole
    letters = 2 if length >= TWO_LETTERS_FROM else 1
    return any_of(
        [
            whole,
            Query.fuzzy_term_query(
                asked.tree.schema,
                column,
                word.folded,
                letters,
                True,  # two letters that changed places are one step
                False,
            ),
        ]
    )
