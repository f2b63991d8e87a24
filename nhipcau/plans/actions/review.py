"""Steps of a review. Each can be undone; each is saved at once, so a closed browser loses nothing.

Every action takes `seen`, the number of steps that the person's page knew of: when somebody else
has taken a step since, it refuses, and the page loads the newer state.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.people.models import Person
from nhipcau.plans.actions.steps import Step
from nhipcau.plans.enums import (
    BECOMES_A_TASK,
    HEADER_LABELS,
    PERIOD_LABELS,
    TASK_LABELS,
    UNDECIDED_NAMES,
    NameState,
    ProposalState,
    StepKind,
)
from nhipcau.plans.errors import NotPossible
from nhipcau.plans.models import PlanImport, ProposedTask, ReviewStep
from nhipcau.plans.rules import lines
from nhipcau.plans.rules import review as rules
from nhipcau.plans.rules.proposals import Json
from nhipcau.registry.models import Unit, UnitGroup


@transaction.atomic
def edit_task(
    *,
    plan_import: PlanImport,
    seen: int,
    key: int,
    title: str,
    body: Json,
    by: Person,
    at: datetime,
) -> ReviewStep:
    """Replace a proposed task's title and body. Raises NotPossible naming the wrong fields."""
    step = Step.begin(plan_import, seen=seen)
    wrong = rules.problems_of_edit(title, body)
    if wrong:
        raise Step.look_again(wrong, TASK_LABELS)
    _on_record(
        units={party["name"].get("unit") for party in body["parties"]},
        groups={party["name"].get("group") for party in body["parties"]},
    )
    row = step.task(key)
    row.title = title.strip()
    row.body = {**row.body, **body}
    if row.state == ProposalState.PROPOSED:
        row.state = ProposalState.EDITED
    return step.save(kind=StepKind.EDIT, header=None, by=by, at=at)


def _on_record(*, units: Iterable[int | None], groups: Iterable[int | None]) -> None:
    """Refuse keys of units or groups that are not on record."""
    for model, keys in ((Unit, units), (UnitGroup, groups)):
        wanted = {key for key in keys if key}
        if wanted and model.objects.filter(pk__in=wanted).count() != len(wanted):
            raise NotPossible(_("This unit is not on record any more; please choose it again."))


@transaction.atomic
def merge_tasks(
    *, plan_import: PlanImport, seen: int, keys: Sequence[int], by: Person, at: datetime
) -> ReviewStep:
    """Put the tasks together in the first of `keys`; their sub-tasks move under it."""
    step = Step.begin(plan_import, seen=seen)
    if len(set(keys)) < 2:
        raise NotPossible(_("Choose at least two tasks to merge."))
    target, *others = [step.task(key) for key in dict.fromkeys(keys)]
    parents = dict(step.plan_import.tasks.values_list("pk", "parent_id"))
    for other in others:
        if rules.is_below(target.pk, other.pk, parents):
            raise NotPossible(_("A task cannot be merged into one that stands below it."))
    target.body = rules.merged_body([target.body, *(other.body for other in others)])
    target.title = "\n".join([target.title, *(other.title for other in others)])
    starts = [row.span_start for row in (target, *others) if row.span_start is not None]
    ends = [row.span_end for row in (target, *others) if row.span_end is not None]
    target.span_start, target.span_end = (
        (min(starts), max(ends)) if starts and ends else (None, None)
    )
    target.state = ProposalState.EDITED
    gone = {other.pk for other in others}
    for child in step.plan_import.tasks.filter(parent_id__in=gone).exclude(pk__in=gone):
        step.touch(child)
        child.parent = target
    for other in others:
        other.state = ProposalState.MERGED
    return step.save(kind=StepKind.MERGE, header=None, by=by, at=at)


