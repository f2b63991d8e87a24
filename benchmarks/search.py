"""What a search costs over very many texts that are public, and how fast they come into the index.

    .venv/bin/python benchmarks/search.py [--versions 1000000] [--peer 20000] [--rounds 5]
    tools/postgres.py .venv/bin/python benchmarks/search.py

Every text is a row of a release with words of its own (about 120; frequencies as in Vietnamese
prose) and has a kind, a unit, areas and topics. A search answers the ten best, the exact count and
five facets, through the same function as the portal. Floors at 1,000,000: p50 25 ms, p95 80 ms;
3,000 texts a second into the index, Django's reads included. The peer is modelsearch's own backend
for the database at hand over the same rows, at the size of --peer; both are asked the same there.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from big_house import FOLDER, ROOT, keep, own_database, p50, p95
from big_texts import SCRIPTS, Rows, Writer, fill
from big_works import FAR
from django.conf import settings
from django.db import connection
from django.utils import timezone

from nhipcau.people.tests.factories import AT
from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries.searching import search_public
from nhipcau.publishing.tests.factories import House
from nhipcau.search.engine.building import Build
from nhipcau.search.engine.store import Store
from nhipcau.search.engine.trees import tree_of
from nhipcau.search.engine.writing import write_rows
from nhipcau.translation.tests.factories import make_language
from nhipcau.works.actions import load_lists

FLOOR_P50, FLOOR_P95, FLOOR_RATE = 25, 80, 3_000
QUERIES = (
    "du lịch", "du lich", "cửa khẩu", "tập huấn nghiệp vụ", "tap huan nghiep vu",
    "thông tin đối ngoại", "lễ hội", "chính sách đầu tư", '"cửa khẩu quốc tế"', "hop tac xa",
    "biên giới -du", "phòng chống thiên tai",
)  # fmt: skip


def built() -> tuple[int, float]:
    """Rows and seconds of a rebuild."""
    began = time.perf_counter()
    with Build(tree_of(ReleasedVersion)) as build:
        *_, last = build.run()
    return last.done, time.perf_counter() - began


def asked(ask: Callable[[str], Any], rounds: int) -> list[float]:
    """Milliseconds of each query: `rounds` times as if never asked before, after one warm."""
    from nhipcau.search.engine.asking import forget_counts

    times = []
    for query in QUERIES:
        ask(query)
        for _ in range(rounds):
            forget_counts()
            began = time.perf_counter()
            ask(query)
            times.append((time.perf_counter() - began) * 1000)
    return times


def ours(query: str) -> Any:
    return search_public(query, language="vi", at=timezone.now())


def peers(backend: Any) -> Callable[[str], Any]:
    """The same of modelsearch's own: ten rows, the count, one facet, which is all it has."""

    def ask(query: str) -> Any:
        results = backend.search(query.strip('"').replace(" -", " "), ReleasedVersion)
        return list(results[:10]), results.count(), results.facet("language_id")

    return ask


def peer_backend() -> Any:
    from modelsearch.backends.database import SearchBackend

    return SearchBackend({})


