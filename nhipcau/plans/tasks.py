"""The worker's edge: reading a file in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from nhipcau.kernel.actor import Machine
from nhipcau.media.queries import path_of_file
from nhipcau.plans.actions.importing import begin_reading, keep_reading, refuse
from nhipcau.plans.models import PlanImport
from nhipcau.plans.reading.errors import NotReadable
from nhipcau.plans.reading.isolated import read_file
from nhipcau.registry.queries.names import name_index

READER = Machine("plan reader")


@task()
def read_plan(import_id: int) -> None:
    """Read one brought file in a process of its own, so that no file can harm the worker."""
    plan_import = PlanImport.objects.select_related("file", "unit").get(pk=import_id)
    if not begin_reading(plan_import=plan_import, by=READER, at=timezone.now()):
        return
    try:
        found = read_file(path_of_file(plan_import.file))
    except NotReadable as refusal:
        refuse(
            plan_import=plan_import,
            sentence_vi=refusal.vi,
            sentence_en=refusal.en,
            by=READER,
            at=timezone.now(),
        )
        return
    keep_reading(
        plan_import=plan_import,
        reading=found.reading.as_json(spans=True),
        names=name_index(),
        scope=None if plan_import.unit is None else plan_import.unit.area_id,
        by=READER,
        at=timezone.now(),
    )
