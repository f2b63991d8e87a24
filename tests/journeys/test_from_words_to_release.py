"""A bulletin for a task, begun from a template: returned, mended, cleared, out at its minute."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.journey
OFFICER, HEAD, REVIEWER, PUBLISHER = "can-bo-xa", "phe-duyet", "tham-dinh", "phat-hanh"
TASK = "Chuyện vùng biên"
TEMPLATE = "Bản tin loa: tuần này ở xã"
TITLE = "Chuyện vùng biên: giữ nguồn nước mùa khô"
SUMMARY = (
    "Xã đề nghị bà con dùng nước tiết kiệm, đi đúng lối mở và cảnh giác với người lạ gọi điện."
)
PASSAGES = (
    "Kính chào bà con. Đây là bản tin của Ủy ban nhân dân xã Khe Sương.",
    "Nước đầu nguồn xuống thấp. Bà con dùng nước tiết kiệm, che kín bể, giữ sạch mó nước.",
    "Bà con đi chợ, làm nương gần đường biên giới mang theo giấy tờ và đi đúng lối đã mở.",
    "Trời khô, đêm và sáng lạnh. Bà con giữ ấm cho trâu bò, không đốt nương khi có gió.",
    "Người lạ gọi điện xưng là cán bộ, bảo chuyển tiền thì bà con không làm theo.",
    "Gặp cán bộ trực tại trụ sở xã trong giờ làm việc.",
)
REASON = "Bản tin chưa nói ngoài giờ làm việc thì bà con báo cho ai khi ống nước vỡ. Xin bổ sung."
MENDED = "Ngoài giờ làm việc, ống nước vỡ thì bà con báo cho công an viên trực ở nhà văn hóa bản."
PICTURES = ("Thuyền trên sông Lành", "Đồi chè Núi Chè buổi sớm")
OFFERED = (
    "Một chiếc thuyền mui giữa dòng sông, hai bên bờ là nhà sàn và đồi thấp",
    "Những luống chè xanh uốn theo sườn đồi, mặt trời vừa lên sau dãy núi",
)
ALT = "Đồi chè bên núi, phía dưới có mó nước"
LEAD = timedelta(seconds=8)  # that the last steps before the minute may take, at least


def test_a_bulletin_goes_from_the_task_to_the_public_at_its_minute(visit):
    began = timezone.now()
    officer = visit(OFFICER)
    work = begin(officer)
    write(officer)
    hand_in(officer, work)
    take_step(visit(HEAD), "Trưởng đơn vị", name="unit-head", returned=REASON)
    mend(officer, work)
    hand_in(officer, work)
    take_step(visit(HEAD), "Trưởng đơn vị", name="unit-head-again")
    reviewer = visit(REVIEWER)
    take_step(reviewer, "Kiểm tra bí mật nhà nước", name="secrecy")
    take_step(reviewer, "Thẩm định đối ngoại", name="foreign-affairs")
    publisher = visit(PUBLISHER)
    take_step(publisher, "Người phát hành", name="publisher")

    # A busy machine needs longer for what comes before the minute, as it did for all the rest.
    minute = put_under_embargo(publisher, work, max(LEAD, (timezone.now() - began) / 4))
    inside = [work, f"{work}about/", publisher.page.url.removeprefix(publisher.house)]
    stranger = visit()
    nothing_leaks(stranger, promised_by(publisher), inside)
    assert timezone.now() < minute, "the machine was too slow to look before the minute"
    look_on_a_phone(visit, work, publisher.page.url.removeprefix(publisher.house))

    for address in what_went_out(publisher, minute):
        assert_answers(stranger, address)
    nothing_leaks(stranger, [], inside)
    officer.page.goto(officer.house + work)
    assert officer.page.locator(".standing .chip.out").count() == 1
    officer.picture("words-public-work-desk")


def begin(officer):
    """From the task's page and a template of the kind that it orders; the work's page."""
    page = officer.page
    officer.go("/admin/plans/")
    page.click("a:has-text('xã Khe Sương')")
    page.click(f"a:has-text('{TASK}')")
    page.click(".task-works .nc-button")
    page.wait_for_selector(".kind-cards")
    officer.picture("words-start-desk")
    page.click("a[href*='/start/bulletin/']")
    page.locator("a.kind-card", has_text=TEMPLATE).click()
    page.wait_for_selector("#look")
    officer.picture("words-template-desk")
    page.fill("[name=title]", TITLE)
    page.click(".work-form button[type=submit]")
    page.wait_for_url("**/words/edit/**")
    page.wait_for_selector("[data-contentpath=body]")
    return page.locator("a[href*='/admin/works/']", has_text=TITLE).first.get_attribute("href")


def add_block(page, name):
    page.locator(".c-sf-add-button").last.click()
    page.locator("[role=option]", has_text=name).first.click()


def write(officer):
    """Every gap of the template is filled, and a picture of the library put below."""
    page = officer.page
    officer.picture("words-begun-desk")
    page.fill("[name=summary]", SUMMARY)
    gaps = page.locator(".public-DraftEditor-content")
    assert gaps.count() == len(PASSAGES)
    for number, passage in enumerate(PASSAGES):
        gaps.nth(number).click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.insert_text(passage)
    officer.picture("words-written-desk")
    add_block(page, "Ảnh")
    for picture, offered in zip(PICTURES, OFFERED, strict=True):
        choose_picture(page, picture)
        assert page.input_value("[name$='-alt']") == offered
        assert page.inner_text(".library-says").startswith("Lấy từ kho tư liệu")
    officer.picture("words-picture-desk")
    page.fill("[name$='-alt']", ALT)
    choose_picture(page, PICTURES[1])
    assert page.input_value("[name$='-alt']") == ALT
    save(page)


def choose_picture(page, title):
    if not page.locator(".chooser.blank").count():
        page.locator(".chooser [data-w-dropdown-target=toggle]").last.click()
    page.locator("[data-chooser-action-choose]:visible").last.click()
    page.locator(".modal [name=q]").fill(title)
    page.locator(".modal a.media-card", has_text=title).click()
    page.locator(".modal").wait_for(state="detached")


def save(page):
    page.click("button.action-save, .action-save")
    page.locator(".messages .success").wait_for()


def hand_in(officer, work):
    page = officer.page
    page.goto(officer.house + work)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("h")
    page.wait_for_selector(".review-findings")
    page.wait_for_load_state("networkidle")
    officer.picture("words-hand-in-desk")
    page.keyboard.press("Control+Enter")
    page.locator(".messages .success").wait_for()
    officer.picture("words-handed-in-desk")


def take_step(here, step, *, name, returned=""):
    """From the first page, where it waits, to the decision on record."""
    page = here.page
    here.go("/admin/")
    here.picture(f"words-{name}-home-desk")
    if name == "publisher":
        find_by_keys(here)
    else:
        page.locator(".work-line a", has_text=TITLE).click()
    page.wait_for_selector("#decision-form")
    page.wait_for_load_state("networkidle")
    assert page.inner_text("#decide") == step
    here.picture(f"words-{name}-desk")
    if returned:
        page.check("[name=verdict][value=returned]")
        page.fill("[name=reason]", returned)
    else:
        page.keyboard.press("1")
        assert page.is_checked("[name=verdict][value=cleared]")
    page.keyboard.press("Control+Enter")
    page.locator(".messages .success").wait_for()


def find_by_keys(here):
    """The text in the list of what waits, with J from entry to entry and Enter."""
    page = here.page
    here.go("/admin/clearance/")
    page.wait_for_load_state("networkidle")
    for _entry in range(page.locator("tbody th[scope=row] a").count()):
        page.keyboard.press("j")
        if page.evaluate("document.activeElement.textContent") == TITLE:
            break
    page.keyboard.press("Enter")


def mend(officer, work):
    """The officer finds the text on the first page, reads why it is back, and goes on writing."""
    page = officer.page
    officer.go("/admin/")
    officer.picture("words-returned-home-desk")
    page.locator(".work-line", has_text=TITLE).locator(".nc-button").click()
    page.wait_for_selector(".returned")
    officer.picture("words-returned-work-desk")
    assert page.url == officer.house + work
    assert REASON in page.inner_text(".returned")
    page.locator("a[href*='/words/edit/']").first.click()
    page.wait_for_selector("[data-contentpath=body]")
    page.locator(".public-DraftEditor-content").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" " + MENDED)
    save(page)


def put_under_embargo(publisher, work, lead):
    """From the work's page into a bundle of its own; the minute at which it goes out."""
    page = publisher.page
    page.goto(publisher.house + work)
    publisher.picture("words-cleared-work-desk")
    page.click("a[href*='/bundles/start/']")
    page.fill("[name=title]", "Bản tin mùa khô")
    page.click(".publishing-form button[type=submit]")
    page.wait_for_selector("[name=v]")
    publisher.picture("words-choose-desk")
    page.click(".publishing-form button[type=submit]")
    page.wait_for_selector(".dry-run")
    minute = (timezone.now() + lead + timedelta(minutes=1)).replace(second=0, microsecond=0)
    page.fill("[name=goes_out_at]", f"{timezone.localtime(minute):%Y-%m-%dT%H:%M}")
    page.check("[name=is_embargoed]")
    publisher.picture("words-bundle-desk")
    page.click("form[action$='/schedule/'] button")
    page.locator("form[action$='/call-off/']").wait_for()
    publisher.picture("words-embargo-desk")
    return minute


