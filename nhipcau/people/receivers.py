"""What allauth tells: second factors come and go, passwords change, people sign in."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    password_changed,
    password_reset,
    user_logged_in,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from nhipcau.audit.actions import record
from nhipcau.people.actions import take_address
from nhipcau.people.enums import SessionKey
from nhipcau.people.models import User


def _end_other_sessions(request: HttpRequest, user: User) -> None:
    for session in UserSession.objects.filter(user=user).exclude(
        session_key=request.session.session_key
    ):
        session.end()


@receiver(authenticator_added, dispatch_uid="people.second_factor_added")
def second_factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Whoever sets one up has shown it; sessions opened elsewhere without it end."""
    request.session[SessionKey.SECOND_FACTOR_SET_UP] = user.pk
    _end_other_sessions(request, user)
    record(
        event="people.second_factor.added",
        target=user.person,
        by=user.person,
        at=timezone.now(),
        after={"kind": authenticator.type},
    )


@receiver(authenticator_removed, dispatch_uid="people.second_factor_removed")
def second_factor_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    record(
        event="people.second_factor.removed",
        target=user.person,
        by=user.person,
        at=timezone.now(),
        before={"kind": authenticator.type},
    )


@receiver(password_changed, dispatch_uid="people.password_changed")
@receiver(password_reset, dispatch_uid="people.password_reset")
def password_is_new(request: HttpRequest, user: User, **_: Any) -> None:
    """Whoever knew the old password is out everywhere else."""
    _end_other_sessions(request, user)
    record(event="people.password.changed", target=user.person, by=user.person, at=timezone.now())


@receiver(email_changed, dispatch_uid="people.address_changed")
def address_is_new(user: User, to_email_address: EmailAddress, **_: Any) -> None:
    """The person's contact follows the verified address; in the transaction of the change."""
    take_address(user=user, email=to_email_address.email, by=user.person, at=timezone.now())


@receiver(user_logged_in, dispatch_uid="people.signed_in")
def signed_in(user: User, **_: Any) -> None:
    record(event="people.account.signed_in", target=user.person, by=user.person, at=timezone.now())
