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
from nhipcau.outbox.locks import forget, killed_here
from nhipcau.outbox.models import Handover, TaskTrouble, Worker
from nhipcau.outbox.rules import TASK_GIVES_UP_AFTER, WORKER_GONE_AFTER, pause_after
from nhipcau.outbox.signals import task_given_up


def rescue_tasks(*, at: datetime, limit: int = 100) -> int:
    """Put failed and orphaned tasks back into the queue, each after its pause; how many.

    The first time that its worker was killed a task waits for nothing. What a killed worker of
    this machine held on lease is free at once as well. After TASK_GIVES_UP_AFTER failures a
    task stays failed, visibly, until somebody retries it, and `task_given_up` tells whoever
    waits for it. A look costs two queries and no lock.
    """
    killed = killed_here()
    failed = DBTaskResult.objects.failed().filter(~Exists(_given_up()))
    running = DBTaskResult.objects.running()
    if not killed and not (
        failed.exists() or running.filter(started_at__lt=at - WORKER_GONE_AFTER).exists()
    ):
        return 0
    with transaction.atomic():
        rescued = [
            _again(task, task.exception_class_path.rpartition(".")[2], at, died=False)
            for task in _locked(failed, limit)
        ]
        present = _present(at)
        rescued += [
            _again(task, str(_("The worker ended while it was at it.")), at, died=True)
            for task in _locked(running, limit)
            if _is_orphaned(task, killed, present, at)
        ]
        _free_what_they_held(killed, at)
    for worker in killed:
        forget(worker)
    return sum(rescued)


def _given_up() -> QuerySet[TaskTrouble]:
    return TaskTrouble.objects.filter(task_id=OuterRef("pk"), given_up_at__isnull=False)


def _present(at: datetime) -> set[str]:
    """The workers that gave a sign of life of late."""
    seen = Worker.objects.filter(left_at__isnull=True, seen_at__gt=at - WORKER_GONE_AFTER)
    return set(seen.values_list("name", flat=True))


def _is_orphaned(task: Any, killed: set[str], present: set[str], at: datetime) -> bool:
    worker = task.worker_ids[-1] if task.worker_ids else ""
    if worker in killed:
        return True
    return task.started_at < at - WORKER_GONE_AFTER and worker not in present


def _free_what_they_held(killed: set[str], at: datetime) -> None:
    """Nobody waits for the lease of a worker that is known to be dead."""
    for worker in killed:
        Handover.objects.owed().filter(leased_by__startswith=f"{worker[:40]}:").update(
            leased_until=None, leased_by=""
        )
    Worker.objects.filter(name__in=killed, left_at__isnull=True).update(left_at=at)


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


def _again(task: Any, error: str, at: datetime, *, died: bool) -> bool:
    """Whether the task goes back into the queue; False when it is given up.

    `died`: its worker did, which is seldom the task's fault, so the first pause is left out.
    """
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
        counted = trouble.failures - died
        trouble.again_at = at + pause_after(counted, chance=chance) if counted else at
        task.status, task.run_after = TaskResultStatus.READY, trouble.again_at
    trouble.save()
    task.save(update_fields=["status", "finished_at", "run_after"])
    if trouble.given_up_at is None:
        return True
    task_given_up.send(DBTaskResult, path=task.task_path, arguments=task.args_kwargs["args"], at=at)
    return False
