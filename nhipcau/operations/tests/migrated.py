"""A migrated, empty database, kept between runs: migrating takes forty seconds of a processor.

Most of them go into the migrations of libraries. What is kept is known by a digest of everything
that a freshly migrated database depends on, so a change of a migration is really migrated.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper

from nhipcau.operations.tests.houses import ROOT

# Beside the versions of the libraries.
MADE_BY = ("nhipcau/**/migrations/*.py", "nhipcau/audit/guards.py", "nhipcau/*/receivers.py")
MADE_BY += ("nhipcau/outbox/tasks.py", "requirements/dev.txt", "config/settings/plugs.py")


@contextlib.contextmanager
def alone(kept: Path) -> Iterator[None]:
    """While this holds, no other process of these tests makes or takes the same copy."""
    with kept.with_suffix(".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def kept_as(ending: str) -> Path:
    """The file for this state of the code; it need not be there yet."""
    whole = hashlib.sha256("|".join(settings.INSTALLED_APPS).encode())
    for pattern in MADE_BY:
        for path in sorted(ROOT.glob(pattern)):
            whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return Path(settings.DATA) / f"migrated-{whole.hexdigest()[:20]}.{ending}"


class SQLite:
    """A copy page by page."""

    def __init__(self) -> None:
        self.kept = kept_as("sqlite3")

    def take(self, database: sqlite3.Connection) -> None:
        with contextlib.closing(sqlite3.connect(self.kept)) as source:
            source.backup(database)

    def keep(self, database: sqlite3.Connection) -> None:
        unfinished = self.kept.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(unfinished)) as target:
            database.backup(target)
        unfinished.replace(self.kept)


class PostgreSQL:
    """A dump and its restoring, by the programs of the server itself."""

    def __init__(self, connection: BaseDatabaseWrapper, programs: Path) -> None:
        self.kept = kept_as(f"postgresql-{connection.pg_version}")
        self.programs = programs
        words = ("HOST", "PORT", "USER", "PASSWORD")
        at = {f"PG{word}": str(connection.settings_dict[word]) for word in words}
        self.environment = os.environ | at  # noqa: TID251 -- a child process gets its own

    def take(self, database: str) -> None:
        words = ("--no-owner", "--single-transaction", "--exit-on-error")
        self._run("pg_restore", *words, f"--dbname={database}", str(self.kept))

    def keep(self, database: str) -> None:
        unfinished = self.kept.with_suffix(".unfinished")
        words = ("--format=custom", "--no-owner", f"--file={unfinished}")
        self._run("pg_dump", *words, database)
        unfinished.replace(self.kept)

    def _run(self, program: str, *words: str) -> None:
        subprocess.run([self.programs / program, *words], env=self.environment, check=True)


def programs_of(connection: BaseDatabaseWrapper) -> Path | None:
    """Where the server's own programs lie; None when it is elsewhere or tells it only to others."""
    with contextlib.suppress(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
        folder = Path(cursor.fetchone()[0])
        if (folder / "pg_dump").exists() and (folder / "pg_restore").exists():
            return folder
    return None
