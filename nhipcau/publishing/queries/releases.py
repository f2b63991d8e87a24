"""What is public, and under which address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from nhipcau.publishing.models import Release, ReleasedFile, ReleasedVersion, RenditionSource
from nhipcau.publishing.queries.inspection import raw_body
from nhipcau.publishing.rules.releases import is_still_needed
from nhipcau.registry.models import Unit
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion, Subject
from nhipcau.translation.rules.media_numbers import media_in


def address_of(released: ReleasedVersion) -> str:
    """The permanent address of a language: /{language}/{slug}-{id}/. No query when joined."""
    return page_address(
        language=released.language.tag,
        slug=released.slug,
        short_id=released.release.subject.short_id,
    )


def page_address(*, language: str, slug: str, short_id: str) -> str:
    """Where a language of a work stands, whether it is there already or will be. No query."""
    words = f"{slug}-{short_id}" if slug else short_id
    return f"/{language.lower()}/{words}/"


def _desk_address(released: ReleasedVersion) -> str:
    """As `address_of`, without the words of the title where they were stopped since."""
    if released.version.state == VersionState.STOPPED:
        return short_address_of(released.release.subject)
    return address_of(released)


def short_address_of(subject: Subject) -> str:
    """The address for QR codes and print."""
    return f"/{subject.short_id}"


def public_version(
    subject: Subject, *, language: str, at: datetime, mode: str = "written"
) -> ReleasedVersion | None:
    """What the public reads of the subject in this language at the moment. One query."""
    return (
        ReleasedVersion.objects.public(at=at)
        .filter(release__subject=subject, language__tag=language, mode=mode)
        .select_related("release__subject", "release__unit", "language", "revision")
        .first()
    )


def is_public(subject: Subject, *, at: datetime) -> bool:
    """Whether the public reads anything of the subject at the moment. One query."""
    return ReleasedVersion.objects.public(at=at).filter(release__subject=subject).exists()


def public_version_keys(*, at: datetime) -> QuerySet[Any, Any]:
    """The keys of the language versions that the public reads at the moment. One query."""
    return ReleasedVersion.objects.public(at=at).values_list("version", flat=True)


def history_of(subject: Subject) -> QuerySet[ReleasedVersion]:
    """Every language version that was ever public, newest first: the public version history."""
    return (
        ReleasedVersion.objects.filter(release__subject=subject)
        .select_related("release", "release__released_by", "language", "redirect_to")
        .order_by("-release__released_at", "language__name", "pk")
    )


@dataclass(frozen=True, slots=True)
class ReleaseFilter:
    """What narrows the list of releases; empty values narrow nothing."""

    words: str = ""
    kind: str = ""
    unit: int | None = None
    since: date | None = None
    until: date | None = None
    is_withdrawn: bool = False
    is_late: bool = False


LATE = 60  # seconds after its minute from which a release is called late


def releases_listed(wanted: ReleaseFilter) -> QuerySet[Release]:
    """Releases that fit, newest first, with their languages. Two queries for a page."""
    releases = releases_shown()
    texts = ReleasedVersion.objects.order_by()
    if wanted.words:
        stopped = LanguageVersion.objects.filter(state=VersionState.STOPPED)  # few, by an index
        named = texts.filter(title__icontains=wanted.words).exclude(version__in=stopped)
        releases = releases.filter(pk__in=named.values("release"))
    if wanted.kind:
        releases = releases.filter(kind=wanted.kind)
    if wanted.unit is not None:
        releases = releases.filter(unit=wanted.unit)
    if wanted.since is not None:
        releases = releases.filter(released_at__gte=_midnight(wanted.since))
    if wanted.until is not None:
        releases = releases.filter(released_at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.is_withdrawn:
        withdrawn = texts.filter(withdrawn_at__isnull=False)
        releases = releases.filter(pk__in=withdrawn.values("release"))
    if wanted.is_late:
        releases = releases.filter(late_by__gte=LATE)
    return releases.order_by("-released_at", "-pk")


def releases_shown() -> QuerySet[Release]:
    """Releases with what their rows in a list tell. Two queries when they are read."""
    return Release.objects.select_related(
        "subject__work", "bundle", "released_by"
    ).prefetch_related(
        Prefetch(
            "versions",
            ReleasedVersion.objects.select_related("language", "version")
            .defer("version__body")
            .order_by("language__name"),
        )
    )


def _midnight(day: date) -> datetime:
    """The first moment of the day, as clocks in the province show it."""
    return timezone.make_aware(datetime.combine(day, time.min))


def units_of_releases() -> QuerySet[Unit, Any]:
    """The units that ever released, by key and by the name that they bear today. One query."""
    releases = Release.objects.filter(unit=OuterRef("pk"))
    return Unit.objects.filter(Exists(releases)).order_by("label").values_list("pk", "label")


@dataclass(frozen=True, slots=True)
class FrozenRelease:
    """One release as it was then: texts with their addresses, files, and the subject's others."""

    texts: Sequence[tuple[ReleasedVersion, str]]
    files: Sequence[ReleasedFile]
    is_stopped: bool
    others: Sequence[Release]


