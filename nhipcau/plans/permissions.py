"""Who may do what with plans; when it is possible is a matter of the rules.

The questions are asked of a person's rights, which are read once per request.
"""

from __future__ import annotations

from nhipcau.people.enums import Permission
from nhipcau.people.queries import Rights
from nhipcau.registry.models import Unit


def may_read(rights: Rights) -> bool:
    """Everybody with a role anywhere in the house sees the plans: they are orders to all."""
    return rights.may(Permission.PLANS_READ)


def may_import(rights: Rights, *, unit: Unit | None) -> bool:
    """Planners of the unit; without a unit, a planner of any unit."""
    return rights.may(Permission.PLANS_IMPORT, None if unit is None else unit.pk)


def may_accept(rights: Rights, *, unit: Unit | None) -> bool:
    """Whoever may bind the unit to the plan's tasks; without a unit, in any unit."""
    return rights.may(Permission.PLANS_ACCEPT, None if unit is None else unit.pk)


def may_make_units(rights: Rights) -> bool:
    """Whoever keeps the registry may bring a unit on record while reviewing a plan."""
    return rights.may(Permission.REGISTRY_CHANGE)
