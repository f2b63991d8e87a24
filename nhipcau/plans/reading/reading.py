"""What was read in a document: values, each with its place in the text and how sure it is.

`Span` counts characters of `Reading.text`, the normalised text. `Words.text` is what stands at
its span, lines joined by one space; `Words.also` names further places from which a value was put
together (a body's name that the header leaves incomplete and the opening sentence completes).
Confidence runs from 0 to 1 and says how the value was found: 0.9 and more for a printed label,
below 0.7 for an inference that a person should look at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open interval of characters in the normalised text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the document, and where they stand."""

    text: str
    span: Span
    confidence: float
    also: tuple[Span, ...] = ()

    def followed_by(self, text: str, span: Span, *, doubt: float = 0.0) -> Words:
        """This value and the words that go on with it, one stretch where nothing lies between."""
        whole, confidence = f"{self.text} {text}", self.confidence - doubt
        if not self.also and span.start - self.span.end == 1:
            return Words(whole, Span(self.span.start, span.end), confidence)
        return Words(whole, self.span, confidence, (*self.also, span))


@dataclass(frozen=True, slots=True)
class Coded:
    """A printed word and the code it stands for: "KẾ HOẠCH" is "KH"."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed; `iso` is cut short where day or month is blank: "2022-10", "2024"."""

    iso: str
    words: Words
    possible: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one names. `name` is given where no number is printed."""

    type: str
    number: str | None
    date: str | None
    name: str | None
    issuer: str | None
    words: Words


@dataclass(frozen=True, slots=True)
class Stamp:
    """The stamp of the office that received the paper: its number is not the document's."""

    office: str | None
    number: str | None
    date_raw: str | None
    words: Words


class Precision(StrEnum):
    """How exact a time is; NONE where the words name no calendar time."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    YEARS = "years"
    NONE = "none"


class Recurrence(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    FIVE_YEARLY = "five_yearly"
    CONTINUOUS = "continuous"
    ON_DEMAND = "on_demand"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days, both ends included; an open end is None ("before 15/12/2024")."""

    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Timing:
    """When a task is to be done: the raw words, and what they mean on the calendar.

    `windows` holds one stretch per time named ("Quý II, III năm 2017" gives one that spans both);
    `relative` is set where the time hangs on an event; `deadline` where only an end is named.
    """

    words: Words
    windows: tuple[Window, ...] = ()
    precision: Precision = Precision.NONE
    recurrence: Recurrence | None = None
    deadline: bool = False
    tentative: bool = False
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: a range where two numbers are printed, an open end for "at least", "at most"."""

    minimum: int | None
    maximum: int | None
    counted: str
    approximate: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Product:
    """Something that a task is to bring forth."""

    words: Words
    kind: str | None = None
    quantities: tuple[Quantity, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A bullet or sentence inside a task that orders something, with the units it names."""

    words: Words
    actors: tuple[Words, ...] = ()


class Role(StrEnum):
    """What a section or node is for."""

    CONTENT = "content"
    PURPOSE = "purpose"
    SITUATION = "situation"
    FUNDING = "funding"
    ORGANISATION = "organisation"
    SLOGANS = "slogans"
    SCOPE = "scope"
    METHOD = "method"
    SCHEDULE = "schedule"
    TARGETS = "targets"
    ASSIGNMENT = "assignment_block"
    TABLE_ROW = "table_row"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the first level; `path` as printed, with "#2" on a numeral met before."""

    path: str
    title: Words
    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered node of the content part.

    `path` names its place ("II.4.2.1.đ"); the node above it is found by cutting the last step.
    `span` covers the node's own text and that of its labels, not its sub-nodes.
    """

    path: str
    title: Words
    span: Span
    lead_units: tuple[Words, ...] = ()
    coordinating_units: tuple[Words, ...] = ()
    implementing_units: tuple[Words, ...] = ()
    actors: tuple[Words, ...] = ()
    timing: Timing | None = None
    products: tuple[Product, ...] = ()
    audiences: tuple[Words, ...] = ()
    targets: tuple[Quantity, ...] = ()
    items: tuple[Item, ...] = ()
    languages: tuple[str, ...] = ()
    role: Role | None = None

    @property
    def parent_path(self) -> str | None:
        above, _, _ = self.path.rpartition(".")
        return above or None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What one unit (or a group named in one breath) has to do by the organisation part."""

    unit: Words
    units: tuple[Words, ...]
    duties: tuple[Words, ...]
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class ReportingDuty:
    """Who reports to whom, how often, until when. `words` is the sentence."""

    words: Words
    who: Words | None
    to: tuple[Words, ...]
    recurrence: Recurrence | None
    deadline: Words | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person must look at."""

    code: str
    vi: str
    en: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one document. Proposals, for a person to accept or mend."""

    text: str
    doc_type: Coded | None = None
    number: Words | None = None
    symbol: Words | None = None
    issuing_body: Words | None = None
    parent_body: Words | None = None
    place: Words | None = None
    date: PrintedDate | None = None
    title: Words | None = None
    is_draft: bool = False
    draft_mark: Words | None = None
    incoming_stamp: Stamp | None = None
    legal_bases: tuple[Reference, ...] = ()
    nested_references: tuple[Reference, ...] = ()
    footnote_references: tuple[Reference, ...] = ()
    addressees: tuple[Words, ...] = ()
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    annex_tasks: tuple[Task, ...] = ()
    funding_sources: tuple[Words, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    reporting_duties: tuple[ReportingDuty, ...] = ()
    recipients: tuple[Words, ...] = ()
    signing_authority: tuple[Words, ...] = ()
    signer_title: Words | None = None
    signer_name: Words | None = None
    warnings: tuple[Notice, ...] = ()
    origins: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def origin(self, position: int) -> int:
        """Where the character at `position` of the normalised text stood in the source's text."""
        low, high = 0, len(self.origins)
        while low + 1 < high:
            middle = (low + high) // 2
            if self.origins[middle][0] <= position:
                low = middle
            else:
                high = middle
        start, raw = self.origins[low] if self.origins else (0, 0)
        return raw + position - start

    def as_json(self, *, spans: bool = False) -> dict[str, Any]:
        """The object that `nhipcau plan read` prints; with `spans`, places and confidences too."""
        from nhipcau.plans.reading.printing import as_json  # noqa: PLC0415 -- printing needs these classes

        return as_json(self, spans=spans)
