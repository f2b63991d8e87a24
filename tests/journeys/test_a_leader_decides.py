"""A leader without an account: a link by mail, a code by another letter, one decision, a phone."""

import contextlib
import re
import sqlite3
import time

import pytest

from nhipcau.demo.sample.persons import DOMAIN, names_for
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.journey
HEAD = "phe-duyet"
LEADER = f"lanh-dao@{DOMAIN}"
NAME = names_for(1)["lanh-dao"]
TITLE = "Bộ ảnh “Hai bờ sông Lành”"
WORDS = "Hai bờ có hai kiểu mái nhà"
PATIENCE = 60  # seconds that a letter may take


@pytest.fixture
def time_passes(prepared):
    """Three days go by in the house: every open link is past its time."""

    def pass_by():
        data, _copy = prepared
        path = data / "nhipcau.sqlite3"
        with contextlib.closing(sqlite3.connect(path, timeout=30)) as database, database:
            database.execute("UPDATE publishing_approvallink SET expires_at = made_at")

    return pass_by


def letter_with(post, words, *, after):
    """The first letter to the leader that came after so many letters and has these words."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for letter in post.letters[after:]:
            found = re.search(words, letter.get_content())
            if letter["To"] == LEADER and found:
                assert TITLE not in letter["Subject"]
                return found[0]
        time.sleep(0.1)
    pytest.fail(f"no letter to {LEADER} with {words}")


def send_link(head, post):
    """From the review to the leader's mail; the address behind the link."""
    page, before = head.page, len(post.letters)
    page.locator("summary", has_text="Người khác quyết định").click()
    page.select_option("select[name=person]", label=NAME)
    page.click("button[name=as][value=link]")
    page.locator(".messages .success").wait_for()
    return letter_with(post, r"http://\S+/decision/\S+", after=before)


def have_code_sent(leader, post):
    before = len(post.letters)
    leader.page.click("button[name=send]")
    leader.page.locator("[name=code]").wait_for()
    return letter_with(post, r"\b\d{6}\b", after=before)


def say(page, code, verdict, reason=""):
    page.fill("[name=code]", code)
    page.check(f"[name=verdict][value={verdict}]")
    page.fill("[name=reason]", reason)
    page.locator("form:has([name=code]) button[type=submit]").click()


def test_a_leader_decides_on_a_phone_by_a_link_and_a_code(visit, post, time_passes):
    head = visit(HEAD)
    head.go("/admin/clearance/?q=song+lanh")
    head.page.locator("tbody th a", has_text=TITLE).click()
    head.page.wait_for_selector("#decision-form")
    review = head.page.url
    first = send_link(head, post)

    leader = visit(size=PHONE)
    page = leader.page
    page.goto(first)
    assert WORDS in page.inner_text(".review-look")
    assert NAME in page.inner_text("dl.facts")
    assert page.locator("[name=code]").count() == 0  # nothing is decided without a code
    leader.picture("leader-before-the-code-phone", full=True)
    code = have_code_sent(leader, post)
    assert page.locator("[name=verdict]:checked").count() == 0  # nobody clears by not choosing
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    say(page, wrong, "cleared")
    assert "Mã sai" in page.inner_text(".note[role=alert]")
    leader.picture("leader-wrong-code-phone", full=True)
    say(page, code, "returned", reason=" ")
    assert "Hãy nêu" in page.inner_text(".field.wrong")
    assert not leader.overflows()

    time_passes()
    say(page, code, "cleared")
    closed = page.inner_text("main")
    assert "không còn giá trị" in closed
    assert WORDS not in closed
    leader.picture("leader-link-closed-phone")

    # The office sends another; the code of the first opens nothing here.
    head.page.goto(review)
    second = send_link(head, post)
    assert second != first
    page.goto(second)
    own = have_code_sent(leader, post)
    say(page, own, "cleared")
    assert "Quyết định" in page.inner_text("h1")
    leader.picture("leader-decided-phone")
    for used in (second, first):
        page.goto(used)
        assert page.inner_text("main") == closed

    head.page.goto(review)
    signed = head.page.locator(".signed", has_text=NAME)
    assert "qua đường dẫn" in signed.inner_text()
    assert head.page.locator("#decide", has_text="Trưởng đơn vị").count() == 0
