"""The parts of a manuscript: text with its marks, pictures by key, tables, charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. A line feed in them is a forced line break.

    `language` is a BCP-47 tag where the words are in another language than the manuscript;
    `link` is an address that is safe to follow.
    """

    text: str
    bold: bool = False
    italic: bool = False
    raised: Literal["", "sup", "sub"] = ""
    link: str = ""
    language: str = ""

    def saying(self, text: str) -> Run:
        """The same look with other words."""
        return Run(text, self.bold, self.italic, self.raised, self.link, self.language)


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, with the lists that stand inside it."""

    runs: Runs
    nested: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    ordered: bool
    items: tuple[Item, ...]


Prose: TypeAlias = Paragraph | Listing


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is the title of the manuscript."""

    level: Literal[2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    paragraphs: tuple[Paragraph, ...]
    who: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. `media` is its key for a MediaReader, "" when the picture is missing."""

    media: str
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Gallery:
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` hold one cell per column of `head`; `numeric` are the columns to set flush right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: frozenset[int] = frozenset()


class RecordingKind(StrEnum):
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Recording:
    """Sound or film. `poster` is the key of a still picture, `seconds` 0 when unknown."""

    kind: RecordingKind
    media: str
    title: str = ""
    transcript: tuple[Paragraph, ...] = ()
    caption: str = ""
    credit: str = ""
    poster: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class FileLink:
    media: str
    title: str


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A map: the areas in words are what a reader gets who cannot see it."""

    figure: Figure
    areas: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Timeline:
    title: str
    entries: tuple[Entry, ...]


class CallOutKind(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class CallOut:
    kind: CallOutKind
    title: str
    content: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Facts:
    title: str
    rows: tuple[Fact, ...]


class ChartKind(StrEnum):
    BAR = "bar"
    COLUMN = "column"
    LINE = "line"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers; None where there is no number, which is never drawn as nought."""

    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to be drawn: `labels` name the places of each series' values."""

    kind: ChartKind
    title: str
    unit: str
    source: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


Block: TypeAlias = (
    Paragraph
    | Listing
    | Heading
    | Quote
    | Figure
    | Gallery
    | Table
    | Recording
    | FileLink
    | MapFigure
    | Timeline
    | CallOut
    | Facts
    | Chart
)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The approved words of one language version, and what every form must say about them.

    `script` is an ISO 15924 code (“Latn”, “Hans”, “Laoo”). `source_language` is the tag that the
    words were translated from, "" for an original; `machine_helped` says that a machine
    translated or wrote parts which a person then accepted. `version` is the label that
    readers see (“2” or “bản sửa 1”). A first edition bears the day on which its words were
    `approved`, a later one the day on which the first was `issued` and that on which it was
    `revised`; they are days as calendars in the province show them.
    """

    language: str
    script: str
    title: str
    summary: str
    blocks: tuple[Block, ...]
    issuer: str
    approved: date | None = None
    issued: date | None = None
    revised: date | None = None
    version: str = ""
    source_language: str = ""
    machine_helped: bool = False
    credits: tuple[str, ...] = ()
