"""What every test of the house stands on."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management.commands import flush, migrate
from django.db import connections
from hypothesis import settings

from nhipcau.audit.guards import lift_guards
from nhipcau.operations.tests.houses import House

# Machines are shared and slow at times: an example has no deadline, and a run is repeatable.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


# A test that asks for one of these touches a database.
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "postgresql_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database: the rest is the same on every engine, and runs on one."""
    for item in items:
        asked = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgresql")
        if asked or marked:
            item.add_marker(pytest.mark.engine)


@pytest.fixture(autouse=True, scope="session")
def _the_diary_may_be_emptied_between_tests():
    """A test with real transactions ends with an emptied database, which the diary refuses.

    The guards stand down for that moment; post_migrate, which follows, sets them up again.
    """
    emptying = flush.Command.handle

    def with_guards_down(command, **options):
        lift_guards(connections[options["database"]])
        return emptying(command, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", with_guards_down)
        yield


# What a freshly migrated database depends on, beside the versions of the libraries.
MADE_BY = ("nhipcau/*/migrations/*.py", "nhipcau/audit/guards.py", "nhipcau/*/receivers.py")
MADE_BY += ("nhipcau/outbox/tasks.py", "requirements/dev.txt")


def _migrated() -> Path:
    """The file in which a migrated, empty database of this state of the code is kept."""
    root = Path(__file__).resolve().parent
    whole = hashlib.sha256("|".join(django_settings.INSTALLED_APPS).encode())
    for pattern in (*MADE_BY, "config/settings/plugs.py"):
        for path in sorted(root.glob(pattern)):
            whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return Path(django_settings.DATA) / f"migrated-{whole.hexdigest()[:20]}.sqlite3"


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """While this holds, no other process of these tests is within the same lock."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _keep(made: sqlite3.Connection, kept: Path) -> None:
    unfinished = kept.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(unfinished)) as target:
        made.backup(target)
    unfinished.replace(kept)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database, migrated by this state of the code: a house may begin with a copy.

    Migrating takes forty seconds of a processor, most of them in the migrations of libraries.
    """
    kept = _migrated()
    with _alone(kept.with_suffix(".lock")):
        if not kept.exists():
            data = tmp_path_factory.mktemp("migrated")
            migrate = House(data).python("manage.py", "migrate", "--verbosity", "0")
            if migrate.wait():
                pytest.fail("The migrations failed: manage.py migrate")
            with contextlib.closing(sqlite3.connect(data / "nhipcau.sqlite3")) as made:
                _keep(made, kept)
    return kept


@pytest.fixture(autouse=True, scope="session")
def _migrating_again_is_copying():
    """On SQLite a run of tests starts with a copy of the database that an earlier run migrated.

    The first run after a change of a migration really migrates, and so does every run on a new
    machine; PostgreSQL always migrates.
    """
    really = migrate.Command.handle

    def copied(command, *args, **options):
        connection = connections[options["database"]]
        is_empty = not connection.introspection.table_names()
        if connection.vendor != "sqlite" or options.get("app_label") or not is_empty:
            return really(command, *args, **options)
        kept = _migrated()
        connection.ensure_connection()
        with _alone(kept.with_suffix(".lock")):  # of two processes the second finds the copy
            if kept.exists():
                with sqlite3.connect(kept) as source:
                    source.backup(connection.connection)
                return None
            really(command, *args, **options)
            _keep(connection.connection, kept)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate.Command, "handle", copied)
        yield
