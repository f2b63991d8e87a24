"""The index of the page store, what each page shows, and how often pages are read.

The index is derived data, as the pages themselves: emptied, it fills again as pages are asked for.
The counts are not: reports count on them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from nhipcau.website.store.addresses import LONGEST_ADDRESS
from nhipcau.website.store.tags import LONGEST_TAG


class KeptPageQuerySet(models.QuerySet["KeptPage"]):
    def stale(self) -> Self:
        return self.filter(stale_since__isnull=False)

    def failing(self) -> Self:
        return self.exclude(trouble="")

    def due(self, at: datetime) -> Self:
        """To be made again and in nobody's hands, the most read first."""
        return (
            self.stale()
            .filter(Q(again_at__isnull=True) | Q(again_at__lte=at))
            .order_by(F("reads").desc(), "pk")
        )


class KeptPage(models.Model):
    """One address whose page is kept: what it is, whether it is old, how much it is read.

    `stale_since` is when something that it shows changed after it was made. `again_at` puts off
    the next attempt: while somebody makes it, and after a failure, which `trouble` tells.
    """

    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    stale_since = models.DateTimeField(null=True, blank=True)
    again_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)
    reads = models.PositiveBigIntegerField(default=0)

    objects = KeptPageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("reads").desc(),
                "id",
                condition=Q(stale_since__isnull=False),
                name="page_store_stale",
            ),
            models.Index(fields=["id"], condition=~Q(trouble=""), name="page_store_failing"),
        ]

    def __str__(self) -> str:
        return self.address


class PageTag(models.Model):
    """A page shows this."""

    page = models.ForeignKey(KeptPage, on_delete=models.CASCADE, related_name="tags")
    tag = models.CharField(max_length=LONGEST_TAG)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "page"], name="a_page_shows_a_tag_once")
        ]

    def __str__(self) -> str:
        return self.tag


class Clock(models.Model):
    """One row that counts changes, and the lock under which pages and changes meet.

    Whoever makes a page reads it before, and learns under the lock whether something that the
    page shows has changed meanwhile; so no page slips in old behind a change.
    """

    changes = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.changes)


class TagChange(models.Model):
    """The last change of a tag; kept as long as the making of a page may last."""

    tag = models.CharField(max_length=LONGEST_TAG, unique=True)
    change = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.tag


class Heard(models.Model):
    """News that was acted on at once, when it was committed; its consumer need not do it again."""

    key = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Round(models.Model):
    """All pages are made again, for a reason: a new look, other settings. One at a time is open."""

    reason = models.TextField()
    pages = models.PositiveBigIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.reason


class DailyUse(models.Model):
    """How often a page was read on a day by who came from a kind of place, and from a country.

    `work` is the short id of the work that it shows, `area` two letters or "" where nobody knows.
    No row can be traced to a reader; small numbers are hidden where they are shown.
    """

    day = models.DateField()
    address = models.CharField(max_length=LONGEST_ADDRESS)
    work = models.CharField(max_length=7, blank=True)
    language = models.CharField(max_length=35, blank=True)
    came = models.CharField(max_length=10)
    area = models.CharField(max_length=2, blank=True)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "address", "came", "area"], name="a_days_use_is_counted_once"
            )
        ]
        indexes = [models.Index(fields=["work", "day"], name="page_store_use_of_work")]

    def __str__(self) -> str:
        return f"{self.day} {self.address}: {self.count}"


class CountedDay(models.Model):
    """On this day reading was counted; of any other day nobody knows, which is not 0."""

    day = models.DateField(unique=True)
    source = models.CharField(max_length=10)

    def __str__(self) -> str:
        return f"{self.day} ({self.source})"


class LogPlace(models.Model):
    """How far a log of nginx was read."""

    path = models.CharField(max_length=500, unique=True)
    inode = models.PositiveBigIntegerField(default=0)
    offset = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.path
