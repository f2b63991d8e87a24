from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from nhipcau.audit.actions import record
from nhipcau.audit.guards import GUARDED, lift_guards, make_guards, missing_guards
from nhipcau.audit.models import Entry, Seal, SignedHead
from nhipcau.kernel.actor import Machine

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
REFUSAL = "The diary is append-only: no row of {} is ever changed or deleted."


def a_row_of(table):
    if table == "audit_entry":
        target = Seal(position=99)
        return record(event="a.b.done", target=target, by=Machine("test"), at=NOON)
    if table == "audit_seal":
        return Seal.objects.create(
            position=1, entry_id=1, digest="d" * 64, hash="h" * 64, sealed_at=NOON
        )
    return SignedHead.objects.create(position=1, hash="h" * 64, at=NOON, key="k", signature="s")


def content_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        return cursor.fetchall()


def refused(table, attack):
    before = content_of(table)
    with pytest.raises(IntegrityError, match=REFUSAL.format(table)), transaction.atomic():
        attack()
    assert content_of(table) == before
    assert len(before) == 1


def run(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.mark.parametrize("table", GUARDED)
def test_the_database_refuses_to_change_a_row_by_the_orm(table):
    row = a_row_of(table)

    refused(table, row.save)


@pytest.mark.parametrize("table", GUARDED)
def test_the_database_refuses_to_delete_a_row_by_the_orm(table):
    row = a_row_of(table)

    refused(table, row.delete)


@pytest.mark.parametrize("table", GUARDED)
def test_the_database_refuses_an_update_of_many_rows(table):
    row = a_row_of(table)
    field = {"audit_entry": "by_name", "audit_seal": "hash", "audit_signedhead": "hash"}[table]

    refused(table, lambda: type(row).objects.update(**{field: "another"}))


@pytest.mark.parametrize("table", GUARDED)
def test_the_database_refuses_raw_sql(table):
    a_row_of(table)
    key = {"audit_seal": "position"}.get(table, "id")

    refused(table, lambda: run(f"UPDATE {table} SET {key} = {key} + 1"))
    refused(table, lambda: run(f"DELETE FROM {table}"))


@pytest.mark.parametrize("table", GUARDED)
def test_sqlite_refuses_to_replace_a_row_while_inserting(table):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's alone")
    a_row_of(table)

    refused(table, lambda: run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))
    refused(table, lambda: run(f"UPDATE OR REPLACE {table} SET rowid = rowid"))


def test_sqlite_refuses_to_replace_a_seal_through_its_entry():
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's alone")
    a_row_of("audit_seal")

    refused(
        "audit_seal",
        lambda: run(
            "INSERT OR REPLACE INTO audit_seal SELECT 2, entry_id, digest, hash, sealed_at"
            " FROM audit_seal"
        ),
    )


@pytest.mark.postgresql
@pytest.mark.parametrize("table", GUARDED)
def test_postgresql_refuses_to_empty_a_table(table):
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's alone")
    a_row_of(table)

    refused(table, lambda: run(f"TRUNCATE {table}"))
    refused(table, lambda: run(f"TRUNCATE {table} CASCADE"))


@pytest.mark.postgresql
def test_postgresql_refuses_an_upsert():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite refuses the insert itself")
    a_row_of("audit_seal")

    refused(
        "audit_seal",
        lambda: run(
            "INSERT INTO audit_seal SELECT * FROM audit_seal"
            " ON CONFLICT (position) DO UPDATE SET hash = 'forged'"
        ),
    )


def test_all_guards_stand_after_migrating():
    assert missing_guards(connection) == []


def test_missing_guards_are_named_and_migrating_sets_them_up_again():
    lift_guards(connection)

    assert {guard.table for guard in missing_guards(connection)} == set(GUARDED)

    call_command("migrate", verbosity=0)
    assert missing_guards(connection) == []


def test_an_altered_guard_counts_as_missing():
    guard = missing_after_altering_one()

    assert [found.name for found in missing_guards(connection)] == [guard]


def missing_after_altering_one():
    if connection.vendor == "postgresql":
        run("ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_refused")
        return "audit_seal_refused"
    run("DROP TRIGGER audit_seal_delete_refused")
    run("CREATE TRIGGER audit_seal_delete_refused BEFORE DELETE ON audit_seal BEGIN SELECT 1; END")
    return "audit_seal_delete_refused"


@pytest.mark.postgresql
def test_a_hollowed_function_counts_as_missing_everywhere():
    if connection.vendor != "postgresql":
        pytest.skip("functions are PostgreSQL's alone")
    run(
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NULL; END $$"
    )

    assert {found.table for found in missing_guards(connection)} == set(GUARDED)


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_alters_a_guarded_table_is_followed_by_its_guards():
    before = Entry._meta.get_field("by_name")
    wider = before.clone()
    wider.set_attributes_from_name("by_name")
    wider.max_length = before.max_length + 1
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, before, wider)
    try:
        # SQLite makes the table anew, and its triggers go with the old one.
        lost = {"audit_entry"} if connection.vendor == "sqlite" else set()
        assert {guard.table for guard in missing_guards(connection)} == lost

        call_command("migrate", verbosity=0)

        assert missing_guards(connection) == []
        refused("audit_entry", a_row_of("audit_entry").delete)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Entry, wider, before)
        make_guards(connection)


@pytest.mark.django_db(transaction=True)
def test_an_emptied_test_database_is_guarded_again():
    Entry.objects.create(at=NOON, event="a.b.done", by_key="machine:test", by_name="test")

    call_command("flush", interactive=False, verbosity=0)

    assert Entry.objects.count() == 0
    assert missing_guards(connection) == []
