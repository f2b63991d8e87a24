"""Whoever releases is killed again and again: what is public by halves, what is told twice.

    .venv/bin/python benchmarks/release_kills.py [KILLS] [SEED]

On the engine of NHIPCAU_DATABASE_URL (an empty database), else on SQLite in a temporary folder.
Each kill is a SIGKILL at a random moment of a release with files, by turns to a real worker process
and to a process that releases at once. Exit status 1 when a bundle was torn, a release, message or
file lost or doubled, or the diary does not verify.
"""

from __future__ import annotations

import os
import sys

from killing import ROOT, killed, verdict


def main(kills: int = 200, seed: int = 1) -> int:
    from nhipcau.publishing.tests.test_kills import NOTHING

    return verdict(
        "release_kills",
        killed("nhipcau.publishing.tests.kills", kills, seed),
        nothing=NOTHING,
        equal=("releases", "releases wanted", "diary lines of releases"),
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    sys.path.insert(0, str(ROOT))
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
