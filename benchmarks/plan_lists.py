"""What every list and dashboard costs with 10,000 tasks: queries, clock, processors, size.

    .venv/bin/python benchmarks/plan_lists.py [--rounds 40] [--tasks 10000] [--plans 100]
    tools/postgres.py .venv/bin/python benchmarks/plan_lists.py

Prints a table and keeps it in benchmarks/results/plan_lists_ENGINE.md. Floor: 15 queries and
300 ms at the 95th percentile; goal: 8 queries and 100 ms. The machine may be busy with other
things, so each page is also given as a multiple of a peer in the same run: Wagtail's own list of
snippets over the same tasks, fifty on a page, in the same frame.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Any

from big_house import TODAY, Costs, House, build, keep, own_database, p50, p95, timed
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.permission_policies import BlanketPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from nhipcau.people.tests.factories import AT, TEST
from nhipcau.plans.models import Task
from nhipcau.registry.actions.reference import load_reference_data
from nhipcau.registry.models import Area

FLOOR_QUERIES, FLOOR_MS = 15, 300
GOAL_QUERIES, GOAL_MS = 8, 100
PEER = "Wagtail's own list of the tasks"


class PeerViewSet(SnippetViewSet):
    """What Wagtail gives for one line of code; open to whoever enters the desk."""

    model = Task
    list_display = ["path", "title", "plan", "ends_on"]
    list_per_page = 50
    ordering = ["plan_id", "order"]
    permission_policy = BlanketPermissionPolicy(Task)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Task]:
        return Task.objects.select_related("plan")


register_snippet(PeerViewSet)


def addresses(house: House) -> dict[str, str]:
    """The pages by the name of their row."""
    table = reverse("plans:table", args=[house.big.uuid])
    outline = reverse("plans:outline", args=[house.big.uuid])
    tasks = reverse("plans:tasks")
    unit = house.units[3]
    return {
        PEER: reverse(Task.snippet_viewset.get_url_name("list")),  # type: ignore[attr-defined] # -- registered above
        "first page": "/admin/",
        "plans": reverse("plans:index"),
        "plans, by words": reverse("plans:index") + "?q=thong+tin+9&sort=-tasks",
        "outline": outline,
        "outline, last page": f"{outline}?p=9999",
        "table": table,
        "table, narrowed": f"{table}?q=san+pham&unit={unit.pk}&role=lead&sort=-due",
        "tasks of all plans": tasks,
        "... last page": f"{tasks}?p=9999",
        "... of a unit, by day": f"{tasks}?unit={unit.pk}&sort=due",
        "... by words and days": f"{tasks}?q=gioi+thieu+9&since={TODAY}&kind=video&sort=title",
        "... that fit nothing": f"{tasks}?q=khong+co+gi",
        "a task": reverse("plans:task", args=[house.big.tasks.all()[5].uuid]),
        "documents": reverse("plans:document_graph", args=[house.big.uuid]),
        "bring a plan": reverse("plans:bring"),
        "units": reverse("desk:units"),
        "units, by words": reverse("desk:units") + "?q=so+thu+7&all=on&sort=area",
        "a unit": reverse("desk:unit", args=[unit.uuid]),
        "people": reverse("people:index"),
        "a person": reverse("people:person", args=[house.user.person.uuid]),
        **addresses_of_the_registry(house),
        "diary": reverse("desk:diary"),
        "diary, by words": reverse("desk:diary") + "?q=nguyen+van",
        "diary, nothing found": reverse("desk:diary") + "?q=khong+co+gi",
        "work in the background": reverse("desk:background"),
    }


def addresses_of_the_registry(house: House) -> dict[str, str]:
    """Lists of what is on record of the country, and one page of each kind."""
    areas = reverse("desk:areas")
    return {
        "the registry": reverse("desk:registry"),
        "areas": areas,
        "areas, by words, all times": f"{areas}?q=tan&all=on&sort=from",
        "an area": reverse("desk:area", args=[Area.objects.get(key="tinh/lang-son").pk]),
        "border gates": reverse("desk:gates"),
        "languages": reverse("desk:languages"),
        "groups of units": reverse("desk:groups"),
        "a group": reverse("desk:group", args=[house.group.group_id]),
        "papers": reverse("desk:documents"),
        "papers, by words": reverse("desk:documents") + "?q=thong+tin+doi+ngoai",
        "a paper": reverse("desk:document", args=[house.big.document.uuid]),
    }


def measured(house: House, *, rounds: int) -> list[str]:
    """The rows of the table; every round asks for every page once, the peer among them."""
    client = Client()
    client.force_login(house.user)
    acts: dict[str, Callable[[], Any]] = {
        name: lambda address=address: client.get(address)  # type: ignore[misc] # -- bound now
        for name, address in addresses(house).items()
    }
    costs = {name: Costs() for name in acts}
    for act in acts.values():
        act()
    for _round in range(rounds):
        for name, act in acts.items():
            answer = timed(act, costs[name])
            if getattr(answer, "status_code", 200) != 200:
                raise SystemExit(f"{name}: {answer.status_code}; errors are quick")
    return [_row(name, act, costs[name], costs[PEER]) for name, act in acts.items()]


def _row(name: str, act: Callable[[], Any], costs: Costs, peer: Costs) -> str:
    with CaptureQueriesContext(connection) as queries:
        answer = act()
    size = len(getattr(answer, "content", b"")) // 1024
    count = len(queries)
    times = p50([one / other for one, other in zip(costs.worked, peer.worked, strict=True)])
    clock, worked = p95(costs.clock), p95(costs.worked)
    return (
        f"| {name} | {count} | {p50(costs.clock):.0f} / {clock:.0f} | "
        f"{p50(costs.processor):.0f} / {p95(costs.processor):.0f} | "
        f"{p50(costs.server):.0f} / {p95(costs.server):.0f} | {times:.2f} | {size} | "
        f"{_verdict(count, clock, worked, FLOOR_QUERIES, FLOOR_MS)} | "
        f"{_verdict(count, clock, worked, GOAL_QUERIES, GOAL_MS).lower()} |"
    )


def _verdict(queries: int, clock: float, worked: float, most: int, ms: int) -> str:
    if queries > most or worked > ms:
        return "MISSED"
    return "kept" if clock <= ms else "kept but for the clock"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--plans", type=int, default=100)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    chosen = parser.parse_args()
    with own_database():
        house = build(
            plans=chosen.plans, tasks=chosen.tasks, units=200, persons=300, entries=100_000
        )
        load_reference_data(by=TEST, at=AT)
        cache.clear()
        rows = measured(house, rounds=chosen.rounds)
        words = "\n".join(
            [
                (
                    f"{Task.objects.count():,} tasks in {chosen.plans} plans, {len(house.units)} "
                    f"units, {connection.vendor}, {chosen.rounds} rounds, {os.cpu_count()} "
                    f"processors with a load of {os.getloadavg()[0]:.1f}. Times in ms, p50 / p95. "
                    f"Floor: {FLOOR_QUERIES} queries, p95 {FLOOR_MS} ms; "
                    f"goal: {GOAL_QUERIES} queries, {GOAL_MS} ms. "
                    "“Kept but for the clock”: the processors’ own time is within it."
                ),
                "",
                "| page | queries | clock | processor | database | of peer | KB | floor | goal |",
                "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |",
                *rows,
            ]
        )
        keep("plan_lists", "Lists and dashboards", words)


if __name__ == "__main__":
    main()
