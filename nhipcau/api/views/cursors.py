"""Cursors: where a list goes on, signed, so that nobody else makes them.

A cursor belongs to its question: list, filters, fields. What is asked with another one is refused,
and not answered with rows that were never meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

from nhipcau.api import phrases
from nhipcau.kernel.canonical import canonical
from nhipcau.publishing.queries.public_records import Place

LONGEST = 300
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def cursor_of(place: Place, question: Mapping[str, object]) -> str:
    """The cursor of a place in the answers to this question."""
    return _signer().sign_object(
        [_mark(question), (place.at - _EPOCH) // _MICROSECOND, place.key], compress=False
    )


def place_of(cursor: str, question: Mapping[str, object]) -> Place | None:
    """The place of a cursor; None for the beginning. Raises Problem for what is no cursor of it."""
    if not cursor:
        return None
    if len(cursor) > LONGEST:
        raise phrases.bad_cursor()
    try:
        mark, microseconds, key = _signer().unsign_object(cursor)
    except (BadSignature, ValueError, TypeError):
        raise phrases.bad_cursor() from None
    if mark != _mark(question):
        raise phrases.bad_cursor()
    return Place(_EPOCH + microseconds * _MICROSECOND, key)


def _signer() -> Signer:
    return Signer(salt="nhipcau.api.cursor", sep=".")


def _mark(question: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(dict(question))).hexdigest()[:12]
