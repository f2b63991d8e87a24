"""Every screen as a picture, at both sizes, light and dark; nothing spills over or complains."""

import pytest

from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
PLACES = {
    "my-work": "/admin/",
    "plans": "/admin/plans/",
    "bring": "/admin/plans/bring/",
    "all-tasks": "/admin/plans/tasks/",
    "units": "/admin/units/",
    "bring-units": "/admin/units/import/",
    "people": "/admin/people/",
    "account": "/accounts/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_screen_fits_its_window(visit, size, scheme):
    here = visit("ke-hoach", size=size, scheme=scheme)
    places = dict(PLACES)
    here.go("/admin/plans/")
    plan = here.page.locator("tbody th a").first.get_attribute("href")
    here.go(plan)
    task = here.page.locator(".outline a.title").first.get_attribute("href")
    places |= {
        "plan": plan,
        "table": f"{plan}table/",
        "graph": f"{plan}documents/",
        "a-task": task,
    }
    waiting = "/admin/plans/bring/"
    here.go(waiting)
    reviews = [link.get_attribute("href") for link in here.page.locator("tbody th a").all()]
    wide = []
    name = "desk" if size is DESK else "phone"
    for place, address in places.items():
        answer = here.go(address)
        assert answer.status == 200, place
        here.picture(f"{place}-{name}-{scheme}")
        if here.overflows():
            wide.append(place)
    for tab in ("look", "tasks", "names", "header"):
        here.review(reviews[-1], f"#{tab}")
        here.page.reload()
        here.page.wait_for_selector("#review[data-ready=yes]")
        if tab == "tasks":
            here.page.keyboard.press("j")
        here.picture(f"review-{tab}-{name}-{scheme}")
        if here.overflows():
            wide.append(f"review {tab}")
    assert wide == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_desk_speaks_the_chosen_language(visit, language):
    here = visit("ke-hoach", language=language)
    here.go("/admin/")
    assert here.page.locator("html").get_attribute("lang") == language
    here.picture(f"my-work-{language}")
