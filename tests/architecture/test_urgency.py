"""Who sits before a page does not wait behind what is made in stock."""

import importlib
from pathlib import Path

from django_tasks.base import Task

from nhipcau.kernel.urgency import MADE_IN_STOCK, SOMEBODY_WAITS, WAKES_OTHERS

ROOT = Path(__file__).resolve().parent.parent.parent
URGENCY = {
    "nhipcau.outbox.tasks.deliver": WAKES_OTHERS,
    "nhipcau.plans.tasks.read_plan": SOMEBODY_WAITS,
    "nhipcau.publishing.tasks.make_ordered_form": MADE_IN_STOCK,
    # Links are looked at while a person reviews: neither at once nor at leisure.
    "nhipcau.publishing.tasks.visit_links": 0,
    "nhipcau.publishing.tasks.visit_links_under_review": 0,
}


def test_every_task_in_the_background_has_its_urgency():
    rooms = sorted(path.parent.name for path in ROOT.glob("nhipcau/*/tasks.py"))
    found = {}
    for room in rooms:
        module = importlib.import_module(f"nhipcau.{room}.tasks")
        for one in vars(module).values():
            if isinstance(one, Task):
                found[one.module_path] = one.priority

    assert found == URGENCY
