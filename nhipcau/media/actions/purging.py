"""What has lain in the trash for long goes for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Model, ProtectedError, Q

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media import store
from nhipcau.media.models import (
    Derivative,
    MediaFile,
    MediaItem,
    MediaRendition,
    StoredFile,
)
from nhipcau.media.queries.usage import usage_of

# Another item may have the same bytes: then they stay, and the item goes all the same. Whatever
# else names a file (a release, a signed or public copy, a plan, a contract) keeps the item.
_OF_ANOTHER_ITEM: tuple[type[Model], ...] = (MediaFile, Derivative, MediaItem, MediaRendition)
_YOUNG = timedelta(hours=1)  # bytes so new may belong to a row that is about to be written


def purge_trash(*, before: datetime, by: Actor, at: datetime) -> int:
    """Items that were put aside before this moment, with their files; how many went.

    An item stays that something uses, or whose file or any size of it left the house or is kept
    for another reason. Each goes in a transaction of its own, its bytes after the commit.
    """
    due = MediaItem.objects.filter(trashed_at__lt=before).order_by("pk")
    return sum(
        _purge(number, before=before, by=by, at=at)
        for number in list(due.values_list("pk", flat=True))
    )


@transaction.atomic
def _purge(number: int, *, before: datetime, by: Actor, at: datetime) -> bool:
    item = (
        MediaItem.objects.select_for_update(of=("self",))
        .filter(pk=number, trashed_at__lt=before)
        .first()
    )
    if item is None or usage_of(item):
        return False
    try:
        with transaction.atomic():
            record(event="media.item.purged", target=item, by=by, at=at)
            gone = _delete(item)
    except ProtectedError:
        return False
    for digest in gone:
        transaction.on_commit(partial(_forget, digest, at - _YOUNG))
    return True


def _delete(item: MediaItem) -> list[str]:
    """Delete the item and the files that only it had; their digests. ProtectedError: it stays."""
    mine = Q(media_files__item=item) | Q(derivatives__file__item=item)
    files = set(StoredFile.objects.filter(mine))
    if item.consent_document is not None:
        files.add(item.consent_document)
    originals = list(StoredFile.objects.filter(media_files__item=item))
    MediaItem.objects.filter(pk=item.pk).update(current=None)
    item.current = None
    item.delete()
    unshared = [file for file in originals if not file.media_files.exists()]
    renditions = MediaRendition.objects.filter(original__in=unshared)
    files.update(StoredFile.objects.filter(made_as__in=renditions))
    renditions.delete()
    return [file.sha256 for file in sorted(files, key=lambda file: file.pk) if _let_go(file)]


@transaction.atomic
def let_go_of_file(*, file: StoredFile, by: Actor, at: datetime) -> bool:
    """Delete a file that nothing names any more, its bytes after the commit; whether it went.

    The caller has written in the diary why. Bytes of the last hour stay: they may belong to a row
    that is about to be written.
    """
    try:
        with transaction.atomic():
            StoredFile.objects.filter(pk=file.pk).delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(_forget, file.sha256, at - _YOUNG))
    return True


def _let_go(file: StoredFile) -> bool:
    """Whether nothing names the file any more. Raises ProtectedError for what is no item's."""
    try:
        with transaction.atomic():
            StoredFile.objects.filter(pk=file.pk).delete()
    except ProtectedError as held:
        if all(isinstance(each, _OF_ANOTHER_ITEM) for each in held.protected_objects):
            return False
        raise
    return True


def _forget(digest: str, older_than: datetime) -> None:
    """Take the bytes away, unless they were brought anew meanwhile."""
    store.forget(
        digest,
        older_than=older_than,
        is_named=lambda: StoredFile.objects.filter(sha256=digest).exists(),
    )
