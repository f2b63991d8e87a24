"""The command `nhipcau <noun> <verb>`.

`plan read` is dispatched before Django is loaded: it needs no database and must answer
in a fraction of a second. Everything else is a Django management command.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Run one command; the exit status is the process's."""
    words = sys.argv[1:]
    if words[:2] == ["plan", "read"]:
        from nhipcau.plans.reading.commandline import main as read_plan

        return read_plan(words[2:])
    return 2
