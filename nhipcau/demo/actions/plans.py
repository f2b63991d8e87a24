"""The sample's plans: brought, read, reviewed and accepted through what a user's clicks call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nhipcau.demo.sample.decisions import REVIEWS, Review
from nhipcau.demo.writing.files import FOLDER
from nhipcau.kernel.actor import Actor
from nhipcau.people.models import Person
from nhipcau.plans.actions.accepting import accept
from nhipcau.plans.actions.importing import bring_file, set_plan
from nhipcau.plans.actions.reading import read_brought
from nhipcau.plans.actions.review import choose_name, decide_tasks, keep_names_as_written
from nhipcau.plans.enums import ImportState, ProposalState
from nhipcau.plans.models import Plan, PlanImport
from nhipcau.plans.queries.reviews import standing_obstacles
from nhipcau.plans.rules.review import Obstacle
from nhipcau.registry.models import Unit


def bring_plans(*, persons: Mapping[str, Person], by: Actor, at: datetime) -> list[Plan]:
    """Every sample plan on its way; answers those that were accepted, each once."""
    plans: dict[str, Plan] = {}
    for review in REVIEWS:
        plan_import = _brought(review, persons[review.brought_by], at, reader=by)
        if review.version_of:
            set_plan(
                plan_import=plan_import,
                plan=plans[review.version_of],
                by=persons[review.brought_by],
                at=at,
            )
        _decide(plan_import, review, persons[review.brought_by], at)
        if review.accepted_by:
            plans[review.file] = accept(
                plan_import=plan_import, by=persons[review.accepted_by], at=at
            )
    return list({plan.pk: plan for plan in plans.values()}.values())


def _brought(review: Review, person: Person, at: datetime, *, reader: Actor) -> PlanImport:
    with (FOLDER / review.file).open("rb") as opened:
        brought = bring_file(
            chunks=[opened.read()],
            file_name=review.file,
            unit=Unit.objects.get(key=review.unit),
            is_sample=True,
            by=person,
            at=at,
        )
    if brought.plan_import is None:  # only a file that is a plan already comes without one
        raise RuntimeError(f"{review.file} is a plan already.")
    read_brought(plan_import=brought.plan_import, by=reader, at=at)
    plan_import = PlanImport.objects.get(pk=brought.plan_import.pk)
    if plan_import.state != ImportState.REVIEW:
        raise RuntimeError(f"{review.file}: {plan_import.refusal_en}")
    return plan_import


def _decide(plan_import: PlanImport, review: Review, person: Person, at: datetime) -> None:
    """The steps that the person takes: rows of tables become tasks, names get their meaning."""
    if review.takes_table_rows:
        rows = plan_import.tasks.filter(state=ProposalState.REJECTED, body__role="table_row")
        decide_tasks(
            plan_import=plan_import,
            seen=_seen(plan_import),
            keys=list(rows.values_list("pk", flat=True)),
            keep=True,
            by=person,
            at=at,
        )
    for words, key in review.names.items():
        unit = Unit.objects.get(key=key)
        choose_name(
            plan_import=plan_import,
            seen=_seen(plan_import),
            words=words,
            name={"unit": unit.pk, "label": unit.label},
            by=person,
            at=at,
        )
    open_points = {each.obstacle for each in standing_obstacles(plan_import)}
    if review.accepted_by and Obstacle.NAME_UNDECIDED in open_points:
        keep_names_as_written(plan_import=plan_import, seen=_seen(plan_import), by=person, at=at)


def _seen(plan_import: PlanImport) -> int:
    return PlanImport.objects.values_list("steps_done", flat=True).get(pk=plan_import.pk)
