"""The states and kinds of plans, with the sets of them that rules speak of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyRole(models.TextChoices):
    """What a unit is for a task, in the words of the plans."""

    LEAD = "lead", _("Lead")
    COORDINATING = "coordinating", _("Coordinating")
    IMPLEMENTING = "implementing", _("Implementing")
    ACTOR = "actor", _("Named in the text")


class NameState(models.TextChoices):
    """What is known about a unit's name that a plan uses."""

    KNOWN = "known", _("Known unit")
    GROUP = "group", _("Group of units")
    CHOSEN = "chosen", _("Chosen by a person")
    AMBIGUOUS = "ambiguous", _("Several units have this name")
    UNKNOWN = "unknown", _("Unknown name")
    AS_WRITTEN = "as_written", _("Kept as written")


UNDECIDED_NAMES = frozenset({NameState.AMBIGUOUS, NameState.UNKNOWN})


class ImportState(models.TextChoices):
    """How far a file that somebody brought has come."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    REFUSED = "refused", _("Could not be read")
    REVIEW = "review", _("Waiting for review")
    ACCEPTED = "accepted", _("Accepted")
    DISCARDED = "discarded", _("Discarded")


TO_BE_READ = frozenset({ImportState.WAITING, ImportState.READING})
UNFINISHED = TO_BE_READ | {ImportState.REVIEW}


class ProposalState(models.TextChoices):
    """What a person has decided about one proposed task."""

    PROPOSED = "proposed", _("Proposed")
    EDITED = "edited", _("Edited")
    ADDED = "added", _("Added by hand")
    REJECTED = "rejected", _("Rejected")
    MERGED = "merged", _("Merged into another")


BECOMES_A_TASK = frozenset({ProposalState.PROPOSED, ProposalState.EDITED, ProposalState.ADDED})


class StepKind(models.TextChoices):
    """What a person did in a review; every step can be undone."""

    EDIT = "edit", _("Edited")
    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split")
    MOVE = "move", _("Moved")
    ADD = "add", _("Added")
    REJECT = "reject", _("Rejected")
    RESTORE = "restore", _("Restored")
    NAME = "name", _("Unit chosen")
    HEADER = "header", _("Header mended")


class Recurrence(models.TextChoices):
    """How often a task comes back; the same codes as the reader's."""

    ONCE = "", _("Once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half-year")
    YEARLY = "yearly", _("Every year")
    FIVE_YEARLY = "five_yearly", _("Every five years")
    CONTINUOUS = "continuous", _("Continuously")
    ON_DEMAND = "on_demand", _("On demand")


class ProductKind(models.TextChoices):
    """What kind of thing is to be made; the same codes as the reader's."""

    VIDEO = "video", _("Video")
    BROADCAST = "broadcast", _("Radio or television programme")
    LEAFLET = "leaflet", _("Leaflet or poster")
    INFOGRAPHIC = "infographic", _("Infographic")
    BOOK = "book", _("Book or handbook")
    NEWS = "news", _("News item or article")
    PICTURE = "picture", _("Photograph")
    EVENT = "event", _("Event")
    TRAINING = "training", _("Training course")
    DOCUMENT = "document", _("Official document")
    DATABASE = "database", _("Database or software")


class Change(models.TextChoices):
    """What became of a task between two versions of a plan."""

    SAME = "same", _("Unchanged")
    CHANGED = "changed", _("Changed")
    NEW = "new", _("New")
    GONE = "gone", _("No longer in the plan")


# What the review page calls the fields that a person edits, by what is edited.
TASK_LABELS = {
    "title": _("Task"),
    "parties": _("Units"),
    "timing": _("Time as printed"),
    "starts_on": _("Starts on"),
    "ends_on": _("Due on"),
    "recurrence": _("How often"),
    "products": _("Products"),
    "audiences": _("Audiences"),
    "targets": _("Targets"),
    "languages": _("Languages"),
    "items": _("Points"),
}
HEADER_LABELS = {
    "doc_type": _("Type"),
    "number": _("Number"),
    "symbol": _("Symbol"),
    "date": _("Date (day/month/year)"),
    "issuing_body": _("Issuing body"),
    "place": _("Place"),
    "title": _("Title"),
    "signer_name": _("Signed by"),
    "signer_title": _("Post"),
}
PERIOD_LABELS = {
    "is_draft": _("This is a draft"),
    "starts_on": _("The plan covers from"),
    "ends_on": _("The plan covers until"),
}
BASIS_LABELS = {
    "type": _("Type"),
    "number": _("Number and symbol"),
    "date": _("Date (day/month/year)"),
    "issuer": _("Issuing body"),
    "name": _("Name of the document"),
}
LINE_LABELS = {
    "words": _("Words of the plan"),
    "unit": _("Unit as printed"),
    "name": _("Unit as printed"),
    "to": _("Reported to"),
    "recurrence": _("How often"),
    "deadline": _("Deadline as printed"),
}
