"""What the events of this room mean, for the diary's readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "people.account.closed": _("%(who)s closed the account of %(what)s."),
    "people.account.opened": _("%(who)s opened an account for %(what)s."),
    "people.account.signed_in": _("%(who)s signed in."),
    "people.address.changed": _("%(who)s changed the sign-in address of %(what)s."),
    "people.charge.ended": _("%(who)s ended a charge: %(what)s."),
    "people.charge.given": _("%(who)s named the person in charge: %(what)s."),
    "people.contact.verified": _("%(who)s verified the contact of %(what)s."),
    "people.delegation.ended": _("%(who)s ended a delegation: %(what)s."),
    "people.delegation.given": _("%(who)s gave a delegation: %(what)s."),
    "people.invitation.accepted": _("%(who)s accepted the invitation: %(what)s."),
    "people.invitation.cancelled": _("%(who)s withdrew an invitation: %(what)s."),
    "people.invitation.made": _("%(who)s sent an invitation: %(what)s."),
    "people.invitation.sent_again": _("%(who)s sent an invitation again: %(what)s."),
    "people.letter.written": _("%(who)s had a letter written to %(what)s."),
    "people.password.changed": _("%(who)s changed the password of %(what)s."),
    "people.person.added": _("%(who)s added %(what)s."),
    "people.person.changed": _("%(who)s changed the details of %(what)s."),
    "people.person.copy_made": _("%(who)s made a copy of the data kept about %(what)s."),
    "people.person.erased": _("%(who)s erased the personal data of %(what)s."),
    "people.person.left": _("%(who)s recorded that %(what)s has left."),
    "people.responsibilities.handed_over": _(
        "%(who)s handed over the responsibilities of %(what)s."
    ),
    "people.role.ended": _("%(who)s ended a role: %(what)s."),
    "people.role.given": _("%(who)s gave a role: %(what)s."),
    "people.second_factor.added": _("%(who)s added a second factor for %(what)s."),
    "people.second_factor.demanded": _("%(who)s now demands a second factor: %(what)s."),
    "people.second_factor.no_longer_demanded": _(
        "%(who)s no longer demands a second factor: %(what)s."
    ),
    "people.second_factor.removed": _("%(who)s removed a second factor of %(what)s."),
    "people.sessions.ended": _("%(who)s ended the sessions of %(what)s."),
}
