"""What the review page shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhipcau.plans.enums import (
    BECOMES_A_TASK,
    TO_BE_READ,
    UNFINISHED,
    ImportState,
    ProposalState,
)
from nhipcau.plans.models import Plan, PlanImport, ProposedTask, ReviewStep
from nhipcau.plans.rules import review as rules
from nhipcau.plans.rules import versions
from nhipcau.plans.rules.lines import with_lines
from nhipcau.plans.rules.periods import period_of, said
from nhipcau.plans.rules.proposals import Json, citation_of
from nhipcau.registry.queries.languages import languages_in_use

DOUBTFUL_BELOW = 0.7
MOST_PLANS_COMPARED = 2000
READ_AT_ONCE = 500
TASKS_OF_AN_ANSWER = 1000


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Everything that the page needs; of a long plan the tasks come in parts.

    `next` is how many tasks come before the following part; None: these were the last.
    """

    tasks: list[ProposedTask]
    next: int | None
    can_undo: bool
    can_redo: bool

    def as_json(self, plan_import: PlanImport) -> Json:
        return {
            "seen": plan_import.steps_done,
            "state": plan_import.state,
            **_outside_the_tasks(plan_import),
            "canUndo": self.can_undo,
            "canRedo": self.can_redo,
            **self.tasks_as_json(),
        }

    def tasks_as_json(self) -> Json:
        return {"tasks": [task_as_json(task) for task in self.tasks], "next": self.next}


def review_state(plan_import: PlanImport, *, after: int = 0) -> ReviewState:
    """The proposals in order, at most a thousand after so many, and whether there is a way back.

    Two queries.
    """
    steps = _ways(plan_import)
    tasks = plan_import.tasks.exclude(state=ProposalState.MERGED).order_by("order", "pk")
    end = after + TASKS_OF_AN_ANSWER
    found = list(tasks[after : end + 1])
    return ReviewState(
        tasks=found[:TASKS_OF_AN_ANSWER],
        next=end if len(found) > TASKS_OF_AN_ANSWER else None,
        can_undo=bool(steps["done"]),
        can_redo=bool(steps["undone"]),
    )


def tasks_to_become(plan_import: PlanImport) -> int:
    """How many of the proposals accepting would make tasks now. One query."""
    return plan_import.tasks.filter(state__in=BECOMES_A_TASK).count()


def task_as_json(task: ProposedTask) -> Json:
    """One proposed task for the page; `undecided` lists names that wait for a decision."""
    return {
        "key": task.pk,
        "parent": task.parent_id,
        "order": task.order,
        "path": task.path,
        "title": task.title,
        "span": None if task.span_start is None else [task.span_start, task.span_end],
        "body": task.body,
        "state": task.state,
        "kept": task.state in BECOMES_A_TASK,
        "doubtful": task.confidence < DOUBTFUL_BELOW,
        "undecided": rules.undecided_names(task.body),
    }


def steps_told(plan_import: PlanImport) -> Json:
    """For the diary: how many steps stand, whose they are, and a digest of all that they did.

    The digest is the SHA-256 of the steps' canonical JSON in their order. One query; the steps
    are not kept in memory.
    """
    digest, persons, count = hashlib.sha256(), set(), 0
    rows = plan_import.steps.filter(undone=False).order_by("number")
    told = rows.values_list("number", "kind", "before", "after", "at", "by_id")
    for number, kind, before, after, at, by in told.iterator(chunk_size=READ_AT_ONCE):
        step = [number, kind, before, after, at.isoformat(), by]
        digest.update(json.dumps(step, sort_keys=True, ensure_ascii=False).encode() + b"\n")
        persons.add(by)
        count += 1
    return {"steps": count, "reviewers": sorted(persons), "steps_digest": digest.hexdigest()}


def who_was_quicker(plan_import: PlanImport) -> ReviewStep | None:
    """The step with which the review moved on last; None when it was no step (an undoing).

    One query.
    """
    return plan_import.steps.select_related("by").filter(number=plan_import.steps_done).first()


