"""How the house is: migrations, workers, disk. Every answer names its price in its test."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import QuerySet

from nhipcau.operations.models import RetentionRule
from nhipcau.outbox.queries import workers_present
from nhipcau.people.models import Person, User
from nhipcau.search.queries import worst_state

# Below this the database may stop in the middle of a write.
LEAST_FREE_BYTES = 200 * 1024 * 1024
# Kept free for examples by RFC 2606: nobody's mail can ever go there.
SAMPLE_ADDRESS_ENDING = ".example"


@dataclass(frozen=True, slots=True)
class State:
    """One part of the house: `ok`, and a word that says how it is without naming anything."""

    ok: bool
    state: str
    figure: int | None = None


def pending_migrations() -> list[str]:
    """Migrations of the code that the database has not seen, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unknown_migrations() -> list[str]:
    """Migrations that the database has seen and this code does not know: it is older."""
    loader = MigrationLoader(connection)
    ours = {key[0] for key in loader.disk_migrations}
    return sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours
        and (app, name) not in loader.disk_migrations
        and not _replaced(loader, app, name)
    )


def _replaced(loader: MigrationLoader, app: str, name: str) -> bool:
    """A squashed migration's parts stay written down after their files are gone."""
    return any((app, name) in migration.replaces for migration in loader.disk_migrations.values())


def has_people() -> bool:
    """Whether anybody is on record here; asked of a database of any age, also of an empty one."""
    there = Person._meta.db_table in connection.introspection.table_names()
    return there and Person.objects.exists()


def is_real_province() -> bool:
    """Whether people depend on this house: somebody is on record, and it is not the sample."""
    return has_people() and not sample_accounts().exists()


def free_bytes(folder: Path) -> int:
    """What an ordinary user may still write on the disk of this folder."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def database_state(at: datetime) -> State:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return State(ok=False, state="unreachable")
    return State(ok=True, state="answers")


def migrations_state(at: datetime) -> State:
    try:
        if unknown_migrations():
            return State(ok=False, state="database is newer than the code")
        pending = len(pending_migrations())
    except DatabaseError:
        return State(ok=False, state="unknown")
    return State(ok=not pending, state="pending" if pending else "applied", figure=pending)


def disk_state(at: datetime) -> State:
    try:
        free = free_bytes(Path(settings.DATA))
    except OSError:
        return State(ok=False, state="unreadable")
    megabytes = free // (1024 * 1024)
    if not os.access(settings.DATA, os.W_OK):
        return State(ok=False, state="not writable", figure=megabytes)
    ok = free >= LEAST_FREE_BYTES
    return State(ok=ok, state="enough" if ok else "nearly full", figure=megabytes)


def worker_state(at: datetime) -> State:
    try:
        count = len(workers_present(at=at))
    except DatabaseError:
        return State(ok=False, state="unknown")
    return State(ok=count > 0, state="at work" if count else "silent", figure=count)


def rules_in_force(*, on: date) -> list[RetentionRule]:
    """For each kind of personal data the newest rule that has begun. One query."""
    rules: dict[str, RetentionRule] = {}
    for rule in RetentionRule.objects.filter(since__lte=on).order_by("kind", "since"):
        rules[rule.kind] = rule
    return list(rules.values())


def sample_accounts() -> QuerySet[User]:
    """Accounts of the sample province that may sign in: their addresses end in .example."""
    return User.objects.filter(is_active=True, email__iendswith=SAMPLE_ADDRESS_ENDING)


def index_state(at: datetime) -> State:
    """How the search index of this machine is. A house without one serves, but does not search."""
    return State(ok=True, state=worst_state().value)


PARTS: dict[str, Callable[[datetime], State]] = {
    "database": database_state,
    "migrations": migrations_state,
    "worker": worker_state,
    "disk": disk_state,
    "index": index_state,
}
