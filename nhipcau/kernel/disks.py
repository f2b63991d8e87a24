"""What a disk that takes nothing more does to us, told apart from a defect."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from enum import StrEnum

from django.utils.translation import gettext as _

# EFBIG: a ceiling for files that was set for this process.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_SQLITE_FULL, _SQLITE_READONLY = 13, 8
_POSTGRESQL_FULL, _POSTGRESQL_READONLY = "53100", "25006"


class DiskTrouble(StrEnum):
    """Why nothing can be written."""

    FULL = "full"
    CLOSED = "closed"  # mounted read-only, or not ours to write

    @property
    def sentence(self) -> str:
        """For whoever sent something: what is wrong, and what to do."""
        if self is DiskTrouble.FULL:
            return _(
                "The disk of this house is full, so what you sent was not kept. Please tell the "
                "operator, and send it again later; everything from before is there."
            )
        return _(
            "This house cannot write on its disk at the moment, so what you sent was not kept. "
            "Please tell the operator, and send it again later; everything from before is there."
        )


def disk_trouble(error: BaseException) -> DiskTrouble | None:
    """What the disk did, as the system, SQLite or PostgreSQL says; None: something else."""
    for cause in _causes(error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        state = getattr(cause, "sqlstate", None)
        number = cause.errno if isinstance(cause, OSError) else None
        if number in _FULL or code == _SQLITE_FULL or state == _POSTGRESQL_FULL:
            return DiskTrouble.FULL
        if number in _CLOSED or code == _SQLITE_READONLY or state == _POSTGRESQL_READONLY:
            return DiskTrouble.CLOSED
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__
