"""Giving, ending and delegating roles; naming who is in charge.

Days are half open: `until` is the first day on which something no longer holds.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.intervals import Interval
from nhipcau.people.enums import Obstacle, Reach, Role
from nhipcau.people.errors import PeopleRuleBroken
from nhipcau.people.models import (
    Charge,
    DelegatedRole,
    Delegation,
    Membership,
    Person,
    SecondFactorRule,
)
from nhipcau.people.rules import covers_whole, obstacles_to_a_time, overlaps_any
from nhipcau.registry.models import Document, Unit


def _locked(person: Person) -> Person:
    """The person's row, so that two clerks do not give the same thing at the same moment."""
    return Person.objects.select_for_update().get(pk=person.pk)


def _refuse(obstacles: Collection[Obstacle]) -> None:
    if obstacles:
        raise PeopleRuleBroken(list(dict.fromkeys(obstacles)))


@transaction.atomic
def give_role(
    *,
    person: Person,
    unit: Unit,
    role: Role,
    start: date,
    until: date | None = None,
    reach: Reach = Reach.UNIT,
    document: Document | None = None,
    by: Actor,
    at: datetime,
) -> Membership:
    """Let the person hold a role in the unit. Raises PeopleRuleBroken with every obstacle."""
    person = _locked(person)
    obstacles = obstacles_to_a_time(start, until, unit.interval)
    if person.has_left(on=start):
        obstacles.append(Obstacle.HAS_LEFT)
    if by.actor_key == person.actor_key:
        obstacles.append(Obstacle.OWN_ROLE)
    if Obstacle.ENDS_BEFORE_IT_BEGINS not in obstacles and overlaps_any(
        Interval(start, until),
        [
            row.interval
            for row in Membership.objects.lasting().filter(person=person, unit=unit, role=role)
        ],
    ):
        obstacles.append(Obstacle.HELD_ALREADY)
    _refuse(obstacles)
    membership = Membership.objects.create(
        person=person,
        unit=unit,
        role=role,
        reach=reach,
        valid_from=start,
        valid_to=until,
        document=document,
    )
    record(
        event="people.role.given",
        target=membership,
        by=by,
        at=at,
        after={
            "person": person.actor_key,
            "unit": unit.key,
            "role": str(role),
            "reach": str(reach),
            "from": start.isoformat(),
            "until": until and until.isoformat(),
        },
    )
    return membership


@transaction.atomic
def end_role(*, membership: Membership, until: date, by: Actor, at: datetime) -> Membership:
    """End a role; `until` is the first day on which it is no longer held.

    The day it began is allowed: a role given by mistake. Raises PeopleRuleBroken for an earlier
    day, and when the house would be left without an operator.
    """
    membership = Membership.objects.select_for_update().select_related("unit").get(pk=membership.pk)
    if until < membership.valid_from:
        raise PeopleRuleBroken([Obstacle.ENDS_BEFORE_IT_BEGINS])
    if membership.role == Role.OPERATOR and not _other_operators(membership.person_id, on=until):
        raise PeopleRuleBroken([Obstacle.LAST_OPERATOR])
    before = membership.valid_to
    membership.valid_to = until
    membership.save(update_fields=["valid_to"])
    record(
        event="people.role.ended",
        target=membership,
        by=by,
        at=at,
        before={"until": before and before.isoformat()},
        after={"until": until.isoformat()},
    )
    return membership


def _other_operators(person_id: int, *, on: date) -> bool:
    """Whether somebody else, with an account, is operator on the day and after."""
    return (
        Membership.objects.on(on)
        .filter(role=Role.OPERATOR, person__user__is_active=True)
        .exclude(person_id=person_id)
        .exists()
    )


