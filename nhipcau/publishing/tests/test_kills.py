import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

NOTHING = (
    "torn right after a kill",
    "bundles not out",
    "released a second time",
    "files without their public copy",
    "public copies that nobody holds",
    "holdings that belong to no release",
    "files that are not what their name says",
    "half files under a public name",
    "messages lost",
    "messages of nothing",
    "messages twice",
    "news lost",
    "news told twice",
    "owed",
    "given up",
    "diary flaws",
    "last worker left with",
)
# On PostgreSQL the survey kills, two hundred times.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def killed(kills, seed, folder):
    """What is public after so many kills in this test's own database."""
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: connection.settings_dict[name] for name in wanted}
    program = [sys.executable, "-m", "nhipcau.publishing.tests.kills"]
    done = subprocess.run(
        [*program, json.dumps(database), str(folder), str(kills), str(seed)],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def check(result):
    assert {name: result[name] for name in NOTHING} == dict.fromkeys(NOTHING, 0), result
    assert (
        result["releases"]
        == result["releases wanted"]
        == result["diary lines of releases"]
        == result["bundles"] * 2
    ), result
    assert result["bundles"] == result["kills"] + 2  # two were rehearsed
    assert 0 < result["killed before the release"] < result["kills"], "the kills missed the release"


@pytest.mark.timeout(900)
def test_a_release_killed_five_times_is_whole_or_nothing_and_happens_once(tmp_path):
    check(killed(5, 1, tmp_path))
