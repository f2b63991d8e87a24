"""A worker that transcodes is killed again and again: what is lost, what is made twice.

    .venv/bin/python benchmarks/transcoding_kills.py [KILLS] [SEED]

On the engine of NHIPCAU_DATABASE_URL (an empty database), else on SQLite in a temporary folder.
Each kill is a SIGKILL to a real worker process at a random moment, while it looks at files,
transcodes them and keeps the results. Exit status 1 when anything was lost, half or made twice.
"""

from __future__ import annotations

import os
import sys

from killing import ROOT, killed, verdict


def main(kills: int = 200, seed: int = 1) -> int:
    from nhipcau.media.tests.moving.test_kills import NOTHING

    return verdict(
        "transcoding_kills",
        killed("nhipcau.media.tests.moving.kills", kills, seed),
        nothing=NOTHING,
        equal=("wanted", "made", "diary lines of made"),
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    sys.path.insert(0, str(ROOT))
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
