"""Working off what a consumer owes: take on lease, hand over, note the outcome.

A worker may be killed between any two lines of this: until the note of the outcome is
committed, the lease runs out and somebody else takes the message again.
"""

from __future__ import annotations

import logging
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F

from nhipcau.outbox.consumers import handler_of
from nhipcau.outbox.contract import Handler, News, TogetherHandler
from nhipcau.outbox.errors import DeliveryFailed, LeaseLost
from nhipcau.outbox.models import Handover
from nhipcau.outbox.rules import pause_after

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Tally:
    """What came of one round of work."""

    done: int = 0
    failed: int = 0
    given_up: int = 0
    lost: int = 0

    def __bool__(self) -> bool:
        return bool(self.done or self.failed or self.given_up or self.lost)


def work(*, consumer: str, at: datetime, limit: int = 50, worker: str = "") -> Tally:
    """Hand up to `limit` due messages to `consumer`, oldest first; what came of it.

    A consumer that takes messages together says itself how many. `at` is the moment at which the
    round begins; time that passes during it is added. Failures of the consumer are noted with the
    message, never raised. KeyError when the settings list no such consumer.
    """
    handler = handler_of(consumer)
    tally = Tally()
    began = time.monotonic()

    def now() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    if not Handover.objects.ready(at).filter(consumer=consumer).exists():
        return tally  # a look costs no lock; only those who find something ask for one
    held_until = at + handler.lease
    limit = handler.at_most if isinstance(handler, TogetherHandler) else limit
    held = _lease(consumer, handler, worker, limit, at=at, until=held_until, tally=tally)
    if isinstance(handler, TogetherHandler):
        _deliver_together(held, handler, now, tally)
        return tally
    for number, handover in enumerate(held):
        # The last third of a lease is left to the message in hand.
        if now() > held_until - handler.lease / 3 and number > 0:
            _give_back(held[number:])
            break
        _deliver(handover, handler, now, tally)
    return tally


@transaction.atomic
def _lease(
    consumer: str,
    handler: Handler,
    worker: str,
    limit: int,
    *,
    at: datetime,
    until: datetime,
    tally: Tally,
) -> list[Handover]:
    ready = Handover.objects.ready(at).filter(consumer=consumer)
    if handler.in_order:
        ready = ready.first_about_their_thing()
    if connection.features.has_select_for_update_skip_locked:
        ready = ready.select_for_update(skip_locked=True, of=("self",))
    found = list(ready.select_related("message").order_by("due_at", "message_id")[:limit])
    # Whoever was tried so often without an outcome has taken its workers down with it.
    hopeless = [each for each in found if each.attempts >= handler.gives_up_after]
    held = [each for each in found if each.attempts < handler.gives_up_after]
    tally.given_up += len(hopeless)
    Handover.objects.filter(pk__in=[each.pk for each in hopeless]).update(
        given_up_at=at, leased_until=None, leased_by=""
    )
    token = f"{worker[:40]}:{uuid.uuid4().hex}"
    Handover.objects.filter(pk__in=[each.pk for each in held]).update(
        leased_until=until, leased_by=token, attempts=F("attempts") + 1
    )
    for each in held:
        each.leased_by, each.attempts = token, each.attempts + 1
    return held


def _give_back(rest: list[Handover]) -> None:
    """What there was no time for was not tried."""
    Handover.objects.filter(pk__in=[each.pk for each in rest], leased_by=rest[0].leased_by).update(
        leased_until=None, leased_by="", attempts=F("attempts") - 1
    )


def _deliver(handover: Handover, handler: Handler, now: Clock, tally: Tally) -> None:
    def heartbeat() -> None:
        _change_if_held(handover, leased_until=now() + handler.lease)

    news = _as_news(handover, heartbeat)
    try:
        if handler.in_transaction:
            with transaction.atomic():
                handler.handle(news)
                _note_done(handover, now())
        else:
            handler.handle(news)
            _note_done(handover, now())
    except LeaseLost:
        tally.lost += 1
    except DeliveryFailed as failure:
        _note_failure(handover, handler, str(failure), now(), tally, permanent=failure.permanent)
    except Exception as error:  # noqa: BLE001 -- whatever a consumer does wrong, the others go on
        place = _place_of(error)
        logger.warning("%s failed: %s", handover.consumer, place)
        _note_failure(handover, handler, place, now(), tally, permanent=False)
    else:
        tally.done += 1


def _deliver_together(
    held: list[Handover], handler: TogetherHandler, now: Clock, tally: Tally
) -> None:
    """All of them in one call, and one note of the outcome; together or not at all."""
    if not held:
        return

    def heartbeat() -> None:
        _change_all_if_held(held, leased_until=now() + handler.lease)

    def note_done() -> None:
        at = now()
        _change_all_if_held(held, done_at=at, leased_until=None, leased_by="", last_error="")

    news = [_as_news(each, heartbeat) for each in held]
    try:
        if handler.in_transaction:
            with transaction.atomic():
                handler.handle_together(news)
                note_done()
        else:
            handler.handle_together(news)
            note_done()
    except LeaseLost:
        tally.lost += len(held)
    except DeliveryFailed as failure:
        for each in held:
            _note_failure(each, handler, str(failure), now(), tally, permanent=failure.permanent)
    except Exception as error:  # noqa: BLE001 -- as above
        place = _place_of(error)
        logger.warning("%s failed: %s", held[0].consumer, place)
        for each in held:
            _note_failure(each, handler, place, now(), tally, permanent=False)
    else:
        tally.done += len(held)


def _change_all_if_held(held: list[Handover], **changes: object) -> None:
    still_held = Handover.objects.filter(
        pk__in=[each.pk for each in held], leased_by=held[0].leased_by, done_at__isnull=True
    )
    if still_held.update(**changes) < len(held):
        raise LeaseLost


def _as_news(handover: Handover, heartbeat: Callable[[], None]) -> News:

    message = handover.message
    return News(
        key=message.key,
        topic=message.topic,
        about=message.about,
        payload=message.payload,
        written_at=message.written_at,
        attempt=handover.attempts,
        heartbeat=heartbeat,
    )


def _change_if_held(handover: Handover, **changes: object) -> None:
    held = Handover.objects.filter(
        pk=handover.pk, leased_by=handover.leased_by, done_at__isnull=True
    )
    if not held.update(**changes):
        raise LeaseLost


def _note_done(handover: Handover, at: datetime) -> None:
    _change_if_held(handover, done_at=at, leased_until=None, leased_by="", last_error="")


def _note_failure(
    handover: Handover,
    handler: Handler,
    sentence: str,
    at: datetime,
    tally: Tally,
    *,
    permanent: bool,
) -> None:
    gives_up = permanent or handover.attempts >= handler.gives_up_after
    chance = random.random()  # noqa: S311 -- spreads retries, keeps no secret
    try:
        _change_if_held(
            handover,
            leased_until=None,
            leased_by="",
            last_error=sentence[:1000],
            due_at=at + pause_after(handover.attempts, chance=chance),
            given_up_at=at if gives_up else None,
        )
    except LeaseLost:
        tally.lost += 1
        return
    tally.failed += 1
    if gives_up:
        tally.given_up += 1
        logger.error("%s gave up on message %s", handover.consumer, handover.message_id)


def _place_of(error: Exception) -> str:
    """What and where, without the error's own words: they may quote somebody's data."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = type(error).__qualname__
    if trace is None:
        return name
    return f"{name}, {Path(trace.tb_frame.f_code.co_filename).name} line {trace.tb_lineno}"
