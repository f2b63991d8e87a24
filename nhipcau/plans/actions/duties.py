"""Where a plan's money comes from, and what its organisation part lays upon whom."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from nhipcau.people.models import Person
from nhipcau.plans.actions.importing import BATCH
from nhipcau.plans.models import Duty, FundingSource, Plan, PlanImport
from nhipcau.plans.rules.lines import FUNDING, OWED, REPORTS, kept_lines
from nhipcau.plans.rules.naming import sure_unit
from nhipcau.plans.rules.periods import day_of_document
from nhipcau.registry.queries.names import name_index


def write_money_and_duties(
    *, plan: Plan, plan_import: PlanImport, by: Person, at: datetime
) -> None:
    """Write sources of money and duties anew, in the caller's transaction.

    A duty's unit is the one that the person saw beside it. In a review begun before that was
    shown, it is the one that was chosen for the same words in the tasks, else the one unit on
    record that bears the name; where that is not sure, only the words are kept.
    """
    plan.funding_sources.all().delete()
    plan.duties.all().delete()
    header = plan_import.header
    FundingSource.objects.bulk_create(
        FundingSource(plan=plan, order=place, words=line["words"])
        for place, line in enumerate(kept_lines(header, FUNDING))
    )
    lines = [(part, line) for part in OWED for line in kept_lines(header, part)]
    unseen = {line["unit"] for _part, line in lines if line["unit"] and line["name"] is None}
    units = _units_meant(unseen, plan_import, at)
    Duty.objects.bulk_create(
        (
            Duty(
                plan=plan,
                order=place,
                unit_words=line["unit"],
                unit_id=(line["name"] or {"unit": units.get(line["unit"])})["unit"],
                words=line["words"],
                is_report=part == REPORTS,
                report_to=line.get("to") or [],
                recurrence=line.get("recurrence") or "",
                deadline_words=line.get("deadline") or "",
            )
            for place, (part, line) in enumerate(lines)
        ),
        batch_size=BATCH,
    )


def _units_meant(names: set[str], plan_import: PlanImport, at: datetime) -> dict[str, int | None]:
    """The unit behind each name, where it is sure."""
    if not names:
        return {}
    told: dict[str, set[int | None]] = defaultdict(set)
    for body in plan_import.tasks.values_list("body", flat=True).iterator(chunk_size=BATCH):
        for party in body.get("parties") or ():
            told[party["words"]].add(party["name"].get("unit"))
    known = name_index()
    on = day_of_document(plan_import.header.get("date")) or timezone.localdate(at)
    scope = None if plan_import.unit is None else plan_import.unit.area_id
    return {
        name: sure_unit(name, told=told.get(name, set()), names=known, on=on, scope=scope)
        for name in names
    }
