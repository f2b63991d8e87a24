"""A working worker is killed again and again: what is lost, what is told twice.

    .venv/bin/python benchmarks/outbox_kills.py [KILLS] [SEED]

On the engine of NHIPCAU_DATABASE_URL (an empty database), else on SQLite in a temporary folder.
Each kill is a SIGKILL to a real worker process with all its threads, at a random moment, while it
writes, hands over, and seals the diary. Exit status 1 when anything was lost or told twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
MUST_BE_NOTHING = (
    "outside lost",
    "inside lost",
    "inside twice",
    "never written but told",
    "owed",
    "given up",
    "last worker left with",
)


def main(kills: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "NHIPCAU_DATA": folder,
            "NHIPCAU_SECRET_KEY": "only for this",
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        program = [sys.executable, "-m", "nhipcau.outbox.tests.kills"]
        done = subprocess.run(
            [*program, "{}", folder, str(kills), str(seed)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    result = json.loads(done.stdout.splitlines()[-1])
    engine = "postgresql" if os.environ.get("NHIPCAU_DATABASE_URL") else "sqlite"
    flaws = result.pop("diary flaws")
    lines = [f"| {engine} | |", "| --- | ---: |"]
    lines += [f"| {name} | {number:,} |" for name, number in sorted(result.items())]
    lines.append(f"| flaws in the diary | {len(flaws)} |")
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"outbox_kills_{engine}.md").write_text("\n".join(lines) + "\n")
    whole = result["written"] == result["messages"] == result["diary lines"]
    return 0 if whole and not flaws and not any(result[name] for name in MUST_BE_NOTHING) else 1


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *[1000, 1][len(given) :]))
