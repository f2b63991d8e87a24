"""A planner brings a paper, mends what the machine read, and accepts the tasks."""

import io

import openpyxl
import pytest

from tests.journeys.conftest import DESK, PHONE, number_in
from tests.journeys.papers import TASKS, UNKNOWN, as_file, plan

pytestmark = pytest.mark.journey
PLANNER = "ke-hoach"
COLLEAGUE = "can-bo-so"


def test_a_plan_is_brought_reviewed_by_keyboard_alone_and_accepted(visit):
    here = visit(PLANNER)
    page = here.page
    how = {"number": 101, "title": "Giới thiệu chợ phiên vùng biên năm 2026"}
    here.bring_plan(name="ke-hoach.docx", **how)
    assert here.progress_of_upload()[-1] == 100
    here.picture("review-to-look-at-desk")
    figures = page.locator(".figures b").all_inner_texts()
    assert [figures[0], figures[2]] == ["5", "1"]
    assert page.locator(".look-line.name").inner_text().startswith(UNKNOWN)

    # Down the tasks: the details and buttons follow, and so does the paper.
    page.keyboard.press("2")
    for expected in TASKS[:3]:
        page.keyboard.press("j")
        assert here.current().locator(".title").inner_text() == expected[0]
        assert here.current().locator(".task-acts button").count() == 7
    assert page.locator(".task-details").count() == 1
    assert "30/09/2026" in here.current().locator(".task-details").inner_text()
    page.keyboard.press("k")
    assert here.current().locator(".title").inner_text() == TASKS[1][0]
    marked = page.evaluate("[...CSS.highlights.get('plan-task')].map(range => range.toString())")
    assert TASKS[1][0] in marked[0]
    here.picture("review-tasks-desk")

    # Edit: the focus comes back to the same task.
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("Phát bản tin chợ phiên trên loa")
    here.picture("review-edit-desk")
    here.saved(lambda: page.locator(".editor button.nc-button:not([type=button])").press("Enter"))
    assert here.current().locator(".title").inner_text() == "Phát bản tin chợ phiên trên loa"
    assert page.evaluate("document.activeElement.closest('.task.current') !== null")

    # Merge with the one above, and take it back.
    here.key("m")
    assert len(here.titles()) == 4
    here.key("u")
    assert len(here.titles()) == 5

    # Split the third into two.
    page.locator("#tasks .task-head").nth(2).focus()
    page.keyboard.press("s")
    page.keyboard.press("Control+A")
    page.keyboard.type("Quay phim ngắn về đường đến chợ")
    page.keyboard.press("Enter")
    page.keyboard.type("Gửi phim cho báo, đài của tỉnh bạn")
    here.saved(lambda: page.locator(".editor button.nc-button:not([type=button])").press("Enter"))
    assert here.titles()[2:4] == [
        "Quay phim ngắn về đường đến chợ",
        "Gửi phim cho báo, đài của tỉnh bạn",
    ]

    _reject_and_move(here)
    _go_to_what_is_doubtful_and_add_what_was_missed(here)
    _settle_what_is_open(here)
    _mend_the_document(here)
    page.locator("#accept-form button").press("Enter")
    page.wait_for_selector(".outline")
    here.picture("outline-desk")
    assert page.locator(".outline > li").count() == 5
    assert "Giới thiệu chợ phiên" in page.locator("h1").inner_text()
    assert "theo dõi, đôn đốc, tổng hợp" in page.locator("#main").inner_text()
    _look_around(here)


def _keep_names_as_written(here):
    """Unless an earlier journey has brought the unknown name on record."""
    here.page.keyboard.press("3")
    keep = here.page.locator(".names .nc-button.quiet")
    if keep.count():
        here.saved(keep.first.click)


def _reject_and_move(here):
    page = here.page
    # The last is no task: reject, undo, redo; the next one is chosen then.
    page.locator("#tasks .task-head").last.focus()
    here.key("x")
    assert len(here.titles()) == 5
    here.key("u")
    here.key("r")
    assert len(here.titles()) == 5
    # One of the two parts moves under the other.
    page.locator("#tasks .task-head").nth(3).focus()
    here.key("]")
    assert page.locator("#tasks .task[style*='--depth: 1']").count() == 1


