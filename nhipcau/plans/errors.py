"""What the plans room refuses, each with a whole sentence for the person."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class NotUnderReview(RuleBroken):
    """The import is not (or no longer) waiting for a review."""


class ReviewMovedOn(RuleBroken):
    """Somebody else has taken a step in this review since the page was loaded."""


class NotPossible(RuleBroken):
    """The step makes no sense: a task under itself, a merger of one task, an empty title."""


class NotReadyToAccept(RuleBroken):
    """The review still has obstacles; `obstacles` lists all of them."""


class FileRefused(RuleBroken):
    """The file was refused before anything was kept."""
