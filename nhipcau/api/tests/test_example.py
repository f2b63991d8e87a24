"""The example client of the documentation, run against a running server."""

import subprocess
import sys
from pathlib import Path

import pytest

from nhipcau.api.tests.factories import in_two_languages, in_vietnamese
from nhipcau.publishing.tests.factories import House

CLIENT = Path(__file__).parents[3] / "docs" / "examples" / "released_works.py"


def run(*arguments):
    return subprocess.run(
        [sys.executable, CLIENT, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={"PYTHONUTF8": "1"},
    )


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_the_example_lists_what_is_released_and_tells_what_was_wrong(live_server):
    house = House()
    work = in_two_languages(house, with_pdf=True)
    in_vietnamese(house, title="Tin khác")

    listed = run(live_server.url, "vi")
    wrong = run(live_server.url, "tiếng Việt")

    assert (listed.returncode, listed.stderr) == (0, "")
    newest, first = (line.split("\t") for line in listed.stdout.splitlines())
    assert newest[1::2] == ["Tin khác", "0"]
    assert first[1:] == [
        "Chợ phiên vùng biên",
        f"{live_server.url}/vi/cho-phien-vung-bien-{work.subject.short_id}/",
        "1",
    ]
    assert wrong.returncode == 1
    assert "language" in wrong.stderr
