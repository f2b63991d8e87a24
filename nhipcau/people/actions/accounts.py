"""Accounts: invitations to open one, opening, closing, ending sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.audit.actions import record
from nhipcau.audit.rules import Personal
from nhipcau.kernel.actor import Actor, Machine
from nhipcau.people.actions.persons import add_person
from nhipcau.people.actions.roles import give_role
from nhipcau.people.enums import InvitationState, Obstacle, PersonKind, Reach, Role
from nhipcau.people.errors import ContactTaken, InvitationUnusable, PeopleRuleBroken
from nhipcau.people.models import Invitation, Person, User
from nhipcau.people.queries import invitation_behind, may_take_address
from nhipcau.people.rules import obstacles_to_a_time
from nhipcau.registry.models import Unit

# Long enough for somebody who opens official mail once a week.
INVITATION_LASTS = timedelta(days=14)


@transaction.atomic
def invite(
    *,
    email: str,
    full_name: str = "",
    unit: Unit,
    roles: Collection[Role],
    reach: Reach = Reach.UNIT,
    by: Actor,
    at: datetime,
) -> Invitation:
    """Invite somebody to open an account and take up the roles; `invitation_token` opens it.

    A person already known under the address is invited as that person. An older open invitation
    of the same person is cancelled. Nothing is sent here: the edge carries the link.
    """
    email = email.strip().lower()
    obstacles = obstacles_to_a_time(timezone.localdate(at), None, unit.interval)
    if not email:
        obstacles.append(Obstacle.NO_CONTACT)
    if not roles:
        obstacles.append(Obstacle.NO_ROLE_NAMED)
    person = Person.objects.select_for_update().filter(email__iexact=email).first()
    if person is not None and person.has_left(on=timezone.localdate(at)):
        obstacles.append(Obstacle.HAS_LEFT)
    if person is not None and hasattr(person, "user"):
        obstacles.append(Obstacle.HAS_AN_ACCOUNT)
    if obstacles:
        raise PeopleRuleBroken(obstacles)
    if User.objects.filter(email__iexact=email).exists():
        raise ContactTaken(_("Another person already signs in with this e-mail address."))
    if person is None:
        # Until the invited person says how he or she is called, the address stands in.
        person = add_person(
            full_name=full_name or email.partition("@")[0],
            email=email,
            kind=PersonKind.STAFF,
            by=by,
            at=at,
        )
    for older in person.invitations.filter(accepted_at__isnull=True, cancelled_at__isnull=True):
        cancel_invitation(invitation=older, by=by, at=at)
    invitation = Invitation.objects.create(
        person=person,
        unit=unit,
        roles=sorted(set(roles)),
        reach=reach,
        invited_by_key=by.actor_key,
        sent_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    record(
        event="people.invitation.made",
        target=invitation,
        by=by,
        at=at,
        after={
            "person": person.actor_key,
            "unit": unit.key,
            "roles": invitation.roles,
            "reach": str(reach),
        },
    )
    return invitation


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Make a new link, valid from now; the old link no longer opens. Also for an expired one."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state(at=at) in {InvitationState.ACCEPTED, InvitationState.CANCELLED}:
        raise InvitationUnusable(_("This invitation is closed; make a new one."))
    invitation.serial += 1
    invitation.sent_at = at
    invitation.expires_at = at + INVITATION_LASTS
    invitation.save(update_fields=["serial", "sent_at", "expires_at"])
    record(event="people.invitation.sent_again", target=invitation, by=by, at=at)
    return invitation


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Close an invitation that was not accepted; its link no longer opens."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise InvitationUnusable(_("This invitation has been accepted already."))
    invitation.cancelled_at = at
    invitation.save(update_fields=["cancelled_at"])
    record(event="people.invitation.cancelled", target=invitation, by=by, at=at)
    return invitation


@transaction.atomic
def accept_invitation(
    *, token: str, full_name: str, password: str, by: Actor, at: datetime
) -> User:
    """Open the account and take up the roles, from today on. Works once.

    The caller has validated the password. Whoever holds the link has shown that the address is
    his or hers. Raises InvitationUnusable.
    """
    found = invitation_behind(token, at=at)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if invitation.state(at=at) is not InvitationState.OPEN or invitation.serial != found.serial:
        raise InvitationUnusable(_("This invitation was used already. Please sign in."))
    person = invitation.person
    if full_name.strip():
        person.full_name = " ".join(full_name.split())
        person.save(update_fields=["full_name"])
    user = open_account(person=person, password=password, by=by, at=at)
    for role in invitation.roles:
        if not person.memberships.on(timezone.localdate(at)).filter(
            unit=invitation.unit, role=role
        ):
            give_role(
                person=person,
                unit=invitation.unit,
                role=Role(role),
                reach=Reach(invitation.reach),
                start=timezone.localdate(at),
                # Who invited stands in the invitation's own line.
                by=Machine(gettext_noop("invitation")),
                at=at,
            )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    record(event="people.invitation.accepted", target=invitation, by=by, at=at)
    return user


@dataclass(frozen=True, slots=True)
class Hashed:
    """A password that was hashed before, as Django encodes it."""

    encoded: str


@transaction.atomic
def open_account(*, person: Person, password: str | Hashed, by: Actor, at: datetime) -> User:
    """Let the person sign in with the verified contact and this password.

    The caller has validated the password and knows that the address is the person's. Raises
    PeopleRuleBroken when there is no address, an account already, or the person has left.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    obstacles = []
    if not person.email:
        obstacles.append(Obstacle.NO_CONTACT)
    if User.objects.filter(person=person).exists():
        obstacles.append(Obstacle.HAS_AN_ACCOUNT)
    if person.has_left(on=timezone.localdate(at)):
        obstacles.append(Obstacle.HAS_LEFT)
    if obstacles:
        raise PeopleRuleBroken(obstacles)
    user = User(person=person, email=person.email)
    if isinstance(password, Hashed):
        user.password = password.encoded
    else:
        user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
    person.email_verified_at = at
    person.save(update_fields=["email_verified_at"])
    record(event="people.account.opened", target=person, by=by, at=at)
    return user