@transaction.atomic
def split_task(
    *, plan_import: PlanImport, seen: int, key: int, titles: Sequence[str], by: Person, at: datetime
) -> ReviewStep:
    """Make several tasks of one: the first title stays with it, the others follow it.

    The new ones take over parties and time, since the plan says them once for all.
    """
    step = Step.begin(plan_import, seen=seen)
    titles = [title.strip() for title in titles if title.strip()]
    if len(titles) < 2:
        raise NotPossible(_("Give at least two titles, one a line, to split a task."))
    row = step.task(key)
    row.title = titles[0]
    if row.state == ProposalState.PROPOSED:
        row.state = ProposalState.EDITED
    taken = set(step.plan_import.tasks.values_list("path", flat=True))
    after = row
    for title in titles[1:]:
        path = rules.next_part_path(row.path, taken)
        taken.add(path)
        after = step.create(
            ProposedTask(
                plan_import=step.plan_import,
                parent_id=row.parent_id,
                order=step.order_after(after),
                path=path,
                title=title,
                span_start=row.span_start,
                span_end=row.span_end,
                body={
                    **row.body,
                    "products": [],
                    "items": [],
                },
                confidence=row.confidence,
                state=ProposalState.ADDED,
            )
        )
    return step.save(kind=StepKind.SPLIT, header=None, by=by, at=at)


@transaction.atomic
def move_task(
    *,
    plan_import: PlanImport,
    seen: int,
    key: int,
    parent: int | None,
    after: int | None,
    by: Person,
    at: datetime,
) -> ReviewStep:
    """Put a task under `parent` (None: at the top), behind `after` (None: first)."""
    step = Step.begin(plan_import, seen=seen)
    row = step.task(key)
    parents = dict(step.plan_import.tasks.values_list("pk", "parent_id"))
    if parent is not None and rules.is_below(parent, key, parents):
        raise NotPossible(_("A task cannot stand below itself."))
    row.parent_id = None if parent is None else step.task(parent).pk
    row.order = step.order_after(None if after is None else step.task(after))
    return step.save(kind=StepKind.MOVE, header=None, by=by, at=at)


@transaction.atomic
def add_task(
    *,
    plan_import: PlanImport,
    seen: int,
    title: str,
    after: int | None,
    span: tuple[int, int] | None,
    by: Person,
    at: datetime,
) -> ReviewStep:
    """Add a task that the machine did not see; `span` marks the words that a person chose."""
    step = Step.begin(plan_import, seen=seen)
    if not title.strip():
        raise NotPossible(_("A task needs a title."))
    neighbour = None if after is None else step.task(after)
    start, end = span or (None, None)
    if start is not None and end is not None and not 0 <= start < end <= len(step.plan_import.text):
        raise NotPossible(_("The marked words are not part of the document."))
    taken = step.plan_import.tasks.values_list("path", flat=True)
    step.create(
        ProposedTask(
            plan_import=step.plan_import,
            parent_id=neighbour.parent_id if neighbour else None,
            order=step.order_after(neighbour),
            path=rules.next_part_path(neighbour.path if neighbour else "+", taken),
            title=title.strip(),
            span_start=start,
            span_end=end,
            body=rules.merged_body([{"timing": {"words": ""}}]),
            state=ProposalState.ADDED,
        )
    )
    return step.save(kind=StepKind.ADD, header=None, by=by, at=at)


@transaction.atomic
def decide_tasks(
    *,
    plan_import: PlanImport,
    seen: int,
    keys: Iterable[int],
    keep: bool,
    by: Person,
    at: datetime,
) -> ReviewStep:
    """Reject the tasks, or take rejected ones back."""
    step = Step.begin(plan_import, seen=seen)
    for key in dict.fromkeys(keys):
        row = step.task(key)
        row.state = ProposalState.EDITED if keep else ProposalState.REJECTED
    if not step.touched:
        raise NotPossible(_("Choose at least one task."))
    kind = StepKind.RESTORE if keep else StepKind.REJECT
    return step.save(kind=kind, header=None, by=by, at=at)


@transaction.atomic
def choose_name(
    *, plan_import: PlanImport, seen: int, words: str, name: Json, by: Person, at: datetime
) -> ReviewStep:
    """Say once what a name means; it counts wherever the plan uses the same words.

    `name` holds "unit" or "group" with "label", or neither: then the words are kept as written.
    """
    step = Step.begin(plan_import, seen=seen)
    _on_record(units={name.get("unit")}, groups={name.get("group")})
    chosen = {
        "state": (
            NameState.CHOSEN if name.get("unit") or name.get("group") else NameState.AS_WRITTEN
        ).value,
        "unit": name.get("unit"),
        "group": name.get("group"),
        "label": name.get("label", ""),
        "why": "",
        "candidates": [],
    }
    for row in step.plan_import.tasks.all():
        parties = row.body.get("parties", [])
        if any(party["words"] == words for party in parties):
            step.touch(row)
            row.body = {
                **row.body,
                "parties": [
                    {**party, "name": {**chosen, "candidates": party["name"]["candidates"]}}
                    if party["words"] == words
                    else party
                    for party in parties
                ],
            }
    told = lines.with_lines(step.plan_import.header)
    owes = any(line["unit"] == words for part in lines.OWED for line in told[part])
    header = lines.named_anew(told, words, chosen) if owes else None
    if not step.touched and header is None:
        raise NotPossible(_("No task of this plan uses the name “%(name)s”.") % {"name": words})
    return step.save(kind=StepKind.NAME, header=header, by=by, at=at)


