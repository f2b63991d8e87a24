"""Who hears what, from when on."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.outbox.consumers import handlers, name_here
from nhipcau.outbox.contract import Handler
from nhipcau.outbox.errors import StillListed
from nhipcau.outbox.locks import take_registration
from nhipcau.outbox.models import Consumer, Handover, Message


def register_consumers(*, at: datetime) -> list[str]:
    """Make the consumers known that the settings list for this node; the names of what changed.

    A new one hears everything from now on, and the past if it asks for that; one that is no
    longer listed hears nothing more; one that comes back is told what it missed. Costs one
    query when nothing changed.
    """
    node = settings.NODE
    listed = {name_here(handler, node): handler for handler in handlers()}
    known = {consumer.name: consumer for consumer in Consumer.objects.filter(node__in=["", node])}
    new = [name for name in listed if name not in known or _differs(known[name], listed[name])]
    gone = [name for name, row in known.items() if name not in listed and row.until is None]
    if new or gone:
        with transaction.atomic():
            take_registration()
            newest = Message.objects.aggregate(Max("pk"))["pk__max"] or 0
            for name in new:
                _register(name, listed[name], newest, at)
            Consumer.objects.filter(name__in=gone).update(until=at)
    return [*new, *gone]


def _differs(row: Consumer, handler: Handler) -> bool:
    return row.until is not None or row.topics != sorted(handler.topics)


def _register(name: str, handler: Handler, newest: int, at: datetime) -> None:
    topics = sorted(handler.topics)
    row, is_new = Consumer.objects.get_or_create(
        name=name,
        defaults={
            "node": settings.NODE if handler.per_node else "",
            "topics": topics,
            "since": at,
            "past_to": newest if handler.hears_the_past else 0,
        },
    )
    if is_new:
        return
    # Back again, or with other topics: what it missed meanwhile counts as its past.
    row.topics, row.until, row.past_to, row.past_done = topics, None, newest, 0
    row.save(update_fields=["topics", "until", "past_to", "past_done"])


def hand_over_the_past(*, at: datetime, limit: int = 1000) -> int:
    """Hand messages to consumers that were not yet known when these were written.

    At most `limit` messages for each consumer that still waits for some; how many were looked
    at, 0 when all is done. May be broken off at any point and goes on where it stopped.
    """
    looked_at = 0
    past_of = {name_here(each, settings.NODE): each.hears_the_past for each in handlers()}
    waiting = Consumer.objects.filter(until__isnull=True, past_done__lt=F("past_to"))
    for name in waiting.filter(name__in=past_of).values_list("name", flat=True):
        with transaction.atomic():
            consumer = Consumer.objects.select_for_update().get(name=name)
            looked_at += _hand_over(consumer, everything=past_of[name], at=at, limit=limit)
    return looked_at


def _hand_over(consumer: Consumer, *, everything: bool, at: datetime, limit: int) -> int:
    heard = Q(pk__in=[])
    for topic in consumer.topics:
        heard |= Q(topic__startswith=topic) if topic.endswith(".") else Q(topic=topic)
    missed = Message.objects.filter(
        heard, pk__gt=consumer.past_done, pk__lte=consumer.past_to
    ).order_by("pk")
    if not everything:
        missed = missed.filter(written_at__gte=consumer.since)
    messages = list(missed[:limit])
    Handover.objects.bulk_create(
        [
            Handover(message=message, consumer=consumer.name, about=message.about, due_at=at)
            for message in messages
        ],
        ignore_conflicts=True,
    )
    is_all = len(messages) < limit
    consumer.past_done = consumer.past_to if is_all else messages[-1].pk
    consumer.save(update_fields=["past_done"])
    return len(messages)


@transaction.atomic
def retire(*, consumer: Consumer, by: Actor, at: datetime) -> None:
    """Strike a consumer for good, with all that it still owes: a node that is no more.

    Raises StillListed for one that this node's settings list; nothing is changed then.
    """
    if consumer.name in {name_here(handler, settings.NODE) for handler in handlers()}:
        raise StillListed(
            _("“%(name)s” is still listed in OUTBOX_CONSUMERS; take it out there first.")
            % {"name": consumer.name}
        )
    take_registration()
    Consumer.objects.filter(pk=consumer.pk).update(until=at)
    owed, _by_model = Handover.objects.filter(consumer=consumer.name, done_at__isnull=True).delete()
    record(event="outbox.consumer.retired", target=consumer, by=by, at=at, before={"owed": owed})
