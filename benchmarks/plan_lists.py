"""What the pages of plans cost with 10,000 tasks in 100 plans: time, queries, memory.

    .venv/bin/python benchmarks/plan_lists.py [--plans 100] [--tasks 10000] [--rounds 15]

Prints a table and keeps it in benchmarks/results/plan_lists.md. Floor: 15 queries and 300 ms at
the 95th percentile for every list and dashboard. Runs on a database of its own, engine as in
NHIPCAU_DATABASE_URL.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["NHIPCAU_DATA"] = tempfile.mkdtemp(prefix="nhipcau-benchmark-")

import django  # noqa: E402 -- the environment above must be set first

django.setup()

from django.core.cache import cache  # noqa: E402 -- Django is set up above
from django.db import connection  # noqa: E402 -- as above
from django.test import Client  # noqa: E402 -- as above
from django.test.utils import (  # noqa: E402 -- as above
    CaptureQueriesContext,
    setup_databases,
    teardown_databases,
)
from django.urls import reverse  # noqa: E402 -- as above
from django.utils import timezone  # noqa: E402 -- as above

from nhipcau.media.models import StoredFile  # noqa: E402 -- as above
from nhipcau.people.enums import Reach, Role  # noqa: E402 -- as above
from nhipcau.people.models import Person  # noqa: E402 -- as above
from nhipcau.people.tests.factories import make_unit, make_user  # noqa: E402 -- as above
from nhipcau.plans.actions import accepting, review  # noqa: E402 -- as above
from nhipcau.plans.models import (  # noqa: E402 -- as above
    Party,
    Plan,
    PlanImport,
    PlanVersion,
    ProposedTask,
    Task,
)
from nhipcau.registry.enums import DatePrecision  # noqa: E402 -- as above
from nhipcau.registry.models import Document, Unit  # noqa: E402 -- as above

TODAY = timezone.localdate()
FLOOR_QUERIES, FLOOR_MS = 15, 300


def stored(name: str) -> StoredFile:
    return StoredFile.objects.create(
        sha256=f"{abs(hash(name)):064x}"[-64:], size_bytes=1, kept_at=timezone.now(), kept_by_key=""
    )


def fill(*, plans: int, tasks: int, units: list[Unit], person: Person) -> None:
    """Half of the tasks in one plan, the rest spread over the others."""
    for number in range(plans):
        document = Document.objects.create(
            citation=f"{number}/KH-UBND",
            title=f"Kế hoạch số {number}",
            issued_on=TODAY,
            issued_precision=DatePrecision.DAY,
        )
        plan = Plan.objects.create(
            document=document, unit=units[0], title=f"Kế hoạch thông tin đối ngoại số {number}"
        )
        version = PlanVersion.objects.create(
            plan=plan,
            number=1,
            file=stored(f"plan {number}"),
            file_name="ke-hoach.docx",
            text="Lời của kế hoạch. " * 200,
            accepted_at=timezone.now(),
            accepted_by=person,
        )
        count = tasks // 2 if number == 0 else tasks // 2 // max(1, plans - 1)
        rows = Task.objects.bulk_create(
            [
                Task(
                    plan=plan,
                    version=version,
                    path=f"II.{place}",
                    order=place,
                    title=f"Biên soạn, phát hành sản phẩm thứ {place} giới thiệu vùng biên " * 2,
                    folded=f"bien soan, phat hanh san pham thu {place} gioi thieu vung bien",
                    span_start=0,
                    span_end=100,
                    ends_on=TODAY + timedelta(days=place % 400 - 100),
                    starts_on=date(TODAY.year - 1, 1, 1),
                )
                for place in range(count)
            ],
            batch_size=500,
        )
        Party.objects.bulk_create(
            [
                Party(task=task, role=role, order=0, words=unit.label, unit=unit)
                for place, task in enumerate(rows)
                for role, unit in (
                    ("lead", units[place % len(units)]),
                    ("coordinating", units[(place + 1) % len(units)]),
                    ("coordinating", units[(place + 2) % len(units)]),
                )
            ],
            batch_size=500,
        )


def measured(client: Client, address: str, *, rounds: int) -> tuple[float, float, int, int]:
    """Median and 95th percentile in ms, queries, bytes of the answer."""
    times = []
    client.get(address)
    for _round in range(rounds):
        started = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)  # noqa: S101 -- a benchmark of error pages would lie
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    p95 = statistics.quantiles(times, n=20)[-1]
    return statistics.median(times), p95, len(queries), len(answer.content)


def big_import(unit: Unit, person: Person, tasks: int) -> PlanImport:
    plan_import = PlanImport.objects.create(
        file=stored("import"),
        file_name="lon.docx",
        state="review",
        text="x" * 2_000_000,
        header={"title": "Kế hoạch lớn năm 2026", "number": "999", "symbol": "KH-UBND"},
        unit=unit,
        brought_by=person,
        brought_at=timezone.now(),
    )
    name = {"state": "known", "unit": unit.pk, "group": None, "label": unit.label}
    party = {"role": "lead", "words": unit.label, "span": [0, 10], "confidence": 1.0}
    body: dict[str, Any] = {
        "role": "",
        "parties": [{**party, "name": {**name, "why": "", "candidates": []}}] * 2,
        "timing": {"words": "Quý II", "span": [0, 6], "recurrence": "", "tentative": False},
        "products": [],
        "audiences": [],
        "targets": [],
        "languages": [],
        "items": [],
    }
    ProposedTask.objects.bulk_create(
        [
            ProposedTask(
                plan_import=plan_import,
                order=place * 1024,
                path=f"II.{place}",
                title=f"Việc thứ {place} của một kế hoạch rất dài, nói rõ ai làm và bao giờ xong",
                span_start=place * 100,
                span_end=place * 100 + 90,
                body=body,
            )
            for place in range(1, tasks + 1)
        ],
        batch_size=500,
    )
    return plan_import


def once(act: Callable[[], object]) -> float:
    """Seconds that one act takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def peak_of(act: Callable[[], object]) -> float:
    """The peak of Python's memory during the act, in MB."""
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    return peak


