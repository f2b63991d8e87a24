"""What of the registry only one may do at a time."""

from __future__ import annotations

from django.db import connection

_NUMBERS = 0x6E68_6964_6F63


def one_number_at_a_time() -> None:
    """Whoever looks whether a document is on record, and puts it there, does it alone.

    To the end of the transaction. On SQLite a writing transaction has the database to itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERS])
