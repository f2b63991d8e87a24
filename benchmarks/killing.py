"""What the benchmarks of kills share: an empty house, a program that kills in it, and a table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def killed(program: str, kills: int, seed: int) -> dict[str, Any]:
    """What the module `program` found after so many kills in an empty house.

    The house is on the engine of NHIPCAU_DATABASE_URL (an empty database), else on SQLite in a
    temporary folder.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "NHIPCAU_DATA": folder,
            "NHIPCAU_SECRET_KEY": "only for this",
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
        done = subprocess.run(
            [sys.executable, "-m", program, "{}", folder, str(kills), str(seed)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def verdict(
    name: str, found: Mapping[str, Any], *, nothing: Collection[str], equal: Collection[str]
) -> int:
    """Print and keep the table; 1 when one of `nothing` is something or `equal` differ, else 0."""
    engine = "postgresql" if os.environ.get("NHIPCAU_DATABASE_URL") else "sqlite"
    figures = {
        key: len(value) if isinstance(value, list) else value for key, value in found.items()
    }
    lines = [f"| {engine} | |", "| --- | ---: |"]
    lines += [f"| {key} | {number:,} |" for key, number in sorted(figures.items())]
    flaws = [key for key in nothing if figures[key]]
    if len({figures[key] for key in equal}) > 1:
        flaws.append(" = ".join(equal))
    lines.append(f"| not as it must be | {', '.join(flaws) or 'nothing'} |")
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}_{engine}.md").write_text("\n".join(lines) + "\n")
    return int(bool(flaws))
