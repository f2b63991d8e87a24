"""What the public may read at a moment of one work: its languages, files, corrections, notices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from nhipcau.publishing.enums import ReleaseKind
from nhipcau.publishing.models import ReleasedFile, ReleasedVersion, RenditionSource
from nhipcau.publishing.queries.releases import page_address
from nhipcau.translation.enums import Mode
from nhipcau.translation.models import Subject
from nhipcau.translation.rules.addresses import is_short_id


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in which a work is public, under its address."""

    tag: str
    name: str
    own_name: str
    mode: str
    address: str
    title: str = ""

    @property
    def is_spoken(self) -> bool:
        return self.mode == Mode.SPOKEN


@dataclass(frozen=True, slots=True)
class PublicForm:
    """A file of a form of a work: its tags of language, its name under /media/, its digest."""

    renderer: str
    languages: tuple[str, ...]
    name: str
    file_name: str
    media_type: str
    bytes: int
    role: str = ""
    sha256: str = ""

    @property
    def address(self) -> str:
        return f"/media/{self.name}"


def tongues_of(subjects: Collection[int], *, at: datetime) -> dict[int, list[Tongue]]:
    """The languages in which these subjects are public, written ones first. One query."""
    rows = (
        ReleasedVersion.objects.public(at=at)
        .filter(release__subject__in=subjects)
        .order_by("-mode", "language__tag")
        .values_list(
            "release__subject",
            "release__subject__short_id",
            "language__tag",
            "language__name",
            "language__own_name",
            "mode",
            "slug",
            "title",
        )
    )
    found: dict[int, list[Tongue]] = defaultdict(list)
    for subject, short_id, tag, name, own_name, mode, slug, title in rows:
        address = page_address(language=tag, slug=slug, short_id=short_id)
        found[subject].append(Tongue(tag, name, own_name or name, mode, address, title))
    return found


def public_files(*, at: datetime) -> QuerySet[ReleasedFile]:
    """The files of forms that the public is given. No query yet."""
    return ReleasedFile.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
        release__released_at__lte=at,
        rendition__isnull=False,
        public_copy__isnull=False,
    ).select_related("release__subject", "rendition", "public_copy", "stored")


def forms_of(subjects: Collection[int], *, at: datetime) -> dict[int, list[PublicForm]]:
    """The files of forms of these subjects that the public is given. One query, two with any."""
    files = public_files(at=at).filter(release__subject__in=subjects)
    found: dict[int, list[PublicForm]] = defaultdict(list)
    for file, form in forms_told(list(files.order_by("-release__number", "pk"))):
        found[file.release.subject_id].append(form)
    return found


