"""Public works as answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from nhipcau.api.shapes import File, Named, NamedInTwo, Notice, Text, Work
from nhipcau.publishing.queries.public import Wanted
from nhipcau.publishing.queries.public_records import (
    NoticeRecord,
    Place,
    TextRecord,
    WorkRecord,
    records_of,
    works_out,
)
from nhipcau.publishing.queries.public_works import PublicForm
from nhipcau.publishing.queries.releases import short_address_of
from nhipcau.translation.enums import Mode
from nhipcau.translation.models import Subject
from nhipcau.translation.rules.addresses import is_short_id

Absolute = Callable[[str], str]
"""Makes an address of this house, which begins with a slash, one that holds anywhere."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def written(moment: datetime) -> str:
    """A moment as answers have it: in UTC, to the microsecond where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def works_page(
    wanted: Wanted,
    *,
    fields: Collection[str],
    most: int,
    beyond: Place | None,
    changed_since: datetime | None,
    absolute: Absolute,
    at: datetime,
) -> tuple[list[Work], Place | None]:
    """A page of works and the place where the list goes on. Ten queries at most."""
    found = works_out(wanted, at=at, most=most + 1, beyond=beyond, changed_since=changed_since)
    shown = found[:most]
    records = records_of([each.key for each in shown], at=at)
    items = [
        only(work_answer(records[each.key], absolute), fields)
        for each in shown
        if each.key in records
    ]
    return items, shown[-1].place if len(found) > most else None


def record_named(name: str, *, at: datetime) -> WorkRecord | None:
    """The work of this short id or uuid, if any of it ever was public. Ten queries at most."""
    named = {"short_id": name} if is_short_id(name) else {"uuid": name}
    if "uuid" in named and not _UUID.fullmatch(name):
        return None
    key = Subject.objects.filter(**named).values_list("pk", flat=True).first()
    return None if key is None else records_of([key], at=at).get(key)


def short_id_of(name: str) -> str:
    """The short id of a work that is named by it or by its uuid; "" where there is none."""
    if is_short_id(name):
        return name
    named = Subject.objects.filter(uuid=name) if _UUID.fullmatch(name) else Subject.objects.none()
    return named.values_list("short_id", flat=True).first() or ""


def only(work: Work, fields: Collection[str]) -> Work:
    return cast("Work", {name: value for name, value in work.items() if name in fields})


def work_answer(record: WorkRecord, absolute: Absolute) -> Work:
    """A work that has a public text. No query."""
    release = record.release
    if release is None:
        raise TypeError("Of a work that was withdrawn there are notices alone.")
    subject = record.subject
    return Work(
        id=subject.short_id,
        uuid=str(subject.uuid),
        kind=release.work_kind,
        self=absolute(work_address(subject)),
        page=absolute(short_address_of(subject)),
        issuer=Named(key=release.unit.key, name=release.unit_name),
        first_released=written(record.first_at),
        released=written(release.released_at),
        topics=[_in_two(each) for each in record.topics],
        areas=[Named(key=each.key, name=each.label) for each in record.areas],
        programmes=[_in_two(each) for each in record.programmes],
        audiences=list(release.audiences),
        versions=[text_answer(each, subject, absolute) for each in record.texts],
        files=[file_answer(each, absolute) for each in record.forms],
        withdrawn=notices_answer(record.notices, absolute),
    )


def work_address(subject: Subject) -> str:
    return f"/api/v1/works/{subject.short_id}"


def version_address(subject: Subject, language: str, mode: str) -> str:
    """Where one text is read: a language has a written one, a spoken one, or both."""
    asked = "" if mode == Mode.WRITTEN else f"?mode={mode}"
    return f"{work_address(subject)}/versions/{language}{asked}"


def text_answer(text: TextRecord, subject: Subject, absolute: Absolute) -> Text:
    return Text(
        language=text.language,
        mode=text.mode,
        title=text.title,
        summary=text.summary,
        page=absolute(text.address),
        self=absolute(version_address(subject, text.language, text.mode)),
        first_released=written(text.first_at),
        released=written(text.changed_at),
        release=text.number,
        correction=text.note,
        translated_from=text.source_language,
        machine_helped=text.machine_helped,
    )


def file_answer(form: PublicForm, absolute: Absolute) -> File:
    return File(
        address=absolute(form.address),
        name=form.file_name,
        type=form.media_type,
        bytes=form.bytes,
        sha256=form.sha256,
        form=form.renderer,
        role=form.role,
        languages=list(form.languages),
    )


def notices_answer(notices: Sequence[NoticeRecord], absolute: Absolute) -> list[Notice]:
    return [
        Notice(
            language=each.language,
            mode=each.mode,
            page=absolute(each.address),
            withdrawn=written(each.withdrawn_at),
            reason=each.reason,
            notice=each.notice,
            instead=each.instead,
        )
        for each in notices
    ]


def _in_two(row: Any) -> NamedInTwo:
    return NamedInTwo(key=row.key, name=row.name, name_en=row.english_name)
