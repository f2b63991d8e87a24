"""A plan's outline narrowed: the tasks that fit, each below the headings under which it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from nhipcau.plans.models import Plan, Task
from nhipcau.plans.queries.tables import (
    LINE,
    OUTLINE_PAGE,
    TaskFilter,
    TaskLine,
    task_lines,
    tasks_in_force,
)
from nhipcau.plans.rules.trees import with_those_above


@dataclass(frozen=True, slots=True)
class NarrowedOutline:
    """A page of tasks that fit, with what stands above them; how many the plan has in all."""

    page: Page[int]
    lines: list[TaskLine]
    total: int


def narrowed_outline(plan: Plan, wanted: TaskFilter, page: str | None) -> NarrowedOutline:
    """The tasks of the plan that fit, a page of them, in the order of the plan. Four queries.

    What stands above a task that fits is shown with it on every page and counts for nothing.
    """
    in_force = Task.objects.filter(plan=plan, left_the_plan_at__isnull=True)
    above = dict(in_force.order_by().values_list("pk", "parent_id"))
    hits = list(tasks_in_force(plan, wanted).order_by("order").values_list("pk", flat=True))
    here = Paginator(hits, OUTLINE_PAGE).get_page(page)
    keys = with_those_above(here.object_list, above).intersection(above)
    tasks = in_force.filter(pk__in=keys).select_related("plan").only(*LINE).order_by("order")
    lines = task_lines(
        tasks,
        with_products=False,
        parents=set(above.values()),
        context=keys.difference(hits),
    )
    return NarrowedOutline(here, lines, total=len(above))
