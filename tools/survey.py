"""Everything that takes long, as one table: survey tests and benchmarks. Writes docs/survey.md.

tools/survey.py            all of it
tools/survey.py NAME ...   only these; the other rows of the page stay as they are

A part fails by its exit status, or by a floor that its table calls missed. A benchmark whose
docstring names NHIPCAU_DATABASE_URL or tools/postgres.py measures one engine at a
time, and runs once on each.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
PAGE = ROOT / "docs" / "survey.md"
HEAD = """# Survey

What takes too long for every commit: `.venv/bin/just survey`. Each row is the last run of its part.

| part | day | result | seconds | last line |
| --- | --- | --- | --- | --- |
"""
ROW = re.compile(r"^\| `([^`]+)` \|")
PAGES = "engine and pages and not journey and not survey"  # what ./test leaves to us
MISSED = re.compile(r"\b(?:MISSED|BROKEN)\b")


@dataclass(frozen=True, slots=True)
class Part:
    """One long thing: its name, its command, and whether it wants a PostgreSQL server."""

    name: str
    command: tuple[str, ...]
    with_server: bool = False


def parts() -> list[Part]:
    pytest = (str(PYTHON), "-m", "pytest", "-q", "-n", "2")
    benchmarks = sorted(
        path for path in (ROOT / "benchmarks").glob("*.py") if "__main__" in path.read_text()
    )
    return [
        Part("screens", (*pytest, "-m", "survey", "tests/journeys")),
        Part("tests", (*pytest, "-m", "survey", "--ignore", "tests/journeys")),
        Part("pages on PostgreSQL", (*pytest, "-m", PAGES), with_server=True),
        *(part for path in benchmarks for part in parts_of(path)),
    ]


def parts_of(benchmark: Path) -> list[Part]:
    """The benchmark on SQLite, and on PostgreSQL where it measures one engine at a time."""
    command = (str(PYTHON), str(benchmark.relative_to(ROOT)))
    told = ast.get_docstring(ast.parse(benchmark.read_text())) or ""
    follows_the_engine = "NHIPCAU_DATABASE_URL" in told or "tools/postgres.py" in told
    there = [Part(f"{benchmark.stem} on PostgreSQL", command, with_server=True)]
    return [Part(benchmark.stem, command), *(there if follows_the_engine else [])]


def row_of(part: Part, *, day: str) -> str:
    """Run the part; its line of the table."""
    command = list(part.command)
    if part.with_server:
        command = [str(PYTHON), "tools/postgres.py", *command]
    began = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    print(result.stdout, flush=True)
    lines = [line.strip(" =|") for line in result.stdout.splitlines() if line.strip(" =|-")]
    last = (lines[-1] if lines else "").replace("|", "·")[:120]
    kept = result.returncode == 0 and not MISSED.search(result.stdout)
    verdict = "passed" if kept else "FAILED"
    seconds = time.monotonic() - began
    return f"| `{part.name}` | {day} | {verdict} | {seconds:.0f} | {last} |"


def kept_rows() -> dict[str, str]:
    """The rows that the page already has, by name."""
    lines = PAGE.read_text().splitlines() if PAGE.exists() else []
    return {match.group(1): line for line in lines if (match := ROW.match(line))}


def main() -> int:
    known = parts()
    wanted = [part for part in known if not sys.argv[1:] or part.name in sys.argv[1:]]
    if not wanted:
        print("The parts: " + ", ".join(part.name for part in known))
        return 2
    rows = kept_rows()
    day = f"{datetime.now(tz=UTC):%Y-%m-%d}"
    for part in wanted:
        print(f"\n── {part.name}", flush=True)
        if part.with_server and postgres.debian_programs() is None:
            print("skipped: Debian's PostgreSQL is not installed")
            continue
        rows[part.name] = row_of(part, day=day)
        ordered = [rows[each.name] for each in known if each.name in rows]
        PAGE.write_text(HEAD + "\n".join(ordered) + "\n")
    print("\n" + PAGE.read_text())
    return int(any(" FAILED " in rows.get(part.name, "") for part in wanted))


if __name__ == "__main__":
    sys.exit(main())
