"""Walking to a screen and looking at it."""

from tests.journeys.accessibility import findings
from tests.journeys.conftest import DESK, PHONE

SIZES = {"desk": DESK, "phone": PHONE}


def go(visit, screen):
    """Walk the way; the page has come to rest then."""
    page = visit.page
    for step in screen.way:
        if step.startswith("/"):
            visit.go(step)
        elif step.startswith("press "):
            page.wait_for_load_state("networkidle")  # whoever listens for it is there
            page.locator(step.removeprefix("press ")).first.click()
        elif step.startswith("type "):
            place, words = step.removeprefix("type ").split("=", 1)
            page.locator(place).fill(words)
        else:
            visit.go(page.locator(step).first.get_attribute("href"))
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


# What axe looks at, without the words: pages alike in it differ by their words alone.
SKELETON = """() => [...document.querySelectorAll("*")].map(each => [
  each.localName, each.className, each.type, each.hidden, each.getAttribute("role"),
  ...each.getAttributeNames(),
].join(" ")).join("\\n")"""


def look(here, screen, person, *, language, size, schemes, seen=None):
    """What is wrong with a screen in this window, by where; a picture of each look is kept.

    With `seen`, a page whose skeleton is in it already is not searched by axe again.
    """
    if screen.size not in {"", size}:
        return {}
    here.page.set_viewport_size(SIZES[size])
    go(here, screen)
    wrong = {}
    for scheme in schemes:
        here.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        skeleton = size, scheme, language, here.page.evaluate(SKELETON)
        found = []
        if seen is None or skeleton not in seen:
            here.picture(f"{screen.name}-{size}-{scheme}")
            found += findings(here.page)
        if seen is not None:
            seen.add(skeleton)
        if here.overflows():
            found.append("wider than its window")
        if found:
            wrong[screen.name, person, language, size, scheme] = found
    return wrong
