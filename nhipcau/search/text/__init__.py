"""How text becomes terms, and how what somebody typed becomes a query. Pure Python, no index.

analyse(text, language=…)      Analysis: terms, their places, `fields()` for the index
parse_query(text, language=…)  Query: clauses that must be found, and what is excluded
recipe(query)                  the tree of clauses that an engine puts into its own words
Synonyms.of(groups, …)         words that mean the same, expanded when a query is parsed
"""

from nhipcau.search.text.analysis import VERSION, Analysis, Field, analyse
from nhipcau.search.text.highlights import Passage, Piece, marked, passages
from nhipcau.search.text.query import QUERY_LENGTH, WORD_LIMIT, Clause, Query, parse_query
from nhipcau.search.text.recipe import (
    Both,
    Either,
    Node,
    Nothing,
    Phrase,
    Term,
    Weights,
    recipe,
)
from nhipcau.search.text.spelling import Suggestion, Vocabulary, terms_of
from nhipcau.search.text.synonyms import NO_SYNONYMS, Synonyms
from nhipcau.search.text.words import Word

__all__ = [
    "NO_SYNONYMS",
    "QUERY_LENGTH",
    "VERSION",
    "WORD_LIMIT",
    "Analysis",
    "Both",
    "Clause",
    "Either",
    "Field",
    "Node",
    "Nothing",
    "Passage",
    "Phrase",
    "Piece",
    "Query",
    "Suggestion",
    "Synonyms",
    "Term",
    "Vocabulary",
    "Weights",
    "Word",
    "analyse",
    "marked",
    "parse_query",
    "passages",
    "recipe",
    "terms_of",
]
