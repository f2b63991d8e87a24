"""What the review page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from nhipcau.plans.enums import (
    BECOMES_A_TASK,
    TO_BE_READ,
    UNFINISHED,
    Change,
    ImportState,
    PartyRole,
    ProposalState,
)
from nhipcau.plans.models import Party, Plan, PlanImport, ProposedTask, ReviewStep, Task
from nhipcau.plans.rules import review as rules
from nhipcau.plans.rules import versions
from nhipcau.plans.rules.periods import said
from nhipcau.plans.rules.proposals import Json, citation_of

DOUBTFUL_BELOW = 0.7
MOST_PLANS_COMPARED = 2000


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Everything that the page needs, however long the plan is."""

    tasks: list[ProposedTask]
    can_undo: bool
    can_redo: bool

    def as_json(self, plan_import: PlanImport) -> Json:
        return {
            "seen": plan_import.steps_done,
            "state": plan_import.state,
            "header": plan_import.header,
            "canUndo": self.can_undo,
            "canRedo": self.can_redo,
            "tasks": [task_as_json(task) for task in self.tasks],
        }


def review_state(plan_import: PlanImport) -> ReviewState:
    """The proposals in order, and whether there is a way back and forth. Two queries."""
    steps = _ways(plan_import)
    return ReviewState(
        tasks=list(plan_import.tasks.exclude(state=ProposalState.MERGED).order_by("order", "pk")),
        can_undo=bool(steps["done"]),
        can_redo=bool(steps["undone"]),
    )


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
        "header": plan_import.header,
        "canUndo": ways["done"] > 0,
        "canRedo": ways["undone"] > 0,
        "changed": [task_as_json(task) for task in changed],
        "gone": sorted(keys - {task.pk for task in changed}),
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
    """What still stands in the way of accepting. One query."""
    return rules.obstacles(
        title=str(plan_import.header.get("title") or ""),
        tasks=[
            rules.Reviewed(
                key=task.pk,
                title=task.title,
                body=task.body,
                becomes_a_task=task.state in BECOMES_A_TASK,
            )
            for task in plan_import.tasks.all()
        ],
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


def plans_to_renew() -> list[Plan]:
    """Plans of which a file may be a new version, newest first. One query."""
    return list(Plan.objects.select_related("unit").order_by("-pk"))


def faces_of_plan(plan: Plan) -> list[versions.TaskFace]:
    """The plan's tasks in force, as the comparison of versions sees them. Two queries."""
    tasks = list(plan.tasks.filter(left_the_plan_at__isnull=True).order_by("order"))
    parties: dict[int, list[tuple[Any, ...]]] = {}
    for task_id, role, words, qualifier in Party.objects.filter(task__plan=plan).values_list(
        "task_id", "role", "words", "qualifier"
    ):
        parties.setdefault(task_id, []).append((role, _with_remark(words, qualifier)))
    return [_face_of_task(task, parties.get(task.pk, [])) for task in tasks]


def _with_remark(words: str, remark: str | None) -> str:
    return f"{words} ({remark})" if remark else words


def _face_of_task(task: Task, parties: list[tuple[Any, ...]]) -> versions.TaskFace:
    return versions.TaskFace(
        key=task.pk,
        path=task.path,
        title=task.title,
        details=(tuple(sorted(parties)), task.timing_words),
    )


def faces_of_review(plan_import: PlanImport) -> list[versions.TaskFace]:
    """The kept proposals, as the comparison of versions sees them. One query."""
    return [
        versions.TaskFace(
            key=task.pk,
            path=task.path,
            title=task.title,
            details=(
                tuple(
                    sorted(
                        (party["role"], _with_remark(party["words"], party.get("qualifier")))
                        for party in task.body.get("parties", ())
                    )
                ),
                (task.body.get("timing") or {}).get("words", ""),
            ),
        )
        for task in plan_import.tasks.filter(state__in=BECOMES_A_TASK).order_by("order", "pk")
    ]


def comparison(plan_import: PlanImport, plan: Plan) -> list[versions.Match]:
    """What the new version changes in the plan. Three queries."""
    return versions.matches(faces_of_plan(plan), faces_of_review(plan_import))


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a task beside the other: its place, and its lines with changed words."""

    path: str
    lines: tuple[list[versions.Words], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    change: Change
    old: Side | None
    new: Side | None


def differences(plan_import: PlanImport, plan: Plan) -> tuple[list[Difference], dict[Change, int]]:
    """Every task that differs between the versions, and the count of each kind. Three queries."""
    before = {face.key: face for face in faces_of_plan(plan)}
    after = {face.key: face for face in faces_of_review(plan_import)}
    told = versions.matches(list(before.values()), list(after.values()))
    rows = [
        _difference(match.change, before.get(match.old or 0), after.get(match.new or 0))
        for match in told
        if match.change != Change.SAME
    ]
    return rows, versions.count(told)


def _difference(
    change: Change, old: versions.TaskFace | None, new: versions.TaskFace | None
) -> Difference:
    pairs = [
        versions.changed_words(one, other)
        for one, other in zip(_lines(old), _lines(new), strict=True)
    ]
    marked = change == Change.CHANGED
    olds = tuple(_marked([*pair[0]], marked=marked) for pair in pairs)
    news = tuple(_marked([*pair[1]], marked=marked) for pair in pairs)
    return Difference(
        change,
        None if old is None else Side(old.path, olds),
        None if new is None else Side(new.path, news),
    )


def _marked(pieces: list[versions.Words], *, marked: bool) -> list[versions.Words]:
    """Words are marked where both versions have the task; a new one is new as a whole."""
    return pieces if marked else [versions.Words(piece.text, is_changed=False) for piece in pieces]


def _lines(face: versions.TaskFace | None) -> tuple[str, str, str]:
    """Title, units and time of a task as three lines of text."""
    if face is None:
        return ("", "", "")
    parties, timing = face.details
    units = "; ".join(f"{PartyRole(role).label}: {words}" for role, words in parties)
    return (face.title, units, timing)
