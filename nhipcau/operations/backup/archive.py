"""The form of a backup: a tar whose last two members say what all the others must be.

    database            the database's snapshot, in its engine's own form
    media/...           every file of the moment
    manifest.jsonl      one line per member above: name, bytes, SHA-256, in their order
    summary.json        format, engine, moment, counts, the diary's head, the manifest's SHA-256

It is written and read as a stream, in constant memory however many files there are.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
CHUNK = 1 << 20
MANIFEST = "manifest.jsonl"
SUMMARY = "summary.json"
DATABASE = "database"
MEDIA = "media"
LONGEST_SUMMARY = 1 << 20


class Damaged(Exception):
    """The file is no whole backup; the word says what was seen."""


class _Hashing:
    """Passes bytes on and hashes them on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.digest.update(piece)
        return piece


def manifest_line(name: str, size: int, digest: str) -> bytes:
    words = {"name": name, "bytes": size, "sha256": digest}
    return json.dumps(words, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


@contextmanager
def whole_or_nothing(target: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when all of it is on the disk.

    FileExistsError when the name is taken, also by a file that came meanwhile.
    """
    if target.exists():
        raise FileExistsError(str(target))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.link(unfinished, target)  # unlike a rename, this never replaces what is there
    finally:
        unfinished.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Writer:
    """Writes members one after the other; `finish` seals them."""

    def __init__(self, stream: IO[bytes], manifest: Path) -> None:
        self._tar = tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 -- closed by finish
        self._manifest_path = manifest
        self._manifest = manifest.open("xb")
        self.members = 0
        self.bytes = 0

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            size = os.fstat(source.fileno()).st_size
            digest = self._add(name, source, size)
        self._manifest.write(manifest_line(name, size, digest))
        self.members += 1
        self.bytes += size

    def _add(self, name: str, source: IO[bytes], size: int) -> str:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        hashing = _Hashing(source)
        self._tar.addfile(member, hashing)
        _forget_members(self._tar)
        return hashing.digest.hexdigest()

    def finish(self, summary: dict[str, Any]) -> None:
        """Write the manifest and the summary, which names the manifest's hash."""
        self._manifest.close()
        with self._manifest_path.open("rb") as source:
            digest = self._add(MANIFEST, source, self._manifest_path.stat().st_size)
        told = {"format": FORMAT, "manifest_sha256": digest, "members": self.members, **summary}
        path = self._manifest_path.with_suffix(".summary")
        path.write_text(json.dumps(told, indent=1, sort_keys=True))
        with path.open("rb") as source:
            self._add(SUMMARY, source, path.stat().st_size)
        self._tar.close()


def _forget_members(tar: tarfile.TarFile) -> None:
    """Tarfile would keep every member in memory, for a list that nobody asks for."""
    tar.members.clear()  # type: ignore[attr-defined]  # -- typeshed leaves it out


def place_of(name: str) -> PurePosixPath:
    """The member's relative path; Damaged when it would lead out of the folder."""
    path = PurePosixPath(name)
    known = name == DATABASE or (len(path.parts) > 1 and path.parts[0] == MEDIA)
    if not known or path.is_absolute() or ".." in path.parts or str(path) != name:
        raise Damaged(f"a member called {name!r}")
    return path


def unpack(
    stream: IO[bytes], folder: Path, *, wanted: Callable[[str], bool] = lambda name: True
) -> dict[str, Any]:
    """Put the wanted members into the folder and answer the summary.

    Every member is hashed, wanted or not, and compared with the manifest, and that with the
    summary; Damaged when one byte differs, is missing or is too many.
    """
    seen = folder / "seen.jsonl"
    told = folder / MANIFEST
    summary: dict[str, Any] | None = None
    manifest_digest = ""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar, seen.open("xb") as lines:
            for member in tar:
                _forget_members(tar)
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or summary is not None:
                    raise Damaged(f"a member called {member.name!r}")
                if member.name == MANIFEST:
                    manifest_digest = _copy(source, told)
                elif member.name == SUMMARY and member.size <= LONGEST_SUMMARY:
                    summary = json.loads(source.read())
                elif manifest_digest:
                    raise Damaged(f"a member called {member.name!r}")
                else:
                    target = folder / place_of(member.name) if wanted(member.name) else None
                    digest = _copy(source, target)
                    lines.write(manifest_line(member.name, member.size, digest))
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Damaged(str(error)) from error
    if summary is None or not isinstance(summary, dict):
        raise Damaged("cut off")
    if summary.get("format") != FORMAT:
        raise Damaged(f"format {summary.get('format')}")
    if summary.get("manifest_sha256") != manifest_digest or not _same(seen, told):
        raise Damaged("its contents are not what its manifest says")
    return summary


def _copy(source: IO[bytes], target: Path | None) -> str:
    digest = hashlib.sha256()
    if target is None:
        while piece := source.read(CHUNK):
            digest.update(piece)
        return digest.hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        while piece := source.read(CHUNK):
            digest.update(piece)
            file.write(piece)
    target.chmod(0o640)
    return digest.hexdigest()


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        while True:
            left, right = first.read(CHUNK), second.read(CHUNK)
            if left != right:
                return False
            if not left:
                return True
