"""How long somebody waits who types ./run: the first time with the sample, and every time after.

The machine has what the house needs installed; the place is new. Measured: the first ./run until
/healthz answers (database, sample province), `tools/setup.py` when there is nothing to do, and
./run again until /healthz answers, which has a floor of 5 seconds. Writes results/starts.md.

    benchmarks/starts.py [--rounds N] [--place FOLDER]

`--place` names the data folder of a house that was made before, of which the second start is
measured alone; it is copied.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from nhipcau.operations.tests.houses import environment, free_port  # noqa: E402 -- the path above

RESULT = ROOT / "benchmarks" / "results" / "starts.md"
MOST_SECONDS = 5.0
PATIENCE = 1800.0  # what the first start may take, the sample province in it


def set_up() -> float:
    """Seconds of a set-up that finds everything there, as ./run begins."""
    began = time.monotonic()
    command = [sys.executable, "tools/setup.py", "--wanted", "renditions"]
    subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return time.monotonic() - began


def start(data: Path) -> float:
    """Seconds from ./run until the house answers; it is stopped again, and must stop cleanly."""
    port = free_port()
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        house = subprocess.Popen(
            [str(ROOT / "run")],
            cwd=ROOT,
            env=environment(data, NHIPCAU_PORT=str(port)),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while not answers(port):
                seconds = time.monotonic() - began
                if house.poll() is not None or seconds > PATIENCE:
                    said.seek(0)
                    raise SystemExit(said.read().decode(errors="replace"))
                time.sleep(0.02)
            seconds = time.monotonic() - began
            house.send_signal(signal.SIGINT)
            if status := house.wait(timeout=30):
                raise SystemExit(f"./run stopped with status {status}")
        finally:
            if house.poll() is None:
                os.killpg(house.pid, signal.SIGKILL)
                house.wait()
    return seconds


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def row(name: str, seconds: list[float]) -> str:
    return f"| {name} | {len(seconds)} | {statistics.median(seconds):.2f} | {max(seconds):.2f} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--place", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        rows = []
        if asked.place is None:
            rows.append(row("`./run` in a new place, sample province made", [start(data)]))
        else:
            shutil.copytree(asked.place, data, ignore=shutil.ignore_patterns("run.lock"))
            start(data)  # what was prepared elsewhere is prepared for its new name
        set_ups = [set_up() for _ in range(asked.rounds)]
        starts = [start(data) for _ in range(asked.rounds)]
    rows.append(row("set-up with nothing to do", set_ups))
    rows.append(row("`./run` again, until /healthz answers", starts))
    kept = statistics.median(starts) <= MOST_SECONDS
    lines = [
        *("# Starts", ""),
        "`benchmarks/starts.py`: from the command until the house answers, in seconds.",
        *("", "| what | rounds | median | slowest |", "| --- | --- | --- | --- |", *rows),
        *("", f"Floor of a second start: {MOST_SECONDS:.0f} s: {'kept' if kept else 'MISSED'}"),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    RESULT.write_text(text, encoding="utf-8")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
