import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from nhipcau.media.tests.moving import making

ROOT = settings.ROOT
NOTHING = (
    "not made",
    "not looked at",
    "files missing",
    "files that are not what their name says",
    "half files left on the bench",
    "owed",
    "given up",
    "diary flaws",
    "processes left",
    "last worker left with",
)
# On PostgreSQL the survey kills, two hundred times.
pytestmark = [
    making.needs_programs,
    pytest.mark.django_db(transaction=True),
    pytest.mark.once,
]


def killed(kills, seed, folder):
    """What was made after so many kills in this test's own database."""
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: connection.settings_dict[name] for name in wanted}
    program = [sys.executable, "-m", "nhipcau.media.tests.moving.kills"]
    done = subprocess.run(
        [*program, json.dumps(database), str(folder), str(kills), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def check(result):
    assert {name: result[name] for name in NOTHING} == dict.fromkeys(NOTHING, 0), result
    assert (
        result["wanted"]
        == result["made"]
        == result["hung on their items"]
        == result["diary lines of made"]
    ), result
    assert result["originals told as ready"] == result["brought"] == result["kills"]


@pytest.mark.timeout(900)
def test_a_transcoder_killed_five_times_loses_nothing_and_makes_nothing_twice(tmp_path):
    check(killed(5, 1, tmp_path))
