"""A plan's whole way, from the file to the told news, killed again and again on both engines.

    .venv/bin/python benchmarks/import_kills.py [--kills 1000] [--engine sqlite] [--seed 1]

Each kill is a SIGKILL to a real process: a person's request (bringing a file, a step of the
review, accepting), the worker with all its threads, or a reading process alone; at a random time,
or at a random statement, commit or touch of a file inside an action. Afterwards an oracle that
knows every paper looks at all that is there. Exit status 1 when anything was lost, is there
twice, or is torn.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
sys.path[:0] = [str(ROOT / "tools")]

import postgres  # noqa: E402 -- tools are scripts, not a package
import psycopg  # noqa: E402 -- after the path above, as all here


def new_database(server: str) -> str:
    name = f"kills_{secrets.token_hex(5)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    return server.rsplit("/", 1)[0] + f"/{name}"


def killed(server: str, kills: int, seed: int) -> dict[str, Any]:
    """What was found after so many kills in a house of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "NHIPCAU_DATA": folder,
            "NHIPCAU_DATABASE_URL": new_database(server) if server else "",
            "NHIPCAU_SECRET_KEY": "only for this",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        program = [sys.executable, "-m", "nhipcau.plans.tests.kills"]
        done = subprocess.run(
            [*program, "{}", folder, str(kills), str(seed)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(engine: str, found: dict[str, Any]) -> str:
    """What was killed, in the midst of what, and what was there in the end."""
    lines = [f"| {engine}: killed by SIGKILL | times |", "| --- | ---: |"]
    lines += [f"| {name} | {count:,} |" for name, count in sorted(found["kills"].items())]
    lines.append(f"| **all** | **{sum(found['kills'].values()):,}** |")
    lines += ["", "| in the midst of | times |", "| --- | ---: |"]
    by_count = sorted(found["phases"].items(), key=lambda each: -each[1])
    lines += [f"| {name} | {count:,} |" for name, count in by_count]
    lines += ["", "| in the end | |", "| --- | ---: |"]
    lines += [f"| {name} | {count:,} |" for name, count in found["figures"].items()]
    lines.append(f"| lost, twice, torn, orphaned | {len(found['flaws']):,} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="on each engine")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="one engine only")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    summary, flawed = [], False
    with ExitStack() as stack:
        engines = {"sqlite": ""}
        if options.engine != "sqlite" and postgres.debian_programs() is not None:
            engines["postgresql"] = stack.enter_context(postgres.throwaway())
        for engine, server in engines.items():
            if options.engine not in {None, engine}:
                continue
            found = killed(server, options.kills, options.seed)
            told = table(engine, found)
            print(told, *found["flaws"], found["log"], sep="\n", flush=True)
            (RESULTS / f"import_kills_{engine}.md").write_text(told + "\n")
            flawed = flawed or bool(found["flaws"])
            summary.append(
                f"{engine} {sum(found['kills'].values())} kills, "
                f"{found['figures']['papers']} papers, {len(found['flaws'])} flaws"
            )
    print("; ".join(summary))
    return int(flawed or not summary)


if __name__ == "__main__":
    sys.exit(main())
