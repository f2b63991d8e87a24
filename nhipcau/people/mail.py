"""Letters to people: put into the outbox by whoever writes one, carried to the mail server after.

A mail server that does not answer loses nothing and holds up nobody: the letter is tried again
for about three days. Letters may hold links that open something, so they lie in the outbox
sealed with a key that no backup holds; of an invitation only the number lies there.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.outbox.actions import put
from nhipcau.outbox.contract import Handler, News
from nhipcau.outbox.errors import DeliveryFailed
from nhipcau.outbox.models import Message
from nhipcau.people.enums import InvitationState, Role
from nhipcau.people.keys import cipher
from nhipcau.people.models import Invitation
from nhipcau.people.queries import invitation_letter, invitation_token
from nhipcau.people.signals import letter_leaves

LETTER = "people.letter.written"
INVITATION = "people.letter.invitation"
REFUSED_FOR_GOOD = 500  # RFC 5321, 4.2.1: codes from here on are permanent


def invitation_link(invitation: Invitation, *, base: str) -> str:
    """The whole address; `base` is how people reach this house, with https://."""
    return base.rstrip("/") + reverse("people_invitation", args=[invitation_token(invitation)])


def send_invitation(invitation: Invitation, *, at: datetime) -> Message:
    """Have the link carried to the person; put twice, it is one letter."""
    return put(
        topic=INVITATION,
        key=invitation_letter(invitation),
        about=f"invitation:{invitation.pk}",
        payload={"invitation": invitation.pk, "serial": invitation.serial},
        at=at,
    )


def send_letter(
    *, to: list[str], subject: str, body: str, at: datetime, about: str = ""
) -> Message:
    """Have a letter that is written already carried to the addresses.

    `about` names the thing that it tells of ("subject:41"): who knows of that thing is asked once
    more before the letter leaves.
    """
    letter = json.dumps({"to": to, "subject": subject, "body": body})
    sealed = cipher("letter").encrypt(letter.encode()).decode()
    return put(
        topic=LETTER,
        key=f"{LETTER}:{uuid.uuid4()}",
        payload={"sealed": sealed} | ({"about": about} if about else {}),
        at=at,
    )


class Postman(Handler):
    """Carries letters to the mail server; one that was carried twice has the same Message-ID."""

    name = gettext_noop("mail")
    topics = frozenset({LETTER, INVITATION})

    def handle(self, message: News) -> None:
        if not _may_leave(message.payload.get("about", "")):
            return
        letter = _invitation(message) if message.topic == INVITATION else _sealed(message)
        if letter is None:
            return
        number = hashlib.sha256(message.key.encode()).hexdigest()[:32]
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
        letter.extra_headers["Message-ID"] = f"<{number}@{domain}>"
        try:
            letter.send()
        except SMTPRecipientsRefused as refusal:
            codes = [code for code, _reason in refusal.recipients.values()]
            raise DeliveryFailed(
                _("The mail server does not take letters for this address (%(codes)s).")
                % {"codes": ", ".join(map(str, codes))},
                permanent=all(code >= REFUSED_FOR_GOOD for code in codes),
            ) from refusal
        except SMTPDataError as refusal:
            raise DeliveryFailed(
                _("The mail server refused the letter (%(code)s).") % {"code": refusal.smtp_code},
                permanent=refusal.smtp_code >= REFUSED_FOR_GOOD,
            ) from refusal
        except (OSError, SMTPException) as trouble:
            raise DeliveryFailed(
                _("The mail server could not be used (%(kind)s).")
                % {"kind": type(trouble).__name__}
            ) from trouble


def _may_leave(about: str) -> bool:
    """Whether what the letter tells of may still be told."""
    if not about:
        return True
    answers: list[tuple[Any, Any]] = letter_leaves.send(Postman, about=about)
    return all(answer is not False for _receiver, answer in answers)


def _sealed(message: News) -> EmailMessage:
    try:
        letter = json.loads(cipher("letter").decrypt(message.payload["sealed"].encode()))
    except InvalidToken as error:
        raise DeliveryFailed(
            _("The letter was sealed with a secret key that is not here any more."),
            permanent=True,
        ) from error
    return EmailMessage(letter["subject"], letter["body"], to=letter["to"])


def _invitation(message: News) -> EmailMessage | None:
    """Written when it is carried; None when it has been replaced, used or withdrawn since."""
    invitation = (
        Invitation.objects.select_related("person", "unit")
        .filter(pk=message.payload["invitation"], serial=message.payload["serial"])
        .first()
    )
    if invitation is None or invitation.state(at=timezone.now()) is not InvitationState.OPEN:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string(
            "people/mail/invitation.txt",
            {
                "invitation": invitation,
                "roles": ", ".join(str(Role(role).label) for role in invitation.roles),
                "link": invitation_link(invitation, base=settings.WAGTAILADMIN_BASE_URL),
            },
        )
        subject = _("[Nhịp Cầu] Invitation to open your account")
    return EmailMessage(subject, body, to=[invitation.person.email])
