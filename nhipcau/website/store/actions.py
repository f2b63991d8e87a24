"""What is written into the index of the page store.

Nobody acts here: pages follow what was changed elsewhere, where the diary has its line. Pages and
changes meet under one lock (`Clock`), which is held for a few short statements and never while a
page is made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from nhipcau.outbox.actions import put
from nhipcau.website.store.models import (
    Clock,
    Heard,
    KeptPage,
    KeptPageQuerySet,
    PageTag,
    Round,
    TagChange,
)

# So many pages are shown anew at once, each made when it is asked for; of more each old one
# stands until its turn, or all readers at once would wait for Django.
AT_ONCE = 500
FAILING = "website.page.failing"
TOLD_AFTER = 3  # failures; the consumer that had it made tells of the first
EVERYTHING = "*"  # no tag: what every page shows
_LONGEST_MAKING = timedelta(minutes=10)
_REMEMBERED = timedelta(days=7)  # longer than a consumer tries
_LONGEST_PAUSE = timedelta(hours=1)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Touched:
    """The pages that a change makes old: how many, and their addresses where they are few."""

    count: int
    addresses: tuple[str, ...]

    @property
    def is_few(self) -> bool:
        return self.count == len(self.addresses)


@dataclass(frozen=True, slots=True)
class Noted:
    """A page in the index: since when it is as it is, and whether it is old already."""

    changed_at: datetime
    is_old: bool


def _clock() -> Clock:
    """The clock, locked to the end of the transaction."""
    clock, _ = Clock.objects.select_for_update().get_or_create(pk=1)
    return clock


@transaction.atomic
def note_page(
    *, address: str, digest: str, tags: Collection[str], seen: int, at: datetime
) -> Noted:
    """A page was made from what stood when the clock showed `seen`.

    Six statements where nothing is new. It stays old when something that it shows has changed
    since: then it is made once more.
    """
    _clock()
    page, is_new = KeptPage.objects.get_or_create(address=address, defaults={"made_at": at})
    changed = TagChange.objects.filter(change__gt=seen, tag__in=[*tags, EVERYTHING]).exists()
    changed_at = page.changed_at if page.digest == digest and page.changed_at else at
    page.digest, page.made_at, page.changed_at = digest, at, changed_at
    page.stale_since = (page.stale_since or at) if changed else None
    page.again_at, page.failures, page.trouble = None, 0, ""
    page.save()
    shown = set() if is_new else set(page.tags.values_list("tag", flat=True))
    if gone := shown - set(tags):
        page.tags.filter(tag__in=gone).delete()
    PageTag.objects.bulk_create([PageTag(page=page, tag=tag) for tag in sorted(set(tags) - shown)])
    return Noted(changed_at, changed)


@transaction.atomic
def note_change(*, tags: Collection[str], at: datetime, heard: Collection[str] = ()) -> Touched:
    """Things with these tags have changed: every page that shows one is old.

    `heard` are the keys of the news that said so, which needs no second hearing.
    """
    clock = _clock()
    Heard.objects.bulk_create([Heard(key=key, at=at) for key in heard], ignore_conflicts=True)
    Heard.objects.filter(at__lt=at - _REMEMBERED).delete()
    clock.changes += 1
    clock.save()
    TagChange.objects.bulk_create(
        [TagChange(tag=tag, change=clock.changes, at=at) for tag in sorted(set(tags))],
        update_conflicts=True,
        unique_fields=["tag"],
        update_fields=["change", "at"],
    )
    TagChange.objects.filter(at__lt=at - _LONGEST_MAKING).delete()
    pages = KeptPage.objects.filter(
        pk__in=PageTag.objects.filter(tag__in=list(tags)).values("page")
    )
    return _note_old(pages, at)


def _note_old(pages: KeptPageQuerySet, at: datetime) -> Touched:
    pages.filter(stale_since__isnull=True).update(stale_since=at)
    pages.update(again_at=None)
    return few_of(pages)


def few_of(pages: KeptPageQuerySet) -> Touched:
    """How many these are, and which, the most read first."""
    addresses = tuple(
        pages.order_by("-reads", "pk").values_list("address", flat=True)[: AT_ONCE + 1]
    )
    if len(addresses) <= AT_ONCE:
        return Touched(len(addresses), addresses)
    return Touched(pages.count(), ())


@transaction.atomic
def begin_round(*, reason: str, at: datetime) -> Touched:
    """Everything that all pages show has changed: each is old, the most read is made first.

    One that was still going on is taken up into this one.
    """
    clock = _clock()
    clock.changes += 1
    clock.save()
    TagChange.objects.update_or_create(tag=EVERYTHING, defaults={"change": clock.changes, "at": at})
    KeptPage.objects.filter(stale_since__isnull=True).update(stale_since=at)
    KeptPage.objects.update(again_at=None)
    Round.objects.filter(ended_at__isnull=True).update(ended_at=at)
    count = KeptPage.objects.count()
    Round.objects.create(reason=reason, pages=count, began_at=at, ended_at=None if count else at)
    return Touched(count, ())


def end_rounds(*, at: datetime) -> None:
    """A round is over when nothing is left of it."""
    for each in Round.objects.filter(ended_at__isnull=True):
        if not KeptPage.objects.filter(stale_since__lte=each.began_at, again_at=None).exists():
            each.ended_at = at
            each.save()


def take_next(*, at: datetime, only: Iterable[str] | None = None) -> str | None:
    """The address whose turn it is, in this worker's hands for the next minutes."""
    due = KeptPage.objects.due(at)
    if only is not None:
        due = due.filter(address__in=list(only))
    for pk, address, again_at in due.values_list("pk", "address", "again_at")[:20]:
        # Whoever comes second finds that it has moved.
        if KeptPage.objects.filter(pk=pk, again_at=again_at, stale_since__isnull=False).update(
            again_at=at + _LONGEST_MAKING
        ):
            return address
    return None


