"""Words that are being written: kept by themselves, seen by others, pasted, taken back."""

import time

import pytest

from nhipcau.demo.sample.persons import names_for
from nhipcau.translation.tests.intake.test_paste import WORD
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.journey
AUTHOR, EDITOR = "tac-gia", "bien-tap"
NAMES = names_for(1)
DISC, FILTER = "dan ca hai bo", "be loc cat"  # drafts of the sample that no other journey touches
KEPT, LEFT = "Dân ca hai bờ sông Lành, bản thu ở bến", "Dân ca hai bờ sông Lành, bản thu ở chợ"
HERS, HIS = "Tự làm bể lọc cát trong một buổi", "Tự làm bể lọc cát trong hai buổi"
EVIL = (
    "<script>window.evil = 1</script><img src='x' onerror='window.evil = 2'>"
    "<iframe src='https://evil.example'></iframe>"
)
BECOME = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
COPY = """(markup) => {
  addEventListener("copy", (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", markup);
    event.clipboardData.setData("text/plain", "Hội xuân vùng biên");
  }, { once: true });
}"""


def open_editor(here, draft):
    here.go(f"/admin/works/?q={draft.replace(' ', '+')}")
    here.page.locator("tbody th a").first.click()
    here.page.locator("a[href*='/words/edit/']").first.click()
    ready(here.page)
    return here.page.url


def ready(page):
    """The page watches for changes two seconds after it has come to rest."""
    page.wait_for_selector("[data-contentpath=body]")
    page.wait_for_timeout(2_100)


def is_saved(answer):
    return "/words/edit/" in answer.url and answer.request.method == "POST"


def saved_by_itself(page, act):
    """Do something, and wait until the page has saved by itself; the answer's status."""
    with page.expect_response(is_saved) as told:
        act()
    return told.value.status


def write_title(page, title):
    page.locator("[name=title]").press("Control+A")
    page.keyboard.insert_text(title)


def sees(page, person):
    """The other's picture stands beside the title, whoever came first, and says the name."""
    page.locator(".w-editing-sessions__session").first.hover()
    page.get_by_text(NAMES[person]).first.wait_for()
    page.mouse.move(0, 0)


def test_what_was_typed_is_there_again_after_the_browser_was_closed(visit):
    first = visit(AUTHOR)
    address = open_editor(first, DISC)
    assert saved_by_itself(first.page, lambda: write_title(first.page, KEPT)) == 200
    first.close()  # without a question, as when the power fails

    here = visit(AUTHOR)
    page = here.page
    page.goto(address)
    ready(page)
    assert page.input_value("[name=title]") == KEPT
    # The tab is left in the middle of a word, and nobody waits for the page's own saving.
    write_title(page, LEFT[:-3])
    assert saved_by_itself(page, lambda: become(page, "hidden")) == 200
    become(page, "visible")
    assert saved_by_itself(page, lambda: write_title(page, LEFT[:-1])) == 200
    write_title(page, LEFT)
    page.on("dialog", lambda question: question.accept())
    page.close(run_before_unload=True)

    again = visit(AUTHOR)
    wait_for_title(again, address, LEFT)
    # Two windows of one person are two who write: neither saves over the other by itself.
    other = visit(AUTHOR, size=PHONE, scheme="dark")
    other.page.goto(address)
    ready(other.page)
    other.picture("editor-on-a-phone")
    assert not other.overflows()
    assert saved_by_itself(other.page, lambda: write_title(other.page, KEPT)) == 200
    assert saved_by_itself(again.page, lambda: write_title(again.page, f"{LEFT} quê")) == 400
    again.page.get_by_text("đã lưu văn bản này lúc").wait_for()
    assert again.page.input_value("[name=title]") == f"{LEFT} quê"
    forget(again)


def become(page, state):
    """As when another tab is chosen, or this one again."""
    page.evaluate(BECOME, state)


