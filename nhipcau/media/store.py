"""Files by their content: a file's name is its SHA-256, so it never changes and is kept once.

`private/` under MEDIA_ROOT holds what the house was given; nothing there has a public address.
`public/` holds copies of what was released, under names that nobody can guess. `uploads/` holds
what is still arriving.
A file is written beside its place, flushed to the disk and only then named, so that a crash or
a full disk leaves no half file under a true name.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

CHUNK = 1 << 20


def path_of(digest: str) -> Path:
    """Where the file with this SHA-256 (64 hexadecimal digits) stands."""
    return Path(settings.MEDIA_ROOT) / "private" / digest[:2] / digest


def write(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep the bytes; answer their digest and their number. Writing them again changes nothing."""
    waiting = Path(settings.MEDIA_ROOT) / "private" / "arriving"
    waiting.mkdir(parents=True, exist_ok=True)
    unfinished = waiting / uuid.uuid4().hex
    digest, size = hashlib.sha256(), 0
    try:
        with unfinished.open("xb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        place = path_of(digest.hexdigest())
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.chmod(0o640)
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
    return digest.hexdigest(), size


def forget(digest: str, *, older_than: datetime, is_named: Callable[[], bool]) -> bool:
    """Take away bytes that no row names any more; whether they are gone.

    They stay when they were written after `older_than` (whoever keeps the same bytes again writes
    them anew before there is a row) or when a row names them after all. They are looked at where
    nobody finds them, so that what is written meanwhile stands in their place untouched.
    """
    aside = workbench("forgotten") / uuid.uuid4().hex
    try:
        path_of(digest).replace(aside)
    except FileNotFoundError:
        return True
    if aside.stat().st_mtime >= older_than.timestamp() or is_named():
        aside.replace(path_of(digest))
        return False
    aside.unlink()
    return True


def adopt(path: Path) -> tuple[str, int]:
    """Keep a finished file that lies on the same disk, by giving it its name; it is moved.

    Answers its digest and its number of bytes. Doing it for the same bytes again changes nothing.
    """
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        os.fsync(file.fileno())
    place = path_of(digest.hexdigest())
    place.parent.mkdir(parents=True, exist_ok=True)
    path.chmod(0o640)
    path.replace(place)
    return digest.hexdigest(), size


def workbench(name: str) -> Path:
    """A folder for what is not finished, on the same disk; no part of a backup."""
    place = Path(settings.MEDIA_ROOT) / "private" / "arriving" / name
    place.mkdir(parents=True, exist_ok=True)
    return place


def read(digest: str) -> Iterator[bytes]:
    """The file's bytes, a chunk at a time; FileNotFoundError when it is not there."""
    yield from chunks_of(path_of(digest))


def digest_on_disk(digest: str) -> str | None:
    """What the file's bytes really hash to; None when there is no such file."""
    found = hashlib.sha256()
    try:
        for chunk in read(digest):
            found.update(chunk)
    except FileNotFoundError:
        return None
    return found.hexdigest()


def public_path_of(name: str) -> Path:
    """Where the copy with this unguessable name stands."""
    return Path(settings.MEDIA_ROOT) / "public" / name[:2] / name


def publish(digest: str, name: str) -> None:
    """Put the kept bytes under a public name too; doing it again changes nothing.

    Both names stand for the same bytes on the disk where the file system can do that (nothing
    kept is ever changed); else they are copied. Raises FileNotFoundError when they are not kept.
    """
    place = public_path_of(name)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{uuid.uuid4().hex}")
    try:
        try:
            os.link(path_of(digest), unfinished)
        except FileNotFoundError:
            raise
        except OSError:
            shutil.copyfile(path_of(digest), unfinished)
            with unfinished.open("rb") as file:
                os.fsync(file.fileno())
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


def unpublish(name: str) -> None:
    """Take the public copy away; that it is gone already is no trouble."""
    public_path_of(name).unlink(missing_ok=True)


def arriving_path(name: uuid.UUID) -> Path:
    """Where a file lies while it arrives and until it was examined; its folder exists."""
    below = Path(settings.MEDIA_ROOT) / "uploads"
    below.mkdir(parents=True, exist_ok=True)
    return below / name.hex


def forget_arriving(name: uuid.UUID) -> None:
    arriving_path(name).unlink(missing_ok=True)


def chunks_of(path: Path) -> Iterator[bytes]:
    """A file's bytes, a chunk at a time."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder beside the arriving files, gone afterwards."""
    below = Path(settings.MEDIA_ROOT) / "uploads"
    below.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="scratch-", dir=below)
