"""What the pages of the library cost with 100,000 items: time and queries.

    .venv/bin/python benchmarks/media_lists.py [--items 100000] [--rounds 15]

Prints a table and keeps it in benchmarks/results/media_lists_<engine>.md. Floor: 15 queries and
300 ms at the 95th percentile. Runs on a database of its own, engine as in NHIPCAU_DATABASE_URL.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["NHIPCAU_DATA"] = tempfile.mkdtemp(prefix="nhipcau-benchmark-")

import django  # noqa: E402 -- the environment above must be set first

django.setup()

from django.db import connection  # noqa: E402 -- Django is set up above
from django.db.models import OuterRef, Subquery  # noqa: E402 -- as above
from django.test import Client  # noqa: E402 -- as above
from django.test.utils import (  # noqa: E402 -- as above
    CaptureQueriesContext,
    setup_databases,
    teardown_databases,
)
from django.utils import timezone  # noqa: E402 -- as above

from nhipcau.media.models import MediaFile, MediaItem, StoredFile  # noqa: E402 -- as above
from nhipcau.media.rules.looks import quarters, signed  # noqa: E402 -- as above
from nhipcau.people.enums import Reach, Role  # noqa: E402 -- as above
from nhipcau.people.tests.factories import make_unit, make_user  # noqa: E402 -- as above
from nhipcau.registry.models import Unit  # noqa: E402 -- as above

FLOOR_QUERIES, FLOOR_MS = 15, 300
KINDS = ["picture"] * 8 + ["document", "video"]


def fill(*, items: int, units: list[Unit]) -> None:
    """Items spread over the units, each with one file; looks drawn by chance."""
    now, chance = timezone.now(), random.Random(7)
    for start in range(0, items, 5000):
        places = range(start, min(start + 5000, items))
        files = StoredFile.objects.bulk_create(
            StoredFile(
                sha256=f"{place:064x}", size_bytes=100_000 + place, kept_at=now, kept_by_key="x"
            )
            for place in places
        )
        rows = MediaItem.objects.bulk_create(
            MediaItem(
                kind=KINDS[place % len(KINDS)],
                title=f"Ảnh cửa khẩu số {place}",
                unit=units[place % len(units)],
                is_shared=place % 5 == 0,
                credit=f"Tác giả {place % 97}",
                licence=["", "CC-BY-4.0", "LicenseRef-own"][place % 3],
                expires_on=now.date() + timedelta(days=place % 900 - 100)
                if place % 4 == 0
                else None,
                folded=f"anh cua khau so {place} · tac gia {place % 97} · anh-{place}.jpg",
                size_bytes=100_000 + place,
                kept_bytes=100_000 + place,
                owner_key="person:1",
                made_at=now - timedelta(minutes=place),
                changed_at=now,
            )
            for place in places
        )
        looks = [chance.getrandbits(64) for _place in places]
        MediaFile.objects.bulk_create(
            MediaFile(
                item=row, number=1, stored=file, original_sha256=file.sha256,
                file_name=f"anh-{row.pk}.jpg", mime="image/jpeg", ending="jpg", width=1600,
                height=1000, look=signed(look), look_a=quarters(look)[0], look_b=quarters(look)[1],
                look_c=quarters(look)[2], look_d=quarters(look)[3], made_at=now, made_by_key="x",
            )
            for row, file, look in zip(rows, files, looks, strict=True)
        )  # fmt: skip
    newest = MediaFile.objects.filter(item=OuterRef("pk")).values("pk")[:1]
    MediaItem.objects.update(current=Subquery(newest))
    if connection.vendor == "postgresql":  # as the server does by itself after a while
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def measured(client: Client, address: str, *, rounds: int) -> tuple[float, float, float, int]:
    """Median and 95th percentile in ms, median of our processor time in ms, and the queries.

    On SQLite the processor's time is all of the work, and says on a busy machine what it costs.
    """
    times, spent = [], []
    client.get(address)
    for _round in range(rounds):
        started, began = time.perf_counter(), time.process_time()
        answer = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
        spent.append((time.process_time() - began) * 1000)
        assert answer.status_code == 200, (address, answer.status_code)  # noqa: S101 -- a benchmark of error pages would lie
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    p95 = statistics.quantiles(times, n=20)[-1]
    return statistics.median(times), p95, statistics.median(spent), len(queries)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    wanted = parser.parse_args()
    if connection.vendor == "sqlite":  # a file of its own: tests may run beside it
        connection.settings_dict["TEST"]["NAME"] = str(
            Path(os.environ["NHIPCAU_DATA"]) / "b.sqlite3"
        )
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        units = [make_unit(f"UBND xã số {number}") for number in range(60)]
        fill(items=wanted.items, units=units)
        officer, planner = Client(), Client()
        officer.force_login(make_user(Role.AUTHOR, unit=units[0]))
        planner.force_login(make_user(Role.PLANNER, unit=units[0], reach=Reach.HOUSE))
        item = MediaItem.objects.filter(kind="picture", unit=units[0]).first()
        pages = [
            ("library, one unit and what is shared", officer, "/admin/media/"),
            ("library, whole house", planner, "/admin/media/"),
            (
                "as a table, by title, page 100",
                planner,
                "/admin/media/?look=table&sort=title&p=100",
            ),
            ("by size", planner, "/admin/media/?sort=-size"),
            ("words, found often", planner, "/admin/media/?q=cua+khau"),
            ("words, found once", planner, "/admin/media/?q=khau+so+77777"),
            ("expired, under a licence", planner, "/admin/media/?expiry=past&licence=CC-BY-4.0"),
            ("one item, with what looks alike", officer, f"/admin/media/{item.uuid}/"),
            ("chooser of pictures", officer, "/admin/media/chooser/?kind=picture"),
            ("bringing, with the unit's room", officer, "/admin/media/bring/"),
            ("room of every unit", planner, "/admin/media/room/"),
        ]
        lines = [
            f"# The library with {wanted.items} items, {connection.vendor}", "",
            "| page | median ms | p95 ms | processor ms | queries |",
            "| --- | --- | --- | --- | --- |",
        ]  # fmt: skip
        is_good = True
        for name, client, address in pages:
            median, p95, spent, queries = measured(client, address, rounds=wanted.rounds)
            is_good &= p95 <= FLOOR_MS and queries <= FLOOR_QUERIES
            lines.append(f"| {name} | {median:.0f} | {p95:.0f} | {spent:.0f} | {queries} |")
            print(lines[-1], flush=True)
        kept = ROOT / "benchmarks" / "results" / f"media_lists_{connection.vendor}.md"
        kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    finally:
        teardown_databases(databases, verbosity=0)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
