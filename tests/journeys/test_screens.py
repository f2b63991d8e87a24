"""Everybody can use every screen: axe finds nothing, nothing spills over, no script complains.

A sample of the screens with every commit; all of them for all persons in the survey, beside this
file. Every screen is kept as a picture.
"""

import pytest
from django.urls import resolve

from tests.journeys.screens import NO_SCREEN, SCREENS
from tests.journeys.screens.looking import look
from tests.permissions.addresses import every_address
from tests.permissions.table import TABLE
from tests.permissions.table.audiences import NOBODY

BY_NAME = {screen.name: screen for screen in SCREENS}
# One of each kind of page: a form, a list, a tree, a drawing, a review, an editor, a board.
SAMPLE = (
    *("sign-in", "my-work", "outline", "graph", "review-task"),
    *("document", "person-all-open", "write-words", "board", "release"),
)


def is_ours(address):
    """Whether a page of the house answers: our own views, and allauth's under our templates."""
    view = resolve(address.path).func
    view = getattr(view, "view_class", view)
    return view.__module__.startswith(("nhipcau.", "allauth."))


def test_every_page_of_ours_stands_among_the_screens():
    listed = {route for screen in SCREENS for route in screen.routes}
    closed = {route for audience, route in TABLE if audience == NOBODY}
    ours = {address.route for address in every_address() if is_ours(address)} - closed

    assert sorted(ours - listed - set(NO_SCREEN)) == []
    assert sorted(listed & set(NO_SCREEN)) == []
    assert len(BY_NAME) == len(SCREENS)


@pytest.mark.journey
@pytest.mark.parametrize("turn", range(len(SAMPLE)), ids=SAMPLE)
def test_a_sample_of_the_screens_is_open_to_everybody(visit, turn):
    screen = BY_NAME[SAMPLE[turn]]
    person = screen.people[0]
    # Each in one of the languages, light on one size and dark on the other, turn by turn.
    language = ["vi", "en"][turn // 2 % 2]
    ways = (
        [("desk", "light"), ("phone", "dark")]
        if turn % 2
        else [("desk", "dark"), ("phone", "light")]
    )

    wrong = {}
    for size, scheme in ways:
        here = visit(person, language=language)
        wrong |= look(here, screen, person, language=language, size=size, schemes=[scheme])
        here.close()

    assert wrong == {}


@pytest.mark.journey
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_desk_speaks_the_chosen_language(visit, language):
    here = visit("ke-hoach", language=language)
    here.go("/admin/")

    assert here.page.locator("html").get_attribute("lang") == language
