"""Who may do what with plans; when it is possible is a matter of the rules."""

from __future__ import annotations

from datetime import date

from nhipcau.people.enums import Permission
from nhipcau.people.models import Person
from nhipcau.people.queries import may
from nhipcau.registry.models import Unit


def may_read(person: Person, *, on: date) -> bool:
    """Everybody with a role anywhere in the house sees the plans: they are orders to all."""
    return may(person, Permission.PLANS_READ, None, on=on)


def may_import(person: Person, *, unit: Unit | None, on: date) -> bool:
    """Planners of the unit; without a unit, a planner of any unit."""
    return may(person, Permission.PLANS_IMPORT, unit, on=on)


def may_accept(person: Person, *, unit: Unit | None, on: date) -> bool:
    """Whoever may bind the unit to the plan's tasks; without a unit, in any unit."""
    return may(person, Permission.PLANS_ACCEPT, unit, on=on)


def may_make_units(person: Person, *, on: date) -> bool:
    """Whoever keeps the registry may bring a unit on record while reviewing a plan."""
    return may(person, Permission.REGISTRY_CHANGE, None, on=on)