def frozen_release(release: Release) -> FrozenRelease:
    """What a release froze. Three queries."""
    texts = (
        ReleasedVersion.objects.filter(release=release)
        .select_related("release__subject", "language", "version", "redirect_to__work")
        .defer("version__body")
        .order_by("language__name", "pk")
    )
    files = (
        ReleasedFile.objects.filter(release=release)
        .select_related("rendition", "stored", "public_copy")
        .order_by("media_key", "role", "pk")
    )
    others = Release.objects.filter(subject=release.subject).exclude(pk=release.pk)
    return FrozenRelease(
        [(each, _desk_address(each)) for each in texts],
        list(files),
        any(each.version.state == VersionState.STOPPED for each in texts),
        list(others.order_by("-number")),
    )


@dataclass(frozen=True, slots=True)
class PublicFiles:
    """Files that left with releases and were not taken back: those that words need, and others."""

    needed: Sequence[ReleasedFile]
    others: Sequence[ReleasedFile]


def files_by_need(subjects: Collection[int]) -> PublicFiles:
    """The public files of all releases of these subjects. Three queries, one without any."""
    files = list(
        ReleasedFile.objects.filter(release__subject__in=subjects, withdrawn_at__isnull=True)
        .select_related("release", "stored", "rendition")
        .order_by("stored", "pk")  # in which they are locked: two that let go do not block
    )
    if not files:
        return PublicFiles((), ())
    standing = ReleasedVersion.objects.filter(
        release__subject__in=subjects, superseded_at__isnull=True, withdrawn_at__isnull=True
    ).select_related("revision")
    public = {each.revision_id for each in standing}
    # Subtitles and transcripts are needed by the texts of their language alone.
    shown = {
        (each.release_id, key, language)
        for each in standing
        for _number, key in media_in(raw_body(each.revision.content))
        for language in (None, each.language_id)
    }
    made_of: dict[int | None, set[int]] = defaultdict(set)
    for source in RenditionSource.objects.filter(rendition__in=[each.rendition for each in files]):
        made_of[source.rendition_id].add(source.revision_id)
    newest: dict[tuple[Any, ...], int | None] = {}
    for file in sorted(files, key=lambda each: each.release.number):
        newest[_form_of(file, made_of[file.rendition_id])] = file.rendition_id
    needed: list[ReleasedFile] = []
    others: list[ReleasedFile] = []
    for file in files:
        sources = made_of[file.rendition_id]
        still = is_still_needed(
            shown=bool(file.media_key)
            and (file.release_id, file.media_key, file.language_id) in shown,
            made_of=sources,
            public=public,
            is_replaced=newest[_form_of(file, sources)] != file.rendition_id,
        )
        (needed if still else others).append(file)
    return PublicFiles(needed, others)


def _form_of(file: ReleasedFile, made_of: set[int]) -> tuple[Any, ...]:
    form = file.rendition
    return (form.renderer, form.purpose, frozenset(made_of)) if form is not None else ()
