"""Routes of clearance: the shipped one, and a province's own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.publishing.enums import StepKind, StepWhen
from nhipcau.publishing.errors import NotPossible
from nhipcau.publishing.models import Route, RouteStep
from nhipcau.publishing.rules.routes import Stop
from nhipcau.registry.models import Unit

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "routes.csv"
# The shipped route holds for whatever a house may bring along from the time of the two tiers.
SHIPPED_SINCE = date(2025, 7, 1)


@transaction.atomic
def set_route(
    *,
    name: str,
    stops: Sequence[Stop],
    by: Actor,
    at: datetime,
    start: date,
    kind: str = "",
    unit: Unit | None = None,
    source: str = "",
) -> Route:
    """From `start` on, texts of this kind and unit take these steps; the route before ends then.

    Texts under way finish the route on which they began. Every route has a secrecy declaration
    and ends with a publisher.
    """
    kinds = [stop.kind for stop in sorted(stops, key=lambda stop: stop.number)]
    if StepKind.SECRECY not in kinds or not kinds or kinds[-1] is not StepKind.PUBLISHER:
        raise NotPossible(
            _("A route has a secrecy declaration on it and ends with the publisher's step.")
        )
    always = {stop.kind for stop in stops if stop.when is StepWhen.ALWAYS}
    if not {StepKind.SECRECY, StepKind.PUBLISHER} <= always:
        raise NotPossible(_("The secrecy declaration and the publisher's step are never left out."))
    standing = Route.objects.select_for_update().filter(kind=kind, unit=unit, valid_to__isnull=True)
    for route in standing:
        if route.valid_from > start:
            raise NotPossible(_("A later route is in force already."))
        route.valid_to = start
        route.save(update_fields=["valid_to"])
    route = Route.objects.create(
        name=name, kind=kind, unit=unit, valid_from=start, source=source[:300]
    )
    RouteStep.objects.bulk_create(
        RouteStep(route=route, number=stop.number, kind=stop.kind, when=stop.when, days=stop.days)
        for stop in stops
    )
    record(
        event="publishing.route.set",
        target=route,
        by=by,
        at=at,
        after={
            "kind": kind,
            "unit": unit.key if unit else "",
            "from": start,
            "steps": [[stop.number, stop.kind, stop.when, stop.days] for stop in stops],
        },
    )
    return route


@transaction.atomic
def load_routes(*, by: Actor, at: datetime) -> Route | None:
    """Set the shipped general route where the house has none yet; None where it has one."""
    if Route.objects.filter(kind="", unit__isnull=True).exists():
        return None
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return set_route(
        name=rows[0]["route"],
        stops=[
            Stop(int(row["number"]), StepKind(row["step"]), StepWhen(row["when"]), int(row["days"]))
            for row in rows
        ],
        source="; ".join(dict.fromkeys(row["source"] for row in rows))[:300],
        start=SHIPPED_SINCE,
        by=by,
        at=at,
    )
