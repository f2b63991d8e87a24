"""Signed heads outside the database: one file a month under NHIPCAU_DATA/heads, only ever added to.

Each line is the JSON of one head. A copy of the folder on another machine, in a backup or in a
mailed digest shows a cut-off tail even to somebody who holds this whole machine.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from nhipcau.audit.rules import Head
from nhipcau.kernel.canonical import canonical


class HeadUnreadable(Exception):
    """A line that should hold a head holds none; the sentence names file and line."""


def folder() -> Path:
    return Path(settings.DATA) / "heads"


def add(head: Head) -> Path:
    """Append `head` to its month's file; it is on the disk when this returns."""
    path = folder() / f"{head.at[:7]}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        os.write(descriptor, canonical(head.as_dict()) + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return path


def files() -> list[Path]:
    """The files of all months, oldest first."""
    return sorted(folder().glob("*.jsonl"))


def read(path: Path, *, size: int | None = None) -> Iterator[Head]:
    """The heads in a file, one per line; other text around them (a digest's) is passed over.

    `size`: read no further than so many bytes. Raises HeadUnreadable for a line that begins
    like a head and is none.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.lstrip().startswith(b"{"):
                yield _head(line, f"{path}, line {number}")
            if size is not None and file.tell() >= size:
                return


def _head(line: bytes, place: str) -> Head:
    try:
        held = json.loads(line)
        return Head(
            position=int(held["position"]),
            hash=str(held["hash"]),
            at=str(held["at"]),
            key=str(held["key"]),
            signature=str(held["signature"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise HeadUnreadable(f"{place}: no signed head") from error
