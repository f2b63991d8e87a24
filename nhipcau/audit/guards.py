"""The triggers with which the database itself refuses to change or delete the diary.

Made by the first migration and made again after every `migrate`: SQLite drops a table's triggers
when Django alters it. `missing_guards` is for the doctor. The refusal rises as IntegrityError.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

# Table -> columns by which SQLite's INSERT OR REPLACE would find, and silently delete, a row.
GUARDED: dict[str, tuple[str, ...]] = {
    "audit_entry": ("id",),
    "audit_seal": ("position", "entry_id"),
    "audit_signedhead": ("id",),
}


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: what it is called, on which table, and the statement that makes it."""

    name: str
    table: str
    statement: str


def make_guards(connection: BaseDatabaseWrapper) -> None:
    """Make every guard that is missing or is not as it should be; tables not yet there wait."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for guard in missing_guards(connection):
            cursor.execute(_dropping(connection, guard))
            cursor.execute(guard.statement)


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away: only for emptying a test's database."""
    with connection.cursor() as cursor:
        for guard in _guards(connection):
            cursor.execute(_dropping(connection, guard))


def missing_guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    """The guards that are not there, are switched off or were altered."""
    tables = set(connection.introspection.table_names())
    standing = (
        _standing_on_postgresql(connection)
        if connection.vendor == "postgresql"
        else _standing_on_sqlite(connection)
    )
    return [
        guard
        for guard in _guards(connection)
        if guard.table in tables and _bare(standing.get(guard.name, "")) != _bare(guard.statement)
    ]


def _sentence(table: str) -> str:
    return f"The diary is append-only: no row of {table} is ever changed or deleted."


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    if connection.vendor == "postgresql":
        return [_postgresql_guard(table) for table in GUARDED]
    return [guard for table, columns in GUARDED.items() for guard in _sqlite_guards(table, columns)]


def _sqlite_guards(table: str, columns: tuple[str, ...]) -> list[Guard]:
    taken = " OR ".join(f"{column} = NEW.{column}" for column in columns)
    conditions = {
        "update": "",
        "delete": "",
        "insert": f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) ",  # noqa: S608 -- our own words
    }
    guards = []
    for verb, condition in conditions.items():
        name = f"{table}_{verb}_refused"
        head = f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} {condition}"
        refusal = f"BEGIN SELECT RAISE(ABORT, '{_sentence(table)}'); END"
        guards.append(Guard(name, table, head + refusal))
    return guards


# One function for all guarded tables; by statement, so that TRUNCATE is refused as well.
_POSTGRESQL_BODY = (
    " BEGIN RAISE EXCEPTION"
    " 'The diary is append-only: no row of % is ever changed or deleted.', TG_TABLE_NAME"
    " USING ERRCODE = 'restrict_violation'; END "
)
_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql"
    f" AS $${_POSTGRESQL_BODY}$$"
)


def _postgresql_guard(table: str) -> Guard:
    name = f"{table}_refused"
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE DELETE OR UPDATE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    )


def _standing_on_sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _standing_on_postgresql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Triggers that are switched on and call our function as we wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, replace(pg_get_triggerdef(t.oid), 'public.', '') "
            "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled IN ('O', 'A') AND p.proname = 'audit_refuse' AND p.prosrc = %s",
            [_POSTGRESQL_BODY],
        )
        return dict(cursor.fetchall())


def _dropping(connection: BaseDatabaseWrapper, guard: Guard) -> str:
    where = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {guard.name}{where}"


def _bare(statement: str) -> str:
    return " ".join(statement.split()).lower()
