"""States and kinds of language versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How the words reach people; a language that is not written has spoken versions only."""

    WRITTEN = "written", _("Written")
    SPOKEN = "spoken", _("Spoken")


class VersionState(models.TextChoices):
    """Where the words stand. “Released” and “out of date” are asked of other rows, never stored."""

    DRAFT = "draft", _("Draft")
    IN_CLEARANCE = "in_clearance", _("In clearance")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    STOPPED = "stopped", _("Stopped: may hold a state secret")


class ContributionKind(models.TextChoices):
    """What somebody did to the words. Every kind counts for four eyes."""

    WROTE = "wrote", _("wrote")
    TRANSLATED = "translated", _("translated")
    REVISED = "revised", _("revised")
    BROUGHT = "brought", _("brought a file")
    COPIED_FROM = "copied_from", _("wrote what was copied")
