"""What the works room refuses, each with a whole sentence for the person."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class NotPossible(RuleBroken):
    """What was asked for makes no sense for this work in its state."""


class ListsBroken(RuleBroken):
    """The shipped lists contradict themselves; nothing was loaded."""


class SheetRefused(RuleBroken):
    """A sheet of records, or the folder of its files, cannot be read; nothing was brought in."""
