"""How long a bundle of 50 works in four languages takes to go out, and a draft to be saved.

    .venv/bin/python benchmarks/releases.py [WORKS]

Each work shows a picture of its own and has a PDF form, made before; both are signed and staged
before the transaction, whose time is told apart. A new house on the engine of NHIPCAU_DATABASE_URL
(an empty database), else on SQLite in a temporary folder. WORKS (100,000) other works lie in the
same tables. `tools/postgres.py .venv/bin/python benchmarks/releases.py` measures PostgreSQL. The
peer is Wagtail's own `save_revision` on the same rows: what our save costs beside that is the
diary, the contribution and the row's columns.
"""

from __future__ import annotations

import io
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

RESULTS = Path(__file__).resolve().parent / "results"
BUNDLE, LANGUAGES, SAVES = 50, ("vi", "en", "lo", "zh-Hans"), 60
FLOOR = 5  # seconds for the transaction
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


def paragraphs() -> list[dict[str, Any]]:
    """The words of a longer article."""
    return [{"type": "text", "value": PARAGRAPH, "id": f"b{n}"} for n in range(12)]


def a_picture(house: Any, number: int) -> Any:
    """A picture in the library of which no other has the same bytes."""
    from nhipcau.media.actions import keep_file
    from nhipcau.media.models import MediaFile
    from nhipcau.people.tests.factories import AT, TEST
    from nhipcau.publishing.tests.specimens import hills
    from nhipcau.publishing.tests.test_releases import picture

    stream = io.BytesIO()
    hills(1600, 1000, sun=(0.1 + number / 100, 0.25)).save(stream, "JPEG", quality=88)
    stored = keep_file(chunks=[stream.getvalue()], by=TEST, at=AT)
    item = picture(house)
    MediaFile.objects.filter(item=item).update(
        stored=stored, mime="image/jpeg", ending="jpg", file_name=f"cho-{number}.jpg"
    )
    return item


def bundle_of_many(house: Any, *, with_files: bool = False) -> Any:
    """A bundle of BUNDLE new works in all LANGUAGES, each text approved.

    With files each work shows a picture in all its languages and has a sheet of one of them.
    """
    from nhipcau.people.tests.factories import AT, TEST
    from nhipcau.publishing.actions import choose, make_bundle, make_rendition, order_rendition
    from nhipcau.translation.actions import start_version
    from nhipcau.translation.tests.factories import make_language

    bundle = make_bundle(title="Ngày hội", unit=house.unit, by=house.publisher, at=AT)
    for number in range(BUNDLE):
        body = paragraphs()
        if with_files:
            shown = {"picture": a_picture(house, number).pk, "alt": "", "decorative": True}
            body.append({"type": "picture", "value": shown, "id": "p"})
        work = house.work(title=f"Bài {number}", body=body)
        versions = [work.subject.versions.get()]
        _clear(versions[0], house)
        for tag in LANGUAGES[1:]:
            version = start_version(
                subject=work.subject,
                language=make_language(tag),
                title=f"Item {number}",
                body=body,
                source=versions[0],
                by=house.translator,
                at=AT,
            )
            _clear(version, house)
            versions.append(version)
        forms = []
        if with_files:
            form = order_rendition(slug="sheet", versions=versions[:1], by=house.author, at=AT)
            forms.append(make_rendition(rendition=form, by=TEST, at=AT))
        choose(
            bundle=bundle,
            subject=work.subject,
            versions=versions,
            renditions=forms,
            by=house.publisher,
            at=AT,
        )
    return bundle


def released_in_two_parts(bundle: Any, house: Any) -> dict[str, tuple[float, float]]:
    """Clock and processor seconds of staging (signing with it) and of the one transaction."""
    from nhipcau.people.tests.factories import AT
    from nhipcau.publishing.actions import release_bundle, releasing

    writing = "_write_if_it_may_leave"
    write = getattr(releasing, writing)
    told: list[tuple[float, float]] = []

    def timed(*words: Any, **named: Any) -> Any:
        clock, processor = time.perf_counter(), time.process_time()
        written = write(*words, **named)
        told.append((time.perf_counter() - clock, time.process_time() - processor))
        return written

    clock, processor = time.perf_counter(), time.process_time()
    with mock.patch.object(releasing, writing, timed):
        releases = release_bundle(bundle=bundle, by=house.publisher, at=AT)
    whole = (time.perf_counter() - clock, time.process_time() - processor)
    if len(releases) != BUNDLE:
        raise SystemExit(f"Only {len(releases)} of {BUNDLE} went out.")
    files = sum(release.files.count() for release in releases)
    if files != 2 * BUNDLE:
        raise SystemExit(f"{files} files left, not {2 * BUNDLE}.")
    [written] = told
    return {"staging": (whole[0] - written[0], whole[1] - written[1]), "transaction": written}


def _measure(works: int) -> None:
    from big_works import build
    from django.db import connection
    from wagtail.models import RevisionMixin

    from nhipcau.people.tests.factories import AT
    from nhipcau.translation.actions import save_words

    house = build(works).cast
    bundle = bundle_of_many(house, with_files=True)
    out = released_in_two_parts(bundle, house)

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
            f"| {BUNDLE} works x {len(LANGUAGES)} languages with a picture and a PDF each: "
            f"{2 * BUNDLE} files signed and staged "
            f"| {out['staging'][0]:.2f} s | | {out['staging'][1]:.2f} s | |"
        ),
        (
            f"| ... out in one transaction (floor: under {FLOOR} s) "
            f"| {out['transaction'][0]:.2f} s | | {out['transaction'][1]:.2f} s | |"
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
