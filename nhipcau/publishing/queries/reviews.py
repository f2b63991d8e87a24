"""Routes in force, and steps that wait for somebody."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from nhipcau.people.models import Person
from nhipcau.people.queries import Rights
from nhipcau.publishing.models import OpenStep, Route
from nhipcau.publishing.permissions import TAKEN_BY
from nhipcau.publishing.rules.routes import RouteChoice, Stop, chosen_route


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
            mine |= Q(kind=kind, item__clearance__subject__unit__in=units)
    return (
        waiting_steps()
        .filter(mine & (Q(assignee__isnull=True) | Q(assignee=person)))
        .exclude(item__version__contributions__person=person)
    )