def _settle_what_is_open(here):
    page = here.page
    # Accepting names what is still open, and changes nothing.
    page.locator("#accept-form button").press("Enter")
    page.wait_for_selector(".messages li.warning")
    here.picture("review-not-ready-desk")
    page.wait_for_selector("#review[data-ready=yes]")

    # The unknown name: bring the unit on record on the spot.
    page.keyboard.press("3")
    here.picture("review-names-desk")
    page.locator(".names button", has_text="…").first.press("Enter")
    page.locator(".names form input").wait_for()
    here.picture("review-new-unit-desk")
    here.saved(
        lambda: page.locator(".names form button.nc-button:not([type=button])").press("Enter")
    )
    assert page.locator(".names > li").count() == 0


def _go_to_what_is_doubtful_and_add_what_was_missed(here):
    page = here.page
    doubtful = page.locator("#tasks .task:has(.chip.undecided, .chip.doubt)")
    page.locator("#tasks .task-head").last.focus()
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.locator("#tasks .task-head").first.focus()
    page.keyboard.press("d")
    assert here.current().get_attribute("data-key") in [
        row.get_attribute("data-key") for row in doubtful.all()
    ]
    titles = here.titles()
    # Into the document at the task's words, up to the paragraph that was missed, some words of it.
    page.keyboard.press("p")
    while "Giúp khách" not in page.evaluate("getSelection().toString()"):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Home")
    while page.evaluate("getSelection().toString()").strip() != "Giúp":
        page.keyboard.press("ArrowRight")
    while page.evaluate("getSelection().toString()").strip() != "Giúp khách từ bên kia biên giới":
        page.keyboard.press("Shift+ArrowRight")
    here.picture("review-words-by-keys-desk")
    here.key("a")
    assert here.current().locator(".title").inner_text() == "Giúp khách từ bên kia biên giới"
    marked = page.evaluate("[...CSS.highlights.get('plan-task')].map(range => range.toString())")
    assert marked == ["Giúp khách từ bên kia biên giới"]
    here.key("u")
    assert here.titles() == titles


def _mend_the_document(here):
    """Legal bases, duties, reports: by keyboard, beside their words, like the tasks."""
    page = here.page
    page.keyboard.press("4")
    here.picture("review-document-desk")
    line = page.locator("#document-lines .line.current")
    page.locator("#document-lines li[data-part=duties] .line-head").focus()
    marked = page.evaluate("[...CSS.highlights.get('plan-task')].map(range => range.toString())")
    assert marked == [line.locator(".line-words").inner_text()]
    page.keyboard.press("Enter")
    page.locator("#document-lines textarea").fill("theo dõi, đôn đốc, tổng hợp")
    here.picture("review-duty-desk")
    here.saved(
        lambda: page.locator("#document-lines .editor button:not([type=button])").press("Enter")
    )
    assert line.locator(".line-words").inner_text() == "theo dõi, đôn đốc, tổng hợp"
    page.keyboard.press("j")
    assert line.get_attribute("data-part") == "reports"
    here.key("x")
    assert page.locator("#document-lines .not-kept").count() == 1
    here.key("u")
    assert page.locator("#document-lines .not-kept").count() == 0
    # From the words to the line, and from marked words to a new one.
    page.locator("#paper p", has_text="Lưu: VT").click()
    assert line.get_attribute("data-part") == "recipients"
    page.keyboard.press("p")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert "Các sở" in line.locator(".line-words").inner_text()
    here.mark_words("ngân sách tỉnh")
    page.locator("#from-words [data-part=funding_sources]").press("Enter")
    here.saved(
        lambda: page.locator("#document-lines .editor button:not([type=button])").press("Enter")
    )
    assert page.locator("#document-lines li[data-part=funding_sources]").count() == 3


