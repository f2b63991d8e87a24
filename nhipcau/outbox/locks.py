"""The locks of the outbox: one between writers and registering consumers, one that says “alive”.

Writers share the first and never wait for each other; a registering consumer takes it alone, so
that every message was either written before it was known, and is handed over as the past, or
after, and is handed over at once. Held to the end of the transaction. On SQLite a writing
transaction has the whole database to itself, which is the same.

The second is a file that each worker keeps locked as long as it lives. The kernel lets go of it
when the process ends, however it ends, so the workers of the same machine know at once who was
killed; those of other machines know it by the missing sign of life.
"""

from __future__ import annotations

import fcntl
import logging
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)
_REGISTRATION = 0x6E68_6970_6F62


def share_registration() -> None:
    _take("SELECT pg_advisory_xact_lock_shared(%s)")


def take_registration() -> None:
    _take("SELECT pg_advisory_xact_lock(%s)")


def _take(statement: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [_REGISTRATION])


def show_life(worker: str) -> BinaryIO | None:
    """Lock the worker's file until the answer is closed or this process ends.

    None where the disk takes no file or no lock: then only the sign of life tells.
    """
    path = _file_of(worker)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb")
    except OSError:
        logger.warning("worker %s cannot keep a lock in %s", worker, path.parent)
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX)  # others only look, for an instant
    except OSError:
        file.close()
        forget(worker)  # an unlocked file would say that its worker was killed
        return None
    return file


def killed_here() -> set[str]:
    """The workers of this machine that ended without a word. Reads one small folder."""
    return {
        unquote(path.name)
        for path in Path(settings.DATA, "workers").glob("*")
        if not _is_locked(path)
    }


def forget(worker: str) -> None:
    """Nothing is left to be done for the worker."""
    with suppress(OSError):
        _file_of(worker).unlink(missing_ok=True)


def _is_locked(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:  # locked, or gone meanwhile
        return True
    return False


def _file_of(worker: str) -> Path:
    return Path(settings.DATA, "workers", quote(worker, safe=":"))
