"""What a review of 10,000 tasks costs: opening it, a step, comparing versions, accepting.

    .venv/bin/python benchmarks/plan_review.py [--tasks 10000] [--rounds 15]
    tools/postgres.py .venv/bin/python benchmarks/plan_review.py

Prints a table and keeps it in benchmarks/results/plan_review_ENGINE.md. Floor for what a person
waits for: 15 queries and 300 ms at the 95th percentile for each answer, the state's parts of a
thousand tasks among them; all parts one after the other are told without a floor. Accepting: 10 s
of the processors. Memory is what the process grew by at its peak.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from big_house import BATCH, Costs, House, build, keep, own_database, p50, p95, stored, timed
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nhipcau.plans.actions import accepting, review
from nhipcau.plans.models import PlanImport, ProposedTask

FLOOR_QUERIES, FLOOR_MS, FLOOR_ACCEPT_S = 15, 300, 10
ALL_PARTS = "... all its parts"


def proposed(house: House, *, tasks: int, edition: int) -> PlanImport:
    """A plan of so many tasks, waiting for its review.

    The second edition is the first with every twentieth task in other words, one task in fifty
    left out, and as many new ones at the end.
    """
    name = {"state": "known", "group": None, "why": "", "candidates": []}
    rows, text, at = [], [], 0
    for place in range(1, tasks + 1):
        unit = house.units[place % len(house.units)]
        other = house.units[(place + 7) % len(house.units)]
        number = place
        if edition == 2 and place % 50 == 0:
            number += tasks  # left out; its place goes to a new task
        title = f"Biên soạn, phát hành tài liệu thứ {number} giới thiệu chợ phiên vùng biên"
        if edition == 2 and place % 20 == 1:
            title += " và đưa lên cổng thông tin bằng ba thứ tiếng"
        words = f"{title}. Chủ trì: {unit.label}; phối hợp: {other.label}. Thời gian: Quý II."
        start, at = at, at + len(words) + 1
        text.append(words)

        def party(role: str, whom: Any, start: int = start, words: str = words) -> dict[str, Any]:
            begin = start + words.index(whom.label)
            return {
                "role": role,
                "words": whom.label,
                "span": [begin, begin + len(whom.label)],
                "confidence": 1.0,
                "qualifier": "",
                "name": {**name, "unit": whom.pk, "label": whom.label},
            }

        rows.append(
            ProposedTask(
                order=place * 1024,
                path=f"II.{number}",
                title=title,
                span_start=start,
                span_end=start + len(words),
                confidence=0.5 if place % 40 == 0 else 1.0,
                body={
                    "role": "",
                    "parties": [party("lead", unit), party("coordinating", other)],
                    "timing": {
                        "words": "Quý II" if place % 3 else "",
                        "span": None,
                        "starts_on": "2026-04-01" if place % 3 else None,
                        "ends_on": "2026-06-30" if place % 3 else None,
                        "recurrence": "",
                        "tentative": False,
                    },
                    "products": [{"words": f"{place % 7 + 1} tờ gấp", "kind": "leaflet"}],
                    "audiences": ["người dân vùng biên"],
                    "targets": [],
                    "languages": ["vi"],
                    "items": [],
                },
            )
        )
    plan_import = PlanImport.objects.create(
        file=stored(f"edition {edition}"),
        file_name=f"lan-{edition}.docx",
        state="review",
        text="\n".join(text),
        header={"title": "Kế hoạch lớn năm 2026", "number": "999", "symbol": "KH-UBND"},
        unit=house.units[0],
        brought_by=house.user.person,
        brought_at=timezone.now(),
    )
    for row in rows:
        row.plan_import = plan_import
    made = ProposedTask.objects.bulk_create(rows, batch_size=BATCH)
    above: ProposedTask | None = None  # every tenth is a heading of the nine below it
    for place, row in enumerate(made):
        above = row if place % 10 == 0 else above
        row.parent = None if above is row else above
    ProposedTask.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["parent"],
    )
    return plan_import


def grown(act: Callable[[], Any]) -> float:
    """MB by which the process grew at its peak during the act (Linux; 0 elsewhere)."""
    status, reset = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not reset.exists():
        act()
        return 0.0
    reset.write_text("5")
    before = _peak_kb(status.read_text())
    act()
    return (_peak_kb(status.read_text()) - before) / 1024


def _peak_kb(status: str) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) if found else 0


def opened(client: Client, plan_import: PlanImport, rounds: int) -> list[str]:
    """The answers for which a person waits, each asked again and again."""
    first = plan_import.tasks.order_by("order")[0]
    key = [plan_import.uuid]
    state = reverse("plans:state", args=key)
    packed = {"accept-encoding": "gzip"}
    acts: dict[str, Callable[[], Any]] = {
        "the review's page": lambda: client.get(reverse("plans:review", args=key)),
        "its state, the first part": lambda: client.get(state, headers=packed),
        "... a further part": lambda: client.get(state, {"after": "5000"}, headers=packed),
        ALL_PARTS: lambda: _all_parts(client, state),
        "how far it is": lambda: client.get(reverse("plans:progress", args=key)),
        "a step": lambda: _step(plan_import, first),
    }
    lines = []
    for name, act in acts.items():
        costs = Costs()
        act()
        for _round in range(rounds):
            timed(act, costs)
        with CaptureQueriesContext(connection) as queries:
            answer = act()
        size = len(getattr(answer, "content", b""))
        kept = len(queries) <= FLOOR_QUERIES and p95(costs.worked) <= FLOOR_MS
        judged = "" if name == ALL_PARTS else "kept" if kept else "MISSED"
        lines.append(
            f"| {name} | {len(queries)} | {p50(costs.clock):.0f} / {p95(costs.clock):.0f} | "
            f"{p50(costs.worked):.0f} / {p95(costs.worked):.0f} | {size // 1024} | "
            f"{judged} |"
        )
    return lines


def _all_parts(client: Client, state: str) -> None:
    """Every task of the review, one part after the other; not packed, since it is read here."""
    after: int | None = 0
    while after is not None:
        after = client.get(state, {"after": str(after)}).json()["next"]


def _step(plan_import: PlanImport, task: ProposedTask) -> None:
    """Say that it is no task; take it back the next time."""
    plan_import.refresh_from_db()
    review.decide_tasks(
        plan_import=plan_import,
        seen=plan_import.steps_done,
        keys=[task.pk],
        keep=plan_import.steps_done % 2 == 1,
        by=plan_import.brought_by,
        at=timezone.now(),
    )


def accepted(name: str, plan_import: PlanImport) -> str:
    costs = Costs()
    peak = grown(
        lambda: timed(
            lambda: accepting.accept(
                plan_import=plan_import, by=plan_import.brought_by, at=timezone.now()
            ),
            costs,
        )
    )
    return _once(name, costs, peak)


def _once(name: str, costs: Costs, peak: float) -> str:
    clock, processor, server = (
        each[0] / 1000 for each in (costs.clock, costs.processor, costs.server)
    )
    kept = "kept" if processor + server <= FLOOR_ACCEPT_S else "MISSED"
    return f"| {name} | {clock:.1f} | {processor:.1f} | {server:.1f} | {peak:.0f} | {kept} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    chosen = parser.parse_args()
    with own_database():
        house = build(plans=10, tasks=100, units=200, persons=5, entries=0)
        cache.clear()
        client = Client()
        client.force_login(house.user)
        first = proposed(house, tasks=chosen.tasks, edition=1)
        pages = opened(client, first, chosen.rounds)
        acts = [accepted("accept", first)]
        first.refresh_from_db()
        second = proposed(house, tasks=chosen.tasks, edition=2)
        PlanImport.objects.filter(pk=second.pk).update(plan=first.plan)
        second.refresh_from_db()
        compare = reverse("plans:compare", args=[second.uuid])
        costs = Costs()
        peak = grown(lambda: timed(lambda: client.get(compare), costs))
        acts.append(_once("what the second version changes", costs, peak))
        acts.append(accepted("accept the second version", second))
        words = "\n".join(
            [
                (
                    f"{chosen.tasks:,} tasks, {len(first.text) / 1e6:.1f} million characters, "
                    f"{connection.vendor}, {chosen.rounds} rounds, {os.cpu_count()} processors "
                    f"with a load of {os.getloadavg()[0]:.1f}. Times in ms, p50 / p95; "
                    f"floor: {FLOOR_QUERIES} queries and {FLOOR_MS} ms of the processors."
                ),
                "",
                "| answer | queries | clock | processors | KB | floor |",
                "| --- | ---: | ---: | ---: | ---: | --- |",
                *pages,
                "",
                f"Once, in seconds; floor {FLOOR_ACCEPT_S} s of the processors:",
                "",
                "| act | clock | processor | database server | MB grown | floor |",
                "| --- | ---: | ---: | ---: | ---: | --- |",
                *acts,
            ]
        )
        keep("plan_review", "A long review", words)


if __name__ == "__main__":
    main()
