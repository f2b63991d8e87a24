"""Steps of a clearance, what reviewers say, and what leaves."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """A step of a route, by the role that takes it. Which permission: permissions.py."""

    UNIT_HEAD = "unit_head", _("Head of the unit")
    SECRECY = "secrecy", _("Secrecy declaration")
    FOREIGN_AFFAIRS = "foreign_affairs", _("Foreign-affairs review")
    PUBLISHER = "publisher", _("Publisher")


class StepWhen(models.TextChoices):
    ALWAYS = "always", _("Always")
    FLAGGED = "flagged", _("When a map, a border or a neighbour is touched")


class Verdict(models.TextChoices):
    """The only things that a reviewer can say; no secret is described here."""

    CLEARED = "cleared", _("Cleared")
    RETURNED = "returned", _("Returned")
    STOPPED = "stopped", _("Stop, go on offline")


class ItemState(models.TextChoices):
    OPEN = "open", _("Under review")
    CLEARED = "cleared", _("Cleared")
    RETURNED = "returned", _("Returned")
    STOPPED = "stopped", _("Stopped")
    TAKEN_BACK = "taken_back", _("Taken back")


class StopState(StrEnum):
    """How far a text has come along its route."""

    PASSED = "passed"
    NOW = "now"
    AHEAD = "ahead"


class BundleState(models.TextChoices):
    DRAFT = "draft", _("Being put together")
    SCHEDULED = "scheduled", _("Waits for its minute")
    OUT = "out", _("Out")
    HELD = "held", _("Held back at its minute")
    CALLED_OFF = "called_off", _("Called off")


class ReleaseKind(models.TextChoices):
    FIRST = "first", _("Release")
    ADDITION = "addition", _("Further language")
    CORRECTION = "correction", _("Correction")


class WithdrawalReason(models.TextChoices):
    IN_ERROR = "in_error", _("Published in error")
    OUTDATED = "outdated", _("No longer valid")
    REPLACED = "replaced", _("Replaced by another item")
    RIGHTS = "rights", _("A right or a consent has ended")
    ORDERED = "ordered", _("By order of a competent body")


class Obstacle(models.TextChoices):
    """Why something cannot leave; the label is the sentence."""

    NOTHING_CHOSEN = "nothing_chosen", _("Nothing has been chosen to go out.")
    NOT_APPROVED = "not_approved", _("This text is not approved.")
    CHANGED_SINCE = "changed_since", _("The text has changed since it was approved.")
    NEWER_APPROVED = "newer_approved", _("A newer text has been approved; choose that one.")
    STOPPED = "stopped", _("This text was stopped.")
    IN_TRASH = "in_trash", _("The work is in the trash.")
    UNIT_GONE = "unit_gone", _("The unit no longer exists; a successor has to release it.")
    FORM_STALE = "form_stale", _("This form was made of an older text or picture; make it again.")
    FORM_FORMER_LOOK = (
        "form_former_look",
        _("This form shows the province's former name, emblem or colours; make it again."),
    )
    FORM_FAILED = "form_failed", _("This form could not be made.")
    FORM_FLAWED = "form_flawed", _("This form has a flaw that its readers would meet; mend it.")
    FORM_MISSING = "form_missing", _("This form has not been made yet.")
    FORM_ALONE = (
        "form_alone",
        _("This form holds a text that is not public and does not leave with it."),
    )
    PERMIT_MISSING = "permit_missing", _("Printed matter needs a permit; note it on the work.")
    PERMIT_ENDED = (
        "permit_ended",
        _("The permit to print has ended by the day of the release; note a new one on the work."),
    )
    CONSENT_ENDED = "consent_ended", _("The consent to a picture or recording has ended.")
    RIGHTS_ENDED = "rights_ended", _("The right to use a picture or recording has ended.")
    MEDIA_GONE = "media_gone", _("A picture or file of this text is in the trash or missing.")
    MEDIA_REPLACED = (
        "media_replaced",
        _("This file was replaced after it was looked at; save the text and hand it in again."),
    )
    MEDIA_RETOLD = (
        "media_retold",
        _(
            "Its title, credit, licence, poster, subtitles or transcript were changed after it was "
            "looked at; save the text and hand it in again."
        ),
    )
    MEDIA_COMING = (
        "media_coming",
        _("Its copies for the web are still being made; release it when they are ready."),
    )
    MEDIA_UNPLAYABLE = (
        "media_unplayable",
        _("It has no copies that readers can play; mend that on its page in the library."),
    )
    NEEDS_NOTE = "needs_note", _("A correction tells the public what was changed.")
    WORK_EXPIRED = "work_expired", _("The work is of use only until a day that has passed.")
    SAME_AS_PUBLIC = "same_as_public", _("These words are public already.")
