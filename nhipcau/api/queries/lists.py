"""What works hang on, what was corrected and withdrawn, and the files, as pages of answers.

A page costs two queries at most, one of files five. Rows that never end (topics, units, areas,
languages) stand in the order in which they were written down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from nhipcau.api import shapes
from nhipcau.api.queries.works import Absolute, file_answer, version_address, work_address, written
from nhipcau.publishing.models import Release, ReleasedVersion
from nhipcau.publishing.queries.public_records import (
    Place,
    files_out,
    told_corrections,
    told_withdrawals,
)
from nhipcau.publishing.queries.releases import address_of
from nhipcau.registry.models import Area, Language, Unit
from nhipcau.works.models import Topic

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is wanted, as it is at a moment, with whole addresses."""

    most: int
    beyond: Place | None
    absolute: Absolute
    at: datetime


Items = tuple[list[Any], Place | None]


def topics(part: Part) -> Items:
    return _rows(
        Topic.objects.select_related("parent"),
        part,
        lambda row: shapes.Topic(
            key=row.key,
            name=row.name,
            name_en=row.english_name,
            topic_class=row.topic_class,
            parent=row.parent.key if row.parent else None,
        ),
    )


def units(part: Part) -> Items:
    released = Release.objects.filter(unit=OuterRef("pk"), released_at__lte=part.at)
    return _rows(
        Unit.objects.filter(Exists(released)).select_related("area"),
        part,
        lambda row: shapes.Unit(
            key=row.key,
            name=row.label,
            kind=row.kind,
            area=row.area.key if row.area else None,
            valid_from=_day(row.valid_from),
            valid_to=_day(row.valid_to),
        ),
    )


def areas(part: Part) -> Items:
    named = Release.areas.through._default_manager.filter(
        area=OuterRef("pk"), release__released_at__lte=part.at
    )
    return _rows(
        Area.objects.filter(Exists(named)),
        part,
        lambda row: shapes.Area(
            key=row.key,
            name=row.label,
            kind=row.kind,
            latitude=_degrees(row.latitude),
            longitude=_degrees(row.longitude),
            valid_from=_day(row.valid_from),
            valid_to=_day(row.valid_to),
        ),
    )


def languages(part: Part) -> Items:
    public = ReleasedVersion.objects.public(at=part.at).filter(language=OuterRef("pk"))
    return _rows(
        Language.objects.filter(Exists(public)),
        part,
        lambda row: shapes.Language(
            tag=row.tag,
            name=row.name,
            name_en=row.english_name,
            own_name=row.own_name,
            script=row.script,
            mode=row.mode,
        ),
    )


def corrections(part: Part, *, language: str) -> Items:
    def answer(row: ReleasedVersion) -> shapes.ToldCorrection:
        subject = row.release.subject
        return shapes.ToldCorrection(
            work=subject.short_id,
            language=row.language.tag,
            mode=row.mode,
            title=row.title,
            page=part.absolute(address_of(row)),
            self=part.absolute(version_address(subject, row.language.tag, row.mode)),
            at=written(row.release.released_at),
            note=row.release.public_note,
        )

    rows = told_corrections(at=part.at, language=language, beyond=part.beyond, most=part.most + 1)
    return _page(rows, part, answer, lambda row: row.release.released_at)


def withdrawals(part: Part, *, language: str) -> Items:
    told = told_withdrawals(at=part.at, language=language, beyond=part.beyond, most=part.most + 1)
    shown = told[: part.most]
    items = [
        shapes.Withdrawal(
            work=short_id,
            language=each.language,
            mode=each.mode,
            page=part.absolute(each.address),
            withdrawn=written(each.withdrawn_at),
            reason=each.reason,
            notice=each.notice,
            instead=each.instead,
        )
        for _place, short_id, each in shown
    ]
    return items, shown[-1][0] if len(told) > part.most else None


def renditions(part: Part, *, language: str, form: str, media_type: str) -> Items:
    found = files_out(
        at=part.at,
        language=language,
        renderer=form,
        media_type=media_type,
        beyond=part.beyond,
        most=part.most + 1,
    )
    shown = found[: part.most]
    items: list[shapes.Rendition] = [
        {
            **file_answer(told, part.absolute),
            "work": file.release.subject.short_id,
            "work_self": part.absolute(work_address(file.release.subject)),
            "issuer": {"key": file.release.unit.key, "name": file.release.unit_name},
            "released": written(file.release.released_at),
            "release": file.release.number,
        }
        for file, told in shown
    ]
    if len(found) <= part.most:
        return items, None
    last = shown[-1][0]
    return items, Place(last.release.released_at, last.pk)


def _rows(rows: QuerySet[Any], part: Part, answer: Callable[[Any], Any]) -> Items:
    """Rows by their keys."""
    if part.beyond is not None:
        rows = rows.filter(pk__gt=part.beyond.key)
    return _page(list(rows.order_by("pk")[: part.most + 1]), part, answer, lambda _row: _EVER)


def _page(
    rows: list[Any], part: Part, answer: Callable[[Any], Any], moment: Callable[[Any], datetime]
) -> Items:
    shown = rows[: part.most]
    last = Place(moment(shown[-1]), shown[-1].pk) if len(rows) > part.most else None
    return [answer(row) for row in shown], last


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _degrees(number: Any) -> float | None:
    return None if number is None else float(number)
