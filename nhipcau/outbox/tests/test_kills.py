import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

ROOT = settings.ROOT
IN_ORDER = {
    "outside lost": 0,
    "inside lost": 0,
    "inside twice": 0,
    "never written but told": 0,
    "owed": 0,
    "given up": 0,
    "diary flaws": [],
    "last worker left with": 0,
}


def killed(kills, seed, folder):
    """What arrived after so many kills in this test's own database."""
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: connection.settings_dict[name] for name in wanted}
    program = [sys.executable, "-m", "nhipcau.outbox.tests.kills"]
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
    assert {name: result[name] for name in IN_ORDER} == IN_ORDER, result
    assert result["written"] == result["messages"] == result["diary lines"]
    assert result["diary sealed"] == result["written"]
    assert result["written"] > result["kills"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_twenty_times_loses_nothing_and_tells_nothing_twice(tmp_path):
    check(killed(20, 1, tmp_path))
