"""What could not be taken over as it was written: nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """Why something of a body reads otherwise than it was saved."""

    UNKNOWN_BLOCK = "unknown_block"  # no block of ours; its words were kept as paragraphs
    BROKEN_BLOCK = "broken_block"  # a value of the wrong shape; its words were kept
    UNKNOWN_TAG = "unknown_tag"  # the words inside were kept
    DROPPED_MARKUP = "dropped_markup"  # scripts, styles, comments: shown here, not on the page
    UNSAFE_LINK = "unsafe_link"  # the words were kept, the address was not
    TOO_DEEP = "too_deep"  # a list deeper than a page can show was flattened
    DIRECTION_MARK = "direction_mark"  # marks that turn the direction of writing were taken out
    MISSING_MEDIUM = "missing_medium"  # a picture or file that is not (any more) there
    UNREADABLE_NUMBER = "unreadable_number"  # a chart has a gap there
    UNEVEN_ROWS = "uneven_rows"  # a row longer or shorter than the head


@dataclass(frozen=True, slots=True)
class Finding:
    """`block` counts from 0; `shown` is the thing itself, cut to what a screen can show."""

    kind: FindingKind
    block: int
    shown: str
