"""Every screen in both languages, at both sizes, light and dark; and for everybody who may see it.

What a screen looks like hangs on who looks only by its buttons: the first who may see it sees it
in every look, everybody else once, and axe searches again where the page is made otherwise.
"""

import shutil

import pytest

from nhipcau.operations.tests.houses import Served
from tests.journeys.screens import SCREENS
from tests.journeys.screens.looking import SIZES, look
from tests.journeys.screens.screen import STAFF, STRANGER

pytestmark = [
    pytest.mark.journey,
    pytest.mark.survey,
    pytest.mark.timeout(5400),
]
EVERYBODY = (STRANGER, *STAFF)


@pytest.fixture(scope="module")
def house(prepared, tmp_path_factory):
    """A sample province in which no other journey has walked."""
    _data, copy = prepared
    data = shutil.copytree(copy, tmp_path_factory.mktemp("screens") / "data")
    with Served(data) as served:
        served.wait_for("answers at")
        yield f"http://127.0.0.1:{served.port}"


@pytest.fixture(scope="module")
def seen():
    """How the pages were made that axe has searched in this process."""
    return set()


@pytest.mark.parametrize("person", EVERYBODY, ids=[who or "stranger" for who in EVERYBODY])
def test_every_screen_is_open_to_everybody(visit, seen, person):
    wrong = {}
    windows = {language: visit(person, language=language) for language in ("vi", "en")}
    for screen in SCREENS:
        if person not in screen.people:
            continue
        is_first = person == screen.people[0]
        for language in windows if is_first else ("vi",):
            for size in SIZES if is_first else (screen.size or "desk",):
                wrong |= look(
                    windows[language],
                    screen,
                    person,
                    language=language,
                    size=size,
                    schemes=["light", "dark"] if is_first else ["light"],
                    seen=seen,
                )

    assert wrong == {}
