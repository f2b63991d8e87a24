"""Every question of the room, by what it is about."""

from __future__ import annotations

from nhipcau.search.engine.meanings import synonyms_of
from nhipcau.search.engine.results import Answer
from nhipcau.search.engine.words import Typed
from nhipcau.search.queries.indexes import index_states, vocabulary, worst_state
from nhipcau.search.queries.synonyms import synonyms_listed

__all__ = [
    "Answer",
    "Typed",
    "index_states",
    "synonyms_listed",
    "synonyms_of",
    "vocabulary",
    "worst_state",
]
