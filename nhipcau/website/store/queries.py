"""How the page store stands. Each is one query unless it says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from nhipcau.website.store.models import Clock, Heard, KeptPage, KeptPageQuerySet, PageTag, Round


@dataclass(frozen=True, slots=True)
class Standing:
    """Pages that are kept, those that wait to be made again, and those that could not be."""

    kept: int
    waiting: int
    failing: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A round of all pages: why, since when, how many of how many are made."""

    reason: str
    began_at: datetime
    pages: int
    made: int


def changes_seen() -> int:
    """What the clock shows now; to be asked before a page is made."""
    return Clock.objects.values_list("changes", flat=True).filter(pk=1).first() or 0


def was_heard(key: str) -> bool:
    return Heard.objects.filter(key=key).exists()


def old_pages_with(tags: Collection[str]) -> KeptPageQuerySet:
    """What shows one of these and waits to be made again."""
    shown = PageTag.objects.filter(tag__in=list(tags)).values("page")
    return KeptPage.objects.stale().filter(pk__in=shown)


def is_old(address: str) -> bool:
    return KeptPage.objects.stale().filter(address=address).exists()


def is_kept(address: str) -> bool:
    return KeptPage.objects.filter(address=address).exists()


def standing() -> Standing:
    """Three queries."""
    return Standing(
        kept=KeptPage.objects.count(),
        waiting=KeptPage.objects.stale().count(),
        failing=KeptPage.objects.failing().count(),
    )


def failing_pages(limit: int = 20) -> list[KeptPage]:
    return list(KeptPage.objects.failing().order_by("-reads", "pk")[:limit])


def progress() -> Progress | None:
    """The round that goes on; None when none does. Two queries."""
    going_on = Round.objects.filter(ended_at__isnull=True).order_by("-began_at").first()
    if going_on is None:
        return None
    left = KeptPage.objects.filter(stale_since__lte=going_on.began_at).count()
    return Progress(
        going_on.reason, going_on.began_at, going_on.pages, max(0, going_on.pages - left)
    )


def digests() -> set[str]:
    """What the pages in the index are."""
    return set(KeptPage.objects.values_list("digest", flat=True))


def known_addresses() -> Iterator[str]:
    return KeptPage.objects.order_by("pk").values_list("address", flat=True).iterator()
