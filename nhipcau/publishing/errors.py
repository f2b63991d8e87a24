"""What the publishing room refuses, each with a whole sentence for the person."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

from nhipcau.kernel.errors import RuleBroken


class OnlyReleasesPublish(RuleBroken):
    """A release is written by the release action; by nothing and nobody else."""


class OnlyReviewersDecide(RuleBroken):
    """A decision is written by the action that asks who may decide; by nothing else."""


class NotPossible(RuleBroken):
    """What was asked for makes no sense in this state."""


class NotYours(RuleBroken):
    """This step is not this person's: another role, another unit, or his or her own words."""


class NotReadyToHandIn(RuleBroken):
    """Findings of the checks stand in the way; `findings` lists them as JSON."""

    def __init__(self, message: str | Promise, findings: Sequence[dict[str, object]]) -> None:
        super().__init__(message)
        self.findings = list(findings)


class NotReadyToRelease(RuleBroken):
    """Something in the bundle cannot leave; `reasons` has a whole sentence for each."""

    def __init__(self, message: str | Promise, reasons: Sequence[str]) -> None:
        super().__init__(message)
        self.reasons = list(reasons)


class LinkNotGood(RuleBroken):
    """The link has expired, was used, withdrawn, or never existed; which is not told."""
