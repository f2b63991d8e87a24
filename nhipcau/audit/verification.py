"""Reading the whole diary and comparing it with its seals and with the signed heads.

Everything streams: a page of rows at a time, whatever the diary's length.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from nhipcau.audit import heads
from nhipcau.audit.chain import Finding, Link, Reading
from nhipcau.audit.enums import Flaw
from nhipcau.audit.keys import trusted_keys
from nhipcau.audit.models import Seal, SignedHead
from nhipcau.audit.queries import as_head, unsealed_count
from nhipcau.audit.rules import COLUMNS, Head, digest_of, is_signed
from nhipcau.kernel.canonical import moment

ROWS_AT_ONCE = 5_000
HEADS_AT_ONCE = 500

_ENTRY = ", ".join(f"e.{column}" for column in COLUMNS)
_WAITING = (
    f"SELECT {_ENTRY} FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entry_id"  # noqa: S608 -- our own columns
    " ORDER BY u.entry_id LIMIT %s"
)
_LINKS = (
    f"SELECT s.position, s.entry_id, s.digest, s.hash, {_ENTRY} FROM audit_seal s"  # noqa: S608 -- our own columns
    " LEFT JOIN audit_entry e ON e.id = s.entry_id"
    " WHERE s.position > %s ORDER BY s.position LIMIT %s"
)
_SLIPPED_IN = (
    "SELECT e.id FROM audit_entry e WHERE e.id > %s"
    " AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM audit_unsealed u WHERE u.entry_id = e.id)"
    " ORDER BY e.id LIMIT %s"
)
_TAKEN_OUT = (
    "SELECT u.entry_id FROM audit_unsealed u WHERE u.entry_id > %s"
    " AND NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.id = u.entry_id)"
    " ORDER BY u.entry_id LIMIT %s"
)


@dataclass(slots=True)
class Verification:
    """What was read; complete once `findings` has been read to its end.

    `unsealed` entries are not yet in the chain: their order and presence are not proven.
    """

    extra_heads: list[Path] = field(default_factory=list)
    links: int = 0
    heads: int = 0
    unsealed: int = 0

    def findings(self) -> Iterator[Finding]:
        """Every flaw, as it is found.

        Raises HeadUnreadable for a file of heads that cannot be read as one.
        """
        # Heads first seen are heads of links that are there to be read: new ones may come
        # while we read, and their links after those that we have read.
        newest = SignedHead.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        in_files = [(path, path.stat().st_size) for path in [*heads.files(), *self.extra_heads]]
        reading = Reading()
        yield from reading.read(_links())
        yield from reading.conclusions()
        self.links = reading.links
        comparing = _Comparing(end=reading.last.position)
        yield from comparing.compare(_heads_in_the_database(newest))
        for path, size in in_files:
            yield from comparing.compare(heads.read(path, size=size))
        self.heads = comparing.heads
        for entry_id in _numbers(_SLIPPED_IN):
            yield Finding(Flaw.ENTRY_SLIPPED_IN, entry_id)
        for entry_id in _numbers(_TAKEN_OUT):
            yield Finding(Flaw.ENTRY_MISSING, entry_id)
        self.unsealed = unsealed_count()


def waiting_entries(limit: int) -> list[tuple[int, str]]:
    """(id, digest) of the first entries that wait for the sealer."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [limit])
        return [(row[0], digest_of(_columns(row))) for row in cursor.fetchall()]


def _links() -> Iterator[Link]:
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_LINKS, [last, ROWS_AT_ONCE])
            rows = cursor.fetchall()
        for row in rows:
            found = None if row[4] is None else digest_of(_columns(row[4:]))
            yield Link(row[0], row[1], row[2], row[3], found)
        if len(rows) < ROWS_AT_ONCE:
            return
        last = rows[-1][0]


def _columns(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """An entry's columns as they are hashed: the moment told one way, the JSON read."""
    number, at, *names, before, after, request_id, words = row
    return (number, _moment(at), *names, _read(before), _read(after), request_id, words)


def _moment(at: datetime | str) -> str:
    """SQLite gives its text, "2026-03-02 05:00:00[.123456]" in UTC; PostgreSQL a moment."""
    if isinstance(at, str):
        return f"{at[:10]}T{at[11:19]}.{at[20:26]:0<6}Z"
    return moment(at)


def _read(stored: str) -> Any:
    return {} if stored == "{}" else json.loads(stored)


def _numbers(sql: str) -> Iterator[int]:
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, [last, ROWS_AT_ONCE])
            numbers = [row[0] for row in cursor.fetchall()]
        yield from numbers
        if len(numbers) < ROWS_AT_ONCE:
            return
        last = numbers[-1]


def _heads_in_the_database(newest: int) -> Iterator[Head]:
    rows = SignedHead.objects.filter(pk__lte=newest).order_by("pk")
    return (as_head(row) for row in rows.iterator(chunk_size=HEADS_AT_ONCE))


@dataclass(slots=True)
class _Comparing:
    """Compares heads with the chain, whose last position is `end`."""

    end: int
    heads: int = 0
    trusted: frozenset[str] = field(default_factory=trusted_keys)
    _good: int = 0  # the furthest position up to which a head bears the chain out
    _rewritten: int | None = None
    _cut: int = 0

    def compare(self, given: Iterable[Head]) -> Iterator[Finding]:
        given = iter(given)
        while some := list(islice(given, HEADS_AT_ONCE)):
            self.heads += len(some)
            positions = [head.position for head in some]
            hashes = dict(
                Seal.objects.filter(position__in=positions).values_list("position", "hash")
            )
            for head in some:
                yield from self._one(head, hashes.get(head.position))

    def _one(self, head: Head, stored: str | None) -> Iterator[Finding]:
        if not is_signed(head):
            yield Finding(Flaw.BAD_SIGNATURE, position=head.position)
        elif head.key not in self.trusted:
            yield Finding(Flaw.UNKNOWN_KEY, position=head.position)
        elif head.position > self.end:
            if head.position > self._cut:
                yield Finding(
                    Flaw.TAIL_CUT, position=max(self.end, self._cut) + 1, last=head.position
                )
                self._cut = head.position
        elif stored == head.hash:
            self._good = max(self._good, head.position)
        elif stored is not None and (self._rewritten is None or head.position < self._rewritten):
            # Somewhere after the last head that still holds; one head tells it for all later.
            self._rewritten = head.position
            first = self._good + 1 if self._good < head.position else 1
            yield Finding(Flaw.REWRITTEN, position=first, last=head.position)
