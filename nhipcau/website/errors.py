"""What the portal refuses, each with a whole sentence for the person."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class NotYours(RuleBroken):
    """Only somebody who arranges the portal does this."""


class NotPossible(RuleBroken):
    """What was asked for makes no sense in this state."""
