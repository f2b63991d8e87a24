"""How long it takes from the release of a work until all pages that show it show what is new.

    .venv/bin/python benchmarks/release_to_visible.py [WORKS]

A new house with WORKS (100,000) works and as many kept pages in the index of the page store, each
with five tags; it is served by granian and worked for by `nhipcau outbox work`, as `nhipcau serve`
starts them. 200 pages list one work among nine others, as asked of the public queries. The work is
corrected and goes out by the house's own actions, five times; measured is, from the moment the
release is committed, until a reader who asks for all 200 pages in turn has seen it on each, and
until the worker has made them again. Which pages were made again is counted. Writes
results/release_to_visible_<engine>.md. Floor: 2 s for the reader (goal 0.5 s), and no other page.
"""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
PAGES, ROUNDS, READERS = 200, 5, 4
FLOOR = 2.0
SETTINGS = """
from config.settings.base import *
ROOT_URLCONF = "pages_of_the_benchmark"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
# Beside it the worker would index all works for the search, once.
OUTBOX_CONSUMERS = ["nhipcau.website.store.tasks.PageStore"]
OUTBOX_CHORES = ["nhipcau.website.store.tasks.make_old_pages"]
"""
URLS = '''
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone
from nhipcau.publishing.queries.public import entries_of_subjects
from nhipcau.translation.models import Subject
from nhipcau.website.store.making import finished_page
from nhipcau.website.store.tags import shows

SHOWN = {shown}
TEMPLATE = engines["django"].from_string("""<!doctype html>
<html lang="vi"><title>{{{{ number }}}}</title>
{{% for entry in entries %}}
<article><h2>{{{{ entry.title }}}}</h2><p>{{{{ entry.summary }}}}</p></article>
{{% endfor %}}</html>""")

@finished_page
def page(request, number):
    subjects = [SHOWN, *range({first} + 9 * number, {first} + 9 * number + 9)]
    entries = entries_of_subjects(subjects, language="vi", at=timezone.now())
    shows(*(f"subject:{{entry.uuid}}" for entry in entries))
    return HttpResponse(TEMPLATE.render({{"entries": entries, "number": number}}))

urlpatterns = [
    path("vi/trang-<int:number>/", page),
    path("admin/", page, {{"number": 0}}, name="wagtailadmin_home"),
]
'''


def main(works: int) -> int:
    with tempfile.TemporaryDirectory(prefix="visible-") as made:
        folder = Path(made)
        os.environ["NHIPCAU_DATA"] = str(folder / "house")
        os.environ["DJANGO_SETTINGS_MODULE"] = "settings_of_the_benchmark"
        (folder / "settings_of_the_benchmark.py").write_text(SETTINGS)
        (folder / "pages_of_the_benchmark.py").write_text("urlpatterns = []\n")
        sys.path[:0] = [made, str(ROOT)]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return _measure(folder, works)


def _measure(folder: Path, works: int) -> int:
    from big_works import FAR, build
    from django.db import connection

    from nhipcau.publishing.actions import release_bundle

    house = build(works).cast
    work = house.work(title="Tin số 0")
    house.approved(work)
    release_bundle(bundle=house.bundle(work), by=house.publisher, at=_now())
    subject = work.subject
    (folder / "pages_of_the_benchmark.py").write_text(
        URLS.format(shown=subject.pk, first=FAR + 1000)
    )
    _fill_the_index(works)
    started, port = _start(folder)
    try:
        _until_all_show("Tin số 0", port, patience=300)
        seconds = [
            _one_release(house, work, f"Tin số {number}", port, started)
            for number in range(1, ROUNDS + 1)
        ]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)
    seen = statistics.median(each[0] for each in seconds)
    ready = statistics.median(each[1] for each in seconds)
    slowest = [max(each[place] for each in seconds) for place in (0, 1)]
    on_all = f"a reader has seen it on all {PAGES} pages (floor {FLOOR} s, goal 0.5 s)"
    processor = statistics.median(each[2] for each in seconds)
    lines = [
        "# From a release until it is visible",
        "",
        f"`benchmarks/release_to_visible.py`, {connection.vendor}: {works:,} works, as many kept",
        f"pages, {PAGES} that show the work, {ROUNDS} releases, {os.cpu_count()} cores.",
        "",
        "| | median | slowest |",
        "| --- | ---: | ---: |",
        f"| {on_all} | {seen:.2f} s | {slowest[0]:.2f} s |",
        f"| all {PAGES} pages are made again | {ready:.2f} s | {slowest[1]:.2f} s |",
        f"| processor time of web process and worker meanwhile | {processor:.2f} s | |",
        "",
        f"Load of the machine at the end: {os.getloadavg()[0]:.1f}, by whatever else ran on it.",
        f"Pages made again in each release: {PAGES}; none beside them.",
    ]
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"release_to_visible_{connection.vendor}.md").write_text("\n".join(lines) + "\n")
    return 0 if seen <= FLOOR else 1


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _fill_the_index(pages: int) -> None:
    """As many other pages as works, each with five tags; their files are not asked for."""
    from nhipcau.website.store.models import KeptPage, PageTag

    at = _now()
    for first in range(0, pages, 10_000):
        addresses = [f"/vi/khac-{n}/" for n in range(first, min(pages, first + 10_000))]
        made = KeptPage.objects.bulk_create(
            KeptPage(address=address, digest="0" * 64, made_at=at, changed_at=at)
            for address in addresses
        )
        PageTag.objects.bulk_create(
            [
                PageTag(page=page, tag=f"other:{(page.pk * 5 + place) % pages}")
                for page in made
                for place in range(5)
            ],
            batch_size=5_000,
        )