def report(rounds: int, plans: int, tasks: int) -> str:
    units = [make_unit(f"Sở thứ {number}") for number in range(40)]
    user = make_user(Role.PLANNER, unit=units[0], reach=Reach.HOUSE)
    fill(plans=plans, tasks=tasks, units=units, person=user.person)
    cache.clear()
    client = Client()
    client.force_login(user)
    big = Plan.objects.order_by("pk")[0]
    table = reverse("plans:table", args=[big.uuid])
    pages = {
        "first page": "/admin/",
        "plans": reverse("plans:index"),
        "outline": reverse("plans:outline", args=[big.uuid]),
        "outline, last page": reverse("plans:outline", args=[big.uuid]) + "?p=9999",
        "table": table,
        "table, filtered": f"{table}?q=san+pham&unit={units[3].pk}&role=lead&sort=-due",
        "tasks of all plans": reverse("plans:tasks"),
        "tasks of all plans, filtered": reverse("plans:tasks") + f"?unit={units[3].pk}&sort=due",
        "a task": reverse("plans:task", args=[big.tasks.all()[5].uuid]),
        "documents": reverse("plans:document_graph", args=[big.uuid]),
        "units": reverse("desk:units"),
    }
    lines = [
        (
            f"{Task.objects.count()} tasks in {plans} plans, {connection.vendor}, "
            f"{os.cpu_count()} processors, {rounds} rounds each. "
            f"Floor: {FLOOR_QUERIES} queries, p95 {FLOOR_MS} ms."
        ),
        "",
        "| page | p50 ms | p95 ms | queries | KB | floor |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for name, address in pages.items():
        p50, p95, queries, size = measured(client, address, rounds=rounds)
        kept = "kept" if p95 <= FLOOR_MS and queries <= FLOOR_QUERIES else "MISSED"
        lines.append(f"| {name} | {p50:.0f} | {p95:.0f} | {queries} | {size // 1024} | {kept} |")
    lines += ["", *long_import(client, units[0], user.person, tasks)]
    return "\n".join(lines)


def long_import(client: Client, unit: Unit, person: Person, tasks: int) -> list[str]:
    plan_import = big_import(unit, person, tasks)
    state = reverse("plans:state", args=[plan_import.uuid])
    answer = client.get(state, headers={"accept-encoding": "gzip"})
    first = plan_import.tasks.order_by("order")[0]
    seconds = {
        "the review's state": once(lambda: client.get(state, headers={"accept-encoding": "gzip"})),
        "one step (reject)": once(
            lambda: review.decide_tasks(
                plan_import=plan_import,
                seen=0,
                keys=[first.pk],
                keep=False,
                by=person,
                at=timezone.now(),
            )
        ),
    }
    plan_import.refresh_from_db()
    peak = peak_of(
        lambda: seconds.update(
            {
                "accept (memory traced)": once(
                    lambda: accepting.accept(plan_import=plan_import, by=person, at=timezone.now())
                )
            }
        )
    )
    return [
        f"A review of {tasks} tasks:",
        "",
        "| act | seconds |",
        "| --- | ---: |",
        *(f"| {name} | {took:.2f} |" for name, took in seconds.items()),
        "",
        (
            f"The state is {len(answer.content) / 1e6:.1f} MB packed. "
            f"Accepting took at most {peak:.0f} MB."
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--plans", type=int, default=100)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    chosen = parser.parse_args()
    if connection.vendor == "sqlite":  # a file of its own: tests may run beside it
        connection.settings_dict["TEST"]["NAME"] = str(
            Path(os.environ["NHIPCAU_DATA"]) / "b.sqlite3"
        )
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        words = report(chosen.rounds, chosen.plans, chosen.tasks)
    finally:
        teardown_databases(databases, verbosity=0)
    print(words)
    if (chosen.plans, chosen.tasks) == (100, 10_000):
        results = ROOT / "benchmarks" / "results"
        results.mkdir(exist_ok=True)
        (results / "plan_lists.md").write_text(f"# Pages of plans\n\n{words}\n")


if __name__ == "__main__":
    main()
