"""Recording a change of units with what it means for people, and looking at that beforehand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.desk.queries.unit_changes import groups_of_units, open_tasks_of, roles_on
from nhipcau.kernel.actor import Actor
from nhipcau.people.actions.roles import give_role
from nhipcau.people.enums import Obstacle, Permission, Reach, Role
from nhipcau.people.errors import PeopleRuleBroken
from nhipcau.people.models import Membership
from nhipcau.people.queries import people_who_may
from nhipcau.registry.actions.unit_changes import NewUnit, tell_unit_change
from nhipcau.registry.enums import Side
from nhipcau.registry.errors import ChangeRefused
from nhipcau.registry.models import Document, Unit, UnitChange

# A role that is held already needs no giving; who left by then gets none.
NO_NEED = frozenset({Obstacle.HELD_ALREADY, Obstacle.HAS_LEFT})


@dataclass(frozen=True, slots=True)
class Telling:
    """A change of units as somebody tells it; `carry`: roles go over to the unit that follows."""

    kind: str
    on: date
    before: Sequence[Unit]
    after: Sequence[Unit] = ()
    new: Sequence[NewUnit] = ()
    function: str = ""
    new_name: str = ""
    document: Document | None = None
    source: str = ""
    carry: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """A unit that the change ends, with what hangs on it."""

    name: str
    tasks: int
    people: int
    groups: Sequence[str]
    codes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Result:
    """A unit that stands after the change."""

    name: str
    is_new: bool
    was_there: bool
    groups: Sequence[str]


@dataclass(slots=True)
class Foreseen:
    """What will be so from the day on."""

    kind: str
    on: date
    old_name: str
    new_name: str
    function: str
    ended: list[Ending]
    giving: list[str]
    results: list[Result]
    given: int = 0
    own: int = 0


@dataclass(slots=True)
class _Carried:
    given: int = 0
    own: list[Membership] = field(default_factory=list)


@transaction.atomic
def record_unit_change(*, telling: Telling, by: Actor, at: datetime) -> UnitChange:
    """Record the change and, where asked, give the people their roles in the unit that follows.

    Raises what `tell_unit_change` raises, and ChangeRefused when the change would leave nobody
    who may give roles; nothing is changed then.
    """
    change, _carried = _record(telling, by, at)
    return change


def foresee(*, telling: Telling, by: Actor, at: datetime) -> Foreseen:
    """What the change would mean: it is tried and undone. Raises what recording it would raise."""
    hanging = {
        unit.pk: Ending(
            name=unit.label,
            tasks=open_tasks_of(unit, on=telling.on),
            people=len({role.person_id for role in roles_on([unit], on=telling.on)}),
            groups=(),
            codes=list(unit.codes.filter(valid_to__isnull=True).values_list("code", flat=True)),
        )
        for unit in telling.before
    }
    groups = groups_of_units(telling.before, on=telling.on)
    with transaction.atomic():
        change, carried = _record(telling, by, at)
        foreseen = _as_foreseen(telling, change, hanging, groups)
        foreseen.given, foreseen.own = carried.given, len(carried.own)
        transaction.set_rollback(True)
    return foreseen


def _as_foreseen(
    telling: Telling,
    change: UnitChange,
    hanging: dict[int, Ending],
    groups: dict[int, list[str]],
) -> Foreseen:
    parts = list(change.parts.select_related("unit").order_by("unit__label", "pk"))
    takers = [part.unit for part in parts if part.side == Side.TO]
    belonging = groups_of_units(takers, on=telling.on)
    ended = [
        part.unit for part in parts if part.side == Side.FROM and part.unit.valid_to == telling.on
    ]
    standing = {unit.pk for unit in (*telling.before, *telling.after)}
    return Foreseen(
        kind=telling.kind,
        on=telling.on,
        old_name=hanging[telling.before[0].pk].name,
        new_name=telling.new_name,
        function=telling.function,
        ended=[
            Ending(
                name=hanging[unit.pk].name,
                tasks=hanging[unit.pk].tasks,
                people=hanging[unit.pk].people,
                groups=groups.get(unit.pk, []),
                codes=hanging[unit.pk].codes,
            )
            for unit in ended
        ],
        giving=[part.unit.label for part in parts if part.side == Side.FROM],
        results=[
            Result(
                name=unit.label,
                is_new=unit.pk not in standing,
                was_there=unit.pk in hanging,
                groups=belonging.get(unit.pk, []),
            )
            for unit in takers
        ],
    )


def _record(telling: Telling, by: Actor, at: datetime) -> tuple[UnitChange, _Carried]:
    had_operators = _there_are_operators(telling.on)
    roles = roles_on(telling.before, on=telling.on) if telling.carry else []
    change = tell_unit_change(
        kind=telling.kind,
        on=telling.on,
        before=telling.before,
        after=telling.after,
        new=telling.new,
        function=telling.function,
        new_name=telling.new_name,
        document=telling.document,
        source=telling.source,
        by=by,
        at=at,
    )
    carried = _Carried()
    heirs = list(Unit.objects.filter(changes__change=change, changes__side=Side.TO))
    if telling.carry and len(heirs) == 1:
        carried = _carry(roles, heirs[0], telling, by, at)
    if had_operators and not _there_are_operators(telling.on):
        raise ChangeRefused(
            _(
                "Nobody could give roles any more from that day: the operators’ roles end with "
                "their unit. Give an operator a role in a unit that goes on first."
            )
        )
    return change, carried


def _there_are_operators(on: date) -> bool:
    return people_who_may(Permission.PEOPLE_MANAGE, None, on=on).exists()


def _carry(
    roles: Collection[Membership], heir: Unit, telling: Telling, by: Actor, at: datetime
) -> _Carried:
    """The roles of the units that end, in the unit that follows; nobody gives one to himself."""
    carried = _Carried()
    for held in roles:
        if held.unit_id == heir.pk:
            continue
        try:
            give_role(
                person=held.person,
                unit=heir,
                role=Role(held.role),
                start=max(telling.on, held.valid_from),
                until=held.valid_to,
                reach=Reach(held.reach),
                document=telling.document,
                by=by,
                at=at,
            )
        except PeopleRuleBroken as refusal:
            if Obstacle.OWN_ROLE in refusal.obstacles:
                carried.own.append(held)
            elif not NO_NEED.issuperset(refusal.obstacles):
                raise
        else:
            carried.given += 1
    return carried
