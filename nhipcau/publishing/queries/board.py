"""The board: texts by state, and the works that wait for me, are overdue or under review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from nhipcau.kernel.folding import unaccented
from nhipcau.people.models import Person
from nhipcau.people.queries import Rights
from nhipcau.publishing.models import OpenStep, Release, ReleasedVersion
from nhipcau.publishing.queries.reviews import steps_waiting_for, waiting_steps
from nhipcau.registry.models import Language
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.models import Work
from nhipcau.works.queries import Row, rows_of
from nhipcau.works.queries.lists import SORTS

SHOWN = 6  # of each column
FEW = 2_000  # works whose keys are taken along
NEWEST = 2_000  # releases among which what went out lately is looked for first
READY_SINCE = timedelta(days=180)  # older approved words that never went out are the archive's

Works = Sequence[int] | QuerySet[Work, int] | None  # keys; None stands for all

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

    Seven queries of the whole house; five where the board is narrowed, six where much fits and
    little of it went out lately. Keys are found first, from indexes, and only what is shown is
    joined.
    """
    works = _works(wanted)
    texts = _texts(works)
    under_way = _of_all(texts) if works is None else _newest(texts.filter(state__in=UNDER_WAY))
    ready = _newest(
        texts.filter(
            ready_since__isnull=False,
            state=VersionState.APPROVED,
            saved_at__gte=at - READY_SINCE,
        )
    ).get(VersionState.APPROVED, Keys())
    out = _lately_out(works, at=at)
    shown = (
        LanguageVersion.objects.select_related("language", "subject__work", "subject__unit")
        .defer("body")
        .in_bulk([*(key for keys in under_way.values() for key in keys.shown), *ready.shown, *out])
    )
    columns = [(state, under_way.get(state, Keys())) for state in UNDER_WAY]
    return [
        *(
            Column(state, keys.total, [shown[key] for key in keys.shown])
            for state, keys in [*columns, ("ready", ready)]
        ),
        Column("out", None, [shown[key] for key in out]),
    ]


@dataclass(frozen=True, slots=True)
class Keys:
    """How many texts are in a column, and which of them are shown."""

    total: int = 0
    shown: Sequence[int] = ()


def _texts(works: Works) -> QuerySet[LanguageVersion]:
    """The texts of these works; those in the trash are left out of all works."""
    if works is None:
        return LanguageVersion.objects.exclude(subject__in=in_the_trash())
    return LanguageVersion.objects.filter(subject__in=works)


def in_the_trash() -> QuerySet[Work, int]:
    """The keys of the works in the trash, which are few: nothing is joined to leave them out."""
    return Work.objects.filter(trashed_at__isnull=False).values_list("pk", flat=True)


def _works(wanted: BoardFilter) -> Works:
    """The keys of the works that fit; None where all do. One query, none then."""
    if not wanted.is_narrowed:
        return None
    fitting = _narrowed(wanted).values_list("pk", flat=True)
    known = list(fitting[: FEW + 1])
    return known if len(known) <= FEW else fitting


def _narrowed(wanted: BoardFilter) -> QuerySet[Work]:
    works = Work.objects.not_in_trash()
    for word in unaccented(wanted.words).split():
        works = works.filter(folded__contains=word)
    if wanted.kind:
        works = works.filter(kind=wanted.kind)
    if wanted.unit is not None:
        works = works.filter(subject__unit=wanted.unit)
    return works


def _of_all(texts: QuerySet[LanguageVersion]) -> dict[str, Keys]:
    """As `_newest` for what is under way in the whole house: nothing is sorted. Four queries."""
    totals = dict(
        texts.filter(state__in=UNDER_WAY)
        .order_by()
        .values_list("state")
        .annotate(total=Count("pk"))
    )
    last = texts.order_by("-saved_at", "-pk").values_list("pk", flat=True)
    return {
        state: Keys(totals.get(state, 0), list(last.filter(state=state)[:SHOWN]))
        for state in UNDER_WAY
    }


