"""What is asked of whoever changes indexed rows without saving them one by one: to tell it.

Saving and deleting a row tells by itself (`receivers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from modelsearch.backends import get_search_backends_with_name

from nhipcau.search.engine.backend import Index

TOLD_AT_ONCE = 500  # rows of one message


def tell_changed(*, model: Any, keys: Sequence[Any]) -> None:
    """Rows were changed or removed: a message for each, in the caller's transaction.

    Until a node has written it, that node asks the database about the row in every search.
    """
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        index = backend.get_index_for_model(model)
        if isinstance(index, Index):
            index.tell([[key] for key in keys], about_each=True)


def tell_new(*, model: Any, keys: Sequence[Any]) -> None:
    """Rows that no index can know yet: one message for hundreds of them.

    Not for rows that were there before: what has left a queryset would still be counted for an
    instant.
    """
    some = [keys[begin : begin + TOLD_AT_ONCE] for begin in range(0, len(keys), TOLD_AT_ONCE)]
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        index = backend.get_index_for_model(model)
        if isinstance(index, Index):
            index.tell(some, about_each=False)