@transaction.atomic
def take_address(*, user: User, email: str, by: Actor, at: datetime) -> User:
    """The person signs in with this address from now on, and is reached under it.

    Whoever opened the link in the letter has shown that the address is his or hers. Raises
    ContactTaken when somebody else on record has it.
    """
    email = email.strip().lower()
    if not may_take_address(user, email):
        raise ContactTaken(_("Another person already has this e-mail address."))
    user = User.objects.select_for_update().get(pk=user.pk)
    person = Person.objects.select_for_update().get(pk=user.person_id)
    before = person.email
    user.email = email
    user.save(update_fields=["email"])
    person.email = email
    person.email_verified_at = at
    person.save(update_fields=["email", "email_verified_at"])
    record(
        event="people.address.changed",
        target=person,
        by=by,
        at=at,
        before={"email": Personal(before)},
        after={"email": Personal(email)},
    )
    return user


@transaction.atomic
def close_account(*, user: User, by: Actor, at: datetime) -> User:
    """Nobody signs in with it any more: sessions end, password and second factors are gone."""
    user = User.objects.select_for_update().select_related("person").get(pk=user.pk)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    ended = end_sessions(user=user, by=by, at=at)
    record(
        event="people.account.closed", target=user.person, by=by, at=at, after={"sessions": ended}
    )
    return user


@transaction.atomic
def end_sessions(
    *, user: User, only: int | None = None, keep: str = "", by: Actor, at: datetime
) -> int:
    """End every session of the user, everywhere; returns how many there were.

    `only` names one session by its id; `keep` is the key of one that goes on. A session of
    somebody else is never ended.
    """
    ending = UserSession.objects.filter(user=user).exclude(session_key=keep)
    sessions = list(ending if only is None else ending.filter(pk=only))
    for session in sessions:
        session.end()
    if sessions:
        record(
            event="people.sessions.ended",
            target=user.person,
            by=by,
            at=at,
            after={"sessions": len(sessions)},
        )
    return len(sessions)
