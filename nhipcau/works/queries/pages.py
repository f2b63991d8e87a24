"""What the page of one work shows, and what the page of a task shows of works."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from nhipcau.plans.models import Task
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.queries import versions_of
from nhipcau.works.enums import CostState
from nhipcau.works.models import CostLine, Work
from nhipcau.works.queries.lists import Cell, cell_of, public_keys


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version on its work's page; `may_be_source` when a translation can be made from it."""

    cell: Cell
    version: LanguageVersion
    may_be_source: bool


def work_of(uuid: UUID) -> QuerySet[Work]:
    """The work of the subject, with what its page tells. One query."""
    return Work.objects.filter(subject__uuid=uuid).select_related(
        "subject__unit", "assignee", "original_language", "started_by", "trashed_by"
    )


def version_lines(work: Work, *, at: datetime) -> list[VersionLine]:
    """The work's versions, Vietnamese first. Two queries."""
    versions = list(
        versions_of(work.subject).select_related("language", "source__language", "latest_revision")
    )
    public = frozenset(public_keys(at).filter(version__in=[version.pk for version in versions]))
    return [
        VersionLine(cell_of(version, public), version, version.approved_revision_id is not None)
        for version in versions
    ]


def costs_by_state(costs: QuerySet[CostLine]) -> list[tuple[str, int]]:
    """The sums of these cost lines by how the money stands, in đồng. One query."""
    sums = dict(costs.order_by().values_list("state").annotate(total=Sum("amount")))
    return [(str(state.label), sums[state]) for state in CostState if sums.get(state)]


def works_of_task(task: Task) -> QuerySet[Work]:
    """The works that the task ordered, newest first; those in the trash are left out."""
    return task.works.not_in_trash().order_by("-changed_at", "-pk")


def costs_of_tasks(tasks: Collection[Task]) -> QuerySet[CostLine]:
    """Cost lines that these tasks pay.

    A line that names no task is paid by the only task of its work.
    """
    keys = [task.pk for task in tasks]
    alone = (
        Work.objects.filter(tasks__in=keys)
        .exclude(pk__in=Work.tasks.through.objects.exclude(task__in=keys).values("work"))
        .values("pk")
    )
    return CostLine.objects.filter(
        Q(task__in=keys) | Q(task__isnull=True, work__in=alone), work__trashed_at__isnull=True
    )