def take_for_a_reader(*, address: str, at: datetime) -> bool:
    """Whether a reader's request may make the page: nobody else has it in hand right now."""
    page = KeptPage.objects.filter(address=address)
    mine = page.stale().filter(Q(again_at__isnull=True) | Q(again_at__lte=at))
    if mine.update(again_at=at + _LONGEST_MAKING):
        return True
    return not page.stale().filter(again_at__gt=at, trouble="").exists()


@transaction.atomic
def note_failure(*, address: str, trouble: str, at: datetime) -> None:
    """The page could not be made; the old one stays, and it is tried again, ever more seldom.

    When it has failed a few times operators hear of it: news that is not done with until the page
    can be made stands under “Background work” in the desk.
    """
    page = KeptPage.objects.filter(address=address).first()
    if page is None:
        return
    page.failures += 1
    page.trouble = trouble[:1000]
    page.stale_since = page.stale_since or at
    page.again_at = at + min(_LONGEST_PAUSE, timedelta(seconds=10 * 2 ** min(page.failures, 9)))
    page.save()
    if page.failures == TOLD_AFTER:
        put(
            topic=FAILING,
            key=f"{FAILING}:{page.pk}:{at.timestamp()}",
            about=f"page:{page.pk}",
            payload={"page": page.pk},
            at=at,
        )


def forget_page(*, address: str) -> None:
    """There is no such page any more."""
    KeptPage.objects.filter(address=address).delete()


def add_reads(*, reads: Mapping[str, int]) -> None:
    """So often more were these pages read."""
    for address, number in reads.items():
        KeptPage.objects.filter(address=address).update(reads=F("reads") + number)


def halve_reads() -> None:
    """What was read long ago counts ever less in the order in which pages are made."""
    KeptPage.objects.filter(reads__gt=0).update(reads=F("reads") / 2)