def _newest(texts: QuerySet[LanguageVersion]) -> dict[str, Keys]:
    """By state, how many there are, and the keys of those that were saved last. One query."""
    rows = (
        texts.order_by()
        .annotate(
            place=Window(RowNumber(), "state", ["-saved_at", "-pk"]),
            total=Window(Count("pk"), "state"),
        )
        .filter(place__lte=SHOWN)
        .order_by("state", "place")
        .values_list("state", "total", "pk")
    )
    return {
        state: Keys(found[0][1], [key for _state, _total, key in found])
        for state, found in ((name, list(group)) for name, group in groupby(rows, itemgetter(0)))
    }


def _lately_out(works: Works, *, at: datetime) -> list[int]:
    """The keys of the texts that went out last. One query, two in the worst case.

    Of many works some are among the newest releases; else all of them are gone through.
    """
    public = ReleasedVersion.objects.public(at=at)
    in_order = ("-release__released_at", "-release", "-pk")
    found = public.order_by(*in_order).values_list("version", flat=True)
    if works is None:
        return list(found[:SHOWN])
    found = found.filter(release__subject__in=works)
    if isinstance(works, QuerySet):
        newest = Release.objects.order_by("-released_at", "-pk").values("pk")[:NEWEST]
        of_newest = list(found.filter(release__in=newest)[:SHOWN])
        if len(of_newest) == SHOWN:
            return of_newest
    return list(found[:SHOWN])


def works_on_board(
    scope: BoardScope, wanted: BoardFilter, *, person: Person, rights: Rights, on: date
) -> QuerySet[Work]:
    """The works of one list, the earliest day first; as `LongPaginator` for a page."""
    works = _narrowed(wanted).order_by(*SORTS["due"])
    if scope is BoardScope.BY_STATE:
        return works
    return works.filter(pk__in=_held(scope, person=person, rights=rights, on=on))


def _held(
    scope: BoardScope, *, person: Person, rights: Rights, on: date
) -> QuerySet[Any, tuple[int]]:
    """The keys of the works that a list holds, each once; those in the trash are left out.

    Each half starts from what is under way, which is little; all works are never gone through.
    """
    if scope is BoardScope.MINE:
        to_write = LanguageVersion.objects.filter(
            subject=OuterRef("pk"), state__in=[VersionState.DRAFT, VersionState.RETURNED]
        )
        in_hand = Work.objects.not_in_trash().filter(Exists(to_write), assignee=person)
        return in_hand.values_list("pk").union(_subjects(steps_waiting_for(person, rights)))
    if scope is BoardScope.OVERDUE:
        texts = LanguageVersion.objects.filter(state__in=UNDER_WAY)
        unfinished = Work.objects.not_in_trash().filter(
            pk__in=texts.values("subject"), due_on__lt=on
        )
        late = _subjects(waiting_steps().filter(due_on__lt=on))
        return unfinished.values_list("pk").union(late)
    return _subjects(waiting_steps()).distinct()


def _subjects(steps: QuerySet[OpenStep]) -> QuerySet[OpenStep, tuple[int]]:
    steps = steps.select_related(None).order_by().exclude(subject__in=in_the_trash())
    return steps.values_list("subject")


def counts_on_board(
    wanted: BoardFilter,
    *,
    person: Person,
    rights: Rights,
    on: date,
    besides: BoardScope = BoardScope.BY_STATE,
) -> dict[BoardScope, int]:
    """How many works each list holds, besides the one that is counted as it is read. One each."""
    return {
        scope: (
            works_on_board(scope, wanted, person=person, rights=rights, on=on).order_by()
            if wanted.is_narrowed
            else _held(scope, person=person, rights=rights, on=on)
        ).count()
        for scope in (BoardScope.MINE, BoardScope.OVERDUE, BoardScope.CLEARANCE)
        if scope is not besides
    }


def board_rows(works: Iterable[Work], languages: Sequence[Language]) -> list[BoardRow]:
    """Works of `works_on_board` with their marks and waiting steps. One query."""
    rows = rows_of(works, languages)
    steps: dict[int, list[OpenStep]] = {}
    for step in waiting_steps().filter(subject__in=[row.work.pk for row in rows]):
        steps.setdefault(step.subject_id, []).append(step)
    return [BoardRow(row, steps.get(row.work.pk, [])) for row in rows]
