"""A served sample province, a browser, and people who sign in.

The browser's event loop and Django's database do not share a thread, so the browser is closed
again at the end of each module; nothing here touches the test database.
"""

import contextlib
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError, sync_playwright  # noqa: A004 -- its own

from nhipcau.demo.sample.persons import DOMAIN, PASSWORD
from nhipcau.operations.tests.houses import NHIPCAU, Served, made_once, nhipcau
from nhipcau.people.tests.post import MailServer
from tests.journeys.papers import as_file, plan

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "test-output" / "journeys"
CHROMIUM = "/usr/bin/chromium"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
NOTE_PROGRESS = """() => {
  const bar = document.getElementById("bring-progress");
  const seen = [];
  new MutationObserver(() => {
    if (!bar.hidden) seen.push(bar.value);
    sessionStorage.setItem("progress", JSON.stringify(seen));
  }).observe(bar, { attributes: true });
}"""
MARK_WORDS = """(words) => {
  const paragraphs = [...document.querySelectorAll("#paper p")];
  const node = paragraphs.find((one) => one.textContent.includes(words)).firstChild;
  const start = node.data.indexOf(words);
  getSelection().setBaseAndExtent(node, start, node, start + words.length);
}"""
PATIENCE = 90_000  # milliseconds that a busy machine may take for one answer


@pytest.fixture(scope="session")
def prepared(request, tmp_path_factory, migrated):
    """The folder of this process's sample province, and the one that it is a copy of."""

    def make(data):
        shutil.copy(migrated, data / "nhipcau.sqlite3")
        made = nhipcau("serve", "--sample", "--prepare-only", data=data, timeout=600)
        assert made.returncode == 0, made.stdout + made.stderr
        # The forms of its releases are made here, once, and not in every house that is served.
        worked = nhipcau("outbox", "work", "--once", data=data, timeout=600)
        assert worked.returncode == 0, worked.stdout + worked.stderr

    copy = made_once(request, tmp_path_factory, "sample", make)
    return shutil.copytree(copy, tmp_path_factory.mktemp("journeys") / "data"), copy


@pytest.fixture(scope="session")
def post():
    """The mail server to which the house hands its letters."""
    with MailServer() as running:
        yield running


@pytest.fixture(scope="session")
def served(prepared, post):
    """The sample province, served by `nhipcau serve`: web and worker, as ./run does.

    At its start it names the accounts of the sample.
    """
    data, _copy = prepared
    temporary = data.parent / "temporary"
    temporary.mkdir()
    command = [str(NHIPCAU), "serve", "--sample"]
    mail = {"NHIPCAU_SMTP_HOST": "127.0.0.1", "NHIPCAU_SMTP_PORT": str(post.port)}
    with Served(data, command=command, TMPDIR=str(temporary), **mail) as served:
        served.wait_for("answers at")
        served.wait_for(PASSWORD)
        served.wait_for(f"ke-hoach@{DOMAIN}")
        yield served


@pytest.fixture(scope="session")
def house(served):
    """Its address."""
    return f"http://127.0.0.1:{served.port}"


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def signed_in(chromium, house):
    """Cookies of people who have signed in once, by the first part of their address."""
    known = {}

    def of(person):
        if person not in known:
            context = chromium.new_context(locale="vi-VN")
            page = context.new_page()
            page.goto(f"{house}/accounts/login/")
            sign_in(page, person)
            try:
                page.wait_for_url("**/admin/**", timeout=PATIENCE)
            except TimeoutError:
                pytest.fail(f"{person} was not let in: {page.url} {page.inner_text('body')}")
            known[person] = context.storage_state()
            context.close()
        return known[person]

    return of


def sign_in(page, person):
    page.fill("[name=login]", f"{person}@{DOMAIN}")
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/accounts/login/'] button[type=submit]")


class Visit:
    """One window of one person; whatever the page complains of fails the test."""

    def __init__(self, house, context):
        self.house = house
        self.context = context
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("response", self._answered)

    def _heard(self, message):
        # The browser also complains of a page that is not there: whoever goes there knows.
        expected = message.location.get("url") == self.page.url and " status of 4" in message.text
        expected |= "ERR_INTERNET_DISCONNECTED" in message.text
        if message.type == "error" and not expected:
            self.complaints.append(message.text)

    def _answered(self, answer):
        if answer.status >= 500:
            self.complaints.append(f"{answer.status} {answer.request.method} {answer.url}")

    def go(self, path):
        return self.page.goto(self.house + path)

    def close(self):
        self.context.close()

    def picture(self, name, *, full=False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=full)

    def bring(self, text, name="ke-hoach.txt"):
        """Upload a file and wait until it has been read; the review's address, or a refusal's."""
        self.go("/admin/plans/bring/")
        self.page.set_input_files("#bring input[type=file]", as_file(text, name))
        self.page.evaluate(NOTE_PROGRESS)
        self.page.click("#bring button:not([type=button])")
        self.page.wait_for_url("**/admin/plans/import/**")
        self.page.wait_for_selector("#review[data-ready=yes], .refusal")
        return self.page.url.removeprefix(self.house).partition("#")[0]

    def bring_plan(self, *, name="ke-hoach.txt", **how):
        return self.bring(plan(**how), name)

    def progress_of_upload(self):
        """What the bar of the last upload showed, from 0 to 100, since it came to be seen."""
        return self.page.evaluate("JSON.parse(sessionStorage.getItem('progress') ?? '[]')")

    def mark_words(self, words):
        """Mark words of the paper, as one who pulls the mouse over them."""
        self.page.evaluate(MARK_WORDS, words)
        self.page.locator("#from-words").wait_for()

    def review(self, address, tab=""):
        self.go(address + tab)
        self.page.wait_for_selector("#review[data-ready=yes]")

    def saved(self, act):
        """Do something that takes a step of the review, and wait for the server's answer."""
        taken = int(self.page.locator("#review").get_attribute("data-taken") or 0)
        with self.page.expect_response(
            lambda answer: answer.url.endswith("/step/") and answer.request.method == "POST"
        ) as told:
            act()
        assert told.value.status == 200, told.value.text()
        # The page's policy forbids evaluating words as code, so an attribute is waited for.
        drawn = self.page.locator(f"#review[data-taken='{taken + 1}']")
        drawn.wait_for(state="attached")

    def key(self, key):
        self.saved(lambda: self.page.keyboard.press(key))

    def titles(self):
        return self.page.locator("#tasks .task .title").all_inner_texts()

    def current(self):
        return self.page.locator("#tasks .task.current")

    def overflows(self):
        """Whether the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")


@pytest.fixture
def visit(chromium, house, signed_in):
    """Open a window for a person: `visit("ke-hoach", size=PHONE, scheme="dark")`."""
    with contextlib.ExitStack() as stack:
        visits = []

        def opened(person=None, *, size=DESK, scheme="light", language="vi"):
            context = chromium.new_context(
                storage_state=signed_in(person) if person else None,
                viewport=size,
                color_scheme=scheme,
                locale="vi-VN",
                accept_downloads=True,
            )
            context.add_cookies([{"name": "django_language", "value": language, "url": house}])
            stack.callback(context.close)
            visits.append(Visit(house, context))
            return visits[-1]

        yield opened
        assert [complaint for one in visits for complaint in one.complaints] == []


def number_in(text):
    """The first number of a text."""
    return int(re.search(r"\d+", text)[0])
