"""Kinds of works, whom they address, and how money stands."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WorkKind(models.TextChoices):
    """What the plans order, by the names that the plans use."""

    NEWS = "news", _("News item")
    ARTICLE = "article", _("Article")
    FEATURE = "feature", _("Feature series")
    BULLETIN = "bulletin", _("Bulletin")
    BROADCAST = "broadcast", _("Radio programme")
    TOPICAL = "topical", _("Topical paper")
    HANDBOOK = "handbook", _("Handbook")
    LEAFLET = "leaflet", _("Leaflet")
    POSTER = "poster", _("Poster")
    BILLBOARD = "billboard", _("Billboard")
    INFOGRAPHIC = "infographic", _("Infographic")
    PHOTO = "photo", _("Photographs")
    MAP = "map", _("Map")
    RECORD = "record", _("Archive material")
    VIDEO = "video", _("Video clip")
    DOCUMENTARY = "documentary", _("Documentary film")
    DISC = "disc", _("Disc or drive")
    BOOK = "book", _("Book")
    BRANDED = "branded", _("Article bearing the emblem")
    DATASET = "dataset", _("Digitised data")


class Ask(StrEnum):
    """What the form of a work may ask; each kind names what it needs."""

    SUMMARY = "summary"
    BODY = "body"
    PICTURES = "pictures"
    RECORDING = "recording"
    TRANSCRIPT = "transcript"
    FIGURES = "figures"
    FILES = "files"
    PERMIT = "permit"
    PRINT_RUN = "print_run"
    EXPIRY = "expiry"


class Audience(models.TextChoices):
    """Whom a work addresses: by where they are and what they look for, never by what they are.

    Ethnicity, belief and inferred traits are no audiences (ethical rule 8).
    """

    BORDER_RESIDENTS = "border_residents", _("People of border communes")
    NEIGHBOURS = "neighbours", _("People across the border")
    VISITORS = "visitors", _("Visitors")
    INVESTORS = "investors", _("Investors and traders")
    OVERSEAS = "overseas", _("Vietnamese abroad")
    FOREIGN_PRESS = "foreign_press", _("Foreign press")
    OFFICERS = "officers", _("Officers who do this work")
    GENERAL = "general", _("Everybody")


class TopicClass(models.TextChoices):
    """The four classes of Decree 72/2015, Articles 7 to 10."""

    OFFICIAL = "official", _("Official information about Việt Nam")
    IMAGE = "image", _("Promotion of Việt Nam's image")
    WORLD = "world", _("The world's news into Việt Nam")
    CLARIFICATION = "clarification", _("Explanation and clarification")


class CostState(models.TextChoices):
    ESTIMATED = "estimated", _("Estimated")
    ALLOCATED = "allocated", _("Allocated")
    SPENT = "spent", _("Spent")
    SETTLED = "settled", _("Settled")


class FundingOrigin(models.TextChoices):
    CENTRAL = "central", _("Central budget")
    LOCAL = "local", _("Local counterpart budget")
    REGULAR = "regular", _("Regular expenditure")
    SOCIAL = "social", _("Contributions from society")
    OTHER = "other", _("Other lawful source")


class Mark(models.TextChoices):
    """How a language version shows in lists: its state, and whether it is public or out of date."""

    DRAFT = "draft", _("Being written")
    IN_CLEARANCE = "in_clearance", _("In clearance")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    PUBLIC = "public", _("Released")
    OUT_OF_DATE = "out_of_date", _("Out of date: its source has moved on")
    STOPPED = "stopped", _("Stopped")


# One letter each, beside the colour: nobody has to tell colours apart.
LETTERS: Mapping[Mark, str | Promise] = {
    Mark.DRAFT: pgettext_lazy("letter for being written", "W"),
    Mark.IN_CLEARANCE: pgettext_lazy("letter for in clearance", "C"),
    Mark.RETURNED: pgettext_lazy("letter for returned", "B"),
    Mark.APPROVED: pgettext_lazy("letter for approved", "A"),
    Mark.PUBLIC: pgettext_lazy("letter for released", "R"),
    Mark.OUT_OF_DATE: pgettext_lazy("letter for out of date", "O"),
    Mark.STOPPED: pgettext_lazy("letter for stopped", "X"),
}


class SheetState(models.TextChoices):
    """How far a sheet of records has come."""

    WAITING = "waiting", _("Waits to be looked through")
    READY = "ready", _("Looked through")
    COMING = "coming", _("Being brought in")
    DONE = "done", _("Brought in")
    REFUSED = "refused", _("Cannot be read")
    GIVEN_UP = "given_up", _("Given up")


SHEET_BUSY = frozenset({SheetState.WAITING, SheetState.COMING})  # the worker has it
SHEET_OPEN = SHEET_BUSY | {SheetState.READY}


class RowState(models.TextChoices):
    """What comes of a row of a sheet."""

    ADD = "add", _("Becomes a work")
    STANDING = "standing", _("Here already")
    REFUSED = "refused", _("Refused")


class StopDecision(models.TextChoices):
    """What the secrecy reviewer says of a stop."""

    LIFT = "lift", _("False alarm: lift the stop")
    CONFIRM = "confirm", _("Confirm the stop: the words stay locked")
