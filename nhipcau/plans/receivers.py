"""Listens to the room's own news: a brought file wakes the worker once the row is safe."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.dispatch import receiver

from nhipcau.plans.models import PlanImport
from nhipcau.plans.signals import import_needs_reading
from nhipcau.plans.tasks import read_plan


@receiver(import_needs_reading)
def read_when_brought(*, plan_import: PlanImport, **_: object) -> None:
    transaction.on_commit(partial(read_plan.enqueue, plan_import.pk))
