"""How far the outbox is, for the desk, the doctor and /readyz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from nhipcau.outbox.models import Consumer, Handover, TaskTrouble, Worker
from nhipcau.outbox.rules import WORKER_GONE_AFTER

PAGE = 50


@dataclass(frozen=True, slots=True)
class ConsumerRow:
    """How one consumer stands: what it owes, since when, how much failed or was given up."""

    name: str
    is_listening: bool
    owed: int
    failing: int
    given_up: int
    behind: timedelta | None
    oldest: datetime | None
    waits_for_its_past: bool


def consumers_board(*, at: datetime) -> list[ConsumerRow]:
    """Every consumer, by name. Two queries, however many messages there are."""
    unfinished = (
        Handover.objects.filter(done_at__isnull=True)
        .values("consumer")
        .annotate(
            owed=Count("pk", filter=Q(given_up_at__isnull=True)),
            failing=Count("pk", filter=Q(given_up_at__isnull=True, last_error__gt="")),
            given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
            oldest=Min("message__written_at", filter=Q(given_up_at__isnull=True)),
        )
    )
    state = {row["consumer"]: row for row in unfinished}
    nothing = {"owed": 0, "failing": 0, "given_up": 0, "oldest": None}
    board = []
    for consumer in Consumer.objects.order_by("name"):
        row = state.get(consumer.name, nothing)
        board.append(
            ConsumerRow(
                name=consumer.name,
                is_listening=consumer.until is None,
                owed=row["owed"],
                failing=row["failing"],
                given_up=row["given_up"],
                behind=max(at - row["oldest"], timedelta()) if row["oldest"] else None,
                oldest=row["oldest"],
                waits_for_its_past=consumer.past_done < consumer.past_to,
            )
        )
    return board


def given_up(*, before: int | None = None, size: int = PAGE) -> Sequence[Handover]:
    """Messages that were given up, newest first, with the message; `before` is the last seen."""
    rows = Handover.objects.given_up().select_related("message").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[:size])


@dataclass(frozen=True, slots=True)
class TaskQueue:
    """Background tasks: how many wait, run and were given up, and those in trouble."""

    waiting: int
    overdue_since: datetime | None
    running: int
    given_up: int
    troubles: Sequence[TaskTrouble]


def task_queue(*, at: datetime, size: int = PAGE) -> TaskQueue:
    """Two queries; `troubles` has those that were given up first, then the latest."""
    # The database writes "at once" as the year 9999, so how long one waits is told by its entry.
    counts = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=Q(status=TaskResultStatus.READY)),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        given_up=Count(
            "pk",
            filter=Q(
                Exists(
                    TaskTrouble.objects.filter(task_id=OuterRef("pk"), given_up_at__isnull=False)
                )
            ),
        ),
        overdue_since=Min(
            "enqueued_at",
            filter=Q(status=TaskResultStatus.READY)
            & (Q(run_after__lte=at) | Q(run_after__year=9999)),
        ),
    )
    done = DBTaskResult.objects.filter(pk=OuterRef("task_id"), status=TaskResultStatus.SUCCESSFUL)
    troubles = TaskTrouble.objects.filter(~Exists(done)).order_by(
        F("given_up_at").desc(nulls_last=True), "-last_failed_at"
    )
    return TaskQueue(**counts, troubles=list(troubles[:size]))


def workers_present(*, at: datetime) -> list[Worker]:
    """The workers that gave a sign of life within the last two minutes, oldest first."""
    return list(
        Worker.objects.filter(left_at__isnull=True, seen_at__gt=at - WORKER_GONE_AFTER).order_by(
            "started_at"
        )
    )


def how_it_went(*, key: str) -> list[Handover]:
    """What every hearer has made of the news under the key; [] when nobody heard. One query."""
    return list(Handover.objects.filter(message__key=key).order_by("consumer"))


def owed_about(*, consumer: str, begins: str, limit: int) -> list[str]:
    """About what the consumer still owes something that begins so; each once. One query.

    At most `limit`, in no order that means anything.
    """
    rows = Handover.objects.filter(
        consumer=consumer,
        done_at__isnull=True,
        about__gte=begins,
        about__lt=begins[:-1] + chr(ord(begins[-1]) + 1),
    )
    return list(rows.order_by().values_list("about", flat=True).distinct()[:limit])
