"""Persons as such: entering one, correcting what is kept, verifying a contact."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.audit.rules import Personal
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical
from nhipcau.people.enums import Obstacle, PersonKind, Verification
from nhipcau.people.errors import ContactTaken, PeopleRuleBroken
from nhipcau.people.models import Person, User


def _refuse_taken(email: str, *, but: Person | None = None) -> None:
    others = Person.objects.filter(email__iexact=email)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if email and others.exists():
        raise ContactTaken(_("Another person already has this e-mail address."))


@transaction.atomic
def add_person(
    *,
    full_name: str,
    email: str = "",
    kind: PersonKind = PersonKind.STAFF,
    affiliation: str = "",
    by: Actor,
    at: datetime,
) -> Person:
    """Enter somebody who acts or is named; an account is another matter (`invite`).

    Raises ContactTaken when another person has the address.
    """
    email = email.strip().lower()
    _refuse_taken(email)
    person = Person.objects.create(
        full_name=canonical(full_name),
        email=email,
        kind=kind,
        affiliation=canonical(affiliation),
    )
    record(
        event="people.person.added",
        target=person,
        by=by,
        at=at,
        after={
            "kind": str(kind),
            "full_name": Personal(person.full_name),
            "email": Personal(person.email),
        },
    )
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    full_name: str,
    email: str,
    kind: PersonKind,
    affiliation: str,
    by: Actor,
    at: datetime,
) -> Person:
    """Correct what is kept about a person. A new address counts as unverified.

    Whoever has an account changes its address alone (`take_address`). Raises ContactTaken, or
    PeopleRuleBroken for the address of an account and for somebody who has left.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.has_left(on=timezone.localdate(at)):
        raise PeopleRuleBroken([Obstacle.HAS_LEFT])
    email = email.strip().lower()
    _refuse_taken(email, but=person)
    wanted = {
        "full_name": canonical(full_name),
        "email": email,
        "kind": str(kind),
        "affiliation": canonical(affiliation),
    }
    changed = [name for name, value in wanted.items() if getattr(person, name) != value]
    if not changed:
        return person
    if "email" in changed and User.objects.filter(person=person).exists():
        raise PeopleRuleBroken([Obstacle.ADDRESS_OF_AN_ACCOUNT])
    before = {name: Personal(getattr(person, name)) for name in changed}
    for name in changed:
        setattr(person, name, wanted[name])
    if "email" in changed:
        person.email_verified_at = None
    person.save()
    record(
        event="people.person.changed",
        target=person,
        by=by,
        at=at,
        before=before,
        after={name: Personal(wanted[name]) for name in changed},
    )
    return person


@transaction.atomic
def verify_contact(*, person: Person, how: Verification, by: Actor, at: datetime) -> Person:
    """Note that the person has been reached under the address that `person` says.

    Who noted it, when and how stands in the diary (`queries.contact_of`). Raises PeopleRuleBroken
    without an address, when it is another by now, and for somebody who has left.
    """
    seen = person.email
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.has_left(on=timezone.localdate(at)):
        raise PeopleRuleBroken([Obstacle.HAS_LEFT])
    if not person.email:
        raise PeopleRuleBroken([Obstacle.NO_CONTACT])
    if person.email != seen:
        raise PeopleRuleBroken([Obstacle.ADDRESS_IS_ANOTHER])
    person.email_verified_at = at
    person.save(update_fields=["email_verified_at"])
    record(event="people.contact.verified", target=person, by=by, at=at, after={"how": str(how)})
    return person
