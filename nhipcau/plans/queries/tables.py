"""Tasks and plans as lists: every list says what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from nhipcau.kernel.folding import unaccented
from nhipcau.plans.enums import PartyRole
from nhipcau.plans.models import Party, Plan, Task, TaskProduct
from nhipcau.registry.models import SnapshotMember, Unit

PAGE = 50


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a table of tasks is narrowed to; empty values do not narrow."""

    words: str = ""
    unit: int | None = None
    role: str = ""
    kind: str = ""
    recurrence: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "order"


SORTS = {
    "order": ("plan_id", "order"),
    "due": (F("ends_on").asc(nulls_last=True), "plan_id", "order"),
    "-due": (F("ends_on").desc(nulls_last=True), "plan_id", "order"),
    "title": ("folded",),
}


def tasks_in_force(plan: Plan | None, wanted: TaskFilter) -> QuerySet[Task]:
    """The tasks of a plan (None: of all plans) that fit the filter, with parties and products.

    A unit's tasks are those that name it and those of a group to which it belonged on the day
    of acceptance. Three queries for a page, however long.
    """
    tasks = Task.objects.filter(left_the_plan_at__isnull=True).select_related("plan")
    if plan is not None:
        tasks = tasks.filter(plan=plan)
    for word in unaccented(wanted.words).split():
        tasks = tasks.filter(folded__contains=word)
    if wanted.unit is not None or wanted.role:
        tasks = tasks.filter(Exists(_party_of(wanted.unit, wanted.role)))
    if wanted.kind:
        tasks = tasks.filter(
            Exists(TaskProduct.objects.filter(task=OuterRef("pk"), kind=wanted.kind))
        )
    if wanted.recurrence:
        tasks = tasks.filter(recurrence=wanted.recurrence)
    if wanted.since is not None:
        tasks = tasks.filter(Q(ends_on__gte=wanted.since) | Q(ends_on__isnull=True))
    if wanted.until is not None:
        tasks = tasks.filter(Q(starts_on__lte=wanted.until) | Q(starts_on__isnull=True))
    return tasks.order_by(*SORTS.get(wanted.sort, SORTS["order"])).prefetch_related(
        Prefetch("parties", Party.objects.select_related("unit").order_by("role", "order")),
        Prefetch("products", TaskProduct.objects.order_by("order")),
    )


def _party_of(unit: int | None, role: str) -> QuerySet[Party]:
    parties = Party.objects.filter(task=OuterRef("pk"))
    if unit is not None:
        in_group = SnapshotMember.objects.filter(snapshot=OuterRef("group_members"), unit_id=unit)
        parties = parties.filter(Q(unit_id=unit) | Exists(in_group))
    if role:
        parties = parties.filter(role=role)
    return parties


def units_of_plan(plan: Plan) -> list[Unit]:
    """Units that the plan names for its tasks, by name. One query."""
    named = Party.objects.filter(task__plan=plan, unit__isnull=False).values("unit")
    return list(Unit.objects.filter(pk__in=named).order_by("label"))


def product_kinds_of_plan(plan: Plan) -> list[str]:
    """Kinds of products that the plan orders. One query."""
    return list(
        TaskProduct.objects.filter(task__plan=plan)
        .exclude(kind="")
        .order_by("kind")
        .values_list("kind", flat=True)
        .distinct()
    )


@dataclass(slots=True)
class OutlineRow:
    """A task in the outline, with what its line says."""

    task: Task
    leads: list[Party]
    coordinators: list[Party]
    has_children: bool = False


def outline(plan: Plan) -> list[OutlineRow]:
    """The plan's tasks in the document's order. Three queries, however many."""
    tasks = list(tasks_in_force(plan, TaskFilter()))
    above = {task.parent_id for task in tasks}
    return [
        OutlineRow(
            task=task,
            leads=_in_role(task.parties.all(), {PartyRole.LEAD, PartyRole.IMPLEMENTING}),
            coordinators=_in_role(task.parties.all(), {PartyRole.COORDINATING}),
            has_children=task.pk in above,
        )
        for task in tasks
    ]


def _in_role(parties: Iterable[Party], roles: set[PartyRole]) -> list[Party]:
    return [party for party in parties if party.role in roles]


def plans_with_counts(words: str = "") -> QuerySet[Plan]:
    """Plans, newest first, with their numbers of tasks and versions. One query."""
    plans = Plan.objects.select_related("document", "unit").annotate(
        task_count=Count("tasks", filter=Q(tasks__left_the_plan_at__isnull=True), distinct=True),
        version_count=Count("versions", distinct=True),
    )
    for word in words.split():
        plans = plans.filter(title__icontains=word)
    return plans.order_by(F("document__issued_on").desc(nulls_last=True), "-pk")


HEADINGS = ("path", "task", "lead", "coordinating", "time", "starts", "due", "products", "plan")


def export_rows(tasks: Iterable[Task]) -> Iterable[Sequence[object]]:
    """The table of tasks as rows of cells, in the order of HEADINGS."""
    for task in tasks:
        parties = list(task.parties.all())
        leads = _in_role(parties, {PartyRole.LEAD, PartyRole.IMPLEMENTING})
        coordinators = _in_role(parties, {PartyRole.COORDINATING})
        yield (
            task.path,
            task.title,
            "; ".join(party.words for party in leads),
            "; ".join(party.words for party in coordinators),
            task.timing_words,
            task.starts_on,
            task.ends_on,
            "; ".join(product.words for product in task.products.all()),
            task.plan.title,
        )
