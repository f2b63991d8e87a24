"""The worker's part: it hears of changes and makes pages again."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.outbox.contract import Handler, News
from nhipcau.outbox.errors import DeliveryFailed
from nhipcau.website.models import Alarm
from nhipcau.website.rules.tags import ALARMS
from nhipcau.website.store import actions
from nhipcau.website.store.changing import change, make_due
from nhipcau.website.store.models import KeptPage, TagChange
from nhipcau.website.store.news import CHANGED
from nhipcau.website.store.queries import (
    old_pages_with,
    progress,
    standing,
    was_heard,
)
from nhipcau.website.store.settling import settle
from nhipcau.website.store.use import gather

_SECONDS_OF_NEWS = 20.0
_SECONDS_OF_A_ROUND = 5.0
_SETTLE_EVERY = timedelta(hours=1)
_GATHER_EVERY = timedelta(seconds=10)
_settled: list[datetime] = []
_gathered: list[datetime] = []


HEARD = frozenset({"publishing.release.out", "publishing.release.withdrawn", CHANGED})


class PageStore(Handler):
    """Has the pages made again that show what the news is about.

    Readers see a change as soon as it is committed (`receivers`); where that was cut off, this
    makes up for it, and in any case it has the pages ready again before the next reader.
    """

    name = gettext_noop("website.pages")
    topics = HEARD | {actions.FAILING}
    lease = timedelta(minutes=2)

    def handle(self, message: News) -> None:
        if message.topic == actions.FAILING:
            _say_what_fails(message.payload["page"])
            return
        news = import_string(settings.PAGE_STORE_NEWS)(message.topic, message.payload)
        if not was_heard(message.key):
            change(
                tags=news.tags,
                withdrawn=news.withdrawn,
                at=message.written_at,
                heard=[message.key],
                is_urgent=news.is_urgent,
            )
        touched = actions.few_of(old_pages_with([*news.tags, *news.withdrawn]))
        if not touched.is_few:
            return  # each stands until its turn: `make_old_pages` goes on with them
        failed = make_due(only=touched.addresses, seconds=_SECONDS_OF_NEWS, beat=message.heartbeat)
        if failed:
            raise DeliveryFailed(
                _("%(count)d pages could not be made again, so the old ones stay: %(addresses)s")
                % {"count": len(failed), "addresses": ", ".join(failed[:5])}
            )


def _say_what_fails(pk: int) -> None:
    """Raises DeliveryFailed as long as the page cannot be made: so it stands before operators."""
    page = KeptPage.objects.failing().filter(pk=pk).first()
    if page is not None:
        raise DeliveryFailed(
            _("The page %(address)s cannot be made, so the old one stays: %(trouble)s")
            % {"address": page.address, "trouble": page.trouble}
        )


def make_old_pages(*, at: datetime) -> bool:
    """Every second: make what is old, for some seconds; whether more is waiting."""
    began = time.monotonic()
    _settle_now_and_then(at)
    _gather_now_and_then(at)
    make_due(seconds=_SECONDS_OF_A_ROUND)
    if progress() is not None:
        actions.end_rounds(at=at)
    return time.monotonic() - began >= _SECONDS_OF_A_ROUND and standing().waiting > 0


def _settle_now_and_then(at: datetime) -> None:
    """At the start of a worker and once an hour."""
    if _settled and timedelta() <= at - _settled[0] < _SETTLE_EVERY:
        return
    settle(at=at)
    _settled[:] = [at]


def _gather_now_and_then(at: datetime) -> None:
    """Every ten seconds: what was read. Once a day what was read long ago counts less."""
    if _gathered and timedelta() <= at - _gathered[0] < _GATHER_EVERY:
        return
    if _gathered and timezone.localdate(_gathered[0]) < timezone.localdate(at):
        actions.halve_reads()
    gather(at=at)
    _begin_and_end_alarms(at)
    _gathered[:] = [at]


def _begin_and_end_alarms(at: datetime) -> None:
    """Alarms begin and end at their minute, though nobody does anything then. Two queries."""
    since = _gathered[0] if _gathered else at - _SETTLE_EVERY
    moments = Q(begins_at__gt=since, begins_at__lte=at) | Q(ends_at__gt=since, ends_at__lte=at)
    found = Alarm.objects.filter(moments).values_list("begins_at", "ends_at")
    newest = max((each for pair in found for each in pair if each and each <= at), default=None)
    # Who raised or ended it by hand has told the pages already.
    if newest and not TagChange.objects.filter(tag=ALARMS, at__gte=newest).exists():
        change(tags=[ALARMS], at=at, is_urgent=True)
