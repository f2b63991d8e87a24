"""Where indexes lie: generations in folders, which of them counts, who may write.

    NHIPCAU_INDEX/<tree>/<digest>/current          the name of the generation that is searched
                                 /g-000001/        tantivy's files
                                 /g-000002/        one that is being built: building.json, journal
                                 /writing.lock     held by whoever writes
                                 /building.lock    held by whoever builds

A process finds a new commit and a new generation by looking at two small files before it searches:
nobody is told anything, and no writer knows who reads. A generation that is replaced is removed
after a while; who still reads it keeps its files.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy
from django.conf import settings

from nhipcau.search.engine.trees import Tree
from nhipcau.search.enums import IndexState
from nhipcau.search.errors import IndexNotReady

logger = logging.getLogger(__name__)
PREFIX = "g-"
BUILDING, JOURNAL = "building.json", "journal"
GRACE = 60.0  # seconds in which somebody may still be about to open what was replaced
GRACE_OF_OTHERS = 86_400.0  # a day: processes of an older version search in columns of their own
WAITS = 50.0  # seconds that a writer waits for another one
_POLL = 0.02


class WriterBusy(Exception):
    """Somebody else has been writing for longer than we wait."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One commit of one generation, as long as somebody holds it; `stamp` names it."""

    searcher: Any
    stamp: tuple[str, int, int]


@dataclass(slots=True)
class _Reader:
    """One generation as this process has it open."""

    generation: str
    index: Any
    snapshot: Snapshot | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Store:
    """The index of one tree on this machine's disk."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.folder = Path(settings.SEARCH_INDEX) / tree.label / tree.digest

    # --- reading ------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """The current generation's newest commit. Two looks at the disk when nothing moved.

        Raises IndexNotReady where there is none, or none that can be read.
        """
        generation = self.current()
        if generation is None:
            raise IndexNotReady(self.state())
        key = (os.getpid(), str(self.folder))
        reader = _readers.get(key)
        try:
            if reader is None or reader.generation != generation:
                reader = _Reader(generation, open_index(self.folder / generation))
                _readers[key] = reader
            return self._newest(reader)
        except (OSError, ValueError) as error:
            _readers.pop(key, None)
            logger.exception("the index %s cannot be read", self.tree.label)
            raise IndexNotReady(IndexState.BROKEN) from error

    def _newest(self, reader: _Reader) -> Snapshot:
        found = (self.folder / reader.generation / "meta.json").stat()
        stamp = (str(self.folder / reader.generation), found.st_mtime_ns, found.st_ino)
        with reader.lock:
            if reader.snapshot is None or stamp != reader.snapshot.stamp:
                with panics_as_errors():
                    reader.index.reload()
                    reader.snapshot = Snapshot(reader.index.searcher(), stamp)
            return reader.snapshot

    def current(self) -> str | None:
        """The name of the generation that counts; None where none was ever finished."""
        try:
            name = (self.folder / "current").read_text().strip()
        except OSError:
            return None
        return name if name.startswith(PREFIX) else None

    def state(self) -> IndexState:
        """How the index is. Opens it, where this process has not yet."""
        if self.current() is not None:
            try:
                self.snapshot()
            except IndexNotReady:
                return IndexState.BROKEN
            return IndexState.READY
        return IndexState.BUILDING if self.building() else IndexState.MISSING

    # --- generations --------------------------------------------------------------------------

    def generations(self) -> list[str]:
        """All that lie here, oldest first."""
        return sorted(path.name for path in self.folder.glob(f"{PREFIX}*") if path.is_dir())

    def building(self) -> Path | None:
        """The folder of the generation that is being built, or was when its builder was killed."""
        for name in reversed(self.generations()):
            if (self.folder / name / BUILDING).exists():
                return self.folder / name
        return None

    def new_generation(self) -> Path:
        names = self.generations()
        last = int(names[-1].removeprefix(PREFIX)) if names else 0
        folder = self.folder / f"{PREFIX}{last + 1:06}"
        folder.mkdir(parents=True)
        return folder

    def make_current(self, generation: str) -> None:
        """From now on this one is searched. Whoever reads the name sees the old or the new one."""
        unfinished = self.folder / f"current.{os.getpid()}"
        with unfinished.open("w") as file:
            file.write(generation)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / "current")

    def sweep(self) -> int:
        """Remove what was replaced a while ago, also what had other columns; how many went."""
        current, building = self.current(), self.building()
        if current is None:
            return 0
        since = (self.folder / "current").stat().st_mtime
        if time.time() - since < GRACE:
            return 0
        gone = 0
        for name in self.generations():
            if name != current and (building is None or name != building.name):
                shutil.rmtree(self.folder / name, ignore_errors=True)
                gone += 1
        if time.time() - since > GRACE_OF_OTHERS:
            for other in self.folder.parent.iterdir():
                if other != self.folder:
                    shutil.rmtree(other, ignore_errors=True)
                    gone += 1
        return gone

    # --- locks --------------------------------------------------------------------------------

    @contextmanager
    def writing(self, *, waits: float = WAITS) -> Iterator[None]:
        """Alone at the index. Raises WriterBusy when somebody else has not finished by then."""
        with self._lock("writing.lock", waits):
            yield

    @contextmanager
    def building_alone(self) -> Iterator[None]:
        """The only builder. Raises WriterBusy at once when there is another."""
        with self._lock("building.lock", 0):
            yield

    @contextmanager
    def _lock(self, name: str, waits: float) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + waits
        with (self.folder / name).open("wb") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= until:
                        raise WriterBusy from None
                    time.sleep(_POLL)
            yield


_readers: dict[tuple[int, str], _Reader] = {}


def open_index(folder: Path) -> Any:
    """Tantivy's index in the folder. Raises ValueError or OSError for what is none."""
    with panics_as_errors():
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")  # we look ourselves: no thread has to watch
        return index


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """What panics inside of tantivy is an error like others, not the end of the process."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ValueError(str(error)) from error
        raise
