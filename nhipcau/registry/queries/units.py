"""Units as of a day: names, members of groups, successors."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from nhipcau.registry.enums import NameKind, Side
from nhipcau.registry.models import Area, AreaTag, Unit, UnitChange, UnitGroup, UnitName
from nhipcau.registry.queries.areas import ids_inside
from nhipcau.registry.rules.succession import Change, successors


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
    return [
        Change(
            kind=change.kind,
            on=change.on,
            from_ids=frozenset(
                part.unit_id for part in change.parts.all() if part.side == Side.FROM
            ),
            to_ids=frozenset(part.unit_id for part in change.parts.all() if part.side == Side.TO),
            function=change.function,
        )
        for change in UnitChange.objects.prefetch_related("parts").order_by("on", "pk")
    ]


def unit_successors(unit: Unit, *, as_of: date, function: str | None = None) -> list[Unit]:
    """The units that stand for `unit` on the day, or to which the function went. Three queries."""
    found = successors(unit.pk, unit_changes(), as_of=as_of, function=function)
    return list(Unit.objects.filter(pk__in=found).order_by("label", "pk"))


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
