"""Where a plan's money comes from, and what its organisation part lays upon whom."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from nhipcau.people.models import Person
from nhipcau.plans.actions.importing import BATCH
from nhipcau.plans.models import Duty, FundingSource, Plan, PlanImport
from nhipcau.plans.rules.naming import sure_unit
from nhipcau.plans.rules.periods import day_of_document
from nhipcau.registry.queries.names import name_index


def write_money_and_duties(
    *, plan: Plan, plan_import: PlanImport, by: Person, at: datetime
) -> None:
    """Write sources of money and duties anew, in the caller's transaction.

    A duty's unit is the one that a person chose for the same words in the tasks, else the one
    unit on record that bears the name; where that is not sure, only the words are kept.
    """
    plan.funding_sources.all().delete()
    plan.duties.all().delete()
    header = plan_import.header
    FundingSource.objects.bulk_create(
        FundingSource(plan=plan, order=place, words=words)
        for place, words in enumerate(header.get("funding_sources") or ())
    )
    duties = [
        Duty(plan=plan, unit_words=(duty.get("unit") or "")[:500], words=words)
        for duty in header.get("responsibilities") or ()
        for words in duty.get("duties") or ()
    ]
    duties += [
        Duty(
            plan=plan,
            unit_words=(report.get("who") or "")[:500],
            words=report["text"],
            is_report=True,
            report_to=report.get("to") or [],
            recurrence=report.get("recurrence") or "",
            deadline_words=(report.get("deadline") or "")[:300],
        )
        for report in header.get("reporting_duties") or ()
    ]
    units = _units_meant({duty.unit_words for duty in duties} - {""}, plan_import, at)
    for place, duty in enumerate(duties):
        duty.order = place
        duty.unit_id = units.get(duty.unit_words)
    Duty.objects.bulk_create(duties, batch_size=BATCH)


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
