"""A brought file is read into proposals, or refused with a sentence."""

from __future__ import annotations

from datetime import datetime

from nhipcau.kernel.actor import Actor
from nhipcau.media.queries import path_of_file
from nhipcau.plans.actions.importing import begin_reading, keep_reading, note_stage, refuse
from nhipcau.plans.models import PlanImport
from nhipcau.plans.reading.errors import NotReadable
from nhipcau.plans.reading.isolated import read_file
from nhipcau.plans.reading.sources import refusals
from nhipcau.registry.queries.names import name_index

# Fewer than the queue's own, which would leave the file unread and nobody told.
MOST_ATTEMPTS = 8


def read_brought(*, plan_import: PlanImport, by: Actor, at: datetime) -> None:
    """Read one brought file in a process of its own, so that no file can harm this one.

    A file that was read, refused or decided meanwhile is left as it is. Raises
    ReadingInterrupted when something outside ended the reading: it is to be read again. One that
    was begun MOST_ATTEMPTS times without an end is refused, so that nobody waits for ever.
    """
    attempt = begin_reading(plan_import=plan_import, by=by, at=at)
    if not attempt:
        return
    try:
        if attempt > MOST_ATTEMPTS:
            raise refusals.interrupted()
        found = read_file(
            path_of_file(plan_import.file),
            tell=lambda stage: note_stage(plan_import=plan_import, stage=stage, by=by, at=at),
        )
    except NotReadable as refusal:
        refuse(
            plan_import=plan_import,
            sentence_vi=refusal.vi,
            sentence_en=refusal.en,
            by=by,
            at=at,
        )
        return
    keep_reading(
        plan_import=plan_import,
        reading=found.reading.as_json(spans=True),
        names=name_index(),
        scope=None if plan_import.unit is None else plan_import.unit.area_id,
        by=by,
        at=at,
    )
