"""Units as of a day: names, members of groups, successors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nhipcau.registry.enums import ChangeKind, NameKind, Side
from nhipcau.registry.models import (
    Area,
    AreaTag,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitGroup,
    UnitName,
)
from nhipcau.registry.queries.areas import ids_inside
from nhipcau.registry.rules.succession import Change, Forebear, followers, forebears, successors


def names_on(units: Collection[Unit], *, on: date) -> dict[int, str]:
    """The official name of each unit on the day, by id; its label where none is on record.

    One query, however many units.
    """
    found = {unit.pk: unit.label for unit in units}
    rows = (
        UnitName.objects.current(on=on)
        .filter(unit__in=[unit.pk for unit in units], kind=NameKind.OFFICIAL)
        .order_by("valid_from")
        .values_list("unit_id", "text")
    )
    found.update(rows)
    return found


def unit_changes() -> list[Change]:
    """Every change of units on record, for the rules of succession. Two queries."""
    sides: dict[tuple[int, str], set[int]] = defaultdict(set)
    parts = UnitChangePart.objects.values_list("change_id", "side", "unit_id")
    for change_id, side, unit_id in parts:
        sides[change_id, side].add(unit_id)
    changes = UnitChange.objects.order_by("on", "pk").values_list("pk", "kind", "on", "function")
    return [
        Change(
            kind=kind,
            on=on,
            from_ids=frozenset(sides[pk, Side.FROM]),
            to_ids=frozenset(sides[pk, Side.TO]),
            function=function,
        )
        for pk, kind, on, function in changes
    ]


def unit_successors(unit: Unit, *, as_of: date, function: str | None = None) -> list[Unit]:
    """The units that stand for `unit` on the day, or to which the function went. Three queries."""
    found = successors(unit.pk, unit_changes(), as_of=as_of, function=function)
    return list(Unit.objects.filter(pk__in=found).order_by("label", "pk"))


@dataclass(frozen=True, slots=True)
class Succession:
    """Which units took whose place by a day, with the names of all of them by id."""

    on: date
    changes: Sequence[Change]
    labels: Mapping[int, str]

    def forebears(self, units: Collection[int]) -> list[Forebear]:
        """Whose place the units have taken, the latest change first."""
        return forebears(units, self.changes, as_of=self.on)

    def followers(self, units: Collection[int]) -> dict[int, str]:
        """Who has taken the place of the units: names by id."""
        return {key: self.labels[key] for key in followers(units, self.changes, as_of=self.on)}


def unit_succession(*, on: date) -> Succession:
    """Mergers and splits of units as known on the day. One query."""
    sides: dict[tuple[int, str, date], dict[str, set[int]]] = {}
    labels: dict[int, str] = {}
    parts = UnitChangePart.objects.filter(
        change__kind__in=[ChangeKind.MERGE, ChangeKind.SPLIT], change__on__lte=on
    )
    for change_id, kind, day, side, unit_id, label in parts.values_list(
        "change_id", "change__kind", "change__on", "side", "unit_id", "unit__label"
    ):
        told = sides.setdefault((change_id, kind, day), {Side.FROM: set(), Side.TO: set()})
        told[side].add(unit_id)
        labels[unit_id] = label
    changes = [
        Change(kind, day, frozenset(told[Side.FROM]), frozenset(told[Side.TO]))
        for (_change, kind, day), told in sides.items()
    ]
    return Succession(on, changes, labels)


def group_members(group: UnitGroup, *, on: date, within: Area | None = None) -> list[Unit]:
    """The units that the group's rule names on the day, inside `within` or the group's own area.

    Three queries at most. An open-ended group names nobody.
    """
    if group.open_ended:
        return []
    units = Unit.objects.current(on=on).filter(kind=group.unit_kind)
    if group.area_kind:
        units = units.filter(area__kind=group.area_kind)
    if group.area_trait:
        tagged = AreaTag.objects.current(on=on).filter(trait=group.area_trait)
        units = units.filter(area__in=tagged.values("area"))
    scope = within if within is not None else group.within
    if scope is not None:
        units = units.filter(area__in=ids_inside(scope, on=on))
    return list(units.order_by("label", "pk"))
