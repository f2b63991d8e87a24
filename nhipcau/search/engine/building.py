"""Building an index anew while the old one is searched.

The rows are read by their keys in order, so that the last page costs no more than the first, and
how far it came is written down with every commit: whoever was killed goes on there. Rows that
change meanwhile are noted in a journal by whoever writes them into the old index; they are read
again, and only then the new index counts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import tantivy

from nhipcau.search.engine.store import BUILDING, JOURNAL, Store, open_index, panics_as_errors
from nhipcau.search.engine.trees import KEY, Tree
from nhipcau.search.engine.values import document_of, key_of
from nhipcau.search.engine.writing import add_rows, replace_rows, writer_of

HEAP = 128_000_000
COMMIT_EVERY = 50_000  # rows
READ_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuild of one tree is: rows read of rows there were when it began."""

    tree: str
    done: int
    total: int
    is_over: bool = False


@dataclass(slots=True)
class State:
    """What is written down with every commit: classes done, the last key, rows so far.

    `is_of_others`: the rows come from a caller, who cannot go on where he was killed.
    """

    models_done: list[str] = field(default_factory=list)
    after: Any = None
    done: int = 0
    total: int = 0
    is_of_others: bool = False


class Build:
    """One rebuild of one tree, alone on this machine. Raises WriterBusy when another is at it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.store = Store(tree)
        self._held = ExitStack()

    def __enter__(self) -> Self:
        self._held.enter_context(self.store.building_alone())
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    # --- all rows, by keys --------------------------------------------------------------------

    def run(self) -> Iterator[Progress]:
        """Build, go on with what a killed builder left, and let it count at the end."""
        folder = self._unfinished() or self._begun()
        state = State(**json.loads((folder / BUILDING).read_text()))
        yield Progress(self.tree.label, state.done, state.total)
        index = open_index(folder)
        again = state.done > 0  # rows after the last note may be in the index already
        for model in self.tree.models:
            label = model._meta.label_lower
            if label in state.models_done:
                continue
            rows = model.get_indexed_objects().order_by("pk")
            while True:
                with writer_of(index, heap=HEAP) as writer:
                    is_over = False
                    before = state.done
                    while state.done - before < COMMIT_EVERY and not is_over:
                        found = rows if state.after is None else rows.filter(pk__gt=state.after)
                        some = list(found[:READ_AT_ONCE])
                        if again:
                            for row in some:
                                writer.delete_documents_by_term(KEY, key_of(self.tree, row.pk))
                        add_rows(self.tree, writer, some)
                        is_over = len(some) < READ_AT_ONCE
                        if some:
                            state.after = some[-1].pk
                            state.done += len(some)
                            yield Progress(self.tree.label, state.done, state.total)
                again = False
                if is_over:
                    state.models_done.append(label)
                    state.after = None
                _write(folder / BUILDING, state)
                if is_over:
                    break
        self._finish(folder)
        yield Progress(self.tree.label, state.done, max(state.done, state.total), is_over=True)

    def _unfinished(self) -> Path | None:
        folder = self.store.building()
        if folder is None:
            return None
        try:
            can_go_on = not State(**json.loads((folder / BUILDING).read_text())).is_of_others
            open_index(folder)
        except (OSError, ValueError, TypeError):
            can_go_on = False
        if can_go_on:
            return folder
        (folder / BUILDING).unlink(missing_ok=True)
        return None

    def _begun(self) -> Path:
        folder = self.empty()
        total = sum(model.get_indexed_objects().count() for model in self.tree.models)
        _write(folder / BUILDING, State(total=total))
        return folder

    # --- rows that somebody else reads --------------------------------------------------------

    def empty(self) -> Path:
        """A new generation without rows; from now on, what changes is noted in its journal."""
        with self.store.writing():
            folder = self.store.new_generation()
            with panics_as_errors():
                tantivy.Index(self.tree.schema, path=str(folder))
            _write(folder / BUILDING, State(is_of_others=True))
        return folder

    def add(self, folder: Path, rows: Sequence[Any]) -> int:
        """Add these rows to the generation in the folder."""
        with writer_of(open_index(folder), heap=HEAP) as writer:
            for row in rows:
                writer.add_document(document_of(self.tree, row))
        return len(rows)

    def finish(self, folder: Path) -> None:
        self._finish(folder)

    def _finish(self, folder: Path) -> None:
        """Read again what changed meanwhile; then, while nobody writes, let the new one count."""
        index = open_index(folder)
        read = self._replay(index, folder / JOURNAL, 0)
        with self.store.writing():
            self._replay(index, folder / JOURNAL, read)
            (folder / BUILDING).unlink()
            (folder / JOURNAL).unlink(missing_ok=True)
            self.store.make_current(folder.name)

    def _replay(self, index: Any, journal: Path, read: int) -> int:
        """Read again the rows that the journal names beyond `read` bytes; how far it was read."""
        try:
            with journal.open("rb") as file:
                file.seek(read)
                noted = file.read()
        except FileNotFoundError:
            return read
        whole = noted[: noted.rfind(b"\n") + 1]
        to_python: Any = self.tree.root._meta.pk.to_python
        keys = [to_python(line) for line in whole.decode().split()]
        if keys:
            with writer_of(index) as writer:
                replace_rows(self.tree, writer, keys)
        return read + len(whole)


def _write(path: Path, state: State) -> None:
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(state), default=str))
    unfinished.replace(path)
