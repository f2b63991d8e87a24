"""The five real plans that lie beside the project, scored by their own scorer."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
SCORER = ROOT.parent / "shared" / "plans" / "score.py"


@pytest.mark.shared
def test_the_five_real_plans_are_read_almost_without_a_mistake():
    if not SCORER.exists():
        pytest.skip("../shared/plans is not beside the project")

    command = "import sys; from nhipcau.plans.reading.commandline import main; sys.exit(main(sys.argv[1:]))"
    scored = subprocess.run(
        [sys.executable, SCORER, "--floor", "0.95", "--", sys.executable, "-c", command],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip

    assert scored.returncode == 0, scored.stdout + scored.stderr
