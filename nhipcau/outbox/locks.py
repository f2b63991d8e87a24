"""The one lock of the outbox, between writers and whoever registers a consumer.

Writers share it and never wait for each other; a registering consumer takes it alone, so that
every message was either written before it was known, and is handed over as the past, or after,
and is handed over at once. Held to the end of the transaction. On SQLite a writing transaction
has the whole database to itself, which is the same.
"""

from __future__ import annotations

from django.db import connection

_REGISTRATION = 0x6E68_6970_6F62


def share_registration() -> None:
    _take("SELECT pg_advisory_xact_lock_shared(%s)")


def take_registration() -> None:
    _take("SELECT pg_advisory_xact_lock(%s)")


def _take(statement: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [_REGISTRATION])
