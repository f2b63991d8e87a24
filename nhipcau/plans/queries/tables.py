"""Tasks and plans as lists: every list says what it costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    OrderBy,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from nhipcau.kernel.folding import unaccented
from nhipcau.plans.enums import PartyRole
from nhipcau.plans.models import Party, Plan, PlanVersion, Task, TaskProduct
from nhipcau.registry.models import SnapshotMember, Unit

PAGE = 50
OUTLINE_PAGE = 100


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
    "title": ("folded", "pk"),
    "-title": ("-folded", "-pk"),
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


def units_and_kinds_of(plan: Plan | None) -> tuple[list[tuple[int, str]], list[str]]:
    """What a table of tasks can be narrowed to. One query.

    Units that the plan (None: any plan) names, as key and name, and kinds of its products.
    """
    parties = Party.objects.filter(unit__isnull=False)
    products = TaskProduct.objects.exclude(kind="")
    if plan is not None:
        parties, products = parties.filter(task__plan=plan), products.filter(task__plan=plan)
    units = Unit.objects.filter(pk__in=parties.values("unit")).annotate(called=F("label"))
    kinds = products.order_by().annotate(key=Value(0, BigIntegerField()), called=F("kind"))
    rows = (
        units.order_by()
        .values_list("pk", "called")
        .union(kinds.values_list("key", "called").distinct())
    )
    found = sorted(rows, key=lambda row: row[1])
    return [(key, words) for key, words in found if key], [words for key, words in found if not key]


@dataclass(slots=True)
class OutlineRow:
    """A task in the outline, with what its line says."""

    task: Task
    leads: list[Party]
    coordinators: list[Party]
    has_children: bool = False


def outline_rows(tasks: Iterable[Task]) -> list[OutlineRow]:
    """Tasks of `tasks_in_force` as lines of an outline. No query of its own."""
    tasks = list(tasks)
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


PLAN_SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
    "date": (F("document__issued_on").asc(nulls_last=True), "pk"),
    "-date": (F("document__issued_on").desc(nulls_last=True), "-pk"),
    "tasks": ("task_count", "pk"),
    "-tasks": ("-task_count", "-pk"),
}


def plans_with_counts(words: str = "", *, sort: str = "-date") -> QuerySet[Plan]:
    """Plans, newest first unless `sort` says otherwise, with `task_count` and `version_count`.

    One query.
    """
    plans = Plan.objects.select_related("document", "unit").annotate(
        task_count=_count(Task.objects.filter(left_the_plan_at__isnull=True)),
        version_count=_count(PlanVersion.objects.all()),
    )
    for word in words.split():
        plans = plans.filter(title__icontains=word)
    return plans.order_by(*PLAN_SORTS.get(sort, PLAN_SORTS["-date"]))


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows are a plan's, counted apart, so that one count cannot swell another."""
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)


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


def tasks_of_units(units: Collection[int]) -> QuerySet[Task]:
    """Tasks in force that name one of the units, alone or in a frozen group; soonest end first."""
    in_group = SnapshotMember.objects.filter(
        snapshot=OuterRef("group_members"), unit_id__in=list(units)
    )
    named = Party.objects.filter(task=OuterRef("pk")).filter(
        Q(unit_id__in=list(units)) | Exists(in_group)
    )
    return (
        Task.objects.filter(Exists(named), left_the_plan_at__isnull=True)
        .select_related("plan")
        .order_by("ends_on", "plan_id", "order")
    )
