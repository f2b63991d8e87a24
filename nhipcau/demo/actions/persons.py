"""The invented persons: entered, given their roles, let in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from nhipcau.demo.sample.persons import DELEGATION, PARTS, PASSWORD, names_for
from nhipcau.kernel.actor import Actor
from nhipcau.people.actions import (
    Hashed,
    add_person,
    delegate,
    give_role,
    open_account,
    put_in_charge,
    verify_contact,
)
from nhipcau.people.enums import Verification
from nhipcau.people.models import Person
from nhipcau.registry.models import Unit

DELEGATION_LASTS = timedelta(days=30)


def put_persons_on_record(*, seed: int, by: Actor, at: datetime) -> Mapping[str, Person]:
    """Every part of the sample as a person, by its key."""
    names = names_for(seed)
    units = Unit.objects.in_bulk([part.unit for part in PARTS], field_name="key")
    # Hashing takes a quarter of a second on purpose; one password known to all is hashed once.
    password = Hashed(make_password(PASSWORD))
    persons: dict[str, Person] = {}
    for part in PARTS:
        unit = units[part.unit]
        person = add_person(
            full_name=names[part.key],
            email=part.email,
            kind=part.kind,
            affiliation=part.what,
            by=by,
            at=at,
        )
        for role in part.roles:
            give_role(
                person=person,
                unit=unit,
                role=role,
                reach=part.reach,
                start=part.since,
                by=by,
                at=at,
            )
        if part.is_in_charge:
            put_in_charge(person=person, unit=unit, start=part.since, by=by, at=at)
        if part.has_account:
            open_account(person=person, password=password, by=by, at=at)
        else:
            verify_contact(person=person, how=Verification.IN_PERSON, by=by, at=at)
        person.act_for(unit)
        persons[part.key] = person
    giver, taker, unit_key, role = DELEGATION
    today = timezone.localdate(at)
    delegate(
        giver=persons[giver],
        taker=persons[taker],
        unit=units[unit_key],
        roles=[role],
        start=today,
        until=today + DELEGATION_LASTS,
        by=persons[giver],
        at=at,
    )
    return persons
