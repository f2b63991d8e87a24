"""How long a bundle of 50 works in four languages takes to go out, and a draft to be saved.

    .venv/bin/python benchmarks/releases.py [WORKS]

A new house on the engine of NHIPCAU_DATABASE_URL (an empty database), else on SQLite in a temporary
folder. WORKS (100,000) other works lie in the same tables. `tools/postgres.py .venv/bin/python
benchmarks/releases.py` measures PostgreSQL. The peer is Wagtail's own `save_revision` on the same
rows: what our save costs beside that is the diary, the contribution and the row's columns.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"
BUNDLE, LANGUAGES, SAVES = 50, ("vi", "en", "lo", "zh-Hans"), 60
_SENTENCE = "Chợ họp ngày mồng hai và mồng bảy âm lịch, bà con hai bên biên giới đều về. "
PARAGRAPH = f"<p>{_SENTENCE * 6}</p>"


def main(works: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NHIPCAU_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.base"
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(works)


def paragraphs() -> list[dict[str, str]]:
    """The words of a longer article."""
    return [{"type": "text", "value": PARAGRAPH, "id": f"b{n}"} for n in range(12)]


def bundle_of_many(house: Any) -> Any:
    """A bundle of BUNDLE new works in all LANGUAGES, each text approved."""
    from nhipcau.people.tests.factories import AT
    from nhipcau.publishing.actions import choose, make_bundle
    from nhipcau.translation.actions import start_version
    from nhipcau.translation.tests.factories import make_language

    bundle = make_bundle(title="Ngày hội", unit=house.unit, by=house.publisher, at=AT)
    for number in range(BUNDLE):
        work = house.work(title=f"Bài {number}", body=paragraphs())
        versions = [work.subject.versions.get()]
        _clear(versions[0], house)
        for tag in LANGUAGES[1:]:
            version = start_version(
                subject=work.subject,
                language=make_language(tag),
                title=f"Item {number}",
                body=paragraphs(),
                source=versions[0],
                by=house.translator,
                at=AT,
            )
            _clear(version, house)
            versions.append(version)
        choose(bundle=bundle, subject=work.subject, versions=versions, by=house.publisher, at=AT)
    return bundle


def _measure(works: int) -> None:
    from big_works import build
    from django.db import connection
    from wagtail.models import RevisionMixin

    from nhipcau.people.tests.factories import AT
    from nhipcau.publishing.actions import release_bundle
    from nhipcau.translation.actions import save_words

    house = build(works).cast
    bundle = bundle_of_many(house)
    clock, processor = time.perf_counter(), time.process_time()
    releases = release_bundle(bundle=bundle, by=house.publisher, at=AT)
    out = (time.perf_counter() - clock, time.process_time() - processor)
    if len(releases) != BUNDLE:
        raise SystemExit(f"Only {len(releases)} of {BUNDLE} went out.")

    draft = house.work(title="Nháp", body=paragraphs()).subject.versions.get()
    ours, theirs = [], []
    for number in range(SAVES):
        ours.append(
            _timed(
                lambda number=number: save_words(
                    version=draft, by=house.author, at=AT, words={"title": f"Nháp {number}"}
                )
            )
        )
        theirs.append(_timed(lambda: RevisionMixin.save_revision(draft, None, clean=False)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        (
            f"| {connection.vendor}, {works:,} other works "
            "| clock p50 | clock p95 | processor p50 | processor p95 |"
        ),
        "| --- | ---: | ---: | ---: | ---: |",
        (
            f"| {BUNDLE} works x {len(LANGUAGES)} languages out, one transaction "
            f"| {out[0]:.2f} s | | {out[1]:.2f} s | |"
        ),
        _row("a draft saved", ours),
        _row("Wagtail's save_revision alone", theirs),
        f"| ratio (processor, p50) | | | {_middle(ours, 1) / _middle(theirs, 1):.1f} | |",
        f"| memory | {memory:.0f} MB | | | |",
    ]
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"releases_{connection.vendor}.md").write_text("\n".join(lines) + "\n")


def _clear(version: Any, house: Any) -> None:
    """Through all steps of its route, as a person clears it: a release asks who said so."""
    house.hand_in(version, by=house.author)
    house.clear(version)


def _timed(what: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    what()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def _middle(times: Sequence[tuple[float, float]], which: int) -> float:
    return statistics.median(each[which] for each in times)


def _row(name: str, times: Sequence[tuple[float, float]]) -> str:
    def at_95(which: int) -> float:
        return sorted(each[which] for each in times)[int(len(times) * 0.95)]

    return (
        f"| {name} | {_middle(times, 0):.1f} ms | {at_95(0):.1f} ms "
        f"| {_middle(times, 1):.1f} ms | {at_95(1):.1f} ms |"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
