"""Whether the house can live here: the folder, the lock, the port. Each refusal is a sentence."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nhipcau.operations.serving.words import _

LOCK = "run.lock"
UNFINISHED_RESTORE = "restore.unfinished"
PROBE_BYTES = 64 * 1024


class CannotStart(Exception):
    """The house cannot start here; the sentence says why and what to do."""


def why_unusable(error: OSError, folder: Path) -> str:
    """The sentence for an operator whose folder refused."""
    if error.errno == errno.EROFS:
        return _(
            "The disk that holds {folder} is read-only. Mount it writable, or name another folder"
            " in NHIPCAU_DATA."
        ).format(folder=folder)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _(
            "The disk that holds {folder} is full. Make room there, or name another folder in"
            " NHIPCAU_DATA."
        ).format(folder=folder)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return _(
            "This user may not write in {folder}. Give it that folder, or name another one in"
            " NHIPCAU_DATA."
        ).format(folder=folder)
    return _("{folder} cannot be used: {reason}.").format(folder=folder, reason=error.strerror)


def require_writable(folder: Path) -> None:
    """Make the folder when it is missing, and write something in it."""
    probe = folder / f".probe.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        try:
            with probe.open("wb") as file:
                file.write(b"\0" * PROBE_BYTES)
                file.flush()
                os.fsync(file.fileno())
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        raise CannotStart(why_unusable(error, folder)) from error


def require_whole(folder: Path) -> None:
    """Refuse a place in which a restore was cut off."""
    if (folder / UNFINISHED_RESTORE).exists():
        raise CannotStart(
            _(
                "A restore into {folder} was cut off, so what is there is not whole. Run the"
                " restore again: nhipcau restore FILE"
            ).format(folder=folder)
        )


@contextmanager
def alone(folder: Path, *, says: str) -> Iterator[None]:
    """Hold the house's lock; a second process on the same data is refused.

    The kernel lets go of the lock when the holder dies, however it dies: no stale lock remains.
    `says` is shown to whoever comes second.
    """
    path = folder / LOCK
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise CannotStart(
                _(
                    "Nhịp Cầu is already running on {folder} ({holder}). Stop it first, or name"
                    " another folder in NHIPCAU_DATA."
                ).format(folder=folder, holder=file.read().strip() or _("starting"))
            ) from error
        file.truncate(0)
        file.write(says)
        file.flush()
        yield


def require_port(host: str, port: int) -> None:
    """Refuse a port or an address on which the web server could not listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(_why_not_listen(error, host, port)) from error


def _why_not_listen(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Port {port} is taken by another program. Choose another one:"
            " NHIPCAU_PORT={other} ./run"
        ).format(port=port, other=port + 1 if port < 65535 else 8000)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return _(
            "This user may not listen on port {port}. Choose one above 1023:"
            " NHIPCAU_PORT=8000 ./run"
        ).format(port=port)
    return _("This machine has no address {host} (NHIPCAU_HOST): {reason}.").format(
        host=host, reason=error.strerror
    )
