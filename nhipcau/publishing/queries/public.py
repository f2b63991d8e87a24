"""What the public may read at a moment, in lists.

Portal, feeds and the interface for machines ask here and in `public_works`, and nowhere else, so
that an embargo is kept by one condition (`ReleasedVersionQuerySet.public`). Every moment is given.
A list is in the order in which its texts first went out: a correction moves nothing, so the page
of a month that has passed changes only where its own texts do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from nhipcau.publishing.enums import ReleaseKind
from nhipcau.publishing.models import Release, ReleasedVersion
from nhipcau.publishing.queries.inspection import raw_body
from nhipcau.publishing.queries.public_works import PublicForm, Tongue, forms_of, tongues_of
from nhipcau.publishing.queries.releases import page_address
from nhipcau.translation.enums import Mode
from nhipcau.translation.rules.media_numbers import media_in

_SEEN = ("picture/", "video/")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows a list of public texts; what is empty narrows nothing.

    `language` is a tag; `since` and `before` are moments between which a text first went out
    (`before` excluded); `without` are subjects that stand elsewhere on the page.
    """

    language: str = ""
    mode: str = ""
    kinds: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    areas: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    programmes: frozenset[str] = frozenset()
    subjects: frozenset[int] | None = None
    since: datetime | None = None
    before: datetime | None = None
    without: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in a list. `first_at` is when it first went out, `changed_at` its last release.

    `media_key` and `release_id` say which picture stands for it (`reading.pictures_of`); both are
    empty where its words show none.
    """

    subject_id: int
    uuid: UUID
    version_id: int
    release_id: int
    short_id: str
    kind: str
    language: str
    mode: str
    title: str
    summary: str
    address: str
    first_at: datetime
    changed_at: datetime
    unit: str
    media_key: str
    tongues: tuple[Tongue, ...]
    forms: tuple[PublicForm, ...]
    is_corrected: bool


def standing_texts(wanted: Wanted, *, at: datetime) -> QuerySet[ReleasedVersion]:
    """The public texts of the wanted kinds, units, topics, areas and programmes. No query yet."""
    standing = ReleasedVersion.objects.public(at=at)
    if wanted.kinds:
        standing = standing.filter(release__work_kind__in=wanted.kinds)
    if wanted.units:
        standing = standing.filter(release__unit__in=wanted.units)
    for field, keys in (
        ("topics__key", wanted.topics),
        ("areas", wanted.areas),
        ("programmes__key", wanted.programmes),
    ):
        if keys:
            chosen = Release.objects.filter(**{f"{field}__in": keys}, pk=OuterRef("release"))
            standing = standing.filter(Exists(chosen))
    return standing


def _first_rows(wanted: Wanted, *, at: datetime) -> QuerySet[ReleasedVersion]:
    """The row with which each wanted text first went out, of those that are public."""
    standing = standing_texts(wanted, at=at).filter(version=OuterRef("version"))
    earlier = ReleasedVersion.objects.filter(version=OuterRef("version"), pk__lt=OuterRef("pk"))
    rows = ReleasedVersion.objects.filter(Exists(standing), ~Exists(earlier))
    if wanted.language:
        rows = rows.filter(language__tag=wanted.language)
    if wanted.mode:
        rows = rows.filter(mode=wanted.mode)
    if wanted.since is not None:
        rows = rows.filter(release__released_at__gte=wanted.since)
    if wanted.before is not None:
        rows = rows.filter(release__released_at__lt=wanted.before)
    if wanted.subjects is not None:
        rows = rows.filter(release__subject__in=wanted.subjects)
    if wanted.without:
        rows = rows.exclude(release__subject__in=wanted.without)
    return rows


@dataclass(frozen=True, slots=True)
class First:
    """When a text first went out: its version, its subject."""

    version: int
    subject: int
    at: datetime


def first_out(wanted: Wanted, *, at: datetime, most: int | None = None) -> list[First]:
    """The public texts that fit, by when they first went out, newest first. One query."""
    rows = _first_rows(wanted, at=at).order_by("-release__released_at", "-pk")
    chosen = rows.values_list("version", "release__subject", "release__released_at")
    return [First(*found) for found in chosen[:most]]


def first_with_picture(firsts: Sequence[First], *, at: datetime) -> First | None:
    """The first of these texts whose words show a picture or a film, else the first of all.

    One query, none for no text.
    """
    if not firsts:
        return None
    words = dict(
        ReleasedVersion.objects.public(at=at)
        .filter(version__in=[first.version for first in firsts])
        .values_list("version", "revision__content")
    )
    shown = (each for each in firsts if leading_picture(raw_body(words.get(each.version, {}))))
    return next(shown, firsts[0])


def public_entries(wanted: Wanted, *, at: datetime, most: int | None = None) -> list[Entry]:
    """The public texts that fit, newest first. Five queries, one where there are none."""
    return entries_of(first_out(wanted, at=at, most=most), at=at)


def entries_of_subjects(
    subjects: Sequence[int], *, language: str, at: datetime, mode: str = Mode.WRITTEN
) -> list[Entry]:
    """The public texts of these subjects in this order; what is not public is left out.

    Five queries, none for no subject.
    """
    if not subjects:
        return []
    wanted = Wanted(language=language, mode=mode, subjects=frozenset(subjects))
    found = {entry.subject_id: entry for entry in public_entries(wanted, at=at)}
    return [found[key] for key in dict.fromkeys(subjects) if key in found]


def months_of(wanted: Wanted, *, at: datetime) -> list[tuple[date, int]]:
    """The months in which something of the list first went out, newest first, with how much.

    Months are those of the province's calendar. One query over the whole list.
    """
    counted = (
        _first_rows(wanted, at=at)
        .annotate(month=TruncMonth("release__released_at"))
        .order_by("-month")
        .values_list("month")
        .annotate(count=Count("pk"))
    )
    return [(month.date(), count) for month, count in counted]


def month_bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The first moment of a month of the province's calendar, and that of the next."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return _midnight(date(year, month, 1)), _midnight(after)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def entries_of(firsts: Sequence[First], *, at: datetime) -> list[Entry]:
    """What lists show of these texts, in this order. Four queries, none for no text."""
    if not firsts:
        return []
    standing = (
        ReleasedVersion.objects.public(at=at)
        .filter(version__in=[first.version for first in firsts])
        .select_related("release__subject", "language", "revision")
    )
    rows = {row.version_id: row for row in standing}
    subjects = {first.subject for first in firsts}
    tongues = tongues_of(subjects, at=at)
    forms = forms_of(subjects, at=at)
    return [
        _entry(rows[first.version], first.at, tongues, forms)
        for first in firsts
        if first.version in rows
    ]


def _entry(
    row: ReleasedVersion,
    first_at: datetime,
    tongues: Mapping[int, Sequence[Tongue]],
    forms: Mapping[int, Sequence[PublicForm]],
) -> Entry:
    release, content = row.release, row.revision.content
    return Entry(
        subject_id=release.subject_id,
        uuid=release.subject.uuid,
        version_id=row.version_id,
        release_id=release.pk,
        short_id=release.subject.short_id,
        kind=release.work_kind,
        language=row.language.tag,
        mode=row.mode,
        title=row.title,
        summary=content.get("summary") or "",
        address=page_address(
            language=row.language.tag, slug=row.slug, short_id=release.subject.short_id
        ),
        first_at=first_at,
        changed_at=release.released_at,
        unit=release.unit_name,
        media_key=leading_picture(raw_body(content)),
        tongues=tuple(tongues.get(release.subject_id, ())),
        forms=tuple(
            form
            for form in forms.get(release.subject_id, ())
            if row.language.tag in form.languages or not form.languages
        ),
        is_corrected=release.kind == ReleaseKind.CORRECTION,
    )


def leading_picture(body: list[Any]) -> str:
    """The key of what stands for these raw blocks in a list: their first picture or film.

    Empty where they show neither. No query.
    """
    return next((key for _number, key in media_in(body) if key.startswith(_SEEN)), "")
