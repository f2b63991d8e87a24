"""Names of what pages show (`store.tags.shows`): of things, and of lists that new things enter."""

from __future__ import annotations

from uuid import UUID

GATES = "gates"
ACCOUNTS = "accounts"
ALARMS = "alarms"
PROVINCE = "province"
OLD_ADDRESSES = "old-addresses"


def subject_tag(subject: UUID) -> str:
    """A work, and whatever of it is on the page."""
    return f"subject:{subject}"


def page_tag(page: int) -> str:
    return f"page:{page}"


def frame_tag(language: str) -> str:
    """What surrounds every page of a language: its sections and the names of places."""
    return f"frame:{language}"


def list_tag(language: str) -> str:
    """Lists of what went out in a language (a tag); with "", in any language."""
    return f"releases:{language.lower()}" if language else "releases"
