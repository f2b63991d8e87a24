"""What a renderer is. It reads manuscripts and media, and gives files: no rows, no clock.

    rendered = renderer.render(sources, media, options)

The same input gives the same bytes. Whatever the manuscripts hold, a renderer either gives files
that their readers' programs open, with findings for everything that reads otherwise than it was
written, or raises a RuleBroken with one sentence for the editor. It never raises anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise

from nhipcau.publishing.renderers.findings import RenditionFinding
from nhipcau.translation.manuscript import Manuscript


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as it is: JPEG, PNG, WebP, GIF or SVG, with its size in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Track:
    """Subtitles of a film in one language (WebVTT)."""

    address: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class MediaAddress:
    """Where readers find a medium; in a file that is kept, the picture itself as data.

    `widths` are smaller copies of a picture by their width.
    """

    address: str
    media_type: str
    bytes: int = 0
    width: int = 0
    height: int = 0
    widths: tuple[tuple[int, str], ...] = ()
    tracks: tuple[Track, ...] = ()


class MediaReader(Protocol):
    """Gives media by the keys in a manuscript; None when there is nothing under a key."""

    def picture(self, key: str, *, widest: int) -> PictureFile | None:
        """The picture itself, where possible not wider than `widest` pixels."""
        ...

    def address(self, key: str) -> MediaAddress | None: ...


class Purpose(StrEnum):
    """PUBLIC may carry a provenance manifest later (PDF/A-3a), ARCHIVE may not (PDF/A-2a).

    DRAFT is a look at words that nobody has cleared: what would be a PDF comes as pictures of its
    pages, one file each, made under tighter limits; a web page is its article alone, for the page
    that shows it. It is never kept.
    """

    PUBLIC = "public"
    ARCHIVE = "archive"
    DRAFT = "draft"


def has_archive_copy(form: Renderer) -> bool:
    """Whether a form is one that archives keep as PDF/A-2a: a form on paper."""
    return form.media_type == "application/pdf"


class HousePart(StrEnum):
    """What a form may show of the province; the values are the names of House's fields."""

    NAME = "name"
    EMBLEM = "emblem"
    COLOUR = "colour"
    ACCENT = "accent"


ALL_OF_HOUSE = frozenset(HousePart)


@dataclass(frozen=True, slots=True)
class House:
    """How the province shows itself: from registry's Province. `emblem` is a PNG, or empty."""

    name: str
    emblem: bytes = b""
    colour: str = "#23407a"
    accent: str = "#b02a57"


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What is not in the words.

    `address` is the permanent address that QR codes lead to, `day` the day that stands in the
    file, `words_a_minute` how fast an announcer reads. `stamp` are words laid across every page
    and picture that is drawn; forms that are text are stamped by whoever shows them.
    """

    house: House
    address: str
    day: date
    purpose: Purpose = Purpose.PUBLIC
    words_a_minute: int = 180
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """`role` tells several files of one rendition apart: "" is the rendition itself."""

    name: str
    media_type: str
    content: bytes
    role: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The first file is the rendition. `measures` are figures such as pages, seconds, parts."""

    files: tuple[RenderedFile, ...]
    findings: tuple[RenditionFinding, ...] = ()
    measures: Mapping[str, int] = field(default_factory=dict)


class Renderer(Protocol):
    """`sources` is how many language versions one rendition is made of.

    `kinds` are the kinds of works it is offered for (values of works' WorkKind), empty for all.
    `shows` is what it shows of the province: when that changes, the form is to be made again.
    """

    slug: str
    name: str | Promise
    media_type: str
    sources: int
    kinds: frozenset[str]
    shows: frozenset[HousePart]

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered: ...
