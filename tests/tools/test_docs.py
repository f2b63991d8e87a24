"""The pages that are made from the code are what the code says."""

import re
import subprocess
import sys
from pathlib import Path

from nhipcau.operations.doctor.examinations import EXAMINATIONS
from nhipcau.operations.tests.houses import environment
from tools.screenshots import PICTURES, SCHEMES, SIZES

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


def test_every_page_of_the_guide_is_listed_and_shows_pictures_that_are_there():
    guide = ROOT / "docs" / "huong-dan"
    listed = (guide / "README.md").read_text()
    pages = sorted(path for path in guide.glob("*.md") if path.name != "README.md")

    assert [page.name for page in pages if f"({page.name})" not in listed] == []
    for page in (guide / "README.md", *pages):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (guide / target).exists(), f"{page.name}: {target}"


def test_every_picture_of_the_guide_is_taken_by_the_script_and_small():
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    by_script = {
        f"{picture.name}-{size}-{scheme}.png"
        for picture in PICTURES
        for size in SIZES
        for scheme in SCHEMES
        if picture.is_taken(f"{size}-{scheme}")
    }

    assert {path.name for path in pictures} == by_script
    assert [path.name for path in pictures if path.stat().st_size > 250_000] == []
