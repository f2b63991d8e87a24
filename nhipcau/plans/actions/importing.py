"""A file arrives, is read, and waits for a person's review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.disks import disk_trouble
from nhipcau.media.actions import keep_file
from nhipcau.people.models import Person
from nhipcau.plans.enums import TO_BE_READ, UNFINISHED, ImportState, ProposalState
from nhipcau.plans.errors import FileRefused, NotPossible, NotUnderReview
from nhipcau.plans.models import Plan, PlanImport, PlanVersion, ProposedTask
from nhipcau.plans.queries.reviews import why_no_review
from nhipcau.plans.reading.isolated import Stage
from nhipcau.plans.rules.naming import named, with_names_of_owing
from nhipcau.plans.rules.periods import day_of_document
from nhipcau.plans.rules.proposals import Json, TaskDraft, drafts_of, header_of, warnings_of
from nhipcau.plans.rules.review import STRIDE
from nhipcau.plans.signals import import_needs_reading
from nhipcau.registry.models import Unit
from nhipcau.registry.rules.resolution import NameIndex

BATCH = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file: a new or running import, or the plan that it already is."""

    plan_import: PlanImport | None
    plan: Plan | None
    is_new: bool


def bring_file(
    *,
    chunks: Iterable[bytes],
    file_name: str,
    unit: Unit | None,
    is_sample: bool = False,
    by: Person,
    at: datetime,
) -> Brought:
    """Keep a file that somebody brings and have it read.

    The same bytes again change nothing: the answer names the plan or the import that they
    already are. A file that was refused or discarded before is read once more. What becomes of
    an `is_sample` file is marked as sample. Raises FileRefused when the disk takes nothing more;
    nothing is kept then.
    """
    try:
        stored = keep_file(chunks=chunks, by=by, at=at)
    except OSError as error:
        if (trouble := disk_trouble(error)) is None:
            raise
        raise FileRefused(trouble.sentence) from error
    with transaction.atomic():
        version = PlanVersion.objects.filter(file=stored).select_related("plan").first()
        if version is not None:
            return Brought(None, version.plan, is_new=False)
        plan_import, is_new = PlanImport.objects.exclude(
            state__in=[ImportState.REFUSED, ImportState.DISCARDED]
        ).get_or_create(
            file=stored,
            defaults={
                "file_name": file_name[:255],
                "unit": unit,
                "is_sample": is_sample,
                "brought_by": by,
                "brought_at": at,
            },
        )
        if is_new:
            record(
                event="plans.import.brought",
                target=plan_import,
                by=by,
                at=at,
                after={"file": stored.sha256},
            )
            import_needs_reading.send(sender=PlanImport, plan_import=plan_import)
    return Brought(plan_import, None, is_new=is_new)


@transaction.atomic
def begin_reading(*, plan_import: PlanImport, by: Actor, at: datetime) -> int:
    """Mark the import as being read: which attempt this is, counted from 1.

    0 when it has been read, refused or decided meanwhile. An import that a killed worker left
    half read is simply read again.
    """
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state not in TO_BE_READ:
        return 0
    plan_import.state = ImportState.READING
    plan_import.progress = Stage.BEGUN
    plan_import.attempts += 1
    plan_import.save(update_fields=["state", "progress", "attempts"])
    return plan_import.attempts


def note_stage(*, plan_import: PlanImport, stage: Stage, by: Actor, at: datetime) -> None:
    """Tell whoever watches the page how far the reading is."""
    PlanImport.objects.filter(pk=plan_import.pk, state=ImportState.READING).update(progress=stage)


