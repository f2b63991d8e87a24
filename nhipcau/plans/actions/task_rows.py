"""Tasks come to be of what a person has reviewed, a batch at a time, however long the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.utils import timezone

from nhipcau.kernel.folding import unaccented
from nhipcau.people.models import Person
from nhipcau.plans.actions.importing import BATCH
from nhipcau.plans.actions.parties import Frozen, write_parties
from nhipcau.plans.enums import BECOMES_A_TASK
from nhipcau.plans.models import PlanImport, PlanVersion, ProposedTask, Task
from nhipcau.plans.rules.proposals import Json
from nhipcau.plans.rules.trees import depths, kept_above

Row = TypeVar("Row")
Times = tuple[date | None, date | None]
# All of a task that its newest version says; the row and what hangs on it stay.
SAID = (
    "version",
    "parent",
    "path",
    "order",
    "depth",
    "title",
    "folded",
    "span_start",
    "span_end",
    "timing_words",
    "starts_on",
    "ends_on",
    "recurrence",
    "is_tentative",
    "time_is_inherited",
    "audiences",
    "targets",
    "languages",
    "items",
    "left_the_plan_at",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task stands in its plan; `parent` is the proposal above that becomes a task too."""

    order: int
    depth: int
    parent: int | None


def _batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of so many, the last one shorter."""
    rest = iter(rows)
    while some := list(islice(rest, size)):
        yield some


def write_tasks(
    *,
    version: PlanVersion,
    plan_import: PlanImport,
    recognised: Mapping[int, int],
    by: Person,
    at: datetime,
) -> None:
    """Write the proposals that a person kept as tasks of the version's plan, with their parties.

    `recognised` tells which task a proposal goes on with; the others become new rows. Whoever
    stands above is written before those below, and what is in memory at one time is a batch.
    """
    plan = version.plan
    places = _places(plan_import)
    generations = defaultdict[int, list[int]](list)
    for key, place in places.items():
        generations[place.depth].append(key)
    frozen = Frozen(on=timezone.localdate(at), within=None if plan.unit is None else plan.unit.area)
    keys: dict[int, int] = {}  # of the task, by that of its proposal
    times: dict[int, Times] = {}
    for generation in sorted(generations):
        for some in _batched(generations[generation], BATCH):
            proposals = plan_import.tasks.in_bulk(some)
            known = Task.objects.in_bulk([recognised[key] for key in some if key in recognised])
            made: dict[int, Task] = {}
            for key in some:
                row = known[recognised[key]] if key in recognised else Task(plan_id=plan.pk)
                parent = places[key].parent
                above = None if parent is None else times[parent]
                _fill(row, proposals[key], version, above or (plan.starts_on, plan.ends_on))
                row.order, row.depth = places[key].order, places[key].depth
                row.parent_id = None if parent is None else keys[parent]
                times[key] = (row.starts_on, row.ends_on)
                made[key] = row
            Task.objects.bulk_create(row for key, row in made.items() if key not in recognised)
            Task.objects.bulk_create(  # one statement, where bulk_update has a case for every value
                known.values(), update_conflicts=True, unique_fields=["id"], update_fields=SAID
            )
            keys.update((key, row.pk) for key, row in made.items())
            write_parties(
                tasks=[(proposals[key], row) for key, row in made.items()],
                written_before=known,
                frozen=frozen,
                by=by,
                at=at,
            )


def _places(plan_import: PlanImport) -> dict[int, Place]:
    """The proposals that become tasks, in the document's order."""
    above: dict[int, int | None] = {}
    kept: list[int] = []
    rows = plan_import.tasks.order_by("order", "pk").values_list("pk", "parent_id", "state")
    for key, parent, state in rows:
        above[key] = parent
        if state in BECOMES_A_TASK:
            kept.append(key)
    parents = kept_above(kept, above)
    depth = depths(parents)
    return {key: Place(order, depth[key], parents[key]) for order, key in enumerate(kept, start=1)}


def _fill(row: Task, proposal: ProposedTask, version: PlanVersion, above: Times) -> None:
    """Let the row say what the proposal says; without a time of its own it has that `above`."""
    body: Json = proposal.body
    timing: Json = body.get("timing") or {}
    row.version_id = version.pk
    row.path = proposal.path
    row.title = proposal.title
    row.folded = unaccented(proposal.title)
    row.span_start, row.span_end = proposal.span_start, proposal.span_end
    row.timing_words = (timing.get("words") or "")[:500]
    row.starts_on = _day(timing.get("starts_on"))
    row.ends_on = _day(timing.get("ends_on"))
    row.recurrence = timing.get("recurrence") or ""
    row.is_tentative = bool(timing.get("tentative"))
    row.time_is_inherited = not (row.timing_words or row.starts_on or row.ends_on)
    if row.time_is_inherited:
        row.starts_on, row.ends_on = above
    row.audiences = body.get("audiences") or []
    row.targets = body.get("targets") or []
    row.languages = body.get("languages") or []
    row.items = body.get("items") or []
    row.left_the_plan_at = None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
