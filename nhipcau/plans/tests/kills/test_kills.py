import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection


def killed(kills, seed, folder):
    """What was found after so many kills in this test's own database."""
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: connection.settings_dict[name] for name in wanted}
    program = [sys.executable, "-m", "nhipcau.plans.tests.kills"]
    done = subprocess.run(
        [*program, json.dumps(database), str(folder), str(kills), str(seed)],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


# On PostgreSQL the survey kills, two hundred times.
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_killed_five_times_on_the_way_of_a_plan_nothing_is_lost_and_nothing_is_there_twice(
    tmp_path,
):
    found = killed(5, 1, tmp_path)

    assert found["flaws"] == [], found["log"]
    assert sum(found["kills"].values()) >= 5
    assert found["figures"]["papers"] >= 3
    assert found["figures"]["plans"] >= 2