@transaction.atomic
def keep_names_as_written(
    *, plan_import: PlanImport, seen: int, by: Person, at: datetime
) -> ReviewStep:
    """Keep every name that nobody has decided about as it is written, in one step."""
    step = Step.begin(plan_import, seen=seen)
    for row in step.plan_import.tasks.filter(state__in=BECOMES_A_TASK):
        if rules.undecided_names(row.body):
            step.touch(row)
            row.body = {
                **row.body,
                "parties": [_as_written(party) for party in row.body["parties"]],
            }
    if not step.touched:
        raise NotPossible(_("Every name has been decided about already."))
    return step.save(kind=StepKind.NAME, header=None, by=by, at=at)


def _as_written(party: Json) -> Json:
    if party["name"]["state"] not in UNDECIDED_NAMES:
        return party
    return {**party, "name": {**party["name"], "state": NameState.AS_WRITTEN.value}}


@transaction.atomic
def edit_header(
    *, plan_import: PlanImport, seen: int, values: Json, by: Person, at: datetime
) -> ReviewStep:
    """Mend values outside the tasks: number, date, title, issuing body ..."""
    step = Step.begin(plan_import, seen=seen)
    wrong = rules.problems_of_header(values)
    if wrong:
        raise Step.look_again(wrong, HEADER_LABELS | PERIOD_LABELS)
    header = {**lines.with_lines(step.plan_import.header), **values}
    return step.save(kind=StepKind.HEADER, header=header, by=by, at=at)


@transaction.atomic
def undo(*, plan_import: PlanImport, seen: int, by: Person, at: datetime) -> ReviewStep:
    """Take the last step back. Raises NotPossible when there is none."""
    plan_import = Step.begin(plan_import, seen=seen).plan_import
    last = plan_import.steps.filter(undone=False).order_by("-number").first()
    if last is None:
        raise NotPossible(_("There is no step left to undo."))
    _put_back(plan_import, last.before, last)
    last.undone = True
    last.save(update_fields=["undone"])
    record(
        event="plans.import.step_undone",
        target=plan_import,
        by=by,
        at=at,
        after={"step": last.number},
    )
    return last


@transaction.atomic
def redo(*, plan_import: PlanImport, seen: int, by: Person, at: datetime) -> ReviewStep:
    """Take again the step that was undone last. Raises NotPossible when there is none."""
    plan_import = Step.begin(plan_import, seen=seen).plan_import
    following = plan_import.steps.filter(undone=True).order_by("number").first()
    if following is None:
        raise NotPossible(_("There is no undone step to take again."))
    _put_back(plan_import, following.after, following)
    following.undone = False
    following.save(update_fields=["undone"])
    record(
        event="plans.import.step_redone",
        target=plan_import,
        by=by,
        at=at,
        after={"step": following.number},
    )
    return following


def _put_back(plan_import: PlanImport, state: Json, step: ReviewStep) -> None:
    """Give every row of the step the face it had; a row that did not exist yet is taken away.

    Rows taken away keep their key, so that a later redo finds the same task again.
    """
    rows = ProposedTask.objects.in_bulk([int(key) for key in state["tasks"]])
    for key, face in state["tasks"].items():
        row = rows.get(int(key))
        if face is None:
            if row is not None:
                row.delete()
            continue
        if row is None:
            row = ProposedTask(pk=int(key), plan_import=plan_import)
        for field, value in face.items():
            setattr(row, field, value)
        row.save()
    if "header" in state:
        plan_import.header = state["header"]
    # Undoing is a step as well for everyone else who looks at this review.
    plan_import.steps_done += 1
    plan_import.save(update_fields=["header", "steps_done"])
