"""What every test of the house stands on."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sqlite3
from pathlib import Path

import pytest
from django.core.management.commands import flush, migrate
from django.db import connections
from hypothesis import settings

from nhipcau.audit.guards import lift_guards
from nhipcau.operations.tests.houses import House
from nhipcau.operations.tests.migrated import PostgreSQL, SQLite, alone, programs_of

# Machines are shared and slow at times: an example has no deadline, and a run is repeatable.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


gc.disable()  # until the tests are collected, see below
LONG_NAME = 200  # characters of an example that still say which one it is
# A test that asks for one of these touches a database.
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "postgresql_server"}


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file is no name: it may be a megabyte, and hold the second in which it was made."""
    return argname if isinstance(val, bytes | str) and len(val) > LONG_NAME else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database: the rest is the same on every engine, and runs on one."""
    for item in items:
        asked = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgresql")
        if (asked or marked) and not item.get_closest_marker("once"):
            item.add_marker(pytest.mark.engine)
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: nobody need look through it for garbage again."""
    gc.collect()
    gc.freeze()
    gc.enable()


SQLITE = "django.db.backends.sqlite3"
_lasted: dict[str, float] = {}
_failed: dict[str, None] = {}
LASTED = Path(__file__).parent / "test-output" / "seconds.json"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--failed", metavar="FILE", help="write the names of failed tests there")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    name = report.nodeid.partition("::")[0]
    _lasted[name] = _lasted.get(name, 0.0) + report.duration
    if report.failed:
        _failed[report.nodeid] = None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write down what failed, and how long each file took: tools/touched.py chooses by it."""
    config = session.config
    if config.option.failed and not hasattr(config, "workerinput"):
        Path(config.option.failed).write_text("\0".join(_failed))
    is_part = config.option.keyword or any("::" in name for name in config.args)
    is_other = connections.databases["default"]["ENGINE"] != SQLITE
    if is_part or is_other or hasattr(config, "workerinput"):
        return
    try:
        known = json.loads(LASTED.read_text())
    except (OSError, ValueError):
        known = {}
    known |= {name: round(seconds, 2) for name, seconds in _lasted.items()}
    LASTED.parent.mkdir(exist_ok=True)
    unfinished = LASTED.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(known, indent=0, sort_keys=True))
    unfinished.replace(LASTED)


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


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database of this state of the code: a house may begin with a copy."""
    copies = SQLite()
    with alone(copies.kept):
        if not copies.kept.exists():
            data = tmp_path_factory.mktemp("migrated")
            migrate = House(data).python("manage.py", "migrate", "--verbosity", "0")
            if migrate.wait():
                pytest.fail("The migrations failed: manage.py migrate")
            with contextlib.closing(sqlite3.connect(data / "nhipcau.sqlite3")) as made:
                copies.keep(made)
    return copies.kept


@pytest.fixture(autouse=True, scope="session")
def _migrating_again_is_copying():
    """A run of tests starts with a copy of the database that an earlier run migrated.

    The first run after a change of a migration really migrates, and so does every run on a new
    machine, or on a PostgreSQL server whose programs are not at hand.
    """
    really = migrate.Command.handle

    def copied(command, *args, **options):
        connection = connections[options["database"]]
        is_empty = not connection.introspection.table_names()
        if options.get("app_label") or not is_empty:
            return really(command, *args, **options)
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            copies, database = SQLite(), connection.connection
        elif programs := programs_of(connection):
            copies, database = PostgreSQL(connection, programs), connection.settings_dict["NAME"]
        else:
            return really(command, *args, **options)
        with alone(copies.kept):  # of two processes the second finds the copy
            if copies.kept.exists():
                copies.take(database)
                return None
            really(command, *args, **options)
            copies.keep(database)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate.Command, "handle", copied)
        yield
