"""When somebody leaves: what hangs on the person is passed on, the account closes, data go."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.people.actions.accounts import cancel_invitation, close_account
from nhipcau.people.actions.roles import (
    end_charge,
    end_delegation,
    end_role,
    put_in_charge,
)
from nhipcau.people.enums import Obstacle
from nhipcau.people.errors import PeopleRuleBroken
from nhipcau.people.models import Charge, Delegation, Membership, Person, User
from nhipcau.people.queries import open_responsibilities, personal_data_of
from nhipcau.people.signals import (
    Responsibility,
    person_erased,
    person_left,
    responsibilities_handed_over,
)


@transaction.atomic
def hand_over(
    *, giver: Person, taker: Person, on: date, by: Actor, at: datetime
) -> list[Responsibility]:
    """Pass everything open from one person to another; returns what was passed on.

    The giver stays. Roles are no responsibilities: they are given by `give_role`. The rooms
    above pass on theirs in the same transaction. Raises PeopleRuleBroken.
    """
    if giver.pk == taker.pk:
        raise PeopleRuleBroken([Obstacle.TO_ONESELF])
    if taker.has_left(on=on):
        raise PeopleRuleBroken([Obstacle.HAS_LEFT])
    passed_on = open_responsibilities(giver, on=on)
    charges = Charge.objects.ending_after(on).lasting().filter(person=giver).select_related("unit")
    for charge in charges:
        start, until, unit = max(on, charge.valid_from), charge.valid_to, charge.unit
        end_charge(charge=charge, until=start, by=by, at=at)
        put_in_charge(
            person=taker,
            unit=unit,
            start=start,
            until=until,
            document=charge.document,
            by=by,
            at=at,
        )
    responsibilities_handed_over.send(sender=Person, giver=giver, taker=taker, by=by, at=at)
    record(
        event="people.responsibilities.handed_over",
        target=giver,
        by=by,
        at=at,
        after={"taker": taker.actor_key, "keys": [each.key for each in passed_on]},
    )
    return passed_on


@transaction.atomic
def leave(
    *, person: Person, on: date, successor: Person | None = None, by: Actor, at: datetime
) -> list[Responsibility]:
    """The person leaves; `on` is the first day without him or her. Returns what was passed on.

    Roles and delegations end, open invitations are cancelled, the account closes at once. Raises
    PeopleRuleBroken when something is open and nobody takes it over, when the person has left
    already, or is the last operator; nothing is changed then.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.left_on is not None:
        raise PeopleRuleBroken([Obstacle.ALREADY_LEFT])
    passed_on: list[Responsibility] = []
    if successor is not None:
        passed_on = hand_over(giver=person, taker=successor, on=on, by=by, at=at)
    if open_responsibilities(person, on=on):
        raise PeopleRuleBroken([Obstacle.OPEN_WITHOUT_SUCCESSOR])
    for membership in Membership.objects.ending_after(on).lasting().filter(person=person):
        end_role(membership=membership, until=max(on, membership.valid_from), by=by, at=at)
    for side in ("giver", "taker"):
        for delegation in Delegation.objects.ending_after(on).lasting().filter(**{side: person}):
            end_delegation(
                delegation=delegation, until=max(on, delegation.valid_from), by=by, at=at
            )
    for invitation in person.invitations.filter(
        accepted_at__isnull=True, cancelled_at__isnull=True
    ):
        cancel_invitation(invitation=invitation, by=by, at=at)
    user = User.objects.filter(person=person).first()
    if user is not None:
        close_account(user=user, by=by, at=at)
    person.left_on = on
    person.save(update_fields=["left_on"])
    person_left.send(sender=Person, person=person, by=by, at=at)
    record(event="people.person.left", target=person, by=by, at=at, after={"on": on.isoformat()})
    return passed_on


@transaction.atomic
def erase_person(*, person: Person, by: Actor, at: datetime) -> Person:
    """Erase what is personal about somebody who has left; key and deeds stay.

    The row keeps its key, so that the diary and four eyes still hold; the name becomes a
    pseudonym. Erasing twice changes nothing. Raises PeopleRuleBroken while the person is here.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.has_left(on=timezone.localdate(at)):
        raise PeopleRuleBroken([Obstacle.STILL_HERE])
    if person.erased_at is not None:
        return person
    person.full_name = _("Former officer %(number)s") % {"number": person.pk}
    person.affiliation = ""
    person.email = ""
    person.email_verified_at = None
    person.erased_at = at
    person.save()
    user = User.objects.filter(person=person).first()
    if user is not None:
        EmailAddress.objects.filter(user=user).delete()
        # .invalid never receives mail: RFC 2606.
        user.email = f"person-{person.pk}@erased.invalid"
        user.last_login = None
        user.save(update_fields=["email", "last_login"])
    person_erased.send(sender=Person, person=person, by=by, at=at)
    record(event="people.person.erased", target=person, by=by, at=at)
    return person


@transaction.atomic
def export_person_data(*, person: Person, by: Actor, at: datetime) -> dict[str, Any]:
    """A copy of everything this room keeps about the person; that it was made is recorded."""
    copy = personal_data_of(person)
    record(event="people.person.copy_made", target=person, by=by, at=at)
    return copy
