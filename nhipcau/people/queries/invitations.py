"""The link of an invitation, and the invitation behind a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.utils.translation import gettext as _

from nhipcau.outbox.queries import how_it_went
from nhipcau.people.enums import InvitationState
from nhipcau.people.errors import InvitationUnusable
from nhipcau.people.models import Invitation

_SALT = "nhipcau.people.invitation"


def _signer() -> signing.Signer:
    # Without a time: how long a link lives stands in the row, where it can be changed.
    return signing.Signer(salt=_SALT)


def invitation_token(invitation: Invitation) -> str:
    """The signed words of the link; they open as long as the row says so."""
    return _signer().sign_object([str(invitation.uuid), invitation.serial])


def invitation_letter(invitation: Invitation) -> str:
    """The outbox's key for the letter with the newest link."""
    return f"people.letter.invitation:{invitation.pk}:{invitation.serial}"


@dataclass(frozen=True, slots=True)
class Letter:
    """How far the letter with the newest link is; `trouble` says why it has not gone out."""

    is_carried: bool
    trouble: str


def letter_of(invitation: Invitation) -> Letter | None:
    """None where no letter was wanted. One query."""
    handovers = how_it_went(key=invitation_letter(invitation))
    if not handovers:
        return None
    return Letter(
        is_carried=all(each.done_at is not None for each in handovers),
        trouble=next((each.last_error for each in handovers if each.done_at is None), ""),
    )


def invitation_behind(token: str, *, at: datetime) -> Invitation:
    """The invitation behind a link. Raises InvitationUnusable with what to do next.

    One sentence for a damaged, an unknown and a replaced link: a stranger learns nothing.
    """
    unknown = InvitationUnusable(
        _("This invitation link is not valid. Open the newest link that you received.")
    )
    try:
        uuid, serial = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError) as damaged:
        raise unknown from damaged
    invitation = (
        Invitation.objects.select_related("person", "unit").filter(uuid=uuid, serial=serial).first()
    )
    if invitation is None:
        raise unknown
    match invitation.state(at=at):
        case InvitationState.ACCEPTED:
            raise InvitationUnusable(_("This invitation was used already. Please sign in."))
        case InvitationState.CANCELLED:
            raise InvitationUnusable(_("This invitation was cancelled. Ask whoever invited you."))
        case InvitationState.EXPIRED:
            raise InvitationUnusable(_("This invitation has expired. Ask for a new one."))
    return invitation
