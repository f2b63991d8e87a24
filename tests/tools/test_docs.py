"""The pages that are made from the code are what the code says."""

import re
import subprocess
import sys
from pathlib import Path

from nhipcau.operations.doctor.examinations import EXAMINATIONS
from nhipcau.operations.tests.houses import environment

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_table_of_settings_is_complete_and_as_declared(tmp_path):
    made = subprocess.run(
        [sys.executable, "-c", "import settings; print(settings.page(), end='')"],
        cwd=ROOT,
        env=environment(tmp_path) | {"PYTHONPATH": f"{ROOT / 'tools'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert (ROOT / "docs" / "settings.md").read_text() == made
    assert made.count("| `NHIPCAU_") >= 20


def test_only_one_module_reads_the_environment_and_every_name_in_it_is_declared():
    declared = set(re.findall(r"`(NHIPCAU_\w+)`", (ROOT / "docs" / "settings.md").read_text()))
    named = {
        name
        for path in (ROOT / "config").rglob("*.py")
        for name in re.findall(r'"(NHIPCAU_[A-Z_]+)"', path.read_text())
    }

    assert named <= declared


def test_the_page_for_operators_tells_of_every_examination():
    page = (ROOT / "docs" / "operations.md").read_text()

    assert [e.__name__ for e in EXAMINATIONS if f"`{e.__name__}`" not in page] == []
