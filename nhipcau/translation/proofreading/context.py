"""What a draft's surroundings tell a proofreader; whoever has the rows fills it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from nhipcau.media.enums import Consent


@dataclass(frozen=True, slots=True)
class Rights:
    """What is on record about one picture, recording or file.

    `consent` is a media.enums.Consent; `consent_until` is the last day on which it holds, None
    where it holds without an end. `file_name` is the name under which it was brought.
    """

    credit: str = ""
    source: str = ""
    holder: str = ""
    licence: str = ""
    licence_until: date | None = None
    consent: str = Consent.NOT_NEEDED.value
    consent_until: date | None = None
    is_map: bool = False
    file_name: str = ""


class NameVerdict(StrEnum):
    """What the registry says of a name."""

    KNOWN = "known"
    FORMER = "former"  # borne once; `right` says by whom or what now
    MISSPELT = "misspelt"  # `right` is the name that was meant
    AMBIGUOUS = "ambiguous"  # several answer to it: `right` lists them
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """`until` is the day on which a former name ended."""

    verdict: NameVerdict
    right: tuple[str, ...] = ()
    until: date | None = None


class NameBook(Protocol):
    """Names of places and bodies, as of a day. No look-up costs a query."""

    def look_up(self, name: str, *, on: date) -> NameAnswer: ...


class LinkState(StrEnum):
    """What came of visiting an address."""

    ALIVE = "alive"
    MOVED = "moved"  # for good; `target` is the new address
    GONE = "gone"  # 404, 410
    REFUSED = "refused"  # an answer, but no page: 401, 403, 429, 5xx
    UNREACHABLE = "unreachable"  # no such host, no answer, no valid certificate
    TOO_SLOW = "too_slow"
    FORBIDDEN = "forbidden"  # an address that we do not visit: private, strange port, no http
    OFFLINE = "offline"  # this house could not go out at all: nothing is known of the address


@dataclass(frozen=True, slots=True)
class Visit:
    """One address as it answered; `status` is 0 where there was no answer."""

    state: LinkState
    status: int = 0
    target: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """Words that a machine translated or wrote, and who accepted them.

    `waiting` are the ids of blocks ("title" and "summary" too) that no person has accepted yet.
    """

    engine: str = ""
    waiting: frozenset[str] = field(default_factory=frozenset)