@transaction.atomic
def keep_reading(
    *,
    plan_import: PlanImport,
    reading: Mapping[str, Any],
    names: NameIndex,
    scope: int | None,
    by: Actor,
    at: datetime,
) -> PlanImport:
    """Turn what the reader printed (with spans) into proposals, all of them or none.

    Names are resolved as of the document's date, or of `at` where it has none.
    """
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state not in TO_BE_READ:
        return plan_import
    plan_import.tasks.all().delete()
    on = day_of_document(reading.get("date")) or timezone.localdate(at)
    known: dict[str, Json] = {}
    rows: dict[str, ProposedTask] = {}
    waiting: list[tuple[ProposedTask, str | None]] = []
    for place, draft in enumerate(drafts_of(reading), start=1):
        row = _row(plan_import, draft, order=place * STRIDE)
        for party in row.body["parties"]:
            party["name"] = named(party["words"], names=names, on=on, scope=scope, known=known)
        rows[draft.path] = row
        waiting.append((row, draft.parent_path))
    _save_with_parents(waiting, rows)
    plan_import.state = ImportState.REVIEW
    plan_import.progress = 100
    plan_import.text = reading.get("text") or ""
    plan_import.header = with_names_of_owing(
        header_of(reading), in_tasks=known, names=names, on=on, scope=scope
    )
    plan_import.warnings = warnings_of(reading)
    plan_import.save()
    record(
        event="plans.import.read",
        target=plan_import,
        by=by,
        at=at,
        after={"tasks": len(rows), "warnings": len(plan_import.warnings)},
    )
    return plan_import


@transaction.atomic
def refuse(
    *, plan_import: PlanImport, sentence_vi: str, sentence_en: str, by: Actor, at: datetime
) -> PlanImport:
    """The file could not be read; the sentences say why and what to do. No proposal remains."""
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state not in TO_BE_READ:
        return plan_import
    plan_import.tasks.all().delete()
    plan_import.state = ImportState.REFUSED
    plan_import.refusal_vi = sentence_vi
    plan_import.refusal_en = sentence_en
    plan_import.save()
    record(
        event="plans.import.refused",
        target=plan_import,
        by=by,
        at=at,
        after={"why": sentence_en},
    )
    return plan_import


@transaction.atomic
def set_plan(*, plan_import: PlanImport, plan: Plan | None, by: Person, at: datetime) -> PlanImport:
    """Say of which plan the file is a new version; None: it is a plan of its own.

    For everyone else who looks at this review it is a step: nobody accepts as a plan of its own
    what has become a new version meanwhile.
    """
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if why := why_no_review(plan_import):
        raise NotUnderReview(why)
    if plan_import.plan == plan:
        return plan_import
    before = None if plan_import.plan is None else str(plan_import.plan.uuid)
    plan_import.plan = plan
    plan_import.steps_done += 1
    plan_import.save(update_fields=["plan", "steps_done"])
    record(
        event="plans.import.version_told",
        target=plan_import,
        by=by,
        at=at,
        before={"plan": before},
        after={"plan": None if plan is None else str(plan.uuid)},
    )
    return plan_import


@transaction.atomic
def discard(*, plan_import: PlanImport, by: Person, at: datetime) -> PlanImport:
    """Give a review up; the same file may be brought again.

    Its file and steps stay until their time is over (`forgetting.py`).
    """
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state not in UNFINISHED:
        raise NotPossible(_("This import is finished; there is nothing left to discard."))
    plan_import.state = ImportState.DISCARDED
    plan_import.decided_by = by
    plan_import.decided_at = at
    plan_import.save()
    record(event="plans.import.discarded", target=plan_import, by=by, at=at)
    return plan_import


def _row(plan_import: PlanImport, draft: TaskDraft, *, order: int) -> ProposedTask:
    start, end = draft.span or (None, None)
    return ProposedTask(
        plan_import=plan_import,
        order=order,
        path=draft.path,
        title=draft.title,
        span_start=start,
        span_end=end,
        body=draft.body,
        confidence=draft.confidence,
        # Scope, method, schedule: shown, so that a person can take it after all, but no task.
        state=ProposalState.REJECTED if draft.orders_nothing else ProposalState.PROPOSED,
    )


def _save_with_parents(
    waiting: list[tuple[ProposedTask, str | None]], rows: Mapping[str, ProposedTask]
) -> None:
    """Generation by generation, since a child needs its parent's key."""
    saved: set[int] = set()
    while waiting:
        ready = [
            (row, above) for row, above in waiting if above is None or id(rows[above]) in saved
        ]
        for row, above in ready:
            row.parent = None if above is None else rows[above]
        ProposedTask.objects.bulk_create([row for row, _above in ready], batch_size=BATCH)
        saved |= {id(row) for row, _above in ready}
        done = {id(row) for row, _above in ready}
        waiting = [(row, above) for row, above in waiting if id(row) not in done]
