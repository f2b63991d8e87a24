"""Kinds of media, how a file comes in, and why one is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """Found by the file's content, never by its name."""

    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("Document file")
    AUDIO = "audio", _("Sound recording")
    VIDEO = "video", _("Video")


class Consent(models.TextChoices):
    """Whether those who can be recognised agreed; never assumed (Law 91/2025/QH15)."""

    UNKNOWN = "unknown", _("Not stated yet")
    NOT_NEEDED = "not_needed", _("Nobody can be recognised")
    GIVEN = "given", _("Given, and on file")
    REFUSED = "refused", _("Refused or taken back")


class UploadState(models.TextChoices):
    """How far a file on its way into the library has come."""

    ARRIVING = "arriving", _("Being uploaded")
    WAITING = "waiting", _("Waiting to be examined")
    NO_SCANNER = "no_scanner", _("In quarantine until the virus scanner answers")
    TAKEN = "taken", _("In the library")
    REFUSED = "refused", _("Refused")


UNDER_WAY = frozenset({UploadState.ARRIVING, UploadState.WAITING, UploadState.NO_SCANNER})
EXAMINABLE = frozenset({UploadState.WAITING, UploadState.NO_SCANNER})


class RenditionState(models.TextChoices):
    """How far a rendition of a sound or film has come."""

    QUEUED = "queued", _("Waiting its turn")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


RENDITION_UNSETTLED = frozenset({RenditionState.QUEUED, RenditionState.RUNNING})
RENDITION_TRIED_AGAIN = frozenset({RenditionState.FAILED, RenditionState.CANCELLED})


class SubtitlesKind(models.TextChoices):
    """What the lines are for (the kinds of HTML's track element)."""

    SUBTITLES = "subtitles", _("Subtitles")
    CAPTIONS = "captions", _("Subtitles for people who do not hear")
