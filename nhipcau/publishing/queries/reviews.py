"""Routes in force, and steps that wait for somebody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from nhipcau.people.models import Person
from nhipcau.people.queries import Rights
from nhipcau.publishing.enums import ItemState, Verdict
from nhipcau.publishing.models import ClearanceItem, Decision, OpenStep, Route, RouteStep
from nhipcau.publishing.permissions import TAKEN_BY
from nhipcau.publishing.queries.reasons import unconfirmed
from nhipcau.publishing.rules.routes import RouteChoice, Stop, chosen_route, is_walked
from nhipcau.translation.models import Contribution
from nhipcau.translation.queries import spoken_with


def route_for(*, kind: str, unit_id: int, on: date) -> Route | None:
    """The route in force that fits best, with its steps. Two queries."""
    in_force = Route.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on
    ).prefetch_related("steps")
    routes = {route.pk: route for route in in_force}
    choices = [RouteChoice(route.pk, route.kind, route.unit_id) for route in routes.values()]
    chosen = chosen_route(choices, kind=kind, unit_id=unit_id)
    return routes[chosen.id] if chosen else None


def stops_of(route: Route) -> list[Stop]:
    """The steps of a route as the rules see them. One query unless they were fetched before."""
    return [step.stop for step in route.steps.all()]


def cleared_revisions(revisions: Collection[int]) -> set[int]:
    """Those of these revisions whose clearance walked its whole route, on these very words.

    Asked of what the reviewers said, whatever the rows of a text say about its state; reasons that
    nobody with the right confirmed bear out nothing. Two queries, three where there are reasons.
    """
    said: dict[ClearanceItem, dict[int, Verdict]] = {}
    for decision in (
        Decision.objects.filter(
            step__item__revision__in=revisions,
            step__item__state=ItemState.CLEARED,
            digest=F("step__item__digest"),
        )
        .select_related("step__item__clearance")
        .order_by("at", "pk")
    ):
        step = decision.step
        said.setdefault(step.item, {})[step.number] = Verdict(decision.verdict)
    stops: dict[int, list[Stop]] = {}
    for each in RouteStep.objects.filter(route__in={item.clearance.route_id for item in said}):
        stops.setdefault(each.route_id, []).append(each.stop)
    waiting = unconfirmed(said)
    return {
        item.revision_id
        for item, verdicts in said.items()
        if item.pk not in waiting
        and is_walked(stops.get(item.clearance.route_id, []), verdicts, is_flagged=item.is_flagged)
    }


def waiting_steps() -> QuerySet[OpenStep]:
    """Every step that waits for a reviewer, the earliest deadline first."""
    return (
        OpenStep.objects.filter(closed_at__isnull=True)
        .select_related(
            "item__version__language",
            "item__clearance__subject__unit",
            "item__clearance__subject__work",
            "assignee",
        )
        .defer("item__version__body")
        .order_by("due_on", "pk")
    )


def steps_waiting_for(person: Person, rights: Rights) -> QuerySet[OpenStep]:
    """Steps that this person may take: by role in the unit, or given to him or her; not own words.

    One query when it is read.
    """
    mine = Q(pk__in=[])
    for kind, permission in TAKEN_BY.items():
        if rights.reaches_every_unit(permission):
            mine |= Q(kind=kind)
        elif units := rights.unit_ids(permission):
            mine |= Q(kind=kind, subject__unit__in=units)
    written = Contribution.objects.filter(version=OuterRef("version"), person=person)
    spoken = spoken_with(Q(version=OuterRef("version"), item__spoken_writers__person=person))
    # Said so that SQLite goes through what waits, which is little, in an index alone.
    for_me: Exact[int] = Exact(Coalesce("assignee", Value(person.pk)), person.pk)
    return waiting_steps().filter(mine, for_me, ~Exists(written), ~Exists(spoken))
