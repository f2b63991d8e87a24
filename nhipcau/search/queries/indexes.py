"""How the indexes of this machine are."""

from __future__ import annotations

from typing import Any

from nhipcau.search.engine.spelling import vocabulary_of
from nhipcau.search.engine.store import Store
from nhipcau.search.engine.trees import all_trees, tree_of
from nhipcau.search.enums import IndexState
from nhipcau.search.text import Vocabulary


def index_states() -> dict[str, IndexState]:
    """The state of every index by the label of its root. No query; a few looks at the disk."""
    return {tree.label: Store(tree).state() for tree in all_trees()}


def worst_state() -> IndexState:
    """The state that matters: broken before missing before being built before ready."""
    found = set(index_states().values())
    order = (IndexState.BROKEN, IndexState.MISSING, IndexState.BUILDING)
    return next((state for state in order if state in found), IndexState.READY)


def vocabulary(model: Any) -> Vocabulary:
    """The words in the index of the model, to be asked what was perhaps meant. No query.

    For an index of which every word may be told to whoever asks: the public's.
    """
    return vocabulary_of(tree_of(model))
