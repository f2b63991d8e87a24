"""What the media room refuses, each with a whole sentence for the person."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class RenditionSettled(RuleBroken):
    """The rendition is done, failed or cancelled: there is nothing to stop."""


class RenditionUnsettled(RuleBroken):
    """The rendition did not fail and was not cancelled: there is nothing to try again."""


class NotCutOff(RuleBroken):
    """The file does not break off, so nobody needs to say that it may."""


class NoSuchMoment(RuleBroken):
    """The moment lies outside the film, or there is no picture at all."""


class CuesRefused(RuleBroken):
    """Subtitles cannot be kept as they are; `lines` has a sentence for each fault."""


class SavedMeanwhile(RuleBroken):
    """Somebody else has saved a newer revision since the page was loaded; nothing was changed."""


class UploadRefused(RuleBroken):
    """The file is refused before or while it arrives: too large, no room, too many at once."""


class OffsetMoved(RuleBroken):
    """A piece does not begin where the last one ended; ask how far the upload has come."""


class DiskFull(RuleBroken):
    """There is no room on the disk; what has arrived is kept."""


class ScannerSilent(Exception):
    """The virus scanner does not answer, or answers with trouble; the file waits."""


class ItemInUse(RuleBroken):
    """Something public shows the item."""


class NotPossible(RuleBroken):
    """The change makes no sense: an empty title, a consent without a place where it is kept."""
