"""Subtitles are written beside the film without a mouse; two windows lose nothing to each other."""

import pytest

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.journey
AUTHOR = "tac-gia"
FILM = "Cảnh quay đồi chè"
LANGUAGE = "zh-Hans"  # the sample brings none in it
FIRST, SECOND = "Sương tan trên đồi chè", "Bà con đi hái búp đầu mùa"


def test_subtitles_are_written_with_the_keyboard_alone_and_saved_by_themselves(visit):
    author = visit(AUTHOR)
    page = author.page
    film = begin(author)

    page.keyboard.press("Alt+Enter")
    saved(page, lambda: page.keyboard.type(FIRST))
    for _second in range(2):
        page.keyboard.press("Alt+K")
    page.keyboard.press("Alt+2")  # the first ends where the film stands now
    page.keyboard.press("Alt+Enter")
    saved(page, lambda: page.keyboard.type(SECOND))
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+M")
    assert texts(page) == [f"{FIRST}\n{SECOND}"]
    saved(page, lambda: page.keyboard.press("Alt+Z"))
    assert texts(page) == [FIRST, SECOND]
    author.picture("subtitles-desk")
    page.reload()
    page.wait_for_selector(".subs-cue")
    assert texts(page) == [FIRST, SECOND]
    assert not author.overflows()

    # Another window is quicker: this one is told whose text stands, and puts its own through.
    other = visit(AUTHOR, size=PHONE, scheme="dark")
    other.page.goto(page.url)
    saved(other.page, lambda: put_before_the_first(other.page, "Kìa, "))
    other.picture("subtitles-phone")
    assert not other.overflows()
    put_before_the_first(page, "Này, ")
    page.wait_for_selector("#alarm:not([hidden])")
    author.picture("subtitles-conflict-desk")
    assert page.locator("#alarm-mine").evaluate("button => button === document.activeElement")
    saved(page, lambda: page.keyboard.press("Enter"))
    # The browser calls the answer that told of the other window an error.
    author.complaints = [line for line in author.complaints if "409" not in line]

    page.goto(film)
    told = page.context.request.get(
        author.house + page.get_attribute(f"track[srclang={LANGUAGE}]", "src")
    ).text()
    assert told.startswith("WEBVTT")
    assert f"Này, {FIRST}" in told
    assert "Kìa" not in told


def begin(author):
    """From the library to the film and an empty editor; the film's own page."""
    page = author.page
    author.go("/admin/media/")
    page.fill("[name=q]", FILM)
    page.press("[name=q]", "Enter")
    page.locator("a.media-card", has_text=FILM).click()
    page.click("a[href$='/moving/']")
    page.wait_for_selector("#language")
    film = page.url
    page.focus("#language")
    page.select_option("#language", LANGUAGE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#none:not([hidden])")
    return film


def saved(page, act):
    """Do something, and wait until the page has saved it by itself."""
    with page.expect_response(
        lambda answer: answer.url.endswith("/cues/") and answer.request.method == "POST"
    ) as told:
        act()
    assert told.value.status == 200, told.value.text()


def put_before_the_first(page, words):
    page.wait_for_selector(".subs-cue")
    page.focus(".subs-cue textarea")
    page.keyboard.press("Control+Home")
    page.keyboard.type(words)


def texts(page):
    return [field.input_value() for field in page.locator(".subs-cue textarea").all()]
