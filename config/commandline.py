"""The command `nhipcau <noun> <verb>`.

`plan read` is dispatched before Django is loaded: it needs no database and must answer in a
fraction of a second. Everything else is a management command of the room that owns the noun:
`nhipcau audit verify` runs `audit_verify`, `nhipcau backup FILE` runs `backup`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOMS = Path(__file__).resolve().parent.parent / "nhipcau"


def commands() -> dict[str, str]:
    """Every command as people type it -> the management command behind it."""
    names = sorted(
        path.stem
        for path in ROOMS.glob("*/management/commands/*.py")
        if not path.stem.startswith("_")
    )
    return {name.replace("_", " ", 1): name for name in names}


def main() -> int:
    """Run one command; the exit status is the process's.

    2 means that the words name no command; the list of commands is printed then.
    """
    words = sys.argv[1:]
    if words[:2] == ["plan", "read"]:
        from nhipcau.plans.reading.commandline import main as read_plan

        return read_plan(words[2:])
    known = commands()
    for length in (2, 1):
        typed = " ".join(words[:length])
        if typed in known:
            return _manage(known[typed], words[length:])
    print("nhipcau <command>; the commands are:", file=sys.stderr)
    for typed in sorted([*known, "plan read"]):
        print(f"  nhipcau {typed}", file=sys.stderr)
    return 0 if words[:1] in ([], ["--help"], ["-h"]) else 2


def _manage(name: str, arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["nhipcau", name, *arguments])
    return 0
