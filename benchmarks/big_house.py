"""A big house on a database of its own, and a stopwatch; the benchmarks of pages begin here.

Importing it sets Django up. Engine as in NHIPCAU_DATABASE_URL (`tools/postgres.py` gives one),
else SQLite in a temporary folder.
"""

from __future__ import annotations

import atexit
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = tempfile.mkdtemp(prefix="nhipcau-benchmark-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["NHIPCAU_DATA"] = FOLDER

import django  # noqa: E402 -- the environment above must be set first

django.setup()

from django.db import connection  # noqa: E402 -- Django is set up above
from django.test.utils import setup_databases, teardown_databases  # noqa: E402 -- as above
from django.utils import timezone  # noqa: E402 -- as above

from nhipcau.audit.models import Entry  # noqa: E402 -- as above
from nhipcau.kernel.folding import unaccented  # noqa: E402 -- as above
from nhipcau.media.models import StoredFile  # noqa: E402 -- as above
from nhipcau.people.enums import Reach, Role  # noqa: E402 -- as above
from nhipcau.people.models import Person, User  # noqa: E402 -- as above
from nhipcau.people.tests.factories import (  # noqa: E402 -- as above
    AT,
    TEST,
    make_member,
    make_unit,
    make_user,
)
from nhipcau.plans.models import Party, Plan, PlanVersion, Task, TaskProduct  # noqa: E402 -- as above
from nhipcau.registry.actions.groups import create_group, freeze_group  # noqa: E402 -- as above
from nhipcau.registry.enums import DatePrecision  # noqa: E402 -- as above
from nhipcau.registry.models import Document, GroupSnapshot, Unit, UnitName  # noqa: E402 -- as above

TODAY = timezone.localdate()
BATCH = 500


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated, empty database, dropped at the end; the process is loaded as when it serves."""
    import config.wsgi  # noqa: F401 -- it loads

    if connection.vendor == "sqlite":  # a file of its own: tests may run beside it
        connection.settings_dict["TEST"]["NAME"] = str(Path(FOLDER) / "benchmark.sqlite3")
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)


# --- what stands in the house -----------------------------------------------------------------


@dataclass(slots=True)
class House:
    """Who and what the pages are asked for."""

    user: User
    units: list[Unit]
    group: GroupSnapshot
    big: Plan


def build(*, plans: int, tasks: int, units: int, persons: int, entries: int) -> House:
    """Half of the tasks in one plan, the rest spread over the others; people and a long diary."""
    named = [make_unit(f"Sở thứ {number}") for number in range(units)]
    UnitName.objects.bulk_create(
        UnitName(unit=unit, kind="official", text=unit.label, folded=unaccented(unit.label))
        for unit in named
    )
    group = create_group(key="all", name="Các sở, ngành", unit_kind="department", by=TEST, at=AT)
    frozen = freeze_group(group=group, on=TODAY, by=TEST, at=AT)
    user = make_user(Role.PLANNER, Role.OPERATOR, unit=named[0], reach=Reach.HOUSE)
    for number in range(persons):
        make_member(unit=named[number % units], full_name=f"Nguyễn Văn {number}")
    made = [
        _plan(number, unit=named[0], person=user.person, units=named, group=frozen, count=count)
        for number, count in enumerate(_shares(plans, tasks))
    ]
    _diary(entries)
    if connection.vendor == "postgresql":  # as the server does by itself after a while
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return House(user=user, units=named, group=frozen, big=made[0])


def _shares(plans: int, tasks: int) -> list[int]:
    half = tasks // 2
    rest, others = tasks - half, max(1, plans - 1)
    return [half] + [rest // others + (place < rest % others) for place in range(plans - 1)]


def stored(name: str) -> StoredFile:
    """A file on record that nobody opens."""
    return StoredFile.objects.create(
        sha256=f"{abs(hash(name)):064x}"[-64:], size_bytes=1, kept_at=timezone.now(), kept_by_key=""
    )


def _plan(
    number: int, *, unit: Unit, person: Person, units: list[Unit], group: GroupSnapshot, count: int
) -> Plan:
    document = Document.objects.create(
        citation=f"{number}/KH-UBND",
        title=f"Kế hoạch số {number}",
        issued_on=TODAY,
        issued_precision=DatePrecision.DAY,
    )
    plan = Plan.objects.create(
        document=document, unit=unit, title=f"Kế hoạch thông tin đối ngoại số {number}"
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
    tasks = Task.objects.bulk_create(
        [_task(plan, version, place) for place in range(count)], batch_size=BATCH
    )
    Party.objects.bulk_create(
        [
            party
            for place, task in enumerate(tasks)
            for party in _parties(task, place, units, group)
        ],
        batch_size=BATCH,
    )
    TaskProduct.objects.bulk_create(
        [
            TaskProduct(task=task, order=0, words=f"{place % 9 + 1} phóng sự", kind=kind)
            for place, task in enumerate(tasks)
            if (kind := ("video", "article", "", "radio")[place % 4])
        ],
        batch_size=BATCH,
    )
    return plan


def _task(plan: Plan, version: PlanVersion, place: int) -> Task:
    title = f"Biên soạn, phát hành sản phẩm thứ {place} giới thiệu vùng biên, {plan.title}"
    return Task(
        plan=plan,
        version=version,
        path=f"II.{place}",
        order=place,
        depth=place % 3,
        title=title,
        folded=unaccented(title),
        span_start=0,
        span_end=100,
        timing_words="Quý III/2026" if place % 2 else "",
        ends_on=TODAY + timedelta(days=place % 400 - 100),
        starts_on=date(TODAY.year - 1, 1, 1),
    )


def _parties(task: Task, place: int, units: list[Unit], group: GroupSnapshot) -> list[Party]:
    """One lead and two who help; one task in ten is everybody's."""
    named = [("lead", 0, units[place % len(units)])] + [
        ("coordinating", turn, units[(place + 1 + turn) % len(units)]) for turn in range(2)
    ]
    parties = [
        Party(task=task, role=role, order=order, words=unit.label, unit=unit)
        for role, order, unit in named
    ]
    if place % 10 == 0:
        parties.append(
            Party(
                task=task,
                role="coordinating",
                order=2,
                words=group.group.name,
                group=group.group,
                group_members=group,
            )
        )
    return parties


def _diary(entries: int) -> None:
    pattern = Entry.objects.last()
    if pattern is None or not entries:
        return
    values = {
        column.attname: getattr(pattern, column.attname)
        for column in Entry._meta.concrete_fields
        if not column.primary_key
    }
    for start in range(0, entries, 5_000):
        Entry.objects.bulk_create(
            [
                Entry(**{**values, "target_key": str(number % 997)})
                for number in range(start, min(start + 5_000, entries))
            ]
        )


# --- the stopwatch ----------------------------------------------------------------------------


@dataclass(slots=True)
class Costs:
    """What each time cost, in ms: by the clock, of our processor, of the database server's.

    Others use the machine too: the clock counts their work, the processors' times do not.
    """

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)

    @property
    def worked(self) -> list[float]:
        """Ours and the server's together."""
        return [one + other for one, other in zip(self.processor, self.server, strict=True)]


def timed(act: Callable[[], Any], costs: Costs) -> Any:
    """Do it once and add what it cost."""
    server, clock, processor = _server_ms(), time.perf_counter(), time.process_time()
    answer = act()
    costs.processor.append((time.process_time() - processor) * 1000)
    costs.clock.append((time.perf_counter() - clock) * 1000)
    costs.server.append(_server_ms() - server)
    return answer


def _server_ms() -> float:
    """Processor time of our connection's backend so far; 0 on SQLite, which works in ours."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(backend.read_text().split()[0]) / 1e6 if backend.exists() else 0.0


def p50(values: list[float]) -> float:
    return statistics.median(values)


def p95(values: list[float]) -> float:
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def keep(name: str, title: str, words: str) -> None:
    """Print the result and keep it under the engine's name."""
    print(words)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / f"{name}_{connection.vendor}.md").write_text(f"# {title}\n\n{words}\n")
