"""Works as a list and as a matrix of works and languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OrderBy, OuterRef, Prefetch, QuerySet
from django.utils.module_loading import import_string

from nhipcau.kernel.folding import unaccented
from nhipcau.registry.models import Language, Unit
from nhipcau.translation.models import LanguageVersion, Subject
from nhipcau.works.enums import LETTERS, Mark
from nhipcau.works.models import Work
from nhipcau.works.models.works import WorkQuerySet
from nhipcau.works.rules.marks import marks_of

PAGE = 50
FEW = frozenset({Mark.DRAFT, Mark.RETURNED, Mark.IN_CLEARANCE, Mark.STOPPED})
MISSING = "missing"  # the filter for works without a version in the chosen language

SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "-changed": ("-changed_at", "-pk"),
    "changed": ("changed_at", "pk"),
    "title": ("folded", "pk"),
    "-title": ("-folded", "-pk"),
    "due": (F("due_on").asc(nulls_last=True), "-changed_at", "-pk"),
    "-due": (F("due_on").desc(nulls_last=True), "-changed_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What a list of works is narrowed to; empty values do not narrow."""

    words: str = ""
    kind: str = ""
    unit: int | None = None
    state: str = ""
    language: int | None = None
    task: UUID | None = None
    is_overdue: bool = False
    in_hands_of: int | None = None
    in_trash: bool = False
    sort: str = "-changed"


@dataclass(frozen=True, slots=True)
class Cell:
    """A version in the matrix: its marks with their letters, the most pressing first."""

    version: LanguageVersion
    marks: tuple[tuple[Mark, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A work in the matrix; `cells` holds for each language its versions, written and spoken."""

    work: Work
    cells: tuple[tuple[Language, tuple[Cell, ...]], ...]


def public_keys(at: datetime) -> QuerySet[Any, Any]:
    """The keys of the versions that are public, from the room above that releases. One query."""
    keys: QuerySet[Any, Any] = import_string(settings.PUBLIC_VERSIONS)(at=at)
    return keys


def works_listed(wanted: WorkFilter, *, on: date, at: datetime) -> QuerySet[Work]:
    """Works that fit, with unit, person in charge and versions. Two queries for a page."""
    works = works_narrowed(Work.objects.all(), wanted, on=on, at=at)
    return works_shown(works, at=at).order_by(*SORTS.get(wanted.sort, SORTS["-changed"]))


def works_shown(works: QuerySet[Work], *, at: datetime) -> QuerySet[Work]:
    """The works with what their rows in a list tell. Two queries when they are read."""
    versions = (
        LanguageVersion.objects.select_related("language")
        .only(
            "subject", "language", "mode", "state", "out_of_date_since", "title",
            "language__tag", "language__name", "language__english_name",
        )
        .order_by("language__name", "mode")
    )  # fmt: skip
    return works.select_related(
        "subject__unit", "assignee", "original_language", "trashed_by"
    ).prefetch_related(Prefetch("subject__versions", with_public(versions, at=at)))


def works_narrowed(
    works: WorkQuerySet, wanted: WorkFilter, *, on: date, at: datetime
) -> WorkQuerySet:
    """Those of the works that fit."""
    works = works.filter(trashed_at__isnull=not wanted.in_trash)
    for word in unaccented(wanted.words).split():
        works = works.filter(folded__contains=word)
    if wanted.kind:
        works = works.filter(kind=wanted.kind)
    if wanted.unit is not None:
        works = works.filter(subject__unit=wanted.unit)
    if wanted.task is not None:
        works = works.filter(tasks__uuid=wanted.task)
    if wanted.is_overdue:
        works = works.filter(due_on__lt=on)
    if wanted.in_hands_of is not None:
        works = works.filter(assignee=wanted.in_hands_of)
    if wanted.state or wanted.language is not None:
        works = _by_version(works, wanted, at)
    return works


def _by_version(works: WorkQuerySet, wanted: WorkFilter, at: datetime) -> WorkQuerySet:
    """Works of which one version is in the wanted language and in the wanted state.

    What few works have is begun with; what most have is asked work by work, each from an index.
    """
    if wanted.state == Mark.PUBLIC:
        works = works.filter(public_since__lte=at)
        if wanted.language is None:
            return works
        public = public_keys(at).filter(version__subject=OuterRef("subject_id"))
        return works.filter(Exists(public.filter(version__language=wanted.language)))
    versions = LanguageVersion.objects.all()
    if wanted.language is not None:
        versions = versions.filter(language=wanted.language)
    if wanted.state == Mark.OUT_OF_DATE:
        versions = versions.filter(out_of_date_since__isnull=False)
        return works.filter(pk__in=versions.values("subject"))
    if wanted.state == MISSING:
        return works.filter(~Exists(versions.filter(subject=OuterRef("subject_id"))))
    if wanted.state:
        versions = versions.filter(state=wanted.state)
    if wanted.state in FEW or wanted.language is not None:
        return works.filter(pk__in=versions.values("subject"))
    return works.filter(Exists(versions.filter(subject=OuterRef("subject_id"))))


def units_of_works() -> dict[int, str]:
    """Units that have any work, by key, with their names. One query, one probe a unit."""
    subjects = Subject.objects.filter(unit=OuterRef("pk"), kind="work")
    return dict(Unit.objects.filter(Exists(subjects)).order_by("label").values_list("pk", "label"))


def languages_of_works() -> list[Language]:
    """Languages in which any work has words, Vietnamese first. One query."""
    found = Language.objects.filter(
        Exists(LanguageVersion.objects.filter(language=OuterRef("pk")))
    ).order_by("name", "tag")
    return sorted(found, key=lambda language: language.tag != "vi")


def with_public(versions: QuerySet[LanguageVersion], *, at: datetime) -> QuerySet[LanguageVersion]:
    """The versions, each with whether it is public, for `cell_of`."""
    public = public_keys(at).filter(version=OuterRef("pk"))
    return versions.annotate(is_public=Exists(public))


def cell_of(version: LanguageVersion) -> Cell:
    """A version of `with_public` with its marks. No query."""
    marks = marks_of(
        state=version.state,
        is_out_of_date=version.out_of_date_since is not None,
        is_public=vars(version)["is_public"],
    )
    return Cell(version, tuple((mark, str(LETTERS[mark])) for mark in marks))


def rows_of(works: Iterable[Work], languages: Sequence[Language]) -> list[Row]:
    """Works of `works_listed` as rows of the matrix. No query once they were read."""
    return [
        Row(
            work,
            tuple(
                (
                    language,
                    tuple(
                        cell_of(version)
                        for version in work.subject.versions.all()
                        if version.language_id == language.pk
                    ),
                )
                for language in languages
            ),
        )
        for work in works
    ]
