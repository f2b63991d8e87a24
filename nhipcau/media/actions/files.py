"""Keeping files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media import store
from nhipcau.media.models import StoredFile


def keep_file(*, chunks: Iterable[bytes], by: Actor, at: datetime) -> StoredFile:
    """Keep a file's bytes and the row that says so; the same bytes again give the same row.

    The bytes are on the disk before the row exists: a crash in between leaves a file that no
    row names, which `nhipcau media verify` reports, never a row without its file.
    """
    digest, size = store.write(chunks)
    with transaction.atomic():
        stored, is_new = StoredFile.objects.get_or_create(
            sha256=digest,
            defaults={"size_bytes": size, "kept_at": at, "kept_by_key": by.actor_key},
        )
        if is_new:
            record(event="media.file.kept", target=stored, by=by, at=at, after={"bytes": size})
    return stored
