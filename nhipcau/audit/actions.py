"""Writing the diary, sealing it, signing it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from nhipcau.audit import heads
from nhipcau.audit.keys import signing_key, value_key
from nhipcau.audit.models import Entry, Seal, SignedHead, Unsealed
from nhipcau.audit.queries import digest, last_seal, latest_head
from nhipcau.audit.requests import current_request_id
from nhipcau.audit.rules import GENESIS, SALT_BYTES, Head, Personal, kept, link, sign
from nhipcau.audit.verification import waiting_entries
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented

SEALER_LOCK = 0x6E68_6970_7365  # names the lock of PostgreSQL that one sealer holds


def record(
    *,
    event: str,
    target: models.Model,
    by: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """Write one line of the diary, in the caller's transaction.

    `event` is dotted and in the past tense: "plans.plan.accepted". `before` and `after` hold
    only what changed; personal values go in wrapped in `Personal`. `target` must have been
    saved; the diary calls it by its `diary_name` where it has one (a person says "person 41"),
    else by its text. Raises TypeError for a value that has no plain form.
    """
    unit_key, unit_name = by.actor_unit
    target_name = str(getattr(target, "diary_name", None) or target)[:300]
    entry = Entry.objects.create(
        at=at,
        event=event,
        by_key=by.actor_key,
        by_name=by.actor_name,
        unit_key=unit_key,
        unit_name=unit_name,
        target_kind=target._meta.label_lower,
        target_key=str(target.pk),
        target_name=target_name,
        before=_as_kept(before),
        after=_as_kept(after),
        request_id=current_request_id.get(),
        words=unaccented(" · ".join(filter(None, (target_name, by.actor_name, unit_name)))),
    )
    Unsealed.objects.create(entry_id=entry.pk)
    return entry


def _as_kept(values: Mapping[str, Any] | None) -> dict[str, Any]:
    if not values:
        return {}
    personal = [name for name, value in values.items() if isinstance(value, Personal)]
    return kept(
        values,
        key=value_key() if personal else b"",
        salts={name: secrets.token_bytes(SALT_BYTES) for name in personal},
    )


@transaction.atomic
def seal(*, at: datetime, limit: int = 500) -> int:
    """Chain up to `limit` waiting entries and say how many; 0 when none waits.

    Only one sealer works at a time: a second one, finding it at work, does nothing. Writers
    never wait for it, and an entry that is committed late is sealed late.
    """
    if not _is_the_only_sealer():
        return 0
    waiting = waiting_entries(limit)
    if not waiting:
        return 0
    last = last_seal()
    position, before = (last.position, last.hash) if last else (0, GENESIS)
    seals = []
    for position, (entry_id, hashed_entry) in enumerate(waiting, position + 1):  # noqa: B020 -- goes on from the last seal
        before = link(before=before, position=position, entry_id=entry_id, digest=hashed_entry)
        seals.append(
            Seal(
                position=position, entry_id=entry_id, digest=hashed_entry, hash=before, sealed_at=at
            )
        )
    Seal.objects.bulk_create(seals)
    Unsealed.objects.filter(entry_id__in=[entry_id for entry_id, _digest in waiting]).delete()
    return len(seals)


def seal_all(*, at: datetime) -> int:
    """Seal until nothing waits, one short transaction after another; how many were sealed."""
    total = 0
    while sealed := seal(at=at):
        total += sealed
    return total


@transaction.atomic
def sign_head(*, at: datetime) -> Head | None:
    """Sign how far the chain has come; None while the chain is empty.

    The signed head goes into the database and, once that is committed, to the file of its month
    outside it. Where the newest head already stands at the end of the chain, it is that one.
    """
    last = last_seal()
    if last is None:
        return None
    newest = latest_head()
    if newest and (newest.position, newest.hash) == (last.position, last.hash):
        return newest
    head = sign(position=last.position, hash=last.hash, at=at, key=signing_key())
    SignedHead.objects.create(
        position=head.position, hash=head.hash, at=at, key=head.key, signature=head.signature
    )
    transaction.on_commit(lambda: heads.add(head))
    return head


def write_digest(*, at: datetime) -> Path | None:
    """Write the diary's digest of the day before `at`, once; None where it stands already.

    It is a text file under NHIPCAU_DATA/digests with the newest signed head in it, fit to be
    mailed or printed: `nhipcau audit verify --head FILE` takes it as it is.
    """
    day = timezone.localdate(at) - timedelta(days=1)
    path = Path(settings.DATA) / "digests" / f"{day.isoformat()}.txt"
    if path.exists():
        return None
    head = sign_head(at=at)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
    unfinished.write_text(digest(day=day, head=head), encoding="utf-8")
    unfinished.replace(path)
    return path


def _is_the_only_sealer() -> bool:
    """On SQLite a writing transaction is the only one there is."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        return bool(cursor.fetchone()[0])