def promised_by(publisher):
    """Every public address that the dry run names, and those that somebody might guess from it."""
    page = publisher.page
    addresses = page.locator(".dry-run .path").all_inner_texts()
    files = page.locator(".dry-run > div").nth(1).locator(".name").all_inner_texts()
    # One text; its picture leaves as it came and in the sizes that readers' windows ask for.
    assert len(addresses) == 1
    assert files
    short = addresses[0].strip("/").rpartition("-")[2]
    return [*addresses, f"/{short}", *(f"/media/{name}" for name in files)]


def nothing_leaks(stranger, public, inside):
    """Public addresses are not there, those of the desk lead to the sign-in; no word of it."""
    for address in public:
        answer = stranger.go(address)
        assert answer.status == 404, address
        assert "mó nước" not in stranger.page.content()
    for address in inside:
        stranger.go(address)
        assert "/accounts/login/" in stranger.page.url, address
        assert TITLE not in stranger.page.content()


def look_on_a_phone(visit, work, bundle):
    """What people see of it in a pocket, while the bundle waits for its minute."""
    for person, address, name, scheme in (
        (OFFICER, work, "work", "dark"),
        (HEAD, "/admin/", "home", "light"),
        (PUBLISHER, bundle, "embargo", "dark"),
    ):
        here = visit(person, size=PHONE, scheme=scheme)
        here.go(address)
        here.page.wait_for_load_state("networkidle")
        here.picture(f"words-{name}-phone")
        assert not here.overflows(), name
        here.close()


def what_went_out(publisher, minute):
    """Wait for the worker, look at the release; the public addresses of its files."""
    page = publisher.page
    out = page.locator("a[href*='/admin/releases/']", has_text=TITLE)
    patience = minute + timedelta(minutes=2)
    while not out.count():
        assert timezone.now() < patience, "the minute has passed and nothing went out"
        page.wait_for_timeout(500)
        page.reload()
    assert timezone.now() >= minute
    publisher.picture("words-out-desk")
    out.click()
    files = page.locator("#files + ul a")
    files.first.wait_for()
    publisher.picture("words-release-desk")
    assert page.locator(".chip.ready").count() == 1
    assert files.count() > 1  # the picture, and the sizes in which a page shows it
    return [file.get_attribute("href") for file in files.all()]


def assert_answers(stranger, address):
    """The picture itself, to somebody whom the house does not know."""
    answer = stranger.go(address)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("image/")
    assert stranger.page.locator("img").evaluate("image => image.naturalWidth") > 0
    # The page that Chromium draws around a bare picture has styles that the policy forbids, and
    # asks for a sign of the site; neither is ours.
    stranger.page.wait_for_load_state("networkidle")
    stranger.complaints.clear()
