"""What stands on somebody's first page, and the registry's units as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from django.db.models import Exists, F, Model, OrderBy, OuterRef, Prefetch, Q, QuerySet

from nhipcau.kernel.folding import unaccented
from nhipcau.people.enums import Permission
from nhipcau.people.models import Invitation, Person
from nhipcau.people.queries import Rights
from nhipcau.plans.enums import ImportState
from nhipcau.plans.models import PlanImport, Task
from nhipcau.plans.queries.tables import tasks_of_units
from nhipcau.publishing.models import OpenStep
from nhipcau.publishing.queries import steps_waiting_for
from nhipcau.registry.enums import NameKind
from nhipcau.registry.models import Province, Unit, UnitChangePart, UnitCode, UnitName, UnitParent
from nhipcau.registry.queries.units import unit_succession
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion

Row = TypeVar("Row", bound=Model)
SHOWN = 12
SOON = timedelta(days=60)
RECENTLY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One list of the first page: how many there are in all, and the first of them."""

    total: int
    shown: Sequence[Row]

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class MyWork:
    """Tasks of my units that end soon and that have ended, and what waits for my decision.

    `steps` are texts that I am to clear, `returned` texts in my hands that came back to be mended.
    """

    to_do: Column[Task]
    ended: Column[Task]
    steps: Column[OpenStep]
    returned: Column[LanguageVersion]
    reviews: Sequence[PlanImport]
    refused: Sequence[PlanImport]
    invitations: int

    @property
    def waiting(self) -> int:
        texts = self.steps.total + self.returned.total
        return texts + len(self.reviews) + len(self.refused) + bool(self.invitations)


def my_work(*, rights: Rights, person: Person, on: date, at: datetime) -> MyWork:
    """Everything on the first page. Twelve queries at most, however many tasks.

    Tasks that were given to a unit whose place an own unit has taken stand among the own ones.

    Who follows the whole province (a planner with that reach) sees the tasks of the own units
    here; those of all units stand under the plans.
    """
    units = rights.unit_ids(Permission.PLANS_READ)
    mine = Task.objects.none()
    if units:
        forebears = unit_succession(on=on).forebears(units)
        mine = tasks_of_units(units, forebears=forebears)
    return MyWork(
        to_do=_column(mine.filter(ends_on__gte=on, ends_on__lte=on + SOON)),
        ended=_column(mine.filter(ends_on__lt=on, ends_on__gte=on - RECENTLY).order_by("-ends_on")),
        steps=_column(steps_waiting_for(person, rights)),
        returned=_column(_returned(person)),
        reviews=list(_imports(rights).filter(state=ImportState.REVIEW)[:SHOWN]),
        refused=list(
            _imports(rights).filter(
                state=ImportState.REFUSED,
                brought_by=person,
                brought_at__gte=at - timedelta(days=7),
            )[:SHOWN]
        ),
        invitations=_open_invitations(at) if rights.may(Permission.PEOPLE_MANAGE) else 0,
    )


def _column(rows: QuerySet[Row]) -> Column[Row]:
    shown = list(rows[: SHOWN + 1])
    total = len(shown) if len(shown) <= SHOWN else rows.order_by().count()
    return Column(total=total, shown=shown[:SHOWN])


def _returned(person: Person) -> QuerySet[LanguageVersion]:
    return (
        LanguageVersion.objects.filter(
            state=VersionState.RETURNED,
            subject__work__assignee=person,
            subject__work__trashed_at__isnull=True,
        )
        .select_related("language", "subject__work")
        .defer("body")
        .order_by("-saved_at", "-pk")
    )


def _imports(rights: Rights) -> QuerySet[PlanImport]:
    if not rights.may(Permission.PLANS_IMPORT):
        return PlanImport.objects.none()
    imports = PlanImport.objects.select_related("brought_by", "unit").order_by("-brought_at")
    if rights.reaches_every_unit(Permission.PLANS_IMPORT):
        return imports
    return imports.filter(
        Q(unit__isnull=True) | Q(unit_id__in=rights.unit_ids(Permission.PLANS_IMPORT))
    )


def _open_invitations(at: datetime) -> int:
    return Invitation.objects.filter(
        accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=at
    ).count()


UNIT_SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "name": ("label", "pk"),
    "-name": ("-label", "pk"),
    "kind": ("kind", "label", "pk"),
    "area": (F("area__label").asc(nulls_first=True), "label", "pk"),
    "from": (F("valid_from").desc(nulls_last=True), "label", "pk"),
}


def units_listed(*, words: str, kind: str, on: date | None, sort: str) -> QuerySet[Unit]:
    """Units that bear all the words in one of their names; `on` None: those that are no more too.

    Four queries for a page.
    """
    units = Unit.objects.all() if on is None else Unit.objects.current(on=on)
    typed = unaccented(words).split()
    if typed:
        names = UnitName.objects.filter(unit=OuterRef("pk"))
        for word in typed:
            names = names.filter(folded__contains=word)
        units = units.filter(Exists(names))
    if kind:
        units = units.filter(kind=kind)
    short = UnitName.objects.filter(kind__in=[NameKind.ABBREVIATION, NameKind.SHORT])
    codes = UnitCode.objects.filter(valid_to__isnull=True)
    return (
        units.select_related("area")
        .order_by(*UNIT_SORTS.get(sort, UNIT_SORTS["name"]))
        .prefetch_related(Prefetch("names", short.order_by("kind", "text"), to_attr="short_names"))
        .prefetch_related(Prefetch("codes", codes, to_attr="open_codes"))
    )


@dataclass(frozen=True, slots=True)
class UnitStory:
    """All that is on record about a unit, by date."""

    names: Sequence[UnitName]
    codes: Sequence[UnitCode]
    above: Sequence[UnitParent]
    below: Sequence[UnitParent]
    changes: Sequence[UnitChangePart]


def story_of(unit: Unit) -> UnitStory:
    """Names, codes, place and what became of the unit. Seven queries."""
    others = UnitChangePart.objects.select_related("unit").order_by("side", "unit__label")
    latest = F("valid_from").desc(nulls_last=True)
    return UnitStory(
        names=list(unit.names.order_by(latest, "kind", "text")),
        codes=list(unit.codes.order_by(latest)),
        above=list(unit.parents.select_related("parent").order_by(latest)),
        below=list(
            unit.below.filter(valid_to__isnull=True).select_related("unit").order_by("unit__label")
        ),
        changes=list(
            unit.changes.select_related("change__document")
            .prefetch_related(Prefetch("change__parts", others))
            .order_by("change__on")
        ),
    )


@dataclass(frozen=True, slots=True)
class HouseMark:
    """How the desk calls itself: the province's name, and its emblem by SHA-256, "" for none."""

    name: str
    emblem: str


def house_mark() -> HouseMark | None:
    """None for a house that was never set up (tests, a developer's).

    One query on every page of the desk, so that a new name and emblem are there at once in each
    of its processes, on each machine.
    """
    found = Province.objects.values_list("name", "emblem_sha256").first()
    return None if found is None else HouseMark(*found)