def _start(folder: Path) -> tuple[list[subprocess.Popen[bytes]], int]:
    from nhipcau.operations.tests.houses import free_port

    port, programs = free_port(), Path(sys.executable).parent
    env = dict(os.environ) | {"PYTHONPATH": f"{folder}:{ROOT}"}
    granian = [programs / "granian", "--interface", "wsgi", "--no-ws", "--workers", "1"]
    granian += ["--blocking-threads", "8", "--log-level", "error", "--port", port]
    worker = [programs / "nhipcau", "outbox", "work"]
    return [
        subprocess.Popen([str(word) for word in words], cwd=ROOT, env=env)
        for words in ([*granian, "config.wsgi:application"], worker)
    ], port


def _until_all_show(words: str, port: int, *, patience: float) -> None:
    """Ask for all pages, several at a time, again and again until each shows the words."""
    wanted = words.encode()
    until = time.monotonic() + patience

    def read(numbers: range) -> None:
        line: http.client.HTTPConnection | None = None
        for number in numbers:
            while time.monotonic() < until:
                try:
                    line = line or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                    line.request("GET", f"/vi/trang-{number}/", headers={"Host": "localhost"})
                    if wanted in line.getresponse().read():
                        break
                except (OSError, http.client.HTTPException):
                    line = None
                    time.sleep(0.1)

    readers = [
        threading.Thread(target=read, args=(range(first, PAGES, READERS),))
        for first in range(READERS)
    ]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    if time.monotonic() >= until:
        raise SystemExit(f"“{words}” is not on all pages after {patience:.0f} s.")


def _processor_seconds(started: list[subprocess.Popen[bytes]]) -> float:
    """What these and their children have used so far."""
    import psutil

    found = [psutil.Process(process.pid) for process in started]
    found += [child for each in list(found) for child in each.children(recursive=True)]
    return sum(sum(each.cpu_times()[:2]) for each in found)


def _one_release(
    house: Any, work: Any, title: str, port: int, started: list[subprocess.Popen[bytes]]
) -> tuple[float, float, float]:
    """Seconds until readers have seen it, until the pages are made again, and of the processor."""
    from nhipcau.publishing.actions import release_bundle
    from nhipcau.translation.actions import save_words
    from nhipcau.website.store.models import KeptPage

    version = work.subject.versions.get()
    save_words(version=version, by=house.author, at=_now(), words={"title": title})
    house.hand_in(version)
    house.clear(version, at=_now())
    bundle = house.bundle(work, note="Sửa nhan đề.")
    before = _now()
    release_bundle(bundle=bundle, by=house.publisher, at=before)
    began, used = time.perf_counter(), _processor_seconds(started)
    _until_all_show(title, port, patience=60)
    seen = time.perf_counter() - began
    while KeptPage.objects.stale().exists() and time.perf_counter() - began < 120:
        time.sleep(0.05)
    ready = time.perf_counter() - began
    used = _processor_seconds(started) - used
    made = set(KeptPage.objects.filter(made_at__gte=before).values_list("address", flat=True))
    if made != {f"/vi/trang-{number}/" for number in range(PAGES)}:
        raise SystemExit(f"{len(made)} pages were made again: {sorted(made)[:5]} …")
    time.sleep(2)
    return seen, ready, used


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
