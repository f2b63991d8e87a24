"""A sheet of records on its way in: kept, looked through, accepted, brought in, or given up.

The worker may be killed at any moment: what it had in hand it does again, and comes to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.disks import disk_trouble
from nhipcau.media.actions import keep_file
from nhipcau.media.models import StoredFile
from nhipcau.media.queries import path_of_file
from nhipcau.outbox.actions import put
from nhipcau.people.models import Person
from nhipcau.registry.models import Unit
from nhipcau.works.actions.sheets import bring_records
from nhipcau.works.enums import SHEET_OPEN, RowState, SheetState
from nhipcau.works.errors import NotPossible, SheetRefused
from nhipcau.works.imports.folder import FileInFolder, files_of
from nhipcau.works.imports.record_workbook import RecordRow, read_records, refuse_what_is_secret
from nhipcau.works.models import RecordSheet, RecordSheetRow
from nhipcau.works.queries.sheets import (
    RecordPreview,
    Refused,
    preview_records,
)

LOOK = "works.sheet.look"
BRING = "works.sheet.bring"
BATCH = 500


class SheetStopped(Exception):
    """Somebody has given the sheet up while it came in."""


def bring_sheet(
    *,
    chunks: Iterable[bytes],
    file_name: str,
    archive: Iterable[bytes] | None = None,
    archive_name: str = "",
    unit: Unit,
    language: str,
    by: Person,
    at: datetime,
) -> RecordSheet:
    """Keep a sheet, perhaps with a .zip of its files, and have it looked through.

    The same bytes that are on their way into the unit already are that sheet. Raises SheetRefused
    when the disk takes nothing more, or for a mark of secrecy; nothing is kept then.
    """
    data = b"".join(chunks)
    refuse_what_is_secret(data)
    try:
        stored = keep_file(chunks=(data,), by=by, at=at)
        files = keep_file(chunks=archive, by=by, at=at) if archive is not None else None
    except OSError as error:
        if (trouble := disk_trouble(error)) is None:
            raise
        raise SheetRefused(trouble.sentence) from error
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        standing = RecordSheet.objects.filter(unit=unit, file=stored, state__in=SHEET_OPEN)
        if (same := standing.first()) is not None and same.archive_id == (files and files.pk):
            return same
        _give_up_all(standing, by=by, at=at)  # it comes again with other files
        sheet = RecordSheet.objects.create(
            unit=unit,
            file=stored,
            file_name=file_name[:255],
            archive=files,
            archive_name=archive_name[:255] if files is not None else "",
            language=language,
            brought_by=by,
            brought_at=at,
        )
        record(
            event="works.sheet.brought",
            target=sheet,
            by=by,
            at=at,
            after={"file": stored.sha256, "archive": files and files.sha256},
        )
        put(topic=LOOK, key=f"{LOOK}:{sheet.pk}", payload={"sheet": sheet.pk}, at=at)
    return sheet


def look_through(*, sheet: RecordSheet, by: Actor, at: datetime) -> None:
    """Say of every row what it would become; a sheet that cannot be read is refused."""
    if sheet.state != SheetState.WAITING:
        return
    with override(sheet.language):
        try:
            rows, files = _read(sheet)
        except SheetRefused as refusal:
            _settle(sheet, SheetState.REFUSED, by=by, at=at, refusal=str(refusal))
            return
        preview = preview_records(rows, unit=sheet.unit, files=files.keys())
    _keep_preview(sheet, rows, preview, by=by, at=at)


@transaction.atomic
def _keep_preview(
    sheet: RecordSheet,
    rows: Sequence[RecordRow],
    preview: RecordPreview,
    *,
    by: Actor,
    at: datetime,
) -> None:
    fresh = RecordSheet.objects.select_for_update().get(pk=sheet.pk)
    if fresh.state != SheetState.WAITING:
        return
    added = {each.number for each in preview.add}
    refused = {each.number: each.sentences for each in preview.refused}
    RecordSheetRow.objects.bulk_create(
        (
            RecordSheetRow(
                sheet=fresh,
                number=row.number,
                key=row.values.get("key", ""),
                title=row.values.get("title", ""),
                state=RowState.ADD
                if row.number in added
                else RowState.REFUSED
                if row.number in refused
                else RowState.STANDING,
                sentences=list(refused.get(row.number, ())),
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    fresh.state = SheetState.READY
    fresh.save(update_fields=["state"])
    record(
        event="works.sheet.looked_through",
        target=fresh,
        by=by,
        at=at,
        after={"add": len(added), "refused": len(refused)},
    )


@transaction.atomic
def accept_sheet(*, sheet: RecordSheet, by: Person, at: datetime) -> RecordSheet:
    """Have the sound rows brought in by the worker. Raises NotPossible where none is."""
    fresh = RecordSheet.objects.select_for_update().get(pk=sheet.pk)
    if fresh.state in {SheetState.COMING, SheetState.DONE}:
        return fresh
    if fresh.state != SheetState.READY:
        raise NotPossible(_("This sheet is not looked through, or was given up."))
    if not fresh.rows.filter(state=RowState.ADD).exists():
        raise NotPossible(_("No row of this sheet would become a work."))
    fresh.state, fresh.accepted_by, fresh.accepted_at = SheetState.COMING, by, at
    fresh.save(update_fields=["state", "accepted_by", "accepted_at"])
    record(event="works.sheet.accepted", target=fresh, by=by, at=at)
    put(topic=BRING, key=f"{BRING}:{fresh.pk}", payload={"sheet": fresh.pk}, at=at)
    return fresh


@transaction.atomic
def give_up_sheet(*, sheet: RecordSheet, by: Person, at: datetime) -> None:
    """Bring in nothing more of it; works that were made stay. Raises NotPossible at its end."""
    standing = RecordSheet.objects.filter(pk=sheet.pk, state__in=SHEET_OPEN)
    if not _give_up_all(standing, by=by, at=at):
        raise NotPossible(_("This sheet is finished; there is nothing left to give up."))


def _give_up_all(sheets: Iterable[RecordSheet], *, by: Person, at: datetime) -> int:
    count = 0
    for each in sheets:
        _settle(each, SheetState.GIVEN_UP, by=by, at=at)
        count += 1
    return count


def bring_in(*, sheet: RecordSheet, by: Actor, at: datetime, beat: Callable[[], None]) -> None:
    """Bring in the rows that were accepted, and no others; again goes on where it was.

    What has become impossible since the sheet was looked through is refused with its reason.
    """
    person = sheet.accepted_by
    if sheet.state != SheetState.COMING or person is None:
        return
    accepted = dict(sheet.rows.filter(state=RowState.ADD).values_list("number", "key"))

    def tell(done: int) -> None:
        beat()
        still = RecordSheet.objects.filter(pk=sheet.pk, state=SheetState.COMING)
        if not still.update(done=len(accepted) - len(planned) + done):
            raise SheetStopped

    with override(sheet.language):
        try:
            rows, files = _read(sheet)
        except SheetRefused as refusal:
            _settle(sheet, SheetState.REFUSED, by=by, at=at, refusal=str(refusal))
            return
        preview = preview_records(rows, unit=sheet.unit, files=files.keys())
        planned = [each for each in preview.add if each.number in accepted]
        try:
            report = bring_records(
                planned=planned,
                files=files,
                unit=sheet.unit,
                by=person,
                at=at,
                tell=tell,
                beat=beat,
            )
        except SheetStopped:
            return
        late = [each for each in preview.refused if each.number in accepted]
    _finish(sheet, [*late, *report.refused], by=by, at=at)


@transaction.atomic
def _finish(sheet: RecordSheet, refused: Sequence[Refused], *, by: Actor, at: datetime) -> None:
    for each in refused:
        sheet.rows.filter(number=each.number).update(
            state=RowState.REFUSED, sentences=list(each.sentences)
        )
    _settle(sheet, SheetState.DONE, by=by, at=at)


def _settle(
    sheet: RecordSheet, state: SheetState, *, by: Actor, at: datetime, refusal: str = ""
) -> None:
    """The end of a sheet that is still open; another end that came first stays."""
    with transaction.atomic():
        if not RecordSheet.objects.filter(pk=sheet.pk, state__in=SHEET_OPEN).update(
            state=state, refusal=refusal, settled_at=at
        ):
            return
        record(event=f"works.sheet.{state}", target=sheet, by=by, at=at)


def _read(sheet: RecordSheet) -> tuple[list[RecordRow], Mapping[str, FileInFolder]]:
    path = path_of_file(sheet.file)
    archive: StoredFile | None = sheet.archive
    return (
        read_records(path.read_bytes()),
        files_of(path_of_file(archive), called=sheet.archive_name) if archive is not None else {},
    )
