"""What hangs on units and areas that change, and what a form of their changes offers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from nhipcau.people.models import Charge, Delegation, Membership
from nhipcau.plans.queries.tables import tasks_of_units
from nhipcau.publishing.models import Route
from nhipcau.registry.models import (
    Area,
    AreaPlacement,
    AreaTag,
    Document,
    Unit,
    UnitCode,
    UnitGroup,
)
from nhipcau.registry.queries.areas import ids_inside

Row = Unit | Area
MOST_DOCUMENTS = 400
MARK = " · "


@dataclass(frozen=True, slots=True)
class Choice:
    """What a field offers: the words that are typed, and what they mean."""

    words: str
    key: int


@dataclass(frozen=True, slots=True)
class DelegatedThere:
    """Roles in the unit that one person lets another exercise, up to a day."""

    giver: str
    taker: str
    until: date


@dataclass(frozen=True, slots=True)
class HangsOnUnit:
    """A unit with what hangs on it from a day on."""

    name: str
    tasks: int
    people: int
    in_charge: Sequence[str]
    delegated: Sequence[DelegatedThere]
    routes: Sequence[str]
    codes: Sequence[str]
    belongs: Sequence[str]


@dataclass(frozen=True, slots=True)
class HangsOnArea:
    """An area with what is there from a day on."""

    name: str
    units: int
    inside: int
    belongs: Sequence[str]


def what_hangs_on(rows: Collection[Row], *, on: date) -> dict[int, HangsOnUnit | HangsOnArea]:
    """By id. Six queries and one more for each unit, or two and two more for each area."""
    belongs = belonging(rows, on=on)
    found: dict[int, HangsOnUnit | HangsOnArea] = {}
    units = [row for row in rows if isinstance(row, Unit)]
    people: dict[int, set[int]] = defaultdict(set)
    in_charge: dict[int, list[str]] = defaultdict(list)
    delegated: dict[int, list[DelegatedThere]] = defaultdict(list)
    routes: dict[int | None, list[str]] = defaultdict(list)
    codes: dict[int, list[str]] = defaultdict(list)
    if units:
        for role in roles_on(units, on=on):
            people[role.unit_id].add(role.person_id)
        for charge in _held(Charge.objects, units, on=on).select_related("person"):
            in_charge[charge.unit_id].append(charge.person.full_name)
        for given in _held(Delegation.objects, units, on=on).select_related("giver", "taker"):
            delegated[given.unit_id].append(
                DelegatedThere(given.giver.full_name, given.taker.full_name, given.valid_to)
            )
        for route in Route.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on), unit__in=units
        ).order_by("name", "pk"):
            routes[route.unit_id].append(route.name)
        for code in UnitCode.objects.filter(unit__in=units, valid_to__isnull=True):
            codes[code.unit_id].append(code.code)
    for row in rows:
        if isinstance(row, Unit):
            found[row.pk] = HangsOnUnit(
                name=row.label,
                tasks=open_tasks_of(row, on=on),
                people=len(people[row.pk]),
                in_charge=in_charge[row.pk],
                delegated=delegated[row.pk],
                routes=routes[row.pk],
                codes=codes[row.pk],
                belongs=belongs.get(row.pk, []),
            )
        else:
            found[row.pk] = HangsOnArea(
                name=row.label,
                units=Unit.objects.current(on=on).filter(area=row).count(),
                inside=AreaPlacement.objects.current(on=on).filter(parent=row).count(),
                belongs=belongs.get(row.pk, []),
            )
    return found


def _held(rows: Any, units: Collection[Unit], *, on: date) -> Any:
    """What holds in the units on the day or later, in the order in which it begins."""
    return rows.ending_after(on).lasting().filter(unit__in=units).order_by("valid_from", "pk")


def belonging(rows: Collection[Row], *, on: date) -> dict[int, list[str]]:
    """By id: the groups whose rule names a unit on the day, or the border traits of an area."""
    units = [row for row in rows if isinstance(row, Unit)]
    if units:
        return groups_of_units(units, on=on)
    found: dict[int, list[str]] = defaultdict(list)
    tags = AreaTag.objects.current(on=on).filter(area__in=[row.pk for row in rows])
    for tag in tags.order_by("trait"):
        found[tag.area_id].append(str(tag.get_trait_display()))
    return dict(found)


def open_tasks_of(unit: Unit, *, on: date) -> int:
    """How many tasks in force name the unit and are not over on the day. One query."""
    open_ones = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return tasks_of_units([unit.pk]).filter(open_ones).order_by().count()


def roles_on(units: Collection[Unit], *, on: date) -> list[Membership]:
    """The roles that hold in the units on the day or later, of people who stay. One query."""
    return list(
        Membership.objects.ending_after(on)
        .lasting()
        .filter(
            Q(person__left_on__isnull=True) | Q(person__left_on__gt=on),
            unit__in=[unit.pk for unit in units],
        )
        .select_related("person", "unit")
        .order_by("person__full_name", "role", "pk")
    )


def groups_of_units(units: Collection[Unit], *, on: date) -> dict[int, list[str]]:
    """Unit id -> the groups whose rule names the unit on the day, by name.

    As `registry.queries.units.group_members`, from the unit's side. Two queries, and one more for
    each area that groups keep to by themselves.
    """
    fresh = Unit.objects.current(on=on).filter(pk__in=[unit.pk for unit in units])
    standing = list(fresh.select_related("area"))
    traits = set(AreaTag.objects.current(on=on).values_list("trait", "area_id"))
    insides: dict[int, frozenset[int]] = {}
    found: dict[int, list[str]] = defaultdict(list)
    for group in UnitGroup.objects.filter(open_ended=False).select_related("within"):
        if group.within is not None and group.within.pk not in insides:
            insides[group.within.pk] = ids_inside(group.within, on=on)
        for unit in standing:
            area_kind = unit.area.kind if unit.area else ""
            if (
                unit.kind == group.unit_kind
                and (not group.area_kind or area_kind == group.area_kind)
                and (not group.area_trait or (group.area_trait, unit.area_id) in traits)
                and (group.within is None or unit.area_id in insides[group.within.pk])
            ):
                found[unit.pk].append(group.name)
    return {key: sorted(names) for key, names in found.items()}


def rows_to_choose(row: Row, *, on: date) -> list[Choice]:
    """The units of the day, or the areas of the area's kind that have not ended. One query.

    In words of which each means one: the name, or the name and its key.
    """
    rows: QuerySet[Unit] | QuerySet[Area]
    if isinstance(row, Unit):
        rows = Unit.objects.current(on=on)
    else:
        rows = Area.objects.filter(kind=row.kind, valid_to__isnull=True)
    known = list(rows.order_by("label", "pk").values_list("pk", "label", "key"))
    bearing = Counter(label for _pk, label, _key in known)
    return [
        Choice(label if bearing[label] == 1 else f"{label}{MARK}{key}", pk)
        for pk, label, key in known
    ]


def documents_to_choose() -> list[Choice]:
    """The newest documents on record by number, issuer and title. One query."""
    documents = Document.objects.filter(bound_to__isnull=True).exclude(citation_key="")
    return [
        Choice(words_of_document(document), document.pk)
        for document in documents.order_by("-issued_on", "-pk")[:MOST_DOCUMENTS]
    ]


def words_of_document(document: Document) -> str:
    """A document in the words in which it is offered."""
    parts = (document.citation, document.issuer_text, document.title[:80])
    return MARK.join(part for part in parts if part)
