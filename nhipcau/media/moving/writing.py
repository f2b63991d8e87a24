"""Writing with FFmpeg's libraries: nothing about who, where, when and with what."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import OutputContainer

from nhipcau.media.moving.errors import NotPlayable, Trouble

# No encoder's name, no day, the same bytes for the same work.
_SILENT = {"fflags": "+bitexact"}
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def writing(
    path: Path, container: str, options: dict[str, str] | None = None
) -> Iterator[OutputContainer]:
    """A container to write, whole on the disk when the block ends.

    A disk that is full, or the ceiling of this process, raises NotPlayable(DISK_FULL). Whatever
    is raised, the file is removed.
    """
    try:
        with _telling_of_full_disks():
            output = av.open(
                str(path), "w", format=container, options={**_SILENT, **(options or {})}
            )
            with output:
                yield output
            _flush(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def _telling_of_full_disks() -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise NotPlayable(Trouble.TOO_HUNGRY) from None
    except OSError as error:
        if error.errno in _FULL:
            raise NotPlayable(Trouble.DISK_FULL) from None
        raise


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def writing_bytes(path: Path) -> Iterator[None]:
    """The same promise for a file that the block writes by itself."""
    try:
        with _telling_of_full_disks():
            yield
            _flush(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
