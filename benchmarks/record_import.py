"""How many records a second come in from a sheet: read, looked through, brought in, brought again.

    .venv/bin/python benchmarks/record_import.py [--records 10000] [--files 60]

Prints a table and keeps it in benchmarks/results/record_import_<engine>.md. Floor: 300 records a
second from the workbook to the works, by the clock where nothing else runs; others who use the
machine are in the clock and not in the processor's seconds, so both are told. Files are measured
apart: each is examined and cleaned in a process of its own, as every file that is brought. Runs on
a database of its own, engine as in NHIPCAU_DATABASE_URL.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ["NHIPCAU_DATA"] = tempfile.mkdtemp(prefix="nhipcau-benchmark-")

import django  # noqa: E402 -- the environment above must be set first

django.setup()

from django.db import connection  # noqa: E402 -- Django is set up above
from django.test.utils import setup_databases, teardown_databases  # noqa: E402 -- as above
from django.utils import timezone  # noqa: E402 -- as above
from PIL import Image  # noqa: E402 -- as above

from nhipcau.kernel.actor import Machine  # noqa: E402 -- as above
from nhipcau.kernel.spreadsheets import workbook  # noqa: E402 -- as above
from nhipcau.people.tests.factories import make_person, make_unit  # noqa: E402 -- as above
from nhipcau.translation.tests.factories import make_language  # noqa: E402 -- as above
from nhipcau.works.actions import bring_records, load_lists  # noqa: E402 -- as above
from nhipcau.works.imports.folder import files_of  # noqa: E402 -- as above
from nhipcau.works.imports.record_workbook import HEADERS, read_records  # noqa: E402 -- as above
from nhipcau.works.models import Work  # noqa: E402 -- as above
from nhipcau.works.queries.sheets import preview_records  # noqa: E402 -- as above

FLOOR = 300
WORDS = tuple(
    "chợ phiên cửa khẩu bản làng sông núi chè hội xuân bà con người dân hàng hóa xã tỉnh".split()  # noqa: SIM905 -- words read better as words
)


def sheet(count: int, *, first: int = 0, with_files: bool = False) -> bytes:
    """A workbook of so many records, each with a summary and a text of 120 syllables."""
    chance = random.Random(7)

    def words(number: int) -> str:
        return " ".join(chance.choice(WORDS) for _word in range(number)).capitalize() + "."

    rows: list[list[Any]] = []
    for number in range(first, first + count):
        told: dict[str, Any] = {
            "key": f"TL-{number:06d}",
            "kind": "Tư liệu",
            "title": f"{words(9)[:-1]} {number}",
            "language": "vi",
            "summary": words(25),
            "body": "\n".join(words(40) for _paragraph in range(3)),
            "topics": "image/land-people",
            "files": f"anh-{number}.png" if with_files else None,
            "alt": "Một mảng màu" if with_files else None,
            "source": "Dữ liệu đo",
        }
        rows.append([told.get(name) for name in HEADERS])
    return b"".join(workbook(headings=[words_[0] for words_ in HEADERS.values()], rows=rows))


def folder_of(count: int, *, first: int) -> Path:
    """So many small pictures, no two alike."""
    folder = Path(tempfile.mkdtemp(prefix="nhipcau-files-"))
    for number in range(first, first + count):
        file = io.BytesIO()
        colour = (number % 251, number * 7 % 241, number * 13 % 239)
        Image.new("RGB", (640, 480), colour).save(file, "PNG")
        (folder / f"anh-{number}.png").write_bytes(file.getvalue())
    return folder


def timed(act: Callable[[], Any]) -> tuple[Any, float, float]:
    began, spent = time.perf_counter(), time.process_time()
    made = act()
    return made, time.perf_counter() - began, time.process_time() - spent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=60)
    wanted = parser.parse_args()
    if connection.vendor == "sqlite":  # a file of its own: tests may run beside it
        own = Path(os.environ["NHIPCAU_DATA"]) / "b.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(own)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        make_language("vi")
        load_lists(by=Machine("benchmark"), at=timezone.now())
        unit, person = make_unit("Thư viện tỉnh"), make_person("Hoàng Văn Tác")
        lines: list[str] = []

        def note(what: str, count: int, wall: float, spent: float) -> None:
            rates = f"{count / wall:.0f} | {count / spent:.0f}"
            lines.append(f"| {what} | {count} | {wall:.2f} | {spent:.2f} | {rates} |")
            print(lines[-1], flush=True)

        def bring(planned: Any, files: Any) -> Any:
            now = timezone.now()
            return bring_records(planned=planned, files=files, unit=unit, by=person, at=now)

        data = sheet(wanted.records)
        rows, read_wall, read_spent = timed(lambda: read_records(data))
        note("the workbook is read", len(rows), read_wall, read_spent)
        preview, look_wall, look_spent = timed(lambda: preview_records(rows, unit=unit, files=()))
        note("looked through, row by row", len(preview.add), look_wall, look_spent)
        report, wall, spent = timed(lambda: bring(preview.add, {}))
        note("brought in", report.added, wall, spent)
        whole = read_wall + look_wall + wall
        note("all three", report.added, whole, read_spent + look_spent + spent)
        again, wall, spent = timed(lambda: preview_records(read_records(data), unit=unit, files=()))
        note("the same sheet again", len(again.unchanged), wall, spent)
        files = files_of(folder_of(wanted.files, first=wanted.records))
        more = preview_records(
            read_records(sheet(wanted.files, first=wanted.records, with_files=True)),
            unit=unit,
            files=files.keys(),
        )
        with_files, wall, spent = timed(lambda: bring(more.add, files))
        note("records with a picture each", with_files.added, wall, spent)
        is_good = (
            report.added / whole >= FLOOR
            and Work.objects.count() == wanted.records + wanted.files
            and not again.add
        )
        head = [
            f"# Records from a sheet, {connection.vendor}",
            "",
            (
                f"{os.cpu_count()} processors with a load of {os.getloadavg()[0]:.1f}. "
                f"Floor: {FLOOR} records a second for all three: "
                f"{'kept' if is_good else 'MISSED'}. A picture has no floor: each is decoded, "
                "cleaned and made in its sizes, in a process of its own."
            ),
            "",
            "| what | records | seconds | processor seconds | a second | a processor second |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        kept = ROOT / "benchmarks" / "results" / f"record_import_{connection.vendor}.md"
        kept.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
    finally:
        teardown_databases(databases, verbosity=0)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
