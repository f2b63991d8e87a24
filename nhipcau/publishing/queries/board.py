"""The board: texts by state, and the works that wait for me, are overdue or under review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, QuerySet

from nhipcau.kernel.folding import unaccented
from nhipcau.people.models import Person
from nhipcau.people.queries import Rights
from nhipcau.publishing.models import OpenStep, ReleasedVersion
from nhipcau.publishing.queries.reviews import steps_waiting_for, waiting_steps
from nhipcau.registry.models import Language
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.models import Work
from nhipcau.works.queries import Row, WorkFilter, rows_of, works_listed

SHOWN = 6  # of each column
READY_SINCE = timedelta(days=180)  # older approved words that never went out are the archive's

UNDER_WAY = (VersionState.DRAFT, VersionState.RETURNED, VersionState.IN_CLEARANCE)


class BoardScope(StrEnum):
    """The lists of the board; BY_STATE is the board itself."""

    BY_STATE = ""
    MINE = "mine"
    OVERDUE = "overdue"
    CLEARANCE = "clearance"


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What narrows the board; empty values narrow nothing."""

    words: str = ""
    kind: str = ""
    unit: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.kind or self.unit is not None)


@dataclass(frozen=True, slots=True)
class Column:
    """Texts in one state, those that were saved last first; `total` None where nobody counts."""

    state: str
    total: int | None
    shown: Sequence[LanguageVersion]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A work in a list of the board, with the steps at which its texts wait."""

    row: Row
    steps: Sequence[OpenStep]


def columns_of(wanted: BoardFilter, *, at: datetime) -> list[Column]:
    """Texts being written, returned, under review, ready to go out and lately released.

    Seven queries, whatever there is.
    """
    texts = _texts(wanted)
    totals = dict(
        texts.filter(state__in=UNDER_WAY)
        .order_by()
        .values_list("state")
        .annotate(total=Count("pk"))
    )
    ready = _ready(texts, at=at)
    return [
        *(
            Column(state, totals.get(state, 0), _first(texts.filter(state=state)))
            for state in UNDER_WAY
        ),
        Column("ready", ready.count(), _first(ready)),
        Column("out", None, _lately_out(wanted, at=at)),
    ]


def _texts(wanted: BoardFilter) -> QuerySet[LanguageVersion]:
    texts = LanguageVersion.objects.filter(subject__work__trashed_at__isnull=True)
    for word in unaccented(wanted.words).split():
        texts = texts.filter(subject__work__folded__contains=word)
    if wanted.kind:
        texts = texts.filter(subject__work__kind=wanted.kind)
    if wanted.unit is not None:
        texts = texts.filter(subject__unit=wanted.unit)
    return texts


def _first(texts: QuerySet[LanguageVersion]) -> list[LanguageVersion]:
    return list(
        texts.select_related("language", "subject__work", "subject__unit")
        .defer("body")
        .order_by("-saved_at", "-pk")[:SHOWN]
    )


def _ready(texts: QuerySet[LanguageVersion], *, at: datetime) -> QuerySet[LanguageVersion]:
    """Approved lately, in words that never went out.

    Found among the texts alone, from indexes, before anything is joined: most of them went out.
    """
    went_out = ReleasedVersion.objects.filter(revision=OuterRef("approved_revision"))
    ready = LanguageVersion.objects.filter(
        ~Exists(went_out), state=VersionState.APPROVED, saved_at__gte=at - READY_SINCE
    )
    return texts.filter(pk__in=ready.values("pk"))


def _lately_out(wanted: BoardFilter, *, at: datetime) -> list[LanguageVersion]:
    released = (
        ReleasedVersion.objects.public(at=at)
        .filter(version__in=_texts(wanted))
        .select_related("version__language", "version__subject__work", "version__subject__unit")
        .defer("version__body")
        .order_by("-release__released_at", "-pk")
    )
    if not wanted.is_narrowed:
        released = (
            ReleasedVersion.objects.public(at=at)
            .select_related("version__language", "version__subject__work", "version__subject__unit")
            .defer("version__body")
            .order_by("-release__released_at", "-release")
        )
    return [each.version for each in released[:SHOWN]]


def works_on_board(
    scope: BoardScope,
    wanted: BoardFilter,
    *,
    person: Person,
    rights: Rights,
    on: date,
    at: datetime,
) -> QuerySet[Work]:
    """The works of one list, the earliest day first. Two queries for a page."""
    works = works_listed(
        WorkFilter(words=wanted.words, kind=wanted.kind, unit=wanted.unit, sort="due"), on=on, at=at
    )
    # Either half starts from what is under way, which is little; all works are never gone through.
    if scope is BoardScope.MINE:
        to_write = LanguageVersion.objects.filter(
            subject=OuterRef("pk"), state__in=[VersionState.DRAFT, VersionState.RETURNED]
        )
        in_hand = Work.objects.filter(Exists(to_write), assignee=person)
        return works.filter(
            pk__in=in_hand.values("pk").union(_subjects(steps_waiting_for(person, rights)))
        )
    if scope is BoardScope.OVERDUE:
        texts = LanguageVersion.objects.filter(state__in=UNDER_WAY)
        unfinished = Work.objects.filter(pk__in=texts.values("subject"), due_on__lt=on)
        late = _subjects(waiting_steps().filter(due_on__lt=on))
        return works.filter(pk__in=unfinished.values("pk").union(late))
    if scope is BoardScope.CLEARANCE:
        return works.filter(pk__in=_subjects(waiting_steps()))
    return works


def _subjects(steps: QuerySet[OpenStep]) -> QuerySet[OpenStep, int]:
    return steps.select_related(None).order_by().values_list("item__clearance__subject", flat=True)


def counts_on_board(
    wanted: BoardFilter, *, person: Person, rights: Rights, on: date, at: datetime
) -> dict[BoardScope, int]:
    """How many works each list holds. Three queries."""
    return {
        scope: works_on_board(scope, wanted, person=person, rights=rights, on=on, at=at)
        .order_by()
        .count()
        for scope in (BoardScope.MINE, BoardScope.OVERDUE, BoardScope.CLEARANCE)
    }


def board_rows(
    works: Iterable[Work], languages: Sequence[Language], *, at: datetime
) -> list[BoardRow]:
    """Works of `works_on_board` with their marks and waiting steps. Two queries."""
    rows = rows_of(works, languages, at=at)
    steps: dict[int, list[OpenStep]] = {}
    for step in waiting_steps().filter(item__clearance__subject__in=[row.work.pk for row in rows]):
        steps.setdefault(step.item.clearance.subject_id, []).append(step)
    return [BoardRow(row, steps.get(row.work.pk, [])) for row in rows]
