"""The worker's edge: reading a file in the background."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from nhipcau.kernel.actor import Machine
from nhipcau.kernel.urgency import SOMEBODY_WAITS
from nhipcau.plans.actions.reading import read_brought
from nhipcau.plans.models import PlanImport

READER = Machine(gettext_noop("plan reader"))


@task(priority=SOMEBODY_WAITS)
def read_plan(import_id: int) -> None:
    plan_import = PlanImport.objects.select_related("file", "unit").get(pk=import_id)
    read_brought(plan_import=plan_import, by=READER, at=timezone.now())
