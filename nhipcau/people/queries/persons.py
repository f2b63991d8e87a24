"""Lists of persons, and what hangs on one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from nhipcau.audit.models import Entry
from nhipcau.kernel.folding import unaccented
from nhipcau.people.enums import PersonKind, Reach, Verification
from nhipcau.people.models import Charge, Delegation, Invitation, Membership, Person, User
from nhipcau.people.signals import Responsibility, responsibilities_asked
from nhipcau.registry.models import Unit


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One person in the list: what he or she holds on the day, and whether there is an account."""

    person: Person
    memberships: tuple[Membership, ...]
    has_account: bool
    has_open_invitation: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """The address of a person, and who saw when and how that it reaches him or her.

    `verified_at` is None while nobody has; `how` and `by` are empty where the diary is silent.
    """

    email: str
    verified_at: datetime | None
    how: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role in words; `until` is the first day without it, `giver` who delegated it."""

    role: str
    unit: str
    everywhere: bool
    until: date | None
    giver: str = ""


def persons_listed(
    *, on: date, words: str = "", kind: PersonKind | None = None, unit: Unit | None = None
) -> list[int]:
    """Keys of the persons who are here on the day, by name, for a list in pages. One query.

    `words` all stand in the name, accents or not. With `unit`: those who hold a role in it.
    """
    persons = Person.objects.here(on=on)
    if kind is not None:
        persons = persons.filter(kind=kind)
    if unit is not None:
        persons = persons.filter(pk__in=_held(on=on).filter(unit=unit).values("person"))
    wanted = unaccented(words).split()
    return [
        key
        for key, name in persons.order_by("full_name", "pk").values_list("pk", "full_name")
        if all(word in unaccented(name) for word in wanted)
    ]


def directory(keys: Sequence[int], *, on: date) -> list[DirectoryRow]:
    """The persons of the keys, in that order, with what they hold on the day. Three queries."""
    waiting = Invitation.objects.filter(accepted_at__isnull=True, cancelled_at__isnull=True)
    held = _held(on=on).select_related("unit").order_by("unit__label", "role")
    persons: dict[int, Any] = (
        Person.objects.select_related("user")
        .prefetch_related(
            Prefetch("memberships", queryset=held, to_attr="held_today"),
            Prefetch("invitations", queryset=waiting, to_attr="waiting_invitations"),
        )
        .in_bulk(keys)
    )
    return [
        DirectoryRow(
            person=person,
            memberships=tuple(person.held_today),
            has_account=hasattr(person, "user") and person.user.is_active,
            has_open_invitation=bool(person.waiting_invitations),
        )
        for person in (persons[key] for key in keys)
    ]


def _held(*, on: date) -> QuerySet[Membership]:
    return Membership.objects.on(on).lasting()


def roles_held(person: Person, *, on: date) -> list[HeldRole]:
    """What the person holds on the day, own and delegated, for his or her own page. 3 queries."""
    own = [
        HeldRole(row.get_role_display(), row.unit.label, row.reach == Reach.HOUSE, row.valid_to)
        for row in Membership.objects.on(on)
        .lasting()
        .filter(person=person)
        .select_related("unit")
        .order_by("unit__label", "role")
    ]
    received = (
        Delegation.objects.on(on)
        .lasting()
        .filter(taker=person)
        .select_related("unit", "giver")
        .prefetch_related("roles")
        .order_by("valid_to", "pk")
    )
    return own + [
        HeldRole(str(role), row.unit.label, False, row.valid_to, giver=row.giver.full_name)
        for row in received
        for role in row.roles.all()
    ]


# Lines of the diary that say how an address was found to reach somebody.
_VERIFYING = {
    "people.contact.verified": None,
    "people.account.opened": Verification.LINK_OPENED,
    "people.address.changed": Verification.LINK_OPENED,
}


def contact_of(person: Person) -> Contact:
    """The person's address and how it was verified. One query, none while it was not."""
    if person.email_verified_at is None:
        return Contact(person.email, None)
    line = (
        Entry.objects.filter(
            target_kind=Person._meta.label_lower,
            target_key=str(person.pk),
            event__in=_VERIFYING,
        )
        .order_by("-pk")
        .first()
    )
    if line is None:
        return Contact(person.email, person.email_verified_at)
    how = _VERIFYING[line.event] or line.after.get("how", "")
    return Contact(
        person.email,
        person.email_verified_at,
        how=str(dict(Verification.choices).get(how, "")),
        by=line.by_name,
    )


def delegations_of(person: Person, *, on: date) -> tuple[list[Delegation], list[Delegation]]:
    """What the person gave and received, standing on the day or later. Four queries."""
    rows = (
        Delegation.objects.ending_after(on)
        .lasting()
        .select_related("unit", "giver", "taker")
        .prefetch_related("roles")
        .order_by("valid_from", "pk")
    )
    return list(rows.filter(giver=person)), list(rows.filter(taker=person))


def sessions_of(person: Person) -> list[UserSession]:
    """Where the person is signed in, the latest first. One query."""
    return list(UserSession.objects.filter(user__person=person).order_by("-last_seen_at", "-pk"))


def open_responsibilities(person: Person, *, on: date) -> list[Responsibility]:
    """What somebody has to take over when the person leaves; the rooms above add theirs."""
    own = [
        Responsibility(
            kind=_("Person in charge"), name=str(charge.unit), key=f"people.charge:{charge.pk}"
        )
        for charge in Charge.objects.ending_after(on)
        .lasting()
        .filter(person=person)
        .select_related("unit")
        .order_by("pk")
    ]
    for _receiver, answer in responsibilities_asked.send(sender=Person, person=person, on=on):
        own += cast("list[Responsibility]", answer)
    return own


def may_take_address(user: User, email: str) -> bool:
    """Whether the user's account is open and nobody else on record has the address. Two queries."""
    others = Person.objects.filter(email__iexact=email).exclude(pk=user.person_id)
    if not user.is_active or others.exists():
        return False
    return not User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists()
