"""Workers that come and go, and what is thrown away in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from nhipcau.outbox.models import Consumer, Handover, Keeping, Message, TaskTrouble, Worker
from nhipcau.outbox.rules import days_kept

BACKGROUND = "background."  # the topic under which Keeping speaks of background tasks


def check_in(*, worker: str, at: datetime) -> None:
    """A worker says that it is there; it is taken for gone two minutes after the last time."""
    if not Worker.objects.filter(name=worker).update(seen_at=at, left_at=None):
        Worker.objects.create(name=worker, node=settings.NODE, started_at=at, seen_at=at)


def check_out(*, worker: str, at: datetime) -> None:
    """A worker leaves in good order."""
    Worker.objects.filter(name=worker).update(left_at=at)


def tidy(*, at: datetime, limit: int = 1000) -> int:
    """Delete up to `limit` finished messages and tasks that were kept long enough; how many.

    A message that somebody still owes or has given up stays, and nothing goes while a consumer
    waits for its past. Workers not seen for a month are forgotten.
    """
    Worker.objects.filter(seen_at__lt=at - timedelta(days=30)).delete()
    return _messages(at, limit) + _tasks(at, limit)


def _messages(at: datetime, limit: int) -> int:
    if Consumer.objects.filter(until__isnull=True, past_done__lt=F("past_to")).exists():
        return 0
    kept = _keepings(at)
    handovers = Handover.objects.filter(message_id=OuterRef("pk"))
    deleted = 0
    for topic in Message.objects.order_by().values_list("topic", flat=True).distinct():
        days = days_kept(topic, kept)
        if days is None:
            continue
        before = at - timedelta(days=days)
        finished = (
            Message.objects.filter(topic=topic, written_at__lt=before)
            .filter(~Exists(handovers.filter(done_at__isnull=True)))
            .filter(~Exists(handovers.filter(done_at__gte=before)))
            .order_by("pk")
        )
        numbers = list(finished.values_list("pk", flat=True)[: limit - deleted])
        with transaction.atomic():
            Handover.objects.filter(message_id__in=numbers).delete()
            Message.objects.filter(pk__in=numbers).delete()
        deleted += len(numbers)
    return deleted


def _tasks(at: datetime, limit: int) -> int:
    days = days_kept(BACKGROUND, _keepings(at))
    if days is None:
        return 0
    old = DBTaskResult.objects.filter(
        status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - timedelta(days=days)
    )
    numbers = list(old.order_by("finished_at").values_list("pk", flat=True)[:limit])
    with transaction.atomic():
        TaskTrouble.objects.filter(task_id__in=numbers).delete()
        DBTaskResult.objects.filter(pk__in=numbers).delete()
    return len(numbers)


def _keepings(at: datetime) -> list[tuple[str, int]]:
    """(topic, days) that hold on the day of `at`, one for each topic."""
    begun = Keeping.objects.filter(since__lte=timezone.localdate(at)).order_by("since")
    return list({row.topic: (row.topic, row.days) for row in begun}.values())
