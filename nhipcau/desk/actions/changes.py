"""Recording a change of units or areas with what it means, and looking at that beforehand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.desk.queries.changes import (
    HangsOnArea,
    HangsOnUnit,
    Row,
    belonging,
    roles_on,
    what_hangs_on,
)
from nhipcau.kernel.actor import Actor
from nhipcau.people.actions.roles import give_role
from nhipcau.people.enums import Obstacle, Permission, Reach, Role
from nhipcau.people.errors import PeopleRuleBroken
from nhipcau.people.models import Membership
from nhipcau.people.queries import people_who_may
from nhipcau.registry.actions.changes import New, tell_change
from nhipcau.registry.enums import Side
from nhipcau.registry.errors import ChangeRefused
from nhipcau.registry.models import AreaChange, Document, Unit, UnitChange

# A role that is held already needs no giving; who left by then gets none.
NO_NEED = frozenset({Obstacle.HELD_ALREADY, Obstacle.HAS_LEFT})


@dataclass(frozen=True, slots=True)
class Telling:
    """A change of units, or of areas, as somebody tells it: what `tell_change` takes.

    `carry`: roles go over to the unit that follows.
    """

    kind: str
    on: date
    before: Sequence[Row]
    after: Sequence[Row] = ()
    new: Sequence[New[Any]] = ()
    function: str = ""
    new_name: str = ""
    keep_traits: bool = False
    document: Document | None = None
    source: str = ""
    carry: bool = False

    @property
    def of_units(self) -> bool:
        return isinstance(self.before[0], Unit)


@dataclass(frozen=True, slots=True)
class Result:
    """What stands after the change; `belongs`: to which groups, or with which border traits."""

    name: str
    is_new: bool
    was_there: bool
    belongs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What will be so from the day on."""

    told: Telling
    before: Sequence[str]
    ended: Sequence[HangsOnUnit | HangsOnArea]
    results: Sequence[Result]
    given: int
    own: int


@dataclass(slots=True)
class _Carried:
    given: int = 0
    own: list[Membership] = field(default_factory=list)


@transaction.atomic
def record_change(*, telling: Telling, by: Actor, at: datetime) -> UnitChange | AreaChange:
    """Record the change and, where asked, give the people their roles in the unit that follows.

    Raises what `tell_change` raises, and ChangeRefused when the change would leave nobody who may
    give roles; nothing is changed then.
    """
    change, _carried = _record(telling, by, at)
    return change


def foresee(*, telling: Telling, by: Actor, at: datetime) -> Foreseen:
    """What the change would mean: it is tried and undone. Raises what recording it would raise."""
    on = telling.on
    hanging = what_hangs_on(telling.before, on=on)
    standing = {row.pk for row in (*telling.before, *telling.after)}
    member = "unit" if telling.of_units else "area"
    with transaction.atomic():
        change, carried = _record(telling, by, at)
        parts = change.parts.select_related(member).order_by(f"{member}__label", "pk")
        sides: dict[str, list[Any]] = {Side.FROM: [], Side.TO: []}
        for part in parts:
            sides[part.side].append(getattr(part, member))
        belongs = belonging(sides[Side.TO], on=on)
        foreseen = Foreseen(
            told=telling,
            before=[hanging[row.pk].name for row in sides[Side.FROM]],
            ended=[hanging[row.pk] for row in sides[Side.FROM] if row.valid_to == on],
            results=[
                Result(
                    name=row.label,
                    is_new=row.pk not in standing,
                    was_there=row.pk in hanging,
                    belongs=belongs.get(row.pk, []),
                )
                for row in sides[Side.TO]
            ],
            given=carried.given,
            own=len(carried.own),
        )
        transaction.set_rollback(True)
    return foreseen


def _record(telling: Telling, by: Actor, at: datetime) -> tuple[UnitChange | AreaChange, _Carried]:
    had_operators = _there_are_operators(telling.on)
    roles: list[Membership] = []
    if telling.carry:
        units = [row for row in telling.before if isinstance(row, Unit)]
        roles = roles_on(units, on=telling.on)
    before: Any = telling.before  # units or areas, never both
    change = tell_change(
        kind=telling.kind,
        on=telling.on,
        before=before,
        after=telling.after,
        new=telling.new,
        function=telling.function,
        new_name=telling.new_name,
        keep_traits=telling.keep_traits,
        document=telling.document,
        source=telling.source,
        by=by,
        at=at,
    )
    carried = _Carried()
    if telling.carry:
        heirs = list(Unit.objects.filter(changes__change=change.pk, changes__side=Side.TO))
        if len(heirs) == 1:
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
