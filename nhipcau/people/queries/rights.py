"""Who may do what, where, on which day.

Price: `rights_of` one query, everything asked of its answer none; so ask for a person's
rights once and then as often as needed. `may` and `may_clear` cost the same one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from nhipcau.kernel.compiled import Compiled
from nhipcau.people.enums import Permission, Reach, Role
from nhipcau.people.models import (
    Charge,
    DelegatedRole,
    Membership,
    Person,
    SecondFactorRule,
    User,
)
from nhipcau.people.permissions import Grant, Rights, roles_with
from nhipcau.registry.models import Unit

NOTHING = Rights(())


def _memberships(*, on: date) -> QuerySet[Membership]:
    """Memberships that count on the day: a role ends with its unit, and when its holder leaves."""
    return Membership.objects.on(on).filter(
        Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gt=on),
        Q(person__left_on__isnull=True) | Q(person__left_on__gt=on),
    )


def _delegated_roles(*, on: date) -> QuerySet[Any]:
    """Delegated roles that count on the day, with the giver's reach as `reach`."""
    giver_holds = _memberships(on=on).filter(
        person=OuterRef("delegation__giver"),
        unit=OuterRef("delegation__unit"),
        role=OuterRef("role"),
    )
    return (
        DelegatedRole.objects.filter(
            Q(delegation__taker__left_on__isnull=True) | Q(delegation__taker__left_on__gt=on),
            delegation__valid_from__lte=on,
            delegation__valid_to__gt=on,
        )
        .annotate(reach=Subquery(giver_holds.values("reach")[:1]))
        .filter(reach__isnull=False)
    )


def _grants(*, person: int, on: date) -> QuerySet[Any, tuple[Any, ...]]:
    """Unit, role, reach, giver or nobody, whether a second factor is wanted, since when, key."""
    rule = SecondFactorRule.objects.on(on).lasting().filter(role=OuterRef("role"))
    own = (
        _memberships(on=on)
        .filter(person=person)
        .annotate(giver=Value(None, BigIntegerField()), second_factor=Exists(rule))
        .values_list("unit_id", "role", "reach", "giver", "second_factor", F("valid_from"), F("pk"))
    )
    delegated = (
        _delegated_roles(on=on)
        .filter(delegation__taker=person)
        .annotate(second_factor=Exists(rule))
        .values_list(
            "delegation__unit_id",
            "role",
            "reach",
            "delegation__giver_id",
            "second_factor",
            "delegation__valid_from",
            "pk",
        )
    )
    return own.union(delegated, all=True)


# Asked by every request of whoever is signed in.
GRANTS = Compiled(_grants, person=-1_946_091_402, on=date(1946, 9, 2))


def rights_of(person: Person, *, on: date) -> Rights:
    """Everything that the person may do on the day, delegated powers included. One query."""
    # Own roles first, and each kind in the order in which it was given.
    rows = sorted(
        GRANTS.rows(person=person.pk, on=on), key=lambda row: (row[3] is not None, row[5], row[6])
    )
    return Rights(
        tuple(
            Grant(
                person.pk,
                unit_id,
                Role(role),
                Reach(reach),
                on_behalf_of=giver_id,
                wants_second_factor=bool(second_factor),
            )
            for unit_id, role, reach, giver_id, second_factor, _start, _key in rows
        )
    )


def rights_of_user(user: User | AnonymousUser) -> Rights:
    """The rights of whoever is signed in, today; read once per user object, that is per request."""
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    kept: Rights | None = getattr(user, "_rights_today", None)
    if kept is None:
        kept = rights_of(user.person, on=timezone.localdate())
        user._rights_today = kept  # type: ignore[attr-defined] # noqa: SLF001 -- kept on the object, as Django keeps its permissions
    return kept


def may(person: Person, permission: Permission, unit: Unit | None, *, on: date) -> bool:
    """Whether the person has the permission in the unit on the day; None: in any unit."""
    return rights_of(person, on=on).may(permission, None if unit is None else unit.pk)


def may_clear(
    person: Person,
    permission: Permission,
    unit: Unit | None,
    *,
    on: date,
    written_by: Collection[Person],
) -> bool:
    """As `may`, under four eyes: never for what the person, or the giver of the power, wrote."""
    return rights_of(person, on=on).may_clear(
        permission,
        None if unit is None else unit.pk,
        written_by={writer.pk for writer in written_by},
    )


def people_who_may(permission: Permission, unit: Unit | None, *, on: date) -> QuerySet[Person]:
    """Everybody with the permission in the unit (None: in any) on the day, by name. One query."""
    roles = roles_with(permission)
    here = Q() if unit is None else Q(unit=unit) | Q(reach=Reach.HOUSE)
    there = Q() if unit is None else Q(delegation__unit=unit) | Q(reach=Reach.HOUSE)
    own = _memberships(on=on).filter(here, person=OuterRef("pk"), role__in=roles)
    delegated = _delegated_roles(on=on).filter(
        there, delegation__taker=OuterRef("pk"), role__in=roles
    )
    return Person.objects.filter(Exists(own) | Exists(delegated)).order_by("full_name", "pk")


def units_where(person: Person, permission: Permission, *, on: date) -> QuerySet[Unit]:
    """The units in which the person has the permission on the day. One query, and the answer's.

    With a reach over the whole house: every unit of that day.
    """
    rights = rights_of(person, on=on)
    units = Unit.objects.current(on=on).order_by("label", "pk")
    if rights.reaches_every_unit(permission):
        return units
    return units.filter(pk__in=rights.unit_ids(permission))


def units_of(person: Person, *, on: date) -> list[Unit]:
    """The units on whose behalf the person can act, own roles first. Two queries."""
    keys = rights_of(person, on=on).units_in_order
    units = Unit.objects.in_bulk(keys)
    return [units[key] for key in keys]


def charge_of(unit: Unit, *, on: date) -> Charge | None:
    """Who is in charge of the unit's work on the day. One query."""
    return Charge.objects.on(on).lasting().filter(unit=unit).select_related("person").first()


def persons_in_charge(units: Iterable[Unit], *, on: date) -> dict[int, Person]:
    """Unit id -> the person in charge on the day, for lists. One query."""
    charges = (
        Charge.objects.on(on)
        .lasting()
        .filter(unit__in=[unit.pk for unit in units])
        .select_related("person")
    )
    return {charge.unit_id: charge.person for charge in charges}


def demanded_second_factor(person: Person, *, on: date) -> frozenset[Role]:
    """The roles of the person, delegated ones too, that demand a second factor. One query."""
    return rights_of(person, on=on).demanding_second_factor
