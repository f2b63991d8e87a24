"""The letter with the link of an invitation; sent by the edges, after the action."""

from __future__ import annotations

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.people.enums import Role
from nhipcau.people.models import Invitation
from nhipcau.people.queries import invitation_token


def invitation_link(invitation: Invitation, *, base: str) -> str:
    """The whole address; `base` is how people reach this house, with https://."""
    return base.rstrip("/") + reverse("people_invitation", args=[invitation_token(invitation)])


def send_invitation(invitation: Invitation, *, base: str) -> None:
    """Send the link to the person. Raises OSError or SMTPException where no mail goes out."""
    send_mail(
        subject=_("[Nhịp Cầu] Invitation to open your account"),
        message=render_to_string(
            "people/mail/invitation.txt",
            {
                "invitation": invitation,
                "roles": ", ".join(str(Role(role).label) for role in invitation.roles),
                "link": invitation_link(invitation, base=base),
            },
        ),
        from_email=None,
        recipient_list=[invitation.person.email],
    )