def why_no_review(plan_import: PlanImport) -> str:
    """Why nothing can be decided about the import, with who did and when; "" while it can.

    At most one query.
    """
    state, by, at = plan_import.state, plan_import.decided_by, plan_import.decided_at
    if state == ImportState.REVIEW:
        return ""
    if by is None or at is None:
        return _("This plan is not waiting for a review any more.")
    sentence = (
        _("%(person)s accepted this plan at %(moment)s; it is decided.")
        if state == ImportState.ACCEPTED
        else _("%(person)s discarded this import at %(moment)s; it is decided.")
    )
    return sentence % {"person": by.full_name, "moment": said(at)}


def step_as_json(plan_import: PlanImport, step: ReviewStep) -> Json:
    """What a step (or taking it back) changed: tasks that look different, keys that are gone.

    Two queries, however long the plan.
    """
    keys = {int(key) for key in (*step.before["tasks"], *step.after["tasks"])}
    changed = [
        task
        for task in plan_import.tasks.filter(pk__in=keys).order_by("order", "pk")
        if task.state != ProposalState.MERGED
    ]
    ways = _ways(plan_import)
    return {
        "seen": plan_import.steps_done,
        "state": plan_import.state,
        **_outside_the_tasks(plan_import),
        "canUndo": ways["done"] > 0,
        "canRedo": ways["undone"] > 0,
        "changed": [task_as_json(task) for task in changed],
        "gone": sorted(keys - {task.pk for task in changed}),
    }


def _outside_the_tasks(plan_import: PlanImport) -> Json:
    """The header with its lines, and the days that the plan covers by it."""
    header = with_lines(plan_import.header)
    period = period_of(header)
    return {
        "header": header,
        "period": [None, None] if period is None else [day.isoformat() for day in period],
    }


def _ways(plan_import: PlanImport) -> dict[str, int]:
    return plan_import.steps.aggregate(
        done=Count("pk", filter=Q(undone=False)), undone=Count("pk", filter=Q(undone=True))
    )


def likely_plan(plan_import: PlanImport) -> Plan | None:
    """The plan of which the file looks like a new version; a person confirms it. One query."""
    header = plan_import.header
    plans = {
        plan.pk: plan
        for plan in Plan.objects.select_related("document").order_by("-pk")[:MOST_PLANS_COMPARED]
    }
    found = versions.likely_same(
        versions.PlanFace(
            key=0,
            title=str(header.get("title") or ""),
            number=citation_of(header),
            issuer=str(header.get("issuing_body") or ""),
        ),
        [
            versions.PlanFace(
                plan.pk, plan.title, plan.document.citation, plan.document.issuer_text
            )
            for plan in plans.values()
        ],
    )
    return None if found is None else plans[found]


def standing_obstacles(plan_import: PlanImport) -> list[rules.Standing]:
    """What still stands in the way of accepting. One query; tasks are not kept in memory."""
    rows = plan_import.tasks.values_list("pk", "title", "body", "state")
    return rules.obstacles(
        title=str(plan_import.header.get("title") or ""),
        tasks=(
            rules.Reviewed(key, title, body, becomes_a_task=state in BECOMES_A_TASK)
            for key, title, body, state in rows.iterator(chunk_size=READ_AT_ONCE)
        ),
    )


def files_before(plan_import: PlanImport) -> int:
    """How many files are read before this one. One query."""
    return PlanImport.objects.filter(
        state__in=TO_BE_READ, brought_at__lt=plan_import.brought_at
    ).count()


def newest_version(plan: Plan | None) -> int:
    """The number of the plan's newest version; 0 for no plan. One query."""
    return 0 if plan is None else plan.versions.aggregate(newest=Max("number"))["newest"] or 0


def unfinished_imports() -> list[PlanImport]:
    """Imports that wait for the machine or for a person, newest first. One query."""
    return list(
        PlanImport.objects.filter(state__in=UNFINISHED)
        .select_related("brought_by", "unit")
        .annotate(task_count=Count("tasks", filter=Q(tasks__state__in=BECOMES_A_TASK)))
        .order_by("-brought_at")
    )


def languages_to_choose() -> dict[str, str]:
    """Names of the languages in use by their tag, in the language in force. One query."""
    in_vietnamese = (get_language() or "vi").startswith("vi")
    return {
        language.tag: language.name if in_vietnamese else language.english_name
        for language in languages_in_use()
    }


def plans_to_renew() -> list[Plan]:
    """Plans of which a file may be a new version, newest first. One query."""
    return list(Plan.objects.select_related("unit").order_by("-pk"))
