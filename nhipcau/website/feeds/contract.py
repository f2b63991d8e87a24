"""A feed as every writer takes it. Addresses are whole, texts plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with an item."""

    address: str
    media_type: str
    bytes: int
    name: str


@dataclass(frozen=True, slots=True)
class Other:
    """The same item in another language: its tag and address."""

    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One text. `identity` never changes, whatever becomes of its title or address.

    `subject` is the uuid of its work.
    """

    subject: str
    identity: str
    address: str
    title: str
    summary: str
    kind: str
    issuer: str
    first_at: datetime
    changed_at: datetime
    is_correction: bool
    topics: Sequence[Topic] = ()
    others: Sequence[Other] = ()
    enclosures: Sequence[Enclosure] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest texts of a list in one language.

    `changed_at` is of its newest text; the moment of asking where there is none.
    """

    title: str
    publisher: str
    language: str
    home: str
    address: str
    changed_at: datetime
    items: Sequence[Item]
