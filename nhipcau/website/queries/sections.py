"""A section: the newest works of its rule, or those of one month; the months behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nhipcau.publishing.queries.public import Wanted, month_bounds, months_of
from nhipcau.website.enums import TAGS
from nhipcau.website.models import SectionPage
from nhipcau.website.queries.cards import Card, cards_of, listed
from nhipcau.website.queries.rooms import Room, rooms_of
from nhipcau.website.rules.addresses import Month

NEWEST = 18
MOST_OF_A_MONTH = 1_000  # a month of a section that makes thirty works a day


@dataclass(frozen=True, slots=True)
class SectionNow:
    above: Sequence[Room]
    cards: Sequence[Card]
    months: Sequence[tuple[Month, int]]
    month: Month | None = None


def wanted_in(page: SectionPage, *, language: str) -> Wanted:
    """What flows into the section. One query for a page that is kept, none for a preview."""
    return Wanted(
        language=TAGS.get(language, language),
        topics=frozenset(topic.key for topic in page.topics.all()),
        kinds=frozenset(page.kinds),
    )


def section_now(
    page: SectionPage, *, language: str, at: datetime, month: Month | None
) -> SectionNow:
    """The section as it stands: nine queries, and those of what stands above the list."""
    wanted = wanted_in(page, language=language)
    months = [(Month(first.year, first.month), count) for first, count in months_of(wanted, at=at)]
    if month is not None:
        since, before = month_bounds(month.year, month.number)
        asked = Wanted(
            language=wanted.language,
            topics=wanted.topics,
            kinds=wanted.kinds,
            since=since,
            before=before,
        )
        found = listed(asked, at=at, most=MOST_OF_A_MONTH)
        return SectionNow([], cards_of(found, frame=language, at=at), months, month)
    above = rooms_of(page.above, language=language, at=at)
    found = listed(wanted, at=at, most=NEWEST)
    return SectionNow(above, cards_of(found, frame=language, at=at), months)
