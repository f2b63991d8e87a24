"""Bringing in records from a sheet and a folder of files, in batches.

Each batch is one transaction. Whoever is stopped in the middle brings the same sheet again: rows
that are here are known by their record number, and only the others are brought in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.media.actions import (
    begin_upload,
    change_item,
    examine_upload,
    receive_piece,
    set_alt_text,
)
from nhipcau.media.enums import ItemKind
from nhipcau.media.errors import UploadRefused
from nhipcau.media.models import MediaItem
from nhipcau.people.models import Person
from nhipcau.registry.models import Language, Unit
from nhipcau.translation.actions import FirstWords, start_many
from nhipcau.works.imports.folder import FileInFolder
from nhipcau.works.models import BroughtRecord, Work
from nhipcau.works.queries.sheets import PlannedRecord, Refused, standing_records

BATCH = 250
BATCH_WITH_FILES = 20  # a file takes as long as a hundred rows
BLOCK_OF = {
    ItemKind.PICTURE: "picture",
    ItemKind.AUDIO: "audio",
    ItemKind.VIDEO: "video",
    ItemKind.DOCUMENT: "file",
}
Tell = Callable[[int], None]


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class SheetReport:
    """How many records were added and were here already; what was refused on the way."""

    added: int
    standing: int
    refused: tuple[Refused, ...]


def bring_records(
    *,
    planned: Sequence[PlannedRecord],
    files: Mapping[str, FileInFolder],
    unit: Unit,
    by: Person,
    at: datetime,
    tell: Tell | None = None,
    beat: Callable[[], None] = _nothing,
) -> SheetReport:
    """Make works of these rows in the unit; `tell` hears after each batch how far it has come.

    `beat` is called for every row with files; what either raises ends it between two batches.

    Files go the way of every file that is brought to the library. A row whose file is refused is
    left out with the reason. Rows that somebody else has brought in meanwhile are left alone.
    """
    languages = Language.objects.in_bulk({each.language_id for each in planned})
    added = standing = 0
    refused: list[Refused] = []
    size = BATCH_WITH_FILES if any(each.files for each in planned) else BATCH
    for start in range(0, len(planned), size):
        batch = planned[start : start + size]
        sound: list[tuple[PlannedRecord, list[MediaItem]]] = []
        known = standing_records(unit, [each.key for each in batch])
        for each in batch:
            if each.key in known:
                standing += 1
                continue
            if each.files:
                beat()
            try:
                sound.append((each, _items(each, files, unit, languages, by=by, at=at)))
            except UploadRefused as refusal:
                refused.append(Refused(each.number, each.key, (str(refusal),)))
        made = _bring_batch(sound, unit, languages, by=by, at=at)
        added, standing = added + made, standing + len(sound) - made
        if tell is not None:
            tell(start + len(batch))
    return SheetReport(added, standing, tuple(refused))


@transaction.atomic
def _bring_batch(
    batch: Sequence[tuple[PlannedRecord, list[MediaItem]]],
    unit: Unit,
    languages: Mapping[int, Language],
    *,
    by: Person,
    at: datetime,
) -> int:
    """One transaction; how many works were made."""
    Unit.objects.select_for_update().get(pk=unit.pk)  # two who bring one sheet go one by one
    known = standing_records(unit, [each.key for each, _items_of in batch])
    fresh = [(each, items) for each, items in batch if each.key not in known]
    if not fresh:
        return 0
    versions = start_many(
        kind="work",
        unit=unit,
        words=[
            FirstWords(languages[each.language_id], each.title, each.summary, _body(each, items))
            for each, items in fresh
        ],
        by=by,
        at=at,
    )
    works = Work.objects.bulk_create(
        Work(
            subject=version.subject,
            kind=each.kind,
            title=each.title,
            folded=version.folded,
            original_language=languages[each.language_id],
            assignee=by,
            started_by=by,
            started_at=at,
            changed_at=at,
        )
        for (each, _items_of), version in zip(fresh, versions, strict=True)
    )
    made = list(zip((each for each, _items_of in fresh), works, strict=True))
    Work.topics.through.objects.bulk_create(
        Work.topics.through(work_id=work.pk, topic_id=pk)
        for each, work in made
        for pk in each.topics
    )
    Work.tasks.through.objects.bulk_create(
        Work.tasks.through(work_id=work.pk, task_id=pk) for each, work in made for pk in each.tasks
    )
    BroughtRecord.objects.bulk_create(
        BroughtRecord(unit=unit, key=each.key, digest=each.digest, work=work, brought_at=at)
        for each, work in made
    )
    record(
        event="works.records.brought",
        target=unit,
        by=by,
        at=at,
        after={"records": [each.key for each, _items_of in fresh]},
    )
    return len(fresh)


def _items(
    planned: PlannedRecord,
    files: Mapping[str, FileInFolder],
    unit: Unit,
    languages: Mapping[int, Language],
    *,
    by: Person,
    at: datetime,
) -> list[MediaItem]:
    """The row's files in the library, with what it says of them; brought again they are one."""
    found = []
    for name in planned.files:
        file = files[name]
        upload = begin_upload(unit=unit, file_name=name, size_bytes=file.size_bytes, by=by, at=at)
        upload = receive_piece(upload=upload, offset=0, pieces=file.pieces(), by=by, at=at)
        upload = examine_upload(upload=upload, by=by, at=at)
        if upload.item is None:
            raise UploadRefused(
                _("The library did not take the file “%(name)s”; bring it there to read why.")
                % {"name": name}
            )
        told = {
            "credit": planned.credit,
            "licence": planned.licence,
            "source": planned.source,
        }
        item = change_item(
            item=upload.item,
            changes={column: text for column, text in told.items() if text},
            by=by,
            at=at,
        )
        if planned.alt and item.kind == ItemKind.PICTURE:
            set_alt_text(
                item=item, language=languages[planned.language_id], text=planned.alt, by=by, at=at
            )
        found.append(item)
    return found


def _body(planned: PlannedRecord, items: Sequence[MediaItem]) -> list[dict[str, Any]]:
    """A paragraph for each line of the text, then what the row names."""
    lines = (line.strip() for line in planned.body.splitlines())
    prose = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
    body: list[dict[str, Any]] = [{"type": "text", "value": prose}] if prose else []
    for item in items:
        block = BLOCK_OF[ItemKind(item.kind)]
        value: dict[str, Any] = {block: item.pk}
        if block == "picture":
            value |= {"alt": planned.alt, "decorative": False, "caption": ""}
        elif block == "file":
            value |= {"title": item.title}
        else:
            value |= {"caption": ""}
        body.append({"type": block, "value": value})
    return body
