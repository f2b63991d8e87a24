"""Finished pages in a folder that nginx serves by itself.

    now/vi/cho-phien-3k7bw2n/index.html   .gz  .br  .head     what stands
    old/...                                                   what was set aside
    bodies/3f/3f2a...                     .gz  .br            the bytes, named by what they are
    generation                                                eight bytes that every change moves

The files under now/ are further names of those under bodies/, so bytes that many addresses share
lie there once, and a page that was made again and is the same keeps its date. Everything is
written beside its place and then named.
"""

from __future__ import annotations

import mmap
import os
import shutil
import time
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from nhipcau.website.store.addresses import INDEX, has_a_file, is_storable, place_of
from nhipcau.website.store.pages import ENCODINGS, DamagedHead, Head, Page

HEAD = ".head"
_ENDINGS = (*ENCODINGS.values(), HEAD)
_GENERATION_BYTES = 8


class Folder:
    """A `contract.Keeper` on a disk that all processes of one machine share."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._now, self._old = str(root / "now"), str(root / "old")
        self._bodies = str(root / "bodies")
        self._counter: mmap.mmap | None = None

    # --- writing ------------------------------------------------------------------------------

    def keep(self, address: str, page: Page, *, with_file: bool) -> None:
        place = place_of(address)
        with_file = with_file and has_a_file(address)
        bodies = self._write_bodies(page)
        at = f"{self._now}/{place}"
        os.makedirs(os.path.dirname(at), exist_ok=True)
        for encoding, ending in ENCODINGS.items():
            if with_file and encoding in bodies:
                self._name(bodies[encoding], at + ending)
            else:
                _remove(at + ending)
        self._write(at + HEAD, page.head.as_bytes())
        self._clear(self._old, [place])
        self._moved()

    def set_aside(self, addresses: Iterable[str]) -> None:
        for address in addresses:
            place = place_of(address)
            if not os.path.exists(f"{self._now}/{place}{HEAD}"):
                continue
            os.makedirs(os.path.dirname(f"{self._old}/{place}"), exist_ok=True)
            for ending in _ENDINGS:
                try:
                    os.replace(f"{self._now}/{place}{ending}", f"{self._old}/{place}{ending}")
                except FileNotFoundError:
                    _remove(f"{self._old}/{place}{ending}")
        self._moved()

    def set_all_aside(self) -> None:
        """At once however many they are: what stood becomes, as a whole, what is set aside.

        Cut off in between, some pages are nowhere, and are made when they are asked for.
        """
        leaving = f"{self.root}/leaving.{uuid.uuid4().hex}"
        with suppress(FileNotFoundError):
            os.replace(self._now, leaving)
            self._moved()
            # What was aside before and did not stand stays aside: few, or none.
            for folder, _, files in os.walk(self._old):
                for name in files:
                    place = os.path.relpath(f"{folder}/{name}", self._old)
                    base = place.partition(HEAD)[0].removesuffix(".gz").removesuffix(".br")
                    if not os.path.exists(f"{leaving}/{base}{HEAD}"):
                        os.makedirs(os.path.dirname(f"{leaving}/{place}"), exist_ok=True)
                        os.replace(f"{folder}/{name}", f"{leaving}/{place}")
            shutil.rmtree(self._old, ignore_errors=True)
            os.replace(leaving, self._old)
        self._moved()

    def drop(self, addresses: Iterable[str]) -> None:
        places = [place_of(address) for address in addresses]
        self._clear(self._now, places)
        self._clear(self._old, places)
        self._moved()

    def sweep(self, named: Collection[str], *, before: float) -> int:
        gone = 0
        for folder in _listed(self._bodies):
            for path in _listed(folder):
                name = os.path.basename(path).partition(".")[0]
                with suppress(FileNotFoundError):
                    if name not in named and os.stat(path).st_mtime < before:
                        os.unlink(path)
                        gone += 1
        for path in _listed(str(self.root / "arriving")):
            with suppress(FileNotFoundError):
                if os.stat(path).st_mtime < before:
                    os.unlink(path)
        return gone

    def empty(self) -> None:
        """Have no page at all any more."""
        for place in (self._now, self._old, self._bodies):
            shutil.rmtree(place, ignore_errors=True)
        self._moved()

    # --- reading ------------------------------------------------------------------------------

    def head(self, address: str, *, aside: bool = False) -> Head | None:
        try:
            with open(
                f"{self._old if aside else self._now}/{place_of(address)}{HEAD}", "rb"
            ) as file:
                return Head.from_bytes(file.read())
        except (OSError, DamagedHead):
            return None

    def body(self, head: Head, encoding: str) -> bytes | None:
        try:
            with open(self._body_path(head.digest) + ENCODINGS[encoding], "rb") as file:
                found = file.read()
        except OSError:
            return None
        # After a power cut a file may have its name and not its bytes.
        return found if len(found) == head.sizes[encoding] else None

    def addresses(self) -> Iterator[str]:
        for folder, _, files in os.walk(self._now):
            for name in files:
                if not name.endswith(HEAD):
                    continue
                place = os.path.relpath(f"{folder}/{name}", self._now).removesuffix(HEAD)
                address = "/" + (
                    place.removesuffix(INDEX) if place.rpartition("/")[2] == INDEX else place
                )
                if is_storable(address):
                    yield address

    def state(self, address: str) -> object:
        try:
            found = os.stat(f"{self._now}/{place_of(address)}{HEAD}")
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def generation(self) -> int:
        counter = self._counter
        if counter is None:
            counter = self._counter = self._open_counter()
        return int.from_bytes(counter[:_GENERATION_BYTES], "little")

    # --- how ----------------------------------------------------------------------------------

    def _body_path(self, digest: str) -> str:
        return f"{self._bodies}/{digest[:2]}/{digest}"

    def _write_bodies(self, page: Page) -> dict[str, str]:
        """The paths by encoding; bytes that are there already stay, so that their date stays."""
        base = self._body_path(page.digest)
        os.makedirs(os.path.dirname(base), exist_ok=True)
        paths = {encoding: base + ENCODINGS[encoding] for encoding in page.packed}
        for encoding, packed in page.packed.items():
            try:
                is_whole = os.stat(paths[encoding]).st_size == len(packed)
            except FileNotFoundError:
                is_whole = False
            if not is_whole:
                self._write(paths[encoding], packed)
        return paths

    def _write(self, path: str, content: bytes) -> None:
        unfinished = self._unfinished()
        try:
            with open(unfinished, "xb") as file:
                file.write(content)
            os.chmod(unfinished, 0o644)
            os.replace(unfinished, path)
        finally:
            _remove(unfinished)

    def _name(self, body: str, path: str) -> None:
        """Give bytes a further name, or a copy where the file system has no further names."""
        unfinished = self._unfinished()
        try:
            try:
                os.link(body, unfinished)
            except FileNotFoundError:
                raise
            except OSError:
                shutil.copy2(body, unfinished)
            os.replace(unfinished, path)
        finally:
            # Renaming a name onto another of the same file does nothing and leaves it.
            _remove(unfinished)

    def _unfinished(self) -> str:
        arriving = self.root / "arriving"
        arriving.mkdir(parents=True, exist_ok=True)
        return f"{arriving}/{uuid.uuid4().hex}"

    def _clear(self, below: str, places: Iterable[str]) -> None:
        for place in places:
            for ending in reversed(_ENDINGS):
                _remove(f"{below}/{place}{ending}")

    def _moved(self) -> None:
        self.generation()
        counter = self._counter
        if counter is None:
            return
        # No two changes need differ from each other, only from what a reader saw before: the
        # clock and the process make that so without a lock.
        told = (time.monotonic_ns() << 8 | os.getpid() & 0xFF) & (1 << 64) - 1
        counter[:_GENERATION_BYTES] = told.to_bytes(_GENERATION_BYTES, "little")

    def _open_counter(self) -> mmap.mmap:
        self.root.mkdir(parents=True, exist_ok=True)
        path = self.root / "generation"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
        try:
            if os.fstat(descriptor).st_size < _GENERATION_BYTES:
                # Written, not left out: a full disk must say so here and not at a later change.
                os.pwrite(descriptor, bytes(_GENERATION_BYTES), 0)
            return mmap.mmap(descriptor, _GENERATION_BYTES)
        finally:
            os.close(descriptor)


def _remove(path: str) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(path)


def _listed(folder: str) -> list[str]:
    try:
        return [entry.path for entry in os.scandir(folder)]
    except FileNotFoundError:
        return []
