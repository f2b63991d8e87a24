"""The worker's part: what waits is written into this node's index; what is missing is built."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.outbox.contract import News, TogetherHandler
from nhipcau.outbox.errors import DeliveryFailed
from nhipcau.search.engine.building import Build
from nhipcau.search.engine.pending import CONSUMER, TOPIC
from nhipcau.search.engine.store import Store, WriterBusy
from nhipcau.search.engine.trees import all_trees
from nhipcau.search.engine.writing import write_rows
from nhipcau.search.enums import IndexState

logger = logging.getLogger(__name__)


class Indexer(TogetherHandler):
    """Writes changed rows into the index of its node: one commit for all that waits."""

    name = CONSUMER
    topics = frozenset({TOPIC})
    per_node = True
    lease = timedelta(minutes=5)
    at_most = 2_000

    def handle_together(self, messages: Sequence[News]) -> None:
        trees = {tree.label: tree for tree in all_trees()}
        changed: dict[str, dict[Any, None]] = {}
        for message in messages:
            label = message.payload["tree"]
            if label in trees:  # a class that the code has no more is in no index
                to_python: Any = trees[label].root._meta.pk.to_python
                keys = [to_python(key) for key in message.payload["keys"]]
                changed.setdefault(label, {}).update(dict.fromkeys(keys))
        for label, rows in changed.items():
            try:
                write_rows(trees[label], list(rows), heartbeat=messages[0].heartbeat)
            except WriterBusy as error:
                raise DeliveryFailed(_("Another worker is writing the index.")) from error
            except (OSError, ValueError) as error:
                raise DeliveryFailed(
                    _("The index “%(index)s” cannot be written: %(reason)s")
                    % {"index": label, "reason": str(error)[:200]}
                ) from error


def build_what_is_missing(*, at: datetime) -> bool:
    """Build the indexes that this node does not have yet, and remove those that were replaced."""
    for tree in all_trees():
        store = Store(tree)
        if store.current() is not None:
            store.sweep()
            continue
        if store.state() in (IndexState.MISSING, IndexState.BUILDING):
            try:
                with Build(tree) as build:
                    for progress in build.run():
                        logger.info("index %s: %s/%s", progress.tree, progress.done, progress.total)
            except WriterBusy:
                continue  # somebody is at it
    return False
