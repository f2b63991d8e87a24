"""What the translation room refuses, each with a whole sentence for the person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nhipcau.kernel.errors import RuleBroken


class OnlyReleasesPublish(RuleBroken):
    """Public is a Release row; nothing makes a version public by itself."""


class OnlyAClearanceApproves(RuleBroken):
    """An approval is written by the last step of a clearance; by nothing and nobody else."""


class TextStopped(RuleBroken):
    """The words may hold a state secret: they are shown, changed and copied nowhere.

    `subject` is the key of what was stopped, for the page that tells the procedure.
    """

    def __init__(self, subject: int) -> None:
        super().__init__(
            _(
                "This work was stopped because it may hold a state secret. Its words are locked; "
                "go on as the procedure says, outside the platform."
            )
        )
        self.subject = subject


class VersionClosed(RuleBroken):
    """The words are with a reviewer, or were stopped: nobody changes them now."""


class WordsMovedOn(RuleBroken):
    """Somebody saved other words since these were opened."""


class NotPossible(RuleBroken):
    """What was asked for makes no sense for this version in its state."""
