"""Characters that no page may carry, whoever wrote them."""

from __future__ import annotations

import re
import unicodedata

# Controls (a line feed stays, it is a forced line break), code points that XML forbids, and the
# marks that turn the direction of writing: none of our languages runs from right to left, so
# there they only serve to show a reader other words than the ones that were approved.
_BANNED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


def clean(text: str) -> str:
    """NFC, without controls and marks of direction; line ends as line feeds, tabs as spaces."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _BANNED.sub("", text))


def turns_direction(text: str) -> bool:
    """Whether marks in it would show a reader other words than were written."""
    return _DIRECTION.search(text) is not None
