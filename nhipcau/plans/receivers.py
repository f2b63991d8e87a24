"""Listens to the room's own news: a brought file is put into the worker's queue."""

from __future__ import annotations

from django.dispatch import receiver

from nhipcau.plans.models import PlanImport
from nhipcau.plans.signals import import_needs_reading
from nhipcau.plans.tasks import read_plan


@receiver(import_needs_reading)
def read_when_brought(*, plan_import: PlanImport, **_: object) -> None:
    """The queue is a table: in one transaction with the row, so that no death parts the two."""
    read_plan.enqueue(plan_import.pk)
