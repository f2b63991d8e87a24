"""What the media room refuses, each with a whole sentence for the person."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.moving.cues import Fault


class NoProvenanceKey(RuleBroken):
    """The house has no key to sign with, or it cannot be read."""


class OnlyReleasesShow(RuleBroken):
    """A public copy is made, opened and taken away by the actions of a release; by nothing else."""


class CannotBeSigned(RuleBroken):
    """The file is not what its kind says, so that no credential fits into it."""


class RenditionSettled(RuleBroken):
    """The rendition is done, failed or cancelled: there is nothing to stop."""


class RenditionUnsettled(RuleBroken):
    """The rendition did not fail and was not cancelled: there is nothing to try again."""


class NotCutOff(RuleBroken):
    """The file does not break off, so nobody needs to say that it may."""


class NoSuchMoment(RuleBroken):
    """The moment lies outside the film, or there is no picture at all."""


class CuesRefused(RuleBroken):
    """Subtitles cannot be kept as they are; `faults` names the lines of a file that are broken.

    `some_are_sound` when the rest of the file could be taken over without them.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        faults: Sequence[Fault] = (),
        some_are_sound: bool = False,
    ) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
        self.some_are_sound = some_are_sound


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


class EmblemRefused(RuleBroken):
    """The file cannot be the emblem of the province."""


class ItemInUse(RuleBroken):
    """Something public shows the item."""


class NotPossible(RuleBroken):
    """The change makes no sense: an empty title, a consent without a place where it is kept."""