def _look_around(here):
    page = here.page
    page.locator(".plan-tabs a").nth(1).click()
    page.wait_for_selector(".tasks-table")
    assert page.locator(".tasks-table tbody tr").count() == 5
    page.fill("[name=q]", "loa")
    page.press("[name=q]", "Enter")
    page.wait_for_selector(".chip.on")
    assert page.locator(".tasks-table tbody tr").count() == 1
    here.picture("table-desk")
    with page.expect_download() as file:
        page.locator("a[href*='export=xlsx']").click()
    sheet = openpyxl.load_workbook(io.BytesIO(file.value.path().read_bytes())).active
    assert sheet.max_row == 2
    assert sheet["B2"].value == "Phát bản tin chợ phiên trên loa"
    page.locator(".chip.on").first.click()
    page.locator(".tasks-table thead a").nth(2).click()
    page.wait_for_selector("th[aria-sort=ascending]")
    page.locator(".tasks-table tbody th a").first.click()
    page.wait_for_selector(".words")
    assert page.locator(".words mark").count() >= 1
    here.picture("task-desk")
    page.go_back()
    page.locator(".plan-tabs a").nth(2).click()
    page.wait_for_selector(".graph svg")
    numbers = page.locator(".graph .box-number").all_inner_texts()
    assert "101/KH-UBND" in " ".join(numbers)
    assert "72/2015/NĐ-CP" in " ".join(numbers)
    assert page.locator(".graph path.link").count() >= 1
    here.picture("graph-desk")


def test_the_whole_way_works_on_a_phone(visit):
    here = visit(PLANNER, size=PHONE)
    page = here.page
    here.bring_plan(number=102, title="Phát bản tin biên giới năm 2026")
    here.picture("review-to-look-at-phone")
    assert not here.overflows()
    page.click("#tab-text")
    assert page.locator("#paper").is_visible()
    assert not page.locator("#pane-tasks").is_visible()
    here.picture("review-text-phone")
    page.locator("#paper p", has_text="Lắp bảng chỉ đường").click()
    assert here.current().locator(".title").inner_text() == TASKS[3][0]
    here.picture("review-tasks-phone")
    assert not here.overflows()
    page.click("#tab-names")
    here.picture("review-names-phone")
    # Another journey may have brought the unknown unit on record before: then nothing is left here.
    if page.locator(".names").count():
        here.saved(page.locator(".names .nc-button.quiet").first.click)
    page.click("#accept-form button")
    page.wait_for_selector(".outline")
    here.picture("outline-phone")
    assert page.locator(".outline > li").count() == 5
    assert not here.overflows()


def test_a_half_finished_review_survives_a_closed_browser(visit):
    before = visit(PLANNER)
    address = before.bring_plan(number=103, title="Đón khách lễ hội mùa xuân năm 2026")
    before.review(address, "#tasks")
    before.page.locator("#tasks .task-head").first.focus()
    before.key("x")
    before.context.close()

    after = visit(PLANNER)
    after.review(address, "#tasks")

    assert after.titles() == [words for words, _details in TASKS[1:]]
    after.go("/admin/")
    assert after.page.locator(f".work-line a[href='{address}']").count() == 2


def test_two_people_over_one_review_see_who_was_quicker(visit):
    first, second = visit(PLANNER), visit(PLANNER)
    address = first.bring_plan(number=104, title="Thông tin cho người Việt ở nước bạn năm 2026")
    first.review(address, "#tasks")
    second.review(address, "#tasks")
    first.page.locator("#tasks .task-head").first.focus()
    first.key("x")

    second.page.locator("#tasks .task-head").nth(1).focus()
    second.page.keyboard.press("x")

    second.page.locator("#alarm").wait_for()
    second.picture("review-conflict-desk")
    assert second.titles() == [words for words, _details in TASKS[1:]]
    second.saved(lambda: second.page.click("#alarm-again"))
    assert second.titles() == [words for words, _details in TASKS[2:]]
    # Refused steps are answered with a status that the console calls an error.
    second.complaints = [line for line in second.complaints if "409" not in line]


def test_what_is_done_while_the_line_is_down_is_sent_when_it_comes_back(visit):
    here = visit(PLANNER)
    address = here.bring_plan(number=105, title="Bản tin thời tiết cho người đi chợ năm 2026")
    here.review(address, "#tasks")
    here.page.locator("#tasks .task-head").first.focus()
    here.context.set_offline(True)
    here.page.keyboard.press("x")
    here.page.locator("#saved.trouble").wait_for()
    kept = here.page.evaluate("Object.values(localStorage).join()")
    assert '"decide"' in kept

    here.saved(lambda: here.context.set_offline(False))

    assert len(here.titles()) == 4
    again = visit(PLANNER)
    again.review(address, "#tasks")
    assert len(again.titles()) == 4


