"""Names of what pages show (`store.tags.shows`): of things, and of lists that new things enter."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

GATES = "gates"
ACCOUNTS = "accounts"
ALARMS = "alarms"
PROVINCE = "province"
OLD_ADDRESSES = "old-addresses"


def subject_tag(subject: UUID | str) -> str:
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


def list_tags(
    language: str,
    *,
    topics: Collection[str] = (),
    areas: Collection[int] = (),
    kinds: Collection[str] = (),
    mode: str = "",
) -> frozenset[str]:
    """The tags of a list that is narrowed so; what narrows it first says when it changes."""
    every = list_tag(language)
    narrowed = _narrowed(every, topics, areas, kinds, [mode] if mode else [])
    return next((frozenset(tags) for tags in narrowed if tags), frozenset([every]))


def touched_lists(
    languages: Collection[str],
    *,
    topics: Collection[str],
    areas: Collection[int],
    kinds: Collection[str],
    modes: Collection[str],
) -> frozenset[str]:
    """The tags of every list that a work in these languages may enter or leave."""
    found: set[str] = set()
    for language in ("", *languages):
        every = list_tag(language)
        found.add(every)
        for tags in _narrowed(every, topics, areas, kinds, modes):
            found.update(tags)
    return frozenset(found)


def _narrowed(
    every: str,
    topics: Collection[str],
    areas: Collection[int],
    kinds: Collection[str],
    modes: Collection[str],
) -> list[list[str]]:
    return [
        [f"{every}:{what}:{str(key).replace('/', '.')}" for key in keys]
        for what, keys in (("topic", topics), ("area", areas), ("kind", kinds), ("mode", modes))
    ]


def corrections_tag(language: str) -> str:
    """What was corrected and withdrawn in a language (a tag); with "", in any."""
    return f"corrections:{language.lower()}" if language else "corrections"
