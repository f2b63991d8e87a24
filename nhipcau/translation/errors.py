"""What the translation room refuses, each with a whole sentence for the person."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class OnlyReleasesPublish(RuleBroken):
    """Public is a Release row; nothing makes a version public by itself."""


class VersionClosed(RuleBroken):
    """The words are with a reviewer, or were stopped: nobody changes them now."""


class WordsMovedOn(RuleBroken):
    """Somebody saved other words since these were opened."""


class NotPossible(RuleBroken):
    """What was asked for makes no sense for this version in its state."""
