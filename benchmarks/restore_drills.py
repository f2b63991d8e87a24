"""Twenty restore drills under load, on SQLite and on PostgreSQL.

In each drill three processes upload files and write messages while a backup is taken; it is
restored into an empty place, where the diary and every file must be whole and everything that
was committed before the moment must be there. Prints one row per drill and engine.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import postgres  # noqa: E402 -- tools are scripts, not a package
import psycopg  # noqa: E402 -- after the path above, as all here

from nhipcau.operations.tests.houses import House  # noqa: E402 -- as above

WRITING = ROOT / "nhipcau" / "operations" / "tests" / "writing.py"
WRITERS = 3
MANY = 100_000


def done(result: subprocess.CompletedProcess[str]) -> None:
    if result.returncode:
        raise SystemExit(result.stdout + result.stderr)


def new_database(server: str) -> str:
    name = f"drill_{secrets.token_hex(5)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    return server.rsplit("/", 1)[0] + f"/{name}"


def house_in(folder: Path, server: str) -> House:
    folder.mkdir(parents=True)
    settings: dict[str, Any] = {"NHIPCAU_DATABASE_URL": new_database(server)} if server else {}
    return House(folder, **settings)


def drill(house: House, place: House, backup: Path) -> tuple[float, float, int, int]:
    """Seconds of the backup and of the restore, files in the copy, files that came after it."""
    writers = [house.python(WRITING, MANY) for _ in range(WRITERS)]
    try:
        committed = [writer.stdout.readline().strip() for writer in writers for _ in range(3)]
        began = time.monotonic()
        done(house.run("backup", backup))
        backed_up = time.monotonic() - began
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    done(house.run("backup", "--keys", backup.with_suffix(".keys")))
    done(place.run("restore", "--keys", backup.with_suffix(".keys")))
    began = time.monotonic()
    done(place.run("restore", backup))
    restored = time.monotonic() - began
    rows = {digest for (digest,) in place.ask("SELECT sha256 FROM media_storedfile")}
    files = place.files()
    lost = set(committed) - rows
    broken = [name for name, digest in files.items() if Path(name).name != digest]
    missing = [digest for digest in rows if f"private/{digest[:2]}/{digest}" not in files]
    if lost or broken or missing:
        raise SystemExit(f"lost {lost}, broken {broken}, missing {missing}")
    done(place.run("audit", "verify"))
    after = house.ask("SELECT count(*) FROM media_storedfile")[0][0] - len(rows)
    return backed_up, restored, len(rows), after


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drills", type=int, default=20)
    drills = parser.parse_args().drills
    print(f"{'engine':<12}{'drill':>6}{'backup s':>10}{'restore s':>11}{'files':>8}{'after':>7}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        engines = {"sqlite": ""}
        if postgres.debian_programs() is not None:
            engines["postgresql"] = stack.enter_context(postgres.throwaway())
        figures: dict[str, list[tuple[float, float, int, int]]] = {name: [] for name in engines}
        for number in range(drills):
            engine = list(engines)[number % len(engines)]
            here = folder / f"{number}"
            house = house_in(here / "house", engines[engine])
            done(house.run("prepare"))
            figure = drill(house, house_in(here / "place", engines[engine]), here / "b.nhipcau")
            figures[engine].append(figure)
            backed_up, restored, files, after = figure
            print(
                f"{engine:<12}{number + 1:>6}{backed_up:>10.1f}{restored:>11.1f}"
                f"{files:>8}{after:>7}",
                flush=True,
            )
            shutil.rmtree(here)
    for engine, rows in figures.items():
        if rows:
            print(
                f"{engine}: {len(rows)} drills, nothing lost, nothing broken; restore median"
                f" {statistics.median(row[1] for row in rows):.1f} s"
            )


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
