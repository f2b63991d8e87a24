"""What of a request decides which bytes of a page are sent: pure, and asked at every request."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST_HEADER = 1000


def encoding_for(accepted: str, offered: Collection[str]) -> str:
    """The best of the offered encodings that Accept-Encoding allows (RFC 9110, 12.5.3).

    `offered` stands in the order of our liking; "" is the page as it is, which every reader takes.
    """
    if not accepted or len(accepted) > _LONGEST_HEADER:
        return ""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = _weight(parameters)
    best, most = "", 0.0
    for encoding in offered:
        weight = weights.get(encoding, weights.get("*", 0.0)) if encoding else 0.0
        if weight > most:
            best, most = encoding, weight
    return best


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def is_unchanged(etag: str, changed_at: datetime, *, none_match: str, modified_since: str) -> bool:
    """Whether the reader has this page already (RFC 9110, 13.2.2): any encoding of it counts."""
    if none_match:
        if len(none_match) > _LONGEST_HEADER:
            return False
        return none_match.strip() == "*" or any(
            part.strip().removeprefix("W/").strip('"').partition("-")[0] == etag
            for part in none_match.split(",")
        )
    if not modified_since or len(modified_since) > _LONGEST_HEADER:
        return False
    try:
        known = parsedate_to_datetime(modified_since)
    except (ValueError, TypeError, OverflowError):
        return False
    if known.tzinfo is None:
        known = known.replace(tzinfo=UTC)
    return changed_at.replace(microsecond=0) <= known
