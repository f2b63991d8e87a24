"""The one background task of the outbox: it wakes, and carries nothing.

When news was put, it is enqueued once the transaction is committed. A process that dies between
the two wakes nobody; the worker looks by itself every second.
"""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from nhipcau.kernel.urgency import WAKES_OTHERS
from nhipcau.outbox.actions import register_consumers, work
from nhipcau.outbox.consumers import handlers, name_here
from nhipcau.outbox.models import Consumer
from nhipcau.outbox.signals import news_put


@task(takes_context=True, priority=WAKES_OTHERS)
def deliver(context: TaskContext) -> None:
    """Work off what is due now; whatever it misses, the worker finds by itself.

    A consumer that takes long would hold up the background tasks, with which this shares a thread.
    """
    worker = next(reversed(context.task_result.worker_ids), "")
    for handler in handlers():
        if handler.takes_long:
            continue
        work(consumer=name_here(handler, settings.NODE), at=timezone.now(), worker=worker)


@receiver(news_put, dispatch_uid="outbox.wake")
def wake_after_commit(**_: object) -> None:
    # A transaction that puts a thousand messages wakes once.
    if not any(entry[1] is wake for entry in connection.run_on_commit):
        transaction.on_commit(wake)


def wake() -> None:
    """Enqueue the waking task, unless one waits already: it will see our news too."""
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=deliver.module_path
    )
    if not waiting.exists():
        deliver.enqueue()


@receiver(post_migrate, dispatch_uid="outbox.register")
def register_after_migrating(*, sender: AppConfig, using: str, **_: object) -> None:
    """Whoever is listed hears from the first message on, before any worker has started."""
    if sender.label == "outbox":
        tables = connections[using].introspection.table_names()
        if Consumer._meta.db_table in tables:
            register_consumers(at=timezone.now())