def memory_of_a_web_process() -> int:
    """Megabytes of a process that has loaded the house and searched, as the kernel counts them."""
    program = (
        "from django.conf import settings;"
        f"settings.DATABASES['default']['NAME'] = {connection.settings_dict['NAME']!r};"
        f"settings.SEARCH_INDEX = {str(settings.SEARCH_INDEX)!r};"
        "import django; django.setup(); import config.wsgi; import resource;"
        "from django.utils import timezone;"
        "from nhipcau.publishing.queries.searching import search_public;"
        f"[search_public(q, language='vi', at=timezone.now()) for q in {QUERIES!r}];"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        sys.exit(f"The web process failed:\n{told.stderr[-2000:]}")
    return int(told.stdout)


def batches(keys: list[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some


def main() -> None:  # noqa: PLR0915 -- one measurement after the other
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--versions", type=int, default=100_000)
    parser.add_argument("--others", type=int, default=3_000, help="texts of each other script")
    parser.add_argument("--peer", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=4)
    given = parser.parse_args()
    settings.SEARCH_INDEX = Path(FOLDER) / "index"
    rows: list[tuple[str, str, str]] = []
    with own_database():
        house = House()
        load_lists(by=house.author, at=AT)
        writer = Writer(given.seed)
        rows_of_one = Rows.of(house)
        first = FAR
        vietnamese = make_language("vi")

        fill(given.peer, vietnamese, first=first, writer=writer, rows=rows_of_one)
        first += given.peer
        built()
        mine = asked(ours, given.rounds)
        backend = peer_backend()
        began = time.perf_counter()
        index = backend.get_index_for_model(ReleasedVersion)
        for some in batches(list(ReleasedVersion.get_indexed_objects()), 1_000):
            index.add_items(ReleasedVersion, some)
        peer_rate = given.peer / (time.perf_counter() - began)
        theirs = asked(peers(backend), 1)
        rows += [
            (f"{given.peer} texts: ours, p50 · p95 ms", f"{p50(mine):.1f} · {p95(mine):.1f}", ""),
            (
                f"{given.peer} texts: modelsearch's own, p50 · p95 ms",
                f"{p50(theirs):.1f} · {p95(theirs):.1f}",
                f"{p50(theirs) / p50(mine):.0f} times ours (floor 50)",
            ),
            ("modelsearch's own into its index, a second", f"{peer_rate:.0f}", ""),
        ]

        for tag in ("vi", *SCRIPTS):
            count = given.versions - given.peer if tag == "vi" else given.others
            language = make_language(tag)
            fill(count, language, first=first, writer=writer, rows=rows_of_one)
            first += count
        for tag in SCRIPTS:
            rows.append((f"{tag} into the index, a second", f"{rate_of(tag):.0f}", ""))
        done, seconds = built()
        rate = done / seconds
        rows.append((f"all {done} into the index, a second", f"{rate:.0f}", f"floor {FLOOR_RATE}"))
        size = sum(
            path.stat().st_size for path in Path(settings.SEARCH_INDEX).rglob("*") if path.is_file()
        )
        rows.append(("size of the index, MB", f"{size / 1e6:.0f}", ""))

        times = asked(ours, given.rounds)
        rows += [
            (f"{done} texts: p50 ms", f"{p50(times):.1f}", f"floor {FLOOR_P50}"),
            (f"{done} texts: p95 ms", f"{p95(times):.1f}", f"floor {FLOOR_P95}"),
        ]
        for query in QUERIES:
            found = ours(query)
            own = asked_one(query, given.rounds)
            rows.append((f"… {query}", f"{p50(own):.1f}", f"{found.count} texts"))
        some = list(ReleasedVersion.objects.values_list("pk", flat=True)[:2_000])
        began = time.perf_counter()
        write_rows(tree_of(ReleasedVersion), some)
        rows.append(
            (
                "2,000 changed rows written, a second",
                f"{2_000 / (time.perf_counter() - began):.0f}",
                "",
            )
        )
        rows.append(("memory of a web process, MB", f"{memory_of_a_web_process()}", "floor 400"))
        usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        rows.append(("memory of this process, MB", f"{usage}", ""))
    table = [f"| {what} | {measured} | {floor} |" for what, measured, floor in rows]
    words = "\n".join(["| what | measured | floor, or found |", "| --- | ---: | --- |", *table])
    keep("search", "What a search costs", words)


def asked_one(query: str, rounds: int) -> list[float]:
    from nhipcau.search.engine.asking import forget_counts

    times = []
    for _ in range(rounds):
        forget_counts()
        began = time.perf_counter()
        ours(query)
        times.append((time.perf_counter() - began) * 1000)
    return times


def rate_of(tag: str) -> float:
    """Texts of one language a second: read, analysed and added, without the final merge."""
    rows = ReleasedVersion.get_indexed_objects().filter(language__tag=tag)
    tree = tree_of(ReleasedVersion)
    with Build(tree) as build:
        folder = build.empty()
        began = time.perf_counter()
        keys = list(rows.values_list("pk", flat=True))
        for some in batches(keys, 1_000):
            build.add(folder, list(rows.filter(pk__in=some)))
        seconds = time.perf_counter() - began
        (folder / "building.json").unlink()
    Store(tree).sweep()
    return len(keys) / seconds


if __name__ == "__main__":
    main()
