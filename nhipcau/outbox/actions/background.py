"""Background tasks that failed, or whose worker died, are tried again.

django-tasks-db notes a failure and leaves it at that, and a task whose worker was killed stays
"running" for ever. So every task of this house may run more than once and must bear it.
"""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.outbox.errors import NotGivenUp
from nhipcau.outbox.models import TaskTrouble, Worker
from nhipcau.outbox.rules import TASK_GIVES_UP_AFTER, WORKER_GONE_AFTER, pause_after


@transaction.atomic
def rescue_tasks(*, at: datetime, limit: int = 100) -> int:
    """Put failed and orphaned tasks back into the queue, each after its pause; how many.

    After TASK_GIVES_UP_AFTER failures a task stays failed, visibly, until somebody retries it.
    """
    given_up = TaskTrouble.objects.filter(task_id=OuterRef("pk"), given_up_at__isnull=False)
    failed = DBTaskResult.objects.failed().filter(~Exists(given_up))
    rescued = [
        _again(task, task.exception_class_path.rpartition(".")[2], at)
        for task in _locked(failed, limit)
    ]
    present = set(
        Worker.objects.filter(left_at__isnull=True, seen_at__gt=at - WORKER_GONE_AFTER).values_list(
            "name", flat=True
        )
    )
    running = DBTaskResult.objects.running().filter(started_at__lt=at - WORKER_GONE_AFTER)
    rescued += [
        _again(task, str(_("The worker ended while it was at it.")), at)
        for task in _locked(running, limit)
        if not task.worker_ids or task.worker_ids[-1] not in present
    ]
    return sum(rescued)


@transaction.atomic
def retry_task(*, trouble: TaskTrouble, by: Actor, at: datetime) -> None:
    """Run a task again that was given up, with all its attempts ahead.

    Raises NotGivenUp otherwise; nothing is changed then.
    """
    trouble = TaskTrouble.objects.select_for_update().get(pk=trouble.pk)
    if trouble.given_up_at is None:
        raise NotGivenUp(_("This task was not given up: it is still being tried, or is done."))
    before = {"failures": trouble.failures, "last_error": trouble.last_error}
    trouble.given_up_at, trouble.failures, trouble.again_at = None, 0, at
    trouble.save(update_fields=["given_up_at", "failures", "again_at"])
    DBTaskResult.objects.filter(pk=trouble.task_id, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=at
    )
    record(event="outbox.task.retried", target=trouble, by=by, at=at, before=before)


def _locked(tasks: QuerySet[Any], limit: int) -> list[Any]:
    if connection.features.has_select_for_update_skip_locked:
        tasks = tasks.select_for_update(skip_locked=True)
    return list(tasks.order_by("enqueued_at")[:limit])


def _again(task: Any, error: str, at: datetime) -> bool:
    """Whether the task goes back into the queue; False when it is given up."""
    trouble, _is_new = TaskTrouble.objects.get_or_create(
        task_id=task.pk, defaults={"path": task.task_path, "last_failed_at": at}
    )
    trouble.failures += 1
    trouble.last_error, trouble.last_failed_at = error, at
    if trouble.failures >= TASK_GIVES_UP_AFTER:
        trouble.given_up_at, trouble.again_at = at, None
        task.status, task.finished_at = TaskResultStatus.FAILED, task.finished_at or at
    else:
        chance = random.random()  # noqa: S311 -- spreads retries, keeps no secret
        trouble.again_at = at + pause_after(trouble.failures, chance=chance)
        task.status, task.run_after = TaskResultStatus.READY, trouble.again_at
    trouble.save()
    task.save(update_fields=["status", "finished_at", "run_after"])
    return trouble.given_up_at is None
