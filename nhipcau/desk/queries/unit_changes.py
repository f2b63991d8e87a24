"""What hangs on units that change: their open tasks, their people, the groups they belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nhipcau.people.models import Membership
from nhipcau.plans.queries.tables import tasks_of_units
from nhipcau.registry.models import Area, AreaTag, Document, Unit, UnitGroup
from nhipcau.registry.queries.areas import ids_inside

MOST_DOCUMENTS = 400
MARK = " · "


@dataclass(frozen=True, slots=True)
class Choice:
    """What a field offers: the words that are typed, and what they mean."""

    words: str
    key: int


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


def units_to_choose(*, on: date) -> list[Choice]:
    """The units of the day in words of which each means one: the name, or the name and its key.

    One query.
    """
    units = Unit.objects.current(on=on).order_by("label", "pk")
    return _told_apart(list(units.values_list("pk", "label", "key")))


def areas_to_choose(*, kind: str) -> list[Choice]:
    """The areas of the kind that have not ended, in words of which each means one. One query."""
    areas = Area.objects.filter(kind=kind, valid_to__isnull=True).order_by("label", "pk")
    return _told_apart(list(areas.values_list("pk", "label", "key")))


def _told_apart(rows: Sequence[tuple[int, str, str]]) -> list[Choice]:
    bearing = Counter(label for _pk, label, _key in rows)
    return [
        Choice(label if bearing[label] == 1 else f"{label}{MARK}{key}", pk)
        for pk, label, key in rows
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
