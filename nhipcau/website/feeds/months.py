"""What sitemaps hold, at a moment: works by the month in which their texts first went out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from django.core.cache import cache

from nhipcau.publishing.models import ReleasedFile, ReleasedVersion
from nhipcau.publishing.queries.public import Wanted, first_out, month_bounds, months_of
from nhipcau.publishing.queries.public_works import tongues_of
from nhipcau.publishing.queries.releases import page_address
from nhipcau.website.feeds.contract import Other
from nhipcau.website.feeds.reading import absolute
from nhipcau.website.feeds.sitemaps import Place, file_name

_COUNTED = "website.feeds.months"
KEPT = 600  # seconds
PART = 5_000
"""Addresses in a file; the standard takes ten times as many, and a reader waits for each file."""


def files_of_months(*, at: datetime) -> Iterator[str]:
    """The names of the files of all months, newest first. One query.

    How much went out in which month is counted over everything, so it is kept for ten minutes;
    what a file holds is asked anew each time.
    """
    counted = cache.get_or_set(_COUNTED, lambda: months_of(Wanted(), at=at), KEPT)
    for month, count in counted or ():
        for part in range(1, -(-count // PART) + 1):
            yield file_name(month, part)


def places_of_month(year: int, month: int, part: int, *, at: datetime) -> list[Place]:
    """The addresses of a part of a month, oldest first, so that parts fill up. Four queries."""
    since, before = month_bounds(year, month)
    found = first_out(Wanted(since=since, before=before), at=at)[::-1]
    firsts = found[(part - 1) * PART : part * PART]
    rows = {
        row[0]: row[1:]
        for row in ReleasedVersion.objects.public(at=at)
        .filter(version__in=[first.version for first in firsts])
        .values_list(
            "version",
            "release",
            "release__released_at",
            "language__tag",
            "slug",
            "release__subject__short_id",
        )
    }
    tongues = tongues_of({first.subject for first in firsts}, at=at)
    pictures = _pictures({row[0] for row in rows.values()})
    places = []
    for first in firsts:
        if first.version not in rows:
            continue
        release, changed_at, tag, slug, short_id = rows[first.version]
        address = page_address(language=tag, slug=slug, short_id=short_id)
        others = [
            Other(tongue.tag, absolute(tongue.address))
            for tongue in tongues.get(first.subject, ())
            if tongue.address != address
        ]
        places.append(Place(absolute(address), tag, changed_at, others, pictures.get(release, ())))
    return places


def _pictures(releases: Collection[int]) -> dict[int, list[str]]:
    """The whole pictures that left with these releases. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    for release, name in (
        ReleasedFile.objects.filter(
            release__in=releases,
            media_key__startswith="picture/",
            role="",
            withdrawn_at__isnull=True,
            public_copy__isnull=False,
        )
        .order_by("pk")
        .values_list("release", "public_copy__name")
    ):
        found[release].append(absolute(f"/media/{name}"))
    return found
