"""A brought file is put into the worker's queue; one that the queue gave up is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from nhipcau.outbox.signals import task_given_up
from nhipcau.plans.actions.importing import refuse
from nhipcau.plans.models import PlanImport
from nhipcau.plans.reading.sources import refusals
from nhipcau.plans.signals import import_needs_reading
from nhipcau.plans.tasks import READER, read_plan


@receiver(import_needs_reading)
def read_when_brought(*, plan_import: PlanImport, **_: object) -> None:
    """The queue is a table: in one transaction with the row, so that no death parts the two."""
    read_plan.enqueue(plan_import.pk)


@receiver(task_given_up)
def refuse_what_was_given_up(*, path: str, arguments: list[Any], at: datetime, **_: object) -> None:
    """Nobody waits before a page that says "being read" of a file that nobody will read."""
    if path != read_plan.module_path:
        return
    given_up = refusals.interrupted()
    for plan_import in PlanImport.objects.filter(pk__in=arguments[:1]):
        refuse(
            plan_import=plan_import,
            sentence_vi=given_up.vi,
            sentence_en=given_up.en,
            by=READER,
            at=at,
        )
