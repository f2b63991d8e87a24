"""A working worker is killed again and again: what is lost, what is told twice.

    .venv/bin/python benchmarks/outbox_kills.py [KILLS] [SEED]

On the engine of NHIPCAU_DATABASE_URL (an empty database), else on SQLite in a temporary folder.
Each kill is a SIGKILL to a real worker process with all its threads, at a random moment, while it
writes, hands over, and seals the diary. Exit status 1 when anything was lost or told twice.
"""

from __future__ import annotations

import os
import sys

from killing import ROOT, killed, verdict


def main(kills: int = 1000, seed: int = 1) -> int:
    from nhipcau.outbox.tests.test_kills import IN_ORDER

    return verdict(
        "outbox_kills",
        killed("nhipcau.outbox.tests.kills", kills, seed),
        nothing=IN_ORDER,
        equal=("written", "messages", "diary lines", "diary sealed"),
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    sys.path.insert(0, str(ROOT))
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
