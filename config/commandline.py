"""The command `nhipcau <noun> <verb>`.

`plan read` and `serve` are dispatched before Django is loaded: the first needs no database and
must answer in a fraction of a second, the second only looks after others. Everything else is a
management command of the room that owns the noun: `nhipcau audit verify` runs `audit_verify`,
`nhipcau backup FILE` runs `backup`.

No command runs Django's checks before it (`requires_system_checks = []`): they load every address
of the house, a seventh of what a start costs. `upgrade` runs them where the code has changed.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from config import env

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

    2 means that the words name no command; the list of commands is printed then. A setting that
    cannot be used ends every command with one sentence and status 1.
    """
    try:
        return _run(sys.argv[1:])
    except env.SettingUnusable as unusable:
        print(unusable, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    if words[:2] == ["plan", "read"]:
        from nhipcau.plans.reading.commandline import main as read_plan

        return read_plan(words[2:])
    known = commands()
    if words[:1] == ["serve"]:
        return _serve(words[1:])
    for length in (2, 1):
        typed = " ".join(words[:length])
        if typed in known:
            return _manage(known[typed], words[length:])
    print("nhipcau <command>; the commands are:", file=sys.stderr)
    for typed in sorted([*known, "plan read", "serve"]):
        print(f"  nhipcau {typed}", file=sys.stderr)
    return 0 if words[:1] in ([], ["--help"], ["-h"]) else 2


def _serve(words: list[str]) -> int:
    from config.settings import base
    from nhipcau.operations.serving.commandline import House, main

    database = base.DATABASES["default"]
    is_embedded = database["ENGINE"] == "django.db.backends.sqlite3"
    house = House(
        data=base.DATA,
        host=base.HOST,
        port=base.PORT,
        web_workers=base.WEB_WORKERS,
        database=f"{database.get('HOST', '')}:{database.get('PORT', '')}/{database['NAME']}",
        database_file=Path(str(database["NAME"])) if is_embedded else None,
        public_url=base.PUBLIC_URL,
    )
    return main(words, house)


def _manage(name: str, arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    import django
    from django.core.management import execute_from_command_line

    # What a start loads stays to the end: looking through it for garbage is a seventh of the start.
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()
    execute_from_command_line(["nhipcau", name, *arguments])
    return 0
