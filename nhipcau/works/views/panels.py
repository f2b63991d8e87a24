"""What the works room adds to the pages of rooms below."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from nhipcau.people.queries import rights_of_user
from nhipcau.plans.models import Task
from nhipcau.works.models import Work
from nhipcau.works.permissions import may_start
from nhipcau.works.queries import (
    WorkFilter,
    costs_by_state,
    costs_of_tasks,
    languages_of_works,
    rows_of,
    works_listed,
)

SHOWN = 20


def works_of_task(request: HttpRequest, task: Task) -> str:
    """The works that a task ordered, with their money summed, and the way to begin one.

    Five queries; four where the task has no works.
    """
    now = timezone.now()
    works = works_listed(WorkFilter(task=task.uuid), on=timezone.localdate(), at=now)
    shown: list[Work] = list(works[: SHOWN + 1])
    return render_to_string(
        "works/task_panel.html",
        {
            "task": task,
            "rows": rows_of(shown[:SHOWN], languages_of_works()),
            "is_longer": len(shown) > SHOWN,
            "sums": costs_by_state(costs_of_tasks([task])),
            "may_start": may_start(rights_of_user(request.user), unit_id=None),
        },
        request,
    )
