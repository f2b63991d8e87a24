"""Files on their way in: begun, received piece by piece, examined, and taken or refused.

A killed server or a closed browser loses nothing: how far an upload has come is told by the file
on the disk, a whole one is examined by the worker from the outbox, and examining twice comes to
the same.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media import scanner, store
from nhipcau.media.actions.derivatives import keep_derivatives
from nhipcau.media.actions.files import keep_file
from nhipcau.media.actions.items import FileFacts, add_item, replace_file
from nhipcau.media.enums import EXAMINABLE, UNDER_WAY, UploadState
from nhipcau.media.errors import DiskFull, OffsetMoved, ScannerSilent, UploadRefused
from nhipcau.media.intake.isolated import TakenIn, take_in
from nhipcau.media.intake.refusals import Refusal, Refused
from nhipcau.media.models import MediaItem, StoredFile, Upload
from nhipcau.media.queries.room import room_of
from nhipcau.media.rules.names import harmless, title_from
from nhipcau.media.rules.sizes import GRID, LARGE, size_of
from nhipcau.outbox.actions import put
from nhipcau.people.models import Person
from nhipcau.registry.models import Unit

ARRIVED = "media.upload.arrived"
MOST_AT_ONCE = 200  # uploads under way of one person
KEPT_FOR = timedelta(days=7)  # an upload nobody goes on with
SHOWN_SIZES = tuple(size_of(spec) for spec in (GRID, LARGE))  # in which the library shows pictures


def begin_upload(
    *,
    unit: Unit,
    file_name: str,
    size_bytes: int,
    by: Person,
    at: datetime,
    fingerprint: str = "",
    replaces: MediaItem | None = None,
) -> Upload:
    """Announce a file; the same file chosen again goes on with the upload that is under way.

    Raises UploadRefused when it is empty or too large, when the unit has no room left for it, or
    when too many are under way.
    """
    if fingerprint:
        standing = Upload.objects.filter(
            person=by,
            unit=unit,
            fingerprint=fingerprint[:100],
            size_bytes=size_bytes,
            replaces=replaces,
            state=UploadState.ARRIVING,
        ).first()
        if standing is not None:
            return standing
    if size_bytes < 1:
        raise UploadRefused(_("The file “%(name)s” is empty.") % {"name": harmless(file_name)})
    if size_bytes > settings.UPLOAD_MAX_BYTES:
        raise UploadRefused(
            _("“%(name)s” has %(size)d MB; a file may have %(most)d MB at most.")
            % {
                "name": harmless(file_name),
                "size": size_bytes // 1_000_000,
                "most": settings.UPLOAD_MAX_BYTES // 1_000_000,
            }
        )
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)  # two uploads do not share the last room
        if Upload.objects.filter(person=by, state__in=UNDER_WAY).count() >= MOST_AT_ONCE:
            raise UploadRefused(
                _("%(most)d files are on their way already; wait until some have arrived.")
                % {"most": MOST_AT_ONCE}
            )
        room = room_of(unit, on=timezone.localdate(at))
        if size_bytes > room.left:
            raise UploadRefused(
                _(
                    "“%(unit)s” has room for %(left)d MB more; this file has %(size)d MB. Make "
                    "it smaller, or ask the operator for more room."
                )
                % {
                    "unit": unit.label,
                    "left": room.left // 1_000_000,
                    "size": -(-size_bytes // 1_000_000),
                }
            )
        upload = Upload.objects.create(
            person=by,
            unit=unit,
            replaces=replaces,
            file_name=harmless(file_name),
            fingerprint=fingerprint[:100],
            size_bytes=size_bytes,
            begun_at=at,
            touched_at=at,
        )
    store.arriving_path(upload.uuid).touch()
    return upload


def receive_piece(
    *, upload: Upload, offset: int, pieces: Iterable[bytes], by: Actor, at: datetime
) -> Upload:
    """Take the bytes that begin at `offset`; with the last one the file waits to be examined.

    What has arrived stays, even when the line breaks in the middle of a piece. Raises OffsetMoved
    when the piece does not begin where the last one ended, UploadRefused when more comes than was
    announced, DiskFull when the disk is.
    """
    if upload.state != UploadState.ARRIVING:
        raise OffsetMoved(_("This file has arrived already."))
    try:
        at_end = _append(upload, offset, pieces)
    except OSError as trouble:
        if trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(
                _("There is no room on the disk just now; what has arrived is kept. Try later.")
            ) from trouble
        raise
    with transaction.atomic():
        changes: dict[str, object] = {"received_bytes": at_end, "touched_at": at}
        if at_end == upload.size_bytes:
            changes["state"] = UploadState.WAITING
            put(
                topic=ARRIVED,
                key=f"{ARRIVED}:{upload.uuid}",
                about=f"upload:{upload.pk}",
                payload={"upload": upload.pk},
                at=at,
            )
        Upload.objects.filter(pk=upload.pk, state=UploadState.ARRIVING).update(**changes)
    upload.refresh_from_db()
    return upload


def _append(upload: Upload, offset: int, pieces: Iterable[bytes]) -> int:
    """Write behind what has arrived, one writer at a time; where the file ends now."""
    with store.arriving_path(upload.uuid).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = file.seek(0, os.SEEK_END)
        if end != offset:
            raise OffsetMoved(_("The upload stands elsewhere; it goes on from there."))
        for piece in pieces:
            if end + len(piece) > upload.size_bytes:
                raise UploadRefused(_("More arrives than was announced; begin again."))
            file.write(piece)
            end += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return end


def examine_upload(*, upload: Upload, by: Actor, at: datetime) -> Upload:
    """Look a whole file through, clean it, and take it into the library, or refuse it.

    Raises ScannerSilent when the virus scanner does not answer: the file stays in quarantine.
    Raises OSError when the disk is full; both are tried again by the worker.
    """
    if upload.state not in EXAMINABLE:
        return upload
    path = store.arriving_path(upload.uuid)
    try:
        _scan(path, upload)
        digest = _digest(path)
        known = _known(digest, upload)
        if known is not None:
            return _taken(upload, known, is_duplicate=True)
        with store.scratch() as folder:
            taken = take_in(path, Path(folder), wanted=[size.as_order() for size in SHOWN_SIZES])
            _refuse_other_kind(upload, taken)
            stored = keep_file(chunks=store.chunks_of(taken.path), by=by, at=at)
            return _take(upload, taken, _facts(upload, taken, digest, stored), by, at)
    except Refused as refused:
        return _refuse(upload, refused, by, at)


def _scan(path: Path, upload: Upload) -> None:
    if not settings.CLAMD:
        return
    try:
        virus = scanner.virus_in(path, address=settings.CLAMD)
    except ScannerSilent:
        Upload.objects.filter(pk=upload.pk, state__in=EXAMINABLE).update(
            state=UploadState.NO_SCANNER
        )
        upload.refresh_from_db()
        raise
    if virus:
        raise Refused(Refusal.VIRUS, name=virus[:80])


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    for chunk in store.chunks_of(path):
        found.update(chunk)
    return found.hexdigest()


def _known(digest: str, upload: Upload) -> MediaItem | None:
    """The item of the unit that has just this file now; sent again, it is that item."""
    items = MediaItem.objects.not_in_trash().filter(
        unit_id=upload.unit_id, current__original_sha256=digest
    )
    if upload.replaces_id is not None:
        items = items.filter(pk=upload.replaces_id)
    return items.order_by("pk").first()


def _refuse_other_kind(upload: Upload, taken: TakenIn) -> None:
    """A picture is replaced by a picture."""
    if upload.replaces is not None and upload.replaces.kind != taken.format.kind:
        raise Refused(Refusal.OTHER_KIND, was=upload.replaces.kind, found=taken.format.kind)


def _facts(upload: Upload, taken: TakenIn, digest: str, stored: StoredFile) -> FileFacts:
    return FileFacts(
        stored=stored,
        original_sha256=digest,
        file_name=harmless(upload.file_name, ending=taken.format.ending),
        mime=taken.format.mime,
        ending=taken.format.ending,
        width=taken.width,
        height=taken.height,
        duration_ms=taken.duration_ms,
        pages=taken.pages,
        taken_out=taken.taken_out,
        look=taken.look,
    )


def _take(upload: Upload, taken: TakenIn, facts: FileFacts, by: Actor, at: datetime) -> Upload:
    with transaction.atomic():
        standing = Upload.objects.select_for_update().get(pk=upload.pk)
        if standing.state not in EXAMINABLE:
            return standing
        person = upload.person
        if upload.replaces is not None:
            file = replace_file(item=upload.replaces, facts=facts, by=person, at=at)
            item = file.item
        else:
            item = add_item(
                kind=taken.format.kind,
                title=title_from(upload.file_name),
                unit=upload.unit,
                facts=facts,
                by=person,
                at=at,
            )
        upload = _taken(standing, item, is_duplicate=False)
    if taken.sizes and item.current is not None:
        keep_derivatives(file=item.current, sizes=SHOWN_SIZES, made=taken.sizes, by=by, at=at)
    return upload


def _taken(upload: Upload, item: MediaItem, *, is_duplicate: bool) -> Upload:
    with transaction.atomic():
        upload.state, upload.item, upload.is_duplicate = UploadState.TAKEN, item, is_duplicate
        upload.received_bytes = upload.size_bytes
        upload.save(update_fields=["state", "item", "is_duplicate", "received_bytes"])
        transaction.on_commit(partial(store.forget_arriving, upload.uuid))
    return upload


def _refuse(upload: Upload, refused: Refused, by: Actor, at: datetime) -> Upload:
    with transaction.atomic():
        upload.state = UploadState.REFUSED
        upload.refusal, upload.refusal_values = refused.why, refused.values
        upload.save(update_fields=["state", "refusal", "refusal_values"])
        record(
            event="media.upload.refused",
            target=upload,
            by=upload.person,
            at=at,
            after={"why": refused.why},
        )
        transaction.on_commit(partial(store.forget_arriving, upload.uuid))
    return upload


def cancel_upload(*, upload: Upload, by: Actor, at: datetime) -> None:
    """Give up a file that is still on its way; nothing of it stays."""
    with transaction.atomic():
        gone, _kinds = Upload.objects.filter(pk=upload.pk, state__in=UNDER_WAY).delete()
        if gone:
            transaction.on_commit(partial(store.forget_arriving, upload.uuid))


def expire_uploads(*, before: datetime, by: Actor, at: datetime) -> int:
    """Forget uploads that nobody went on with, and notes of those that ended; how many."""
    due = Upload.objects.filter(touched_at__lt=before).exclude(state__in=EXAMINABLE)
    gone = list(due.values_list("uuid", flat=True))
    with transaction.atomic():
        due.filter(uuid__in=gone).delete()
        for name in gone:
            transaction.on_commit(partial(store.forget_arriving, name))
    return len(gone)
