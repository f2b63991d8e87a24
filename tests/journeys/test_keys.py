"""What the help under “?” promises: each key is pressed, in lists, on a work and in a review."""

import pytest

pytestmark = pytest.mark.journey
AUTHOR, REVIEWER = "tac-gia", "tham-dinh"
DRAFT = "tieng trong"
ENTRIES = "tbody th[scope=row] a"


def at_rest(page):
    page.wait_for_load_state("networkidle")  # whoever listens for keys is there


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_lists_a_work_and_its_help_go_by_keys(visit):
    here = visit(AUTHOR)
    page = here.page
    here.go("/admin/works/")
    at_rest(page)
    entries = page.locator(ENTRIES).all_inner_texts()
    press(page, "j", "j")
    assert focused(page) == entries[1]
    press(page, "k", "k", "k")
    assert focused(page) == entries[0]  # the first has none before it

    press(page, "?")
    page.locator("#keyboard-shortcuts-of-the-house").wait_for()
    told = page.locator("#keyboard-shortcuts-of-the-house kbd").all_inner_texts()
    assert told == ["j", "k", "e", "h", "1", "2", "3", "Ctrl", "Enter"]
    press(page, "j", "Escape")
    page.locator("#keyboard-shortcuts-of-the-house").wait_for(state="hidden")

    page.fill("[name=q]", DRAFT)
    press(page, "j", "k")
    assert page.input_value("[name=q]") == f"{DRAFT}jk"  # who writes writes
    page.fill("[name=q]", DRAFT)
    press(page, "Enter")
    page.wait_for_url("**q=**")
    at_rest(page)
    press(page, "j", "Enter")
    page.locator("#publishing-panel").wait_for()
    work = page.url

    at_rest(page)
    press(page, "e")
    page.wait_for_url("**/words/edit/**")
    page.goto(work)
    at_rest(page)
    press(page, "h")
    page.wait_for_url("**/hand-in/**")
    at_rest(page)
    page.locator("form.hand-in textarea").first.focus()
    # What is sent is held up on its way: the draft stays the author's, for other journeys.
    page.route("**/hand-in/**", lambda route: route.fulfill(status=204))
    with page.expect_request("**/hand-in/**") as sent:
        press(page, "h", "Control+Enter")
    assert sent.value.method == "POST"


def test_a_review_goes_by_keys_and_nothing_is_decided_by_mistake(visit):
    here = visit(REVIEWER)
    page = here.page
    here.go("/admin/")
    at_rest(page)
    press(page, "j")
    assert focused(page) == page.locator(".work-line a").first.inner_text()
    here.go("/admin/clearance/")
    at_rest(page)
    press(page, "j", "Enter")
    page.locator("#decision-form").wait_for()
    at_rest(page)

    press(page, "3")
    assert page.is_checked("[name=verdict][value=stopped]")
    press(page, "1")
    assert page.is_checked("[name=verdict][value=cleared]")
    press(page, "2")
    assert page.is_checked("[name=verdict][value=returned]")
    press(page, "3", "1")  # they are written into the reason, where 2 has led
    assert page.input_value("[name=reason]") == "31"
    press(page, "Backspace", "Backspace", "Control+Enter")
    page.locator("#decide ~ .trouble").wait_for()
    assert page.locator("#decision-form").count() == 1
