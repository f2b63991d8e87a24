"""modelsearch's own tests over our backend, in a process and under settings of their own."""

import json
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.long
@pytest.mark.once
def test_modelsearchs_own_tests_pass_over_our_backend():
    done = subprocess.run(
        [sys.executable, "-m", "nhipcau.search.tests.suite"],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["passed"] == told["ran"]
    assert told["left out"] == {}
    assert told["ran"] >= 120
