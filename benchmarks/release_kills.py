"""Whoever releases is killed again and again: what is public by halves, what is told twice.

    .venv/bin/python benchmarks/release_kills.py [KILLS] [SEED]

On the engine of NHIPCAU_DATABASE_URL (an empty database), else on SQLite in a temporary folder.
Each kill is a SIGKILL at a random moment of a release with files, by turns to a real worker process
and to a process that releases at once. Exit status 1 when a bundle was torn, a release, message or
file lost or doubled, or the diary does not verify.
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


def main(kills: int, seed: int) -> int:
    from nhipcau.publishing.tests.test_kills import NOTHING

    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "NHIPCAU_DATA": folder,
            "NHIPCAU_SECRET_KEY": "only for this",
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        program = [sys.executable, "-m", "nhipcau.publishing.tests.kills"]
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
    lines = [f"| {engine} | |", "| --- | ---: |"]
    lines += [f"| {name} | {number:,} |" for name, number in sorted(result.items())]
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"release_kills_{engine}.md").write_text("\n".join(lines) + "\n")
    once = result["releases"] == result["releases wanted"] == result["diary lines of releases"]
    return 0 if once and not any(result[name] for name in NOTHING) else 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    sys.path.insert(0, str(ROOT))
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *[200, 1][len(given) :]))
