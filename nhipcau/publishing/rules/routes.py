"""Which route a text takes, and from which step to which it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nhipcau.publishing.enums import StepKind, StepWhen, Verdict


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of a route; `days` from its opening to its deadline, days of the calendar."""

    number: int
    kind: StepKind
    when: StepWhen
    days: int

    def applies(self, *, is_flagged: bool) -> bool:
        return self.when is StepWhen.ALWAYS or is_flagged

    def due_on(self, opened_on: date) -> date:
        return opened_on + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """A route that is in force: for one kind or all ("" ), for one unit or all (None)."""

    id: int
    kind: str
    unit_id: int | None


def chosen_route(routes: Sequence[RouteChoice], *, kind: str, unit_id: int) -> RouteChoice | None:
    """The most particular route: the unit's own before the kind's own before the general one."""
    fitting = [
        route for route in routes if route.kind in {"", kind} and route.unit_id in {None, unit_id}
    ]
    return max(fitting, key=lambda r: (r.unit_id is not None, r.kind != "", r.id), default=None)


def next_stop(stops: Sequence[Stop], *, after: int, is_flagged: bool) -> Stop | None:
    """The step that follows number `after` (0: the first one); None at the end of the route."""
    due = (stop for stop in stops if stop.number > after and stop.applies(is_flagged=is_flagged))
    return min(due, key=lambda stop: stop.number, default=None)


def is_walked(stops: Sequence[Stop], said: Mapping[int, Verdict], *, is_flagged: bool) -> bool:
    """Whether the last word at every step of the route that applies was "cleared".

    `said` are the last verdicts by number of the step.
    """
    due = [stop.number for stop in stops if stop.applies(is_flagged=is_flagged)]
    return bool(due) and all(said.get(number) == Verdict.CLEARED for number in due)


def may_return_to(stops: Sequence[Stop], *, to: int, at: int, is_flagged: bool) -> bool:
    """A text goes back to its author (0) or to an earlier step that it has passed."""
    return to == 0 or any(
        stop.number == to and stop.number < at and stop.applies(is_flagged=is_flagged)
        for stop in stops
    )