def wait_for_title(here, address, title):
    """What a closing browser sent arrives a moment later."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        here.page.goto(address)
        if here.page.input_value("[name=title]") == title:
            ready(here.page)
            return
    pytest.fail(f"lost: {here.page.input_value('[name=title]')} is there, not {title}")


def forget(here):
    """The browser calls an answer that told of another's text an error."""
    here.complaints = [line for line in here.complaints if "400" not in line]


def test_two_who_write_see_each_other_and_neither_saves_over_the_other(visit):
    author, editor = visit(AUTHOR), visit(EDITOR)
    address = open_editor(author, FILTER)
    editor.page.goto(address)
    ready(editor.page)
    sees(editor.page, AUTHOR)
    sees(author.page, EDITOR)
    author.picture("two-write-desk")

    assert saved_by_itself(author.page, lambda: write_title(author.page, HERS)) == 200
    assert saved_by_itself(editor.page, lambda: write_title(editor.page, HIS)) == 400
    sentence = editor.page.get_by_text("đã lưu văn bản này lúc")
    sentence.wait_for()
    assert NAMES[AUTHOR] in sentence.inner_text()
    editor.picture("two-write-conflict-desk")
    forget(editor)

    # Pressing the button is a decision: it says whose text is newer, and keeps both.
    editor.page.locator("button.action-save").click()
    editor.picture("two-write-asked-desk")
    editor.page.locator("[data-w-dialog-target=confirm]:visible").click()
    warning = editor.page.locator(".messages .warning")
    warning.wait_for()
    assert NAMES[AUTHOR] in warning.inner_text()
    assert editor.page.input_value("[name=title]") == HIS
    editor.picture("two-write-kept-desk")
    editor.page.locator("a[href$='/history/']").first.click()
    editor.page.locator("button[form=compare]").wait_for()
    editor.page.locator("button[form=compare]").click()
    editor.page.wait_for_url("**/compare/**")
    compared = editor.page.inner_text(".nc-page")
    assert "một" in compared
    assert "hai" in compared
    editor.picture("two-write-compared-desk")


def test_what_word_puts_on_the_clipboard_is_pasted_taken_back_and_taken_in(visit):
    here = visit(AUTHOR)
    page = here.page
    open_editor(here, DISC)
    here.go(page.locator("a[href$='/bring/']").first.get_attribute("href"))
    place = page.locator(".paste-place")
    place.wait_for()

    paste(page, WORD)
    assert place.locator("h1, table").all_inner_texts()[0] == "Đường đi"
    cells = [cell.strip() for cell in place.locator("td").all_inner_texts()]
    assert cells == ["Năm", "Lượt", "2024", "1.250"]
    whole = page.input_value(".paste-source")
    here.picture("pasted-from-word-desk")
    page.keyboard.press("Control+Z")
    assert place.inner_text().strip() == ""
    assert page.input_value(".paste-source") == ""
    page.keyboard.press("Control+Shift+Z")
    assert page.input_value(".paste-source") == whole

    # Whoever mends a word by hand loses neither lists nor links, and no code comes along.
    place.locator("h1").click()
    page.keyboard.press("End")
    page.keyboard.type(" mới")
    paste(page, f"<p onclick='x()'>Hết.</p>{EVIL}")
    assert page.evaluate("window.evil") is None
    page.locator(".bring-words button[type=submit]").click()
    page.wait_for_url("**/words/edit/**")
    told = page.locator(".messages").inner_text()
    assert "Đã đưa vào" in told
    assert "https://evil.example" in told  # a frame of another site was left out, and is named
    here.picture("taken-in-from-word-desk")
    body = page.locator("[data-contentpath=body]")
    entries = body.locator(".public-DraftEditor-content li", has_text="Xe")
    assert entries.all_inner_texts() == ["Xe khách", "Xe giường nằm", "Xe máy"]
    kept = " ".join(each.input_value() for each in body.locator("input").all())
    for words in ("Đường đi mới", "https://langson.gov.vn/tin", "1.250"):
        assert words in kept, words


def paste(page, markup):
    """By the keys, from the browser's own clipboard, with all that another program put there."""
    page.evaluate(COPY, markup)
    page.keyboard.press("Control+C")
    page.locator(".paste-place").focus()
    page.keyboard.press("Control+V")
