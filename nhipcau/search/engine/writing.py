"""Writing changed rows: read again, one commit for all of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from nhipcau.search.engine.store import JOURNAL, Store, open_index, panics_as_errors
from nhipcau.search.engine.trees import KEY, Tree
from nhipcau.search.engine.values import document_of, key_of

logger = logging.getLogger(__name__)
HEAP = 32_000_000  # bytes of a writer for a handful of rows; tantivy wants 15,000,000
READ_AT_ONCE = 500


def _nothing() -> None:
    return None


def write_rows(
    tree: Tree, keys: Collection[Any], *, heartbeat: Callable[[], None] = _nothing
) -> int:
    """Bring the rows with these keys into the index as they are now; how many it has of them.

    A row that is not there any more, or does not belong into the index, is taken out. Killed at
    any moment, it has done all of it or nothing. Doing it again comes to the same. Where there is
    no index yet, nothing is done: who builds one reads every row.
    Raises WriterBusy when another process keeps the index for too long.
    """
    store = Store(tree)
    with store.writing():
        building = store.building()
        if building is not None:
            # Whoever builds reads these again before their index counts.
            note_in_journal(building / JOURNAL, keys)
        current = store.current()
        if current is None:
            return 0
        with writer_of(open_index(store.folder / current)) as writer:
            return replace_rows(tree, writer, keys, heartbeat=heartbeat)


def replace_rows(
    tree: Tree, writer: Any, keys: Collection[Any], *, heartbeat: Callable[[], None] = _nothing
) -> int:
    """As `write_rows`, with a writer that is open; the commit is the caller's."""
    wanted = list(dict.fromkeys(keys))
    for key in wanted:
        writer.delete_documents_by_term(KEY, key_of(tree, key))
    written = 0
    for begin in range(0, len(wanted), READ_AT_ONCE):
        some = wanted[begin : begin + READ_AT_ONCE]
        for model in tree.models:
            written += add_rows(tree, writer, model.get_indexed_objects().filter(pk__in=some))
        heartbeat()
    return written


def add_rows(tree: Tree, writer: Any, rows: Iterable[Any]) -> int:
    """Add a document for each row; one that cannot be read is left out and logged."""
    written = 0
    for row in rows:
        try:
            document = document_of(tree, row)
        except Exception:  # one broken row keeps no other out of the index
            logger.exception("cannot index %s %s", row._meta.label_lower, row.pk)
            continue
        writer.add_document(document)
        written += 1
    return written


@contextmanager
def writer_of(index: Any, *, heap: int = HEAP) -> Iterator[Any]:
    """A writer whose work counts when the block ends, and only then."""
    with panics_as_errors():
        writer = index.writer(heap_size=heap, num_threads=1)
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()


def note_in_journal(journal: Any, keys: Collection[Any]) -> None:
    with journal.open("a") as file:
        file.writelines(f"{key}\n" for key in keys)