def forms_told(files: Sequence[ReleasedFile]) -> Iterator[tuple[ReleasedFile, PublicForm]]:
    """These files (of `public_files`) as the public is told of them. One query, none for none."""
    languages: dict[int, list[str]] = defaultdict(list)
    if files:
        for rendition, tag in (
            RenditionSource.objects.filter(rendition__in={each.rendition_id for each in files})
            .order_by("order")
            .values_list("rendition", "version__language__tag")
        ):
            languages[rendition].append(tag)
    for file in files:
        if file.rendition is None or file.public_copy is None:
            continue
        yield (
            file,
            PublicForm(
                renderer=file.rendition.renderer,
                languages=tuple(languages[file.rendition.pk]),
                name=file.public_copy.name,
                file_name=file.name,
                media_type=file.media_type,
                bytes=file.stored.size_bytes,
                role=file.role,
                sha256=file.stored.sha256,
            ),
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """What the public was told of a correction."""

    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class PublicWork:
    """A subject before the public: its texts, what was taken back, its files, its corrections.

    `rows` are its public texts, `noticed` those that were withdrawn and leave a notice; `firsts`
    is when each version first went out, `corrections` by version, newest first.
    """

    subject: Subject
    rows: Sequence[ReleasedVersion]
    noticed: Sequence[ReleasedVersion]
    tongues: Sequence[Tongue]
    forms: Sequence[PublicForm]
    firsts: Mapping[int, datetime]
    corrections: Mapping[int, Sequence[Correction]]

    def row_in(self, language: str, mode: str = "") -> ReleasedVersion | None:
        """The public text in the language (by tag, in any case); the written one where both are."""
        fitting = [row for row in self.rows if _fits(row, language, mode)]
        return min(fitting, key=lambda row: row.mode == Mode.SPOKEN, default=None)

    def notice_in(self, language: str) -> ReleasedVersion | None:
        """The withdrawn text in the language that leaves a notice."""
        return next((row for row in self.noticed if _fits(row, language, "")), None)


def _fits(row: ReleasedVersion, language: str, mode: str) -> bool:
    return row.language.tag.lower() == language.lower() and mode in ("", row.mode)


def public_work(short_id: str, *, at: datetime) -> PublicWork | None:
    """What stands under a short id; None where nothing ever was public. Six queries, one for none.

    A subject whose first release is still to come is as unknown as one that never was.
    """
    if not is_short_id(short_id):
        return None
    rows = list(
        ReleasedVersion.objects.filter(
            release__subject__short_id=short_id, release__released_at__lte=at
        )
        .select_related(
            "release__subject__work",
            "release__unit",
            "language",
            "revision",
            "version__language",
            "version__source__language",
            "version__subject__unit",
            "redirect_to",
        )
        .defer("version__body")
        .order_by("pk")
    )
    if not rows:
        return None
    subject = rows[0].release.subject
    firsts: dict[int, datetime] = {}
    corrections: dict[int, list[Correction]] = defaultdict(list)
    for row in rows:
        firsts.setdefault(row.version_id, row.release.released_at)
        if row.release.public_note and row.release.kind == ReleaseKind.CORRECTION:
            told = Correction(row.release.released_at, row.release.public_note)
            corrections[row.version_id].insert(0, told)
    standing = [row for row in rows if _is_standing(row, at)]
    noticed = [row for row in rows if _is_noticed(row, at)]
    return PublicWork(
        subject=subject,
        rows=standing,
        noticed=noticed,
        tongues=tongues_of([subject.pk], at=at).get(subject.pk, []),
        forms=forms_of([subject.pk], at=at).get(subject.pk, []),
        firsts=firsts,
        corrections=corrections,
    )


def _is_standing(row: ReleasedVersion, at: datetime) -> bool:
    """As `ReleasedVersionQuerySet.public`, of a row that is at hand."""
    return not _is_over(row.superseded_at, at) and not _is_over(row.withdrawn_at, at)


def _is_noticed(row: ReleasedVersion, at: datetime) -> bool:
    """As `ReleasedVersionQuerySet.noticed`, of a row that is at hand."""
    return not _is_over(row.superseded_at, at) and _is_over(row.withdrawn_at, at)


def _is_over(ended: datetime | None, at: datetime) -> bool:
    return ended is not None and ended <= at


def corrections_told(*, at: datetime, language: str = "") -> QuerySet[ReleasedVersion]:
    """The texts that were corrected and are public, newest correction first. One query."""
    rows = ReleasedVersion.objects.public(at=at).filter(release__kind=ReleaseKind.CORRECTION)
    if language:
        rows = rows.filter(language__tag=language)
    return rows.select_related("release__subject", "language", "version").order_by(
        "-release__released_at", "-pk"
    )


def withdrawals_told(*, at: datetime, language: str = "") -> QuerySet[ReleasedVersion]:
    """The texts that were taken back, with what the public was told, newest first. One query."""
    rows = ReleasedVersion.objects.noticed(at=at)
    if language:
        rows = rows.filter(language__tag=language)
    return rows.select_related("release__subject", "language", "version", "redirect_to").order_by(
        F("withdrawn_at").desc(), "-pk"
    )


def addresses_of_subjects(
    subjects: Iterable[int], *, language: str, at: datetime
) -> dict[int, Tongue]:
    """Where these subjects are read: in the language, else in any that is written. One query."""
    found = tongues_of(list(subjects), at=at)
    return {
        key: min(every, key=lambda each: (each.tag.lower() != language.lower(), each.is_spoken))
        for key, every in found.items()
    }