@transaction.atomic
def put_in_charge(
    *,
    person: Person,
    unit: Unit,
    start: date,
    until: date | None = None,
    document: Document | None = None,
    by: Actor,
    at: datetime,
) -> Charge:
    """Name the person in charge of the unit's work; one at a time.

    Raises PeopleRuleBroken when somebody else is in charge during that time.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    obstacles = obstacles_to_a_time(start, until, unit.interval)
    if _locked(person).has_left(on=start):
        obstacles.append(Obstacle.HAS_LEFT)
    if Obstacle.ENDS_BEFORE_IT_BEGINS not in obstacles and overlaps_any(
        Interval(start, until),
        [row.interval for row in Charge.objects.lasting().filter(unit=unit)],
    ):
        obstacles.append(Obstacle.CHARGE_TAKEN)
    _refuse(obstacles)
    charge = Charge.objects.create(
        person=person, unit=unit, valid_from=start, valid_to=until, document=document
    )
    record(
        event="people.charge.given",
        target=charge,
        by=by,
        at=at,
        after={"person": person.actor_key, "unit": unit.key, "from": start.isoformat()},
    )
    return charge


@transaction.atomic
def end_charge(*, charge: Charge, until: date, by: Actor, at: datetime) -> Charge:
    """From `until` on the person is no longer in charge."""
    charge = Charge.objects.select_for_update().select_related("unit", "person").get(pk=charge.pk)
    if until < charge.valid_from:
        raise PeopleRuleBroken([Obstacle.ENDS_BEFORE_IT_BEGINS])
    charge.valid_to = until
    charge.save(update_fields=["valid_to"])
    record(
        event="people.charge.ended", target=charge, by=by, at=at, after={"until": until.isoformat()}
    )
    return charge


@transaction.atomic
def delegate(
    *,
    giver: Person,
    taker: Person,
    unit: Unit,
    roles: Collection[Role],
    start: date,
    until: date,
    document: Document | None = None,
    by: Actor,
    at: datetime,
) -> Delegation:
    """Let `taker` exercise roles of `giver` in the unit for a time.

    Only roles that the giver holds there himself over the whole time, so that nothing is passed
    on. Raises PeopleRuleBroken with every obstacle.
    """
    giver = _locked(giver)
    obstacles = obstacles_to_a_time(start, until, unit.interval)
    if giver.pk == taker.pk:
        obstacles.append(Obstacle.TO_ONESELF)
    if taker.has_left(on=start):
        obstacles.append(Obstacle.HAS_LEFT)
    if not roles:
        obstacles.append(Obstacle.NO_ROLE_NAMED)
    if Obstacle.ENDS_BEFORE_IT_BEGINS not in obstacles:
        held = list(Membership.objects.lasting().filter(person=giver, unit=unit, role__in=roles))
        for role in roles:
            intervals = [row.interval for row in held if row.role == role]
            if not covers_whole(Interval(start, until), intervals):
                obstacles.append(Obstacle.ROLE_NOT_HELD)
    _refuse(obstacles)
    delegation = Delegation.objects.create(
        giver=giver, taker=taker, unit=unit, valid_from=start, valid_to=until, document=document
    )
    DelegatedRole.objects.bulk_create(
        DelegatedRole(delegation=delegation, role=role) for role in sorted(set(roles))
    )
    record(
        event="people.delegation.given",
        target=delegation,
        by=by,
        at=at,
        after={
            "giver": giver.actor_key,
            "taker": taker.actor_key,
            "unit": unit.key,
            "roles": sorted(set(roles)),
            "from": start.isoformat(),
            "until": until.isoformat(),
        },
    )
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, until: date, by: Actor, at: datetime) -> Delegation:
    """Take a delegation back before its end; `until` is the first day without it."""
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if until < delegation.valid_from or (delegation.valid_to and until > delegation.valid_to):
        raise PeopleRuleBroken([Obstacle.ENDS_BEFORE_IT_BEGINS])
    delegation.valid_to = until
    delegation.save(update_fields=["valid_to"])
    record(
        event="people.delegation.ended",
        target=delegation,
        by=by,
        at=at,
        after={"until": until.isoformat()},
    )
    return delegation


@transaction.atomic
def demand_second_factor(
    *,
    roles: Collection[Role],
    start: date,
    document: Document | None = None,
    by: Actor,
    at: datetime,
) -> list[SecondFactorRule]:
    """From the day on, whoever holds one of the roles signs in with a second factor.

    Roles for which that is demanded already are passed over.
    """
    _refuse([] if roles else [Obstacle.NO_ROLE_NAMED])
    known = {
        Role(rule.role)
        for rule in SecondFactorRule.objects.filter(valid_to__isnull=True, role__in=roles)
    }
    rules = []
    for role in sorted(set(roles) - known):
        rule = SecondFactorRule.objects.create(role=role, valid_from=start, document=document)
        record(
            event="people.second_factor.demanded",
            target=rule,
            by=by,
            at=at,
            after={"role": str(role), "from": start.isoformat()},
        )
        rules.append(rule)
    return rules


@transaction.atomic
def stop_demanding_second_factor(
    *, rule: SecondFactorRule, until: date, by: Actor, at: datetime
) -> SecondFactorRule:
    """From `until` on the role signs in without a second factor again."""
    rule = SecondFactorRule.objects.select_for_update().get(pk=rule.pk)
    if until < rule.valid_from:
        raise PeopleRuleBroken([Obstacle.ENDS_BEFORE_IT_BEGINS])
    rule.valid_to = until
    rule.save(update_fields=["valid_to"])
    record(
        event="people.second_factor.no_longer_demanded",
        target=rule,
        by=by,
        at=at,
        after={"role": rule.role, "until": until.isoformat()},
    )
    return rule
