"""What the diary can be asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit import guards
from nhipcau.audit.models import Entry, Seal, SignedHead, Unsealed
from nhipcau.audit.rules import Head
from nhipcau.kernel.canonical import canonical, moment
from nhipcau.kernel.folding import unaccented

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the diary, newest first; `older` asks for the next one, None at the end."""

    entries: Sequence[Entry]
    older: int | None


def history_of(*, kind: str, key: str, before: int | None = None, size: int = PAGE) -> Page:
    """What happened to one thing; `kind` is the model's label in lower case ("plans.task")."""
    return _page(Entry.objects.filter(target_kind=kind, target_key=key), before, size)


def history_of_several(things: Collection[tuple[str, str]], *, size: int = PAGE) -> Page:
    """What happened to any of several things, each as `kind` and `key`. One query."""
    wanted = Q(pk__in=[])
    for kind in {kind for kind, _key in things}:
        keys = [key for its_kind, key in things if its_kind == kind]
        wanted |= Q(target_kind=kind, target_key__in=keys)
    return _page(Entry.objects.filter(wanted), None, size)


def history_of_an_actor(*, by_key: str, before: int | None = None, size: int = PAGE) -> Page:
    """What one actor did ("person:41")."""
    return _page(Entry.objects.filter(by_key=by_key), before, size)


def search(
    *,
    words: str = "",
    event: str = "",
    unit_key: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    size: int = PAGE,
) -> Page:
    """Entries that hold all of `words` in the names of target, actor or unit, accents or not.

    `event` may be a beginning ("plans."); `until` does not belong to the stretch of time.
    """
    wanted = Q()
    for word in unaccented(words).split():
        wanted &= Q(words__contains=word)
    if event:
        wanted &= Q(event__startswith=event) if event.endswith(".") else Q(event=event)
    if unit_key:
        wanted &= Q(unit_key=unit_key)
    if since:
        wanted &= Q(at__gte=since)
    if until:
        wanted &= Q(at__lt=until)
    return _page(Entry.objects.filter(wanted), before, size)


def _page(entries: QuerySet[Entry], before: int | None, size: int) -> Page:
    if before is not None:
        entries = entries.filter(pk__lt=before)
    found = list(entries.order_by("-pk")[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else None)


def unsealed_count() -> int:
    """How many entries wait for the sealer."""
    return Unsealed.objects.count()


def last_seal() -> Seal | None:
    return Seal.objects.order_by("-position").first()


def latest_head() -> Head | None:
    """The newest signed head, to be put into a backup or a digest; None before the first."""
    row = SignedHead.objects.order_by("-pk").first()
    return None if row is None else as_head(row)


def as_head(row: SignedHead) -> Head:
    return Head(row.position, row.hash, moment(row.at), row.key, row.signature)


def digest(*, day: date, head: Head | None) -> str:
    """What happened on `day` (in the house's time zone) and how far the chain is, as a text.

    Counts by event only: no name leaves the house in it. The last line is the signed head.
    """
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    counts = (
        Entry.objects.filter(at__gte=start, at__lt=end)
        .values_list("event")
        .annotate(number=Count("pk"))
        .order_by("event")
    )
    lines = [
        _("Diary of %(house)s, %(day)s") % {"house": settings.WAGTAIL_SITE_NAME, "day": day},
        "",
        *[f"{number:>8}  {event}" for event, number in counts],
        "",
        _("Keep this text outside the house: with it, a diary that was cut short is found."),
        canonical(head.as_dict()).decode() if head else _("The diary is empty."),
    ]
    return "\n".join(lines) + "\n"


def missing_guards() -> list[str]:
    """The triggers that do not stand guard over the diary as they should; `migrate` mends it."""
    return [f"{guard.table}: {guard.name}" for guard in guards.missing_guards(connection)]
