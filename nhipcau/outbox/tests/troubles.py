"""Background tasks in trouble, for the tests of rooms that wait for one."""

from nhipcau.outbox.actions import rescue_tasks
from nhipcau.outbox.models import TaskTrouble
from nhipcau.outbox.rules import TASK_GIVES_UP_AFTER


def give_up(tasks, *, at):
    """Each of these background tasks fails once more, and the queue has had enough."""
    for task in tasks:
        TaskTrouble.objects.create(
            task_id=task.pk,
            path=task.task_path,
            failures=TASK_GIVES_UP_AFTER - 1,
            last_failed_at=at,
        )
        task.status, task.finished_at = "FAILED", at
        task.save(update_fields=["status", "finished_at"])
    assert rescue_tasks(at=at) == 0
