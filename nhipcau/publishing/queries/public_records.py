"""What the public may read at a moment, as whole records: for machines, feeds and sitemaps.

Lists go on from a place and not from a number, so that what is released while somebody pages
through them moves nothing: a work stands where it first went out, for ever. What is public is
asked as everywhere (`public`, `public_works`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from nhipcau.publishing.enums import ReleaseKind
from nhipcau.publishing.models import Release, ReleasedFile, ReleasedVersion, RenditionSource
from nhipcau.publishing.queries.public import Wanted, standing_texts
from nhipcau.publishing.queries.public_works import (
    PublicForm,
    corrections_told,
    forms_of,
    forms_told,
    public_files,
    withdrawals_told,
)
from nhipcau.publishing.queries.releases import page_address, short_address_of
from nhipcau.registry.models import Area
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import Subject
from nhipcau.works.models import Programme, Topic


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list was left: the moment and the key of the last row that was given."""

    at: datetime
    key: int


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a list: its place, and the key of what it stands for."""

    place: Place
    key: int


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A public text as lists tell of it; `summary` is of the words that went out.

    `number` counts the releases of its work, `source_language` is empty for an original. `note`
    is what was told of the correction, of one alone.
    """

    version: int
    language: str
    mode: str
    title: str
    summary: str
    address: str
    first_at: datetime
    changed_at: datetime
    number: int
    is_correction: bool
    note: str
    source_language: str
    machine_helped: bool


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A text that was taken back, and what the public was told; `instead` is a short id or ""."""

    language: str
    mode: str
    address: str
    withdrawn_at: datetime
    reason: str
    notice: str
    instead: str


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """A work before the public, as its newest standing release has it; written texts first.

    `release` is None, and nothing is told but notices, where all of it was taken back.
    """

    subject: Subject
    release: Release | None
    first_at: datetime
    texts: Sequence[TextRecord]
    notices: Sequence[NoticeRecord]
    forms: Sequence[PublicForm]
    topics: Sequence[Topic]
    areas: Sequence[Area]
    programmes: Sequence[Programme]


def _beyond(rows: QuerySet[Any], moment: str, beyond: Place | None) -> QuerySet[Any]:
    """The rows by their moment, newest first, from a place on."""
    if beyond is not None:
        rows = rows.filter(
            Q(**{f"{moment}__lt": beyond.at}) | Q(pk__lt=beyond.key),
            **{f"{moment}__lte": beyond.at},
        )
    return rows.order_by(f"-{moment}", "-pk")


def _is_narrow(wanted: Wanted) -> bool:
    """Whether few fit: they are found first then, and not looked for among all."""
    return bool(wanted.topics or wanted.areas or wanted.programmes or wanted.units)


def works_out(
    wanted: Wanted,
    *,
    at: datetime,
    most: int,
    beyond: Place | None = None,
    changed_since: datetime | None = None,
) -> list[Found]:
    """The works with a public text that fits, by when they first went out, newest first.

    `changed_since`: and with a text that fits which was released since then. One query.
    """
    texts = standing_texts(wanted, at=at)
    if wanted.language:
        texts = texts.filter(language__tag=wanted.language)
    if wanted.mode:
        texts = texts.filter(mode=wanted.mode)
    if changed_since is not None:
        texts = texts.filter(release__released_at__gte=changed_since)
    rows = Release.objects.filter(number=1, released_at__lte=at)
    if _is_narrow(wanted) or changed_since is not None:
        rows = rows.filter(subject__in=texts.values("release__subject"))
    else:
        rows = rows.filter(Exists(texts.filter(release__subject=OuterRef("subject"))))
    if wanted.since is not None:
        rows = rows.filter(released_at__gte=wanted.since)
    if wanted.before is not None:
        rows = rows.filter(released_at__lt=wanted.before)
    if wanted.subjects is not None:
        rows = rows.filter(subject__in=wanted.subjects)
    found = _beyond(rows, "released_at", beyond).values_list("released_at", "pk", "subject")
    return [Found(Place(moment, key), subject) for moment, key, subject in found[:most]]


def records_of(subjects: Collection[int], *, at: datetime) -> dict[int, WorkRecord]:
    """What was ever public of these subjects, by subject. Nine queries at most, one for none.

    A subject whose first release is still to come is not there.
    """
    found = ReleasedVersion.objects.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=at),
        release__subject__in=subjects,
        release__released_at__lte=at,
    ).select_related("release__subject", "release__unit", "language", "redirect_to")
    rows = list(
        _with_notice(found, at=at)
        .annotate(summary=KeyTextTransform("summary", "revision__content"))
        .order_by("-mode", "language__tag", "pk")
    )
    if not rows:
        return {}
    first_of_text, first_of_work = _firsts(rows, at=at)
    standing: dict[int, list[ReleasedVersion]] = defaultdict(list)
    noticed: dict[int, list[ReleasedVersion]] = defaultdict(list)
    for row in rows:
        is_back = row.withdrawn_at is not None and row.withdrawn_at <= at
        (noticed if is_back else standing)[row.release.subject_id].append(row)
    newest = {
        subject: max((text.release for text in texts), key=lambda release: release.number)
        for subject, texts in standing.items()
    }
    named = _named_by(newest.values())
    forms = forms_of(newest, at=at)
    return {
        subject.pk: WorkRecord(
            subject=subject,
            release=newest.get(subject.pk),
            first_at=first_of_work[subject.pk],
            texts=[_text(row, first_of_text[row.version_id]) for row in standing[subject.pk]],
            notices=[_notice(row) for row in noticed[subject.pk]],
            forms=forms.get(subject.pk, ()),
            topics=named[Topic].get(subject.pk, ()),
            areas=named[Area].get(subject.pk, ()),
            programmes=named[Programme].get(subject.pk, ()),
        )
        for subject in {row.release.subject_id: row.release.subject for row in rows}.values()
    }


def _with_notice(rows: QuerySet[ReleasedVersion], *, at: datetime) -> QuerySet[Any]:
    """What a notice needs to know: where readers are sent must be public itself."""
    aim = ReleasedVersion.objects.public(at=at).filter(release__subject=OuterRef("redirect_to"))
    return rows.annotate(state=F("version__state"), leads_on=Exists(aim))


def _firsts(
    rows: Sequence[ReleasedVersion], *, at: datetime
) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """When these texts, and their works, first went out: by version and by subject. Two queries."""
    texts = dict(
        ReleasedVersion.objects.filter(version__in={row.version_id for row in rows})
        .filter(release__released_at__lte=at)
        .values_list("version")
        .annotate(first=Min("release__released_at"))
    )
    works = dict(
        Release.objects.filter(subject__in={row.release.subject_id for row in rows})
        .filter(number=1)
        .values_list("subject", "released_at")
    )
    return texts, works


def _named_by(releases: Collection[Release]) -> dict[type[Any], dict[int, list[Any]]]:
    """Topics, areas and programmes of these releases, by subject. Three queries."""
    subject_of = {release.pk: release.subject_id for release in releases}
    found: dict[type[Any], dict[int, list[Any]]] = {}
    for model, through, name in (
        (Topic, Release.topics.through, "topic"),
        (Area, Release.areas.through, "area"),
        (Programme, Release.programmes.through, "programme"),
    ):
        by_subject: dict[int, list[Any]] = defaultdict(list)
        links = through._default_manager.filter(release__in=subject_of)
        for link in links.select_related(name).order_by(f"{name}__key"):
            by_subject[subject_of[link.release_id]].append(getattr(link, name))
        found[model] = by_subject
    return found


def _address(row: ReleasedVersion) -> str:
    return page_address(
        language=row.language.tag, slug=row.slug, short_id=row.release.subject.short_id
    )


def _text(row: Any, first_at: datetime) -> TextRecord:
    release = row.release
    is_correction = release.kind == ReleaseKind.CORRECTION
    return TextRecord(
        version=row.version_id,
        language=row.language.tag,
        mode=row.mode,
        title=row.title,
        summary=row.summary or "",
        address=_address(row),
        first_at=first_at,
        changed_at=release.released_at,
        number=release.number,
        is_correction=is_correction,
        note=release.public_note if is_correction else "",
        source_language=row.source_language,
        machine_helped=row.machine_helped,
    )


def _notice(row: Any) -> NoticeRecord:
    # The words of an address are those of the title.
    is_stopped = row.state == VersionState.STOPPED
    return NoticeRecord(
        language=row.language.tag,
        mode=row.mode,
        address=short_address_of(row.release.subject) if is_stopped else _address(row),
        withdrawn_at=row.withdrawn_at,
        reason=row.withdrawal_reason,
        notice=row.notice,
        instead=row.redirect_to.short_id if row.leads_on else "",
    )


def told_corrections(
    *, at: datetime, language: str = "", beyond: Place | None = None, most: int
) -> list[ReleasedVersion]:
    """The texts that were corrected and are public, newest correction first. One query."""
    rows = corrections_told(at=at, language=language).defer("version__body")
    return list(_beyond(rows, "release__released_at", beyond)[:most])


def told_withdrawals(
    *, at: datetime, language: str = "", beyond: Place | None = None, most: int
) -> list[tuple[Place, str, NoticeRecord]]:
    """The texts that were taken back, newest first: place, short id, notice. One query."""
    rows = withdrawals_told(at=at, language=language).defer("version__body")
    rows = _with_notice(rows, at=at)
    return [
        (Place(row.withdrawn_at, row.pk), row.release.subject.short_id, _notice(row))
        for row in _beyond(rows, "withdrawn_at", beyond)[:most]
        if row.withdrawn_at is not None
    ]


def files_out(
    *,
    at: datetime,
    language: str = "",
    renderer: str = "",
    media_type: str = "",
    beyond: Place | None = None,
    most: int,
) -> list[tuple[ReleasedFile, PublicForm]]:
    """The public files of forms that fit, newest release first. Two queries, one for none."""
    files = public_files(at=at).select_related("release__unit")
    if renderer:
        files = files.filter(rendition__renderer=renderer)
    if media_type:
        files = files.filter(media_type=media_type)
    if language:
        sources = RenditionSource.objects.filter(version__language__tag=language)
        files = files.filter(Exists(sources.filter(rendition=OuterRef("rendition"))))
    return list(forms_told(list(_beyond(files, "release__released_at", beyond)[:most])))
