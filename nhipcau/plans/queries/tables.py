"""Tasks and plans as lists: every list says what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    OrderBy,
    OuterRef,
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
from nhipcau.registry.queries.units import Succession
from nhipcau.registry.rules.succession import Forebear

PAGE = 50
OUTLINE_PAGE = 100


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a table of tasks is narrowed to; empty values do not narrow.

    `forebears` are those whose place the unit has taken: what was given to them is its task now.
    """

    words: str = ""
    unit: int | None = None
    forebears: Sequence[Forebear] = ()
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


# What a line of a list shows of a task; the rest stays in the database.
LINE = (
    "uuid",
    "plan__uuid",
    "plan__title",
    "parent",
    "path",
    "order",
    "depth",
    "title",
    "timing_words",
    "starts_on",
    "ends_on",
    "time_is_inherited",
)


def tasks_in_force(plan: Plan | None, wanted: TaskFilter) -> QuerySet[Task]:
    """The tasks of a plan (None: of all plans) that fit the filter, as far as a line shows them.

    A unit's tasks are those that name it or one of its forebears, and those of a group to which
    it belonged on the day of acceptance. One query; `task_lines` adds who and what.
    """
    tasks = Task.objects.filter(left_the_plan_at__isnull=True).select_related("plan").only(*LINE)
    if plan is not None:
        tasks = tasks.filter(plan=plan)
    for word in unaccented(wanted.words).split():
        tasks = tasks.filter(folded__contains=word)
    if wanted.unit is not None:
        tasks = tasks.filter(pk__in=_tasks_naming([wanted.unit], wanted.forebears, wanted.role))
    elif wanted.role:
        tasks = tasks.filter(Exists(Party.objects.filter(task=OuterRef("pk"), role=wanted.role)))
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
    return tasks.order_by(*SORTS.get(wanted.sort, SORTS["order"]))


def _tasks_naming(
    units: Collection[int], forebears: Iterable[Forebear], role: str = ""
) -> QuerySet[Any, Any]:
    """Keys of the tasks that name one of the units or forebears, alone or in a frozen group.

    Of a forebear that goes on, what it was given before it was parted, by the day of the plan.
    Two halves, so that each engine goes by the index of its half, from the unit to its tasks.
    """
    parties = Party.objects.order_by()
    if role:
        parties = parties.filter(role=role)
    ended = [forebear.id for forebear in forebears if not forebear.goes_on]
    found = _naming(parties, [*units, *ended])
    for forebear in forebears:
        if forebear.goes_on:
            found += _naming(_given_before(parties, forebear.until), [forebear.id])
    return found[0].union(*found[1:])


def _naming(parties: QuerySet[Party], units: Collection[int]) -> list[QuerySet[Any, Any]]:
    frozen = SnapshotMember.objects.filter(unit__in=units).values("snapshot")
    return [
        parties.filter(unit__in=units).values("task"),
        parties.filter(group_members__in=frozen).values("task"),
    ]


def _given_before(parties: QuerySet[Party], day: date) -> QuerySet[Party]:
    issued = "task__plan__document__issued_on"
    return parties.filter(Q(**{f"{issued}__lt": day}) | Q(**{f"{issued}__isnull": True}))


def units_and_kinds_of(
    plan: Plan | None, succession: Succession
) -> tuple[list[tuple[int, str]], list[str]]:
    """What a table of tasks can be narrowed to. One query.

    Units that the plan (None: any plan) names and those that took their place, as key and name,
    and kinds of its products.
    """
    parties = Party.objects.filter(unit=OuterRef("pk"))
    products = TaskProduct.objects.exclude(kind="")
    if plan is not None:
        parties, products = parties.filter(task__plan=plan), products.filter(task__plan=plan)
    units = Unit.objects.filter(Exists(parties)).annotate(called=F("label"))
    kinds = products.order_by().annotate(key=Value(0, BigIntegerField()), called=F("kind"))
    rows = (
        units.order_by()
        .values_list("pk", "called")
        .union(kinds.values_list("key", "called").distinct())
    )
    found = sorted(rows, key=lambda row: row[1])
    named = {key: words for key, words in found if key}
    offered = {**succession.followers(named), **named}
    return (
        sorted(offered.items(), key=lambda unit: unit[1]),
        [words for key, words in found if not key],
    )


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in a list, with who it names and what it is to bring forth, as printed."""

    task: Task
    leads: Sequence[str]
    coordinators: Sequence[str]
    products: Sequence[str]
    has_children: bool
    is_context: bool = False  # it fits no filter, and stands above one that does


LEADING = (PartyRole.LEAD, PartyRole.IMPLEMENTING)


def task_lines(
    tasks: Iterable[Task],
    *,
    with_products: bool = True,
    parents: Collection[int] = (),
    context: Collection[int] = (),
) -> list[TaskLine]:
    """Tasks of `tasks_in_force` as lines. Two queries, one without products, however many.

    `parents` are tasks that have children elsewhere, `context` those that stand as context only.
    """
    tasks = list(tasks)
    keys = [task.pk for task in tasks]
    leads, coordinators = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    parties = Party.objects.filter(
        task__in=keys, role__in=(*LEADING, PartyRole.COORDINATING)
    ).order_by("role", "order")
    for key, role, words in parties.values_list("task_id", "role", "words"):
        (leads if role in LEADING else coordinators)[key].append(words)
    products = defaultdict[int, list[str]](list)
    if with_products:
        named = TaskProduct.objects.filter(task__in=keys).order_by("order")
        for key, words in named.values_list("task_id", "words"):
            products[key].append(words)
    above = {task.parent_id for task in tasks}.union(parents)
    return [
        TaskLine(
            task=task,
            leads=leads[task.pk],
            coordinators=coordinators[task.pk],
            products=products[task.pk],
            has_children=task.pk in above,
            is_context=task.pk in context,
        )
        for task in tasks
    ]


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


EXPORTED_AT_ONCE = 500


def export_rows(tasks: QuerySet[Task]) -> Iterator[Sequence[object]]:
    """Tasks of `tasks_in_force` as rows of cells: place, task, who, when, what, plan.

    One query, and two for each five hundred tasks; no more than those are kept in memory.
    """
    found = tasks.iterator(chunk_size=EXPORTED_AT_ONCE)
    while some := list(islice(found, EXPORTED_AT_ONCE)):
        for line in task_lines(some):
            yield (
                line.task.path,
                line.task.title,
                "; ".join(line.leads),
                "; ".join(line.coordinators),
                line.task.timing_words,
                line.task.starts_on,
                line.task.ends_on,
                "; ".join(line.products),
                line.task.plan.title,
            )


def tasks_of_units(units: Collection[int], *, forebears: Iterable[Forebear] = ()) -> QuerySet[Task]:
    """Tasks in force that name one of the units, alone or in a frozen group; soonest end first.

    With those that were given to their forebears. As far as a line shows them. One query.
    """
    return (
        Task.objects.filter(pk__in=_tasks_naming(units, forebears), left_the_plan_at__isnull=True)
        .select_related("plan")
        .only(*LINE)
        .order_by("ends_on", "plan_id", "order")
    )
