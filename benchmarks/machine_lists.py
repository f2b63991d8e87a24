"""What machines ask costs with 100,000 works: lists of /api/v1/, feeds, sitemaps.

    .venv/bin/python benchmarks/machine_lists.py [--works 100000] [--rounds 20]
    tools/postgres.py .venv/bin/python benchmarks/machine_lists.py

Prints a table and keeps it in benchmarks/results/machine_lists_ENGINE.md. Floor: 15 queries and
300 ms at the 95th percentile for an answer; a sitemap of 5,000 addresses has none but the queries.
The index of sitemaps counts everything once in ten minutes (1.3 s of work on SQLite).
"""

from __future__ import annotations

import argparse
import os
from functools import partial

from big_house import Costs, keep, own_database, p50, p95, timed
from big_works import BigHouse, build
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhipcau.publishing.models import Release, ReleasedVersion

FLOOR_QUERIES, FLOOR_MS = 15, 300
API = "/api/v1"


def addresses(client: Client, house: BigHouse) -> dict[str, str]:
    """The answers by the name of their row."""
    topic = house.release.topics.values_list("key", flat=True).first() or "image/tourism"
    unit = house.units[3].key
    short = house.work.subject.short_id
    deep = Release.objects.order_by("released_at").values_list("released_at", flat=True)[500]
    [*_, month] = [
        line.partition("</loc>")[0].rpartition("/")[2]
        for line in client.get("/sitemap.xml").content.decode().split("<loc>")
    ]
    return {
        "works, 50": f"{API}/works",
        "works, 100": f"{API}/works?limit=100",
        "... keys and titles alone": f"{API}/works?fields=id,versions",
        "... in Lao": f"{API}/works?language=lo",
        "... of a kind": f"{API}/works?kind=poster",
        "... of a topic": f"{API}/works?topic={topic}",
        "... of a unit, in English": f"{API}/works?unit={unit}&language=en",
        "... in a language that nothing has": f"{API}/works?language=km",
        "... the oldest": f"{API}/works?before={deep.date()}",
        "... changed since a week": f"{API}/works?changed_since={deep.date()}&limit=50",
        "one work": f"{API}/works/{short}",
        "one text": f"{API}/works/{short}/versions/vi",
        "files": f"{API}/renditions",
        "corrections": f"{API}/corrections",
        "withdrawals": f"{API}/withdrawals",
        "units": f"{API}/units",
        "areas": f"{API}/areas",
        "languages": f"{API}/languages",
        "a feed": "/vi/feed.atom",
        "a feed of a unit": f"/vi/unit/{unit}/feed.atom",
        "index of sitemaps, counted already": "/sitemap.xml",
        "a sitemap": f"/{month}",
    }


def measured(house: BigHouse, *, rounds: int) -> list[str]:
    client = Client()
    acts = {
        name: partial(client.get, address) for name, address in addresses(client, house).items()
    }
    costs = {name: Costs() for name in acts}
    for name, act in acts.items():
        if (answer := act()).status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}; errors are quick")
    for _round in range(rounds):
        for name, act in acts.items():
            timed(act, costs[name])
    rows = []
    for name, act in acts.items():
        with CaptureQueriesContext(connection) as queries:
            size = len(act().content) // 1024
        spent = costs[name]
        slow = p95(spent.worked) > FLOOR_MS and name != "a sitemap"
        cells = [
            name,
            str(len(queries)),
            f"{p50(spent.clock):.0f} / {p95(spent.clock):.0f}",
            f"{p50(spent.worked):.0f} / {p95(spent.worked):.0f}",
            str(size),
            "MISSED" if slow or len(queries) > FLOOR_QUERIES else "kept",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    settings.API_QUESTIONS_A_MINUTE = 1_000_000
    with own_database():
        house = build(chosen.works)
        cache.clear()
        rows = measured(house, rounds=chosen.rounds)
        words = "\n".join(
            [
                (
                    f"{Release.objects.count():,} releases with "
                    f"{ReleasedVersion.objects.count():,} texts; {connection.vendor}, "
                    f"{chosen.rounds} rounds, {os.cpu_count()} processors with a load of "
                    f"{os.getloadavg()[0]:.1f}. Times in ms, p50 / p95. Floor: {FLOOR_QUERIES} "
                    f"queries, {FLOOR_MS} ms of work."
                ),
                "",
                "| answer | queries | clock | worked | KB | floor |",
                "| --- | --- | --- | --- | --- | --- |",
                *rows,
            ]
        )
        keep("machine_lists", "What machines read", words)


if __name__ == "__main__":
    main()
