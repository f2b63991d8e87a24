"""Snapshots of the database, and databases from snapshots: SQLite and PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

Counts = dict[str, int]


class EngineFailed(Exception):
    """The database or its program refused; the words are the engine's own."""


class Engine(Protocol):
    """What backup and restore ask of a database."""

    name: str

    def snapshot(self, target: Path) -> Counts:
        """Write the database of one moment into `target`; rows per table at that moment."""

    def is_empty(self) -> bool:
        """Whether there is nothing that a restore could overwrite."""

    def build(self, source: Path, folder: Path) -> Counts:
        """Make a database from a snapshot, to be looked at through `folder`; rows per table."""

    def forget_sign_ins(self, folder: Path) -> None:
        """A restored house has nobody signed in."""

    def put_in_place(self, folder: Path) -> None:
        """Make what `build` made the house's database."""

    def give_up(self) -> None:
        """Undo `build`; the place is empty again."""

    def make_room(self) -> None:
        """Take away what an upgrade left half done, so that its backup can be built."""


# Sign-ins of the past must not come alive again in a restored copy.
SIGN_INS = ("django_session", "usersessions_usersession")


class SQLite:
    """The embedded database: one file."""

    name = "sqlite"

    def __init__(self) -> None:
        self.path = Path(str(settings.DATABASES["default"]["NAME"]))

    def snapshot(self, target: Path) -> Counts:
        try:
            with (
                closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)) as live,
                closing(sqlite3.connect(target)) as copy,
            ):
                # All pages in one step: one read transaction, so writers go on and are not seen.
                live.backup(copy, pages=-1)
                copy.execute("PRAGMA journal_mode=DELETE")
                return _counts_of_sqlite(copy)
        except sqlite3.Error as error:
            raise EngineFailed(str(error)) from error

    def is_empty(self) -> bool:
        return not self.path.exists()

    def build(self, source: Path, folder: Path) -> Counts:
        target = folder / self.path.name
        source.replace(target)
        try:
            with closing(sqlite3.connect(target)) as copy:
                found = copy.execute("PRAGMA integrity_check").fetchone()[0]
                if found != "ok":
                    raise EngineFailed(found)
                return _counts_of_sqlite(copy)
        except sqlite3.Error as error:
            raise EngineFailed(str(error)) from error

    def forget_sign_ins(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / self.path.name, isolation_level=None)) as copy:
            names = _tables_of_sqlite(copy)
            for table in SIGN_INS:
                if table in names:
                    copy.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of our own

    def put_in_place(self, folder: Path) -> None:
        built = folder / self.path.name
        with closing(sqlite3.connect(built)) as copy:
            # One file again: nothing may stay behind in the write-ahead log.
            copy.execute("PRAGMA journal_mode=DELETE")
        connections.close_all()
        for leftover in (f"{self.path}-wal", f"{self.path}-shm"):
            Path(leftover).unlink(missing_ok=True)
        with built.open("rb") as file:
            os.fsync(file.fileno())
        built.replace(self.path)

    def give_up(self) -> None:
        """What was built lies in the restore's own folder and goes with it."""

    def make_room(self) -> None:
        """The old file is replaced in one step when the new one is whole."""


def _tables_of_sqlite(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return sorted(row[0] for row in rows)


def _counts_of_sqlite(database: sqlite3.Connection) -> Counts:
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 -- a table's own name
        for name in _tables_of_sqlite(database)
    }


class PostgreSQL:
    """A server; its own programs write and read the snapshot."""

    name = "postgresql"

    def snapshot(self, target: Path) -> Counts:
        try:
            with psycopg.connect(**_address()) as watcher:
                watcher.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                watcher.read_only = True
                exported = watcher.execute("SELECT pg_export_snapshot()").fetchone()
                counts = _counts_of_postgresql(watcher)
                # pg_dump sees exactly what the counts saw.
                _program(
                    *("pg_dump", "--format=custom", "--compress=1", "--no-owner"),
                    *("--no-privileges", f"--file={target}", f"--snapshot={_one(exported)}"),
                )
                return counts
        except psycopg.Error as error:
            raise EngineFailed(str(error)) from error

    def is_empty(self) -> bool:
        with psycopg.connect(**_address()) as watcher:
            return not _tables_of_postgresql(watcher)

    def build(self, source: Path, folder: Path) -> Counts:
        _program(
            *("pg_restore", "--no-owner", "--no-privileges", "--single-transaction"),
            *("--exit-on-error", f"--dbname={_address()['dbname']}", str(source)),
        )
        source.unlink()
        with psycopg.connect(**_address()) as watcher:
            return _counts_of_postgresql(watcher)

    def forget_sign_ins(self, folder: Path) -> None:
        with psycopg.connect(**_address()) as database:
            names = _tables_of_postgresql(database)
            for table in SIGN_INS:
                if table in names:
                    database.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))

    def put_in_place(self, folder: Path) -> None:
        """It was built where it belongs."""

    def give_up(self) -> None:
        self.make_room()

    def make_room(self) -> None:
        connections.close_all()
        with psycopg.connect(**_address()) as database:
            # Only ever called for a database that was empty when the restore began, or whose
            # backup was just taken.
            database.execute("DROP SCHEMA public CASCADE")
            database.execute("CREATE SCHEMA public")


def engine() -> Engine:
    """The engine of this house's database."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def _address() -> dict[str, Any]:
    """Where the server is, in psycopg's words."""
    database = settings.DATABASES["default"]
    words = {
        "host": database["HOST"],
        "port": database["PORT"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "dbname": connection.settings_dict["NAME"],
    }
    return {name: value for name, value in words.items() if value}


def _program(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by environment, never by argument."""
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[::-1]),
        None,
    )
    if found is None:
        raise EngineFailed(f"{name} is not installed: apt-get install postgresql-client")
    address = _address()
    environment = {
        "PATH": "/usr/bin:/bin",
        "PGHOST": str(address.get("host", "")),
        "PGPORT": str(address.get("port", "")),
        "PGUSER": str(address.get("user", "")),
        "PGPASSWORD": str(address.get("password", "")),
        "PGDATABASE": str(address["dbname"]),
    }
    result = subprocess.run(  # noqa: S603 -- a program of PostgreSQL, no shell
        [found, *arguments],
        env={key: value for key, value in environment.items() if value},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode:
        raise EngineFailed(f"{name}: {result.stderr.strip()[-400:]}")


def _one(row: tuple[Any, ...] | None) -> Any:
    if row is None:
        raise EngineFailed("the server did not answer")
    return row[0]


def _tables_of_postgresql(database: psycopg.Connection) -> list[str]:
    rows = database.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    return [row[0] for row in rows]


def _counts_of_postgresql(database: psycopg.Connection) -> Counts:
    return {
        name: _one(
            database.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            ).fetchone()
        )
        for name in _tables_of_postgresql(database)
    }
