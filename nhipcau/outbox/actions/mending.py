"""What a person does about messages that were given up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.outbox.errors import NotGivenUp
from nhipcau.outbox.models import Consumer, Handover


@transaction.atomic
def retry(*, handover: Handover, by: Actor, at: datetime) -> Handover:
    """Try a message again that was given up, with all its attempts ahead.

    Raises NotGivenUp otherwise; nothing is changed then.
    """
    handover = _given_up(handover)
    before = {"attempts": handover.attempts, "last_error": handover.last_error}
    handover.given_up_at, handover.attempts, handover.due_at = None, 0, at
    handover.save(update_fields=["given_up_at", "attempts", "due_at"])
    record(event="outbox.handover.retried", target=handover, by=by, at=at, before=before)
    return handover


@transaction.atomic
def retry_all(*, consumer: Consumer, by: Actor, at: datetime) -> int:
    """Try all again that a consumer has given up, after its trouble is over; how many."""
    count = (
        Handover.objects.given_up()
        .filter(consumer=consumer.name)
        .update(given_up_at=None, attempts=0, due_at=at)
    )
    if count:
        record(
            event="outbox.consumer.retried", target=consumer, by=by, at=at, after={"count": count}
        )
    return count


@transaction.atomic
def drop(*, handover: Handover, by: Actor, at: datetime) -> Handover:
    """Do without a message that was given up; what waits behind it goes on.

    Raises NotGivenUp otherwise; nothing is changed then.
    """
    handover = _given_up(handover)
    handover.given_up_at, handover.done_at = None, at
    handover.save(update_fields=["given_up_at", "done_at"])
    record(
        event="outbox.handover.dropped",
        target=handover,
        by=by,
        at=at,
        before={"last_error": handover.last_error},
    )
    return handover


def _given_up(handover: Handover) -> Handover:
    locked = Handover.objects.select_for_update().get(pk=handover.pk)
    if locked.given_up_at is None:
        raise NotGivenUp(_("This message was not given up: it is still being tried, or is done."))
    return locked
