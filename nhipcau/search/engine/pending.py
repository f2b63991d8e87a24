"""What was changed and waits to be written into this node's index."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from nhipcau.outbox.queries import owed_about
from nhipcau.search.engine.trees import Tree

CONSUMER = "search"
TOPIC = "search.changed"


def about(tree: Tree, key: Any) -> str:
    """What a message about a row is about: “media.picture:12”."""
    return f"{tree.label}:{key}"


def waiting_keys(tree: Tree, *, most: int) -> list[Any] | None:
    """The keys of the rows that wait; None when they are more than `most`. One query."""
    prefix = f"{tree.label}:"
    found = owed_about(consumer=f"{CONSUMER}@{settings.NODE}", begins=prefix, limit=most + 1)
    if len(found) > most:
        return None
    to_python: Any = tree.root._meta.pk.to_python
    return [to_python(each.removeprefix(prefix)) for each in found]