def test_a_new_version_is_recognised_and_shows_what_it_changes(visit):
    here = visit(PLANNER)
    page = here.page
    title = "Mừng ngày họp chợ chung hai nước năm 2026"
    here.bring_plan(number=106, title=title)
    _keep_names_as_written(here)
    page.click("#accept-form button")
    page.wait_for_selector(".outline")

    changed = (
        ("Biên soạn tờ gấp giới thiệu tám chợ phiên vùng biên", TASKS[0][1]),
        *TASKS[1:4],
        ("Mời nhà báo nước bạn đến phiên chợ đầu năm", TASKS[4][1]),
    )
    here.bring(plan(number=106, title=title, day=20, tasks=changed))
    here.picture("review-new-version-desk")
    page.click(".proposal button")
    page.wait_for_selector("#review[data-ready=yes]")
    page.click(".proposal a")
    page.wait_for_selector(".compare")
    here.picture("compare-desk")
    marks = page.locator(".compare mark").all_inner_texts()
    assert marks[:2] == ["sáu", "tám"]
    page.click(".crumbs a")
    page.wait_for_selector("#review[data-ready=yes]")
    _keep_names_as_written(here)
    page.click("#accept-form button")
    page.wait_for_selector(".outline")
    assert page.locator(".outline > li").count() == 5
    assert page.locator(".versions li").count() == 2


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_file_that_is_no_plan_is_answered_with_one_sentence_in_vietnamese(visit, size):
    here = visit(PLANNER, size=size)
    name = "desk" if size is DESK else "phone"
    here.bring(f"Hôm qua tôi đi chợ mua rau, trời mưa to quá ({name}).\n" * 20, "nhat-ky.txt")
    here.picture(f"refused-{name}")
    sentence = here.page.locator(".refusal p").first.inner_text()
    assert sentence.endswith(".")
    assert "Tệp" in sentence or "kế hoạch" in sentence


def test_an_empty_file_is_refused_where_it_is_chosen(visit):
    here = visit(PLANNER)
    here.go("/admin/plans/bring/")
    here.page.set_input_files("#bring input[type=file]", as_file("", "trong.txt"))
    here.page.click("#bring button:not([type=button])")
    here.page.locator("#bring-trouble").wait_for()
    here.picture("refused-empty-desk")
    assert here.page.locator("#bring-trouble").inner_text().endswith(".")
    # The refusal's status is what the console calls an error.
    here.complaints = [line for line in here.complaints if "400" not in line]


def test_the_same_file_again_leads_to_what_it_is_already(visit):
    here = visit(PLANNER)
    how = {"number": 107, "title": "Ngày hội văn hóa biên giới năm 2026"}
    address = here.bring_plan(**how)

    assert here.bring_plan(**how) == address


def test_the_units_are_found_by_an_abbreviation_and_exported(visit):
    here = visit(PLANNER)
    here.go("/admin/registry/units/?q=so+ngoai+vu")
    rows = here.page.locator("tbody tr").count()
    assert rows >= 1
    here.page.locator("tbody th a").first.click()
    here.page.wait_for_selector(".crumbs")
    here.picture("unit-desk")
    here.go("/admin/registry/units/")
    assert number_in(here.page.locator("p.help").first.inner_text()) >= rows
    with here.page.expect_download() as file:
        here.page.locator("a[href*='export=xlsx']").click()
    workbook = file.value.path().read_bytes()
    here.go("/admin/registry/units/import/")
    here.page.set_input_files(
        "input[type=file]", {"name": "don-vi.xlsx", "mimeType": "", "buffer": workbook}
    )
    here.page.locator(".bring button").click()
    here.page.wait_for_selector(".figures")
    here.picture("units-preview-desk")
    assert here.page.locator(".figures b").all_inner_texts()[:2] == ["0", "0"]
