"""Files by their content: a file's name is its SHA-256, so it never changes and is kept once.

`private/` under MEDIA_ROOT holds what the house was given; nothing there has a public address.
A file is written beside its place, flushed to the disk and only then named, so that a crash or
a full disk leaves no half file under a true name.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
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


def read(digest: str) -> Iterator[bytes]:
    """The file's bytes, a chunk at a time; FileNotFoundError when it is not there."""
    with path_of(digest).open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def digest_on_disk(digest: str) -> str | None:
    """What the file's bytes really hash to; None when there is no such file."""
    found = hashlib.sha256()
    try:
        for chunk in read(digest):
            found.update(chunk)
    except FileNotFoundError:
        return None
    return found.hexdigest()
