"""Copies for the public: staged before a release, taken away when the last one is withdrawn."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import partial

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media import store
from nhipcau.media.models import PublicCopy, PublicHolding, StoredFile, showing

CHANCE = 16  # bytes of chance in a public name: 128 bits


def stage_public_copy(
    *,
    stored: StoredFile,
    mime: str,
    ending: str,
    holder: str,
    opens_at: datetime,
    by: Actor,
    at: datetime,
) -> PublicCopy:
    """Put a copy under a name nobody can guess; the public gets it from `opens_at` on.

    `holder` names what needs the copy ("release:41"); staging twice for one holder is once, with
    the newer `opens_at` unless it is open already: staging closes nothing. `ending` is the file's,
    without a dot. The bytes stand in their place before the row: a crash in between leaves a file
    that no row names, and nobody knows.
    Raises FileNotFoundError when the kept file is gone.
    """
    standing = PublicCopy.objects.filter(stored=stored).values_list("name", flat=True).first()
    name = standing or f"{secrets.token_hex(CHANCE)}.{ending}"
    store.publish(stored.sha256, name)
    with transaction.atomic(), showing():
        StoredFile.objects.select_for_update().get(pk=stored.pk)
        copy, is_new = PublicCopy.objects.get_or_create(
            stored=stored, defaults={"name": name, "mime": mime, "made_at": at}
        )
        if copy.name != name:  # the copy was withdrawn, or staged by somebody else, meanwhile
            transaction.on_commit(partial(store.unpublish, name))
            store.publish(stored.sha256, copy.name)
        holding, is_first = PublicHolding.objects.get_or_create(
            copy=copy, holder_key=holder, defaults={"opens_at": opens_at}
        )
        if not is_first and holding.opens_at > at:
            holding.opens_at = opens_at
            holding.save(update_fields=["opens_at"])
        if is_new:
            record(event="media.copy.staged", target=stored, by=by, at=at, after={"holder": holder})
    return copy


def open_public_copies(*, holder: str, opens_at: datetime, by: Actor, at: datetime) -> int:
    """The copies that were staged for this holder open at `opens_at`; how many.

    In the transaction of the release: what is rolled back never opened.
    """
    with showing():
        return PublicHolding.objects.filter(holder_key=holder).update(opens_at=opens_at)


def withdraw_public_copy(*, stored: StoredFile, holder: str, by: Actor, at: datetime) -> bool:
    """Let the copy go for one holder; whether it is gone from the public now.

    Withdrawing again changes nothing. The row goes first and the bytes after the commit: a crash
    in between leaves a file whose name no row knows, so no address answers for it.
    """
    with transaction.atomic(), showing():
        StoredFile.objects.select_for_update().get(pk=stored.pk)
        copy = PublicCopy.objects.filter(stored=stored).first()
        if copy is None:
            return True
        PublicHolding.objects.filter(copy=copy, holder_key=holder).delete()
        if copy.holdings.exists():
            return False
        name = copy.name
        copy.delete()
        record(event="media.copy.withdrawn", target=stored, by=by, at=at, after={"holder": holder})
        transaction.on_commit(partial(store.unpublish, name))
    return True
