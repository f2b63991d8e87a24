"""A dozen files dropped at once: one is there already, one acts, one breaks off and goes on."""

import base64
import io
import os

import pytest
from PIL import Image

pytestmark = pytest.mark.journey
AUTHOR = "tac-gia"
PIECE = 4 * 1024 * 1024  # what the page sends at a time
HOSTILE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'
)
DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, type, data] of files) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type }));
  }
  const place = document.getElementById("media-drop");
  place.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true }));
}"""
NOTE_PROGRESS = """() => {
  window.progress = {};
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!target.matches?.("progress")) continue;
      (window.progress[target.ariaLabel] ??= []).push(target.value);
    }
  }).observe(document.getElementById("arrivals"), { attributes: true, subtree: true });
}"""


def picture(width=48, height=32):
    """A picture of which there is no other."""
    kept = io.BytesIO()
    noise = os.urandom(width * height * 3)
    Image.frombytes("RGB", (width, height), noise).save(kept, "PNG", compress_level=0)
    return kept.getvalue()


def drop(page, files):
    told = [[name, kind, base64.b64encode(data).decode()] for name, kind, data in files]
    page.evaluate(DROP, told)


def line(page, name):
    """What is told of the newest file of this name."""
    return page.locator("#arrivals > li", has=page.get_by_text(name, exact=True)).first


def test_a_dozen_files_arrive_at_once_and_each_is_told_what_became_of_it(visit):
    here = visit(AUTHOR)
    page = here.page
    small = picture()
    large = picture(1500, 1000)  # two pieces
    assert PIECE < len(large) < 2 * PIECE
    files = [(f"cho-phien-{number}.png", "image/png", picture()) for number in range(8)]
    files += [
        ("le-hoi.png", "image/png", small),
        ("ban-do.svg", "image/svg+xml", HOSTILE),
        ("ruong-bac-thang.png", "image/png", large),
    ]
    offsets = []

    def carry(route):
        offset = route.request.headers.get("upload-offset")
        if route.request.method == "PATCH" and offset == str(PIECE):
            offsets.append(offset)
            if len(offsets) == 1:
                return route.abort("internetdisconnected")
        return route.continue_()

    here.go("/admin/media/bring/")
    page.evaluate(NOTE_PROGRESS)
    page.route("**/admin/media/uploads/*/", carry)
    drop(page, files)
    line(page, "ruong-bac-thang.png").get_by_text("Mất mạng").wait_for()
    here.picture("many-files-desk")
    # The same bytes under another name, when they have arrived once.
    line(page, "le-hoi.png").locator("a").wait_for()
    drop(page, [("le-hoi-2.png", "image/png", small)])

    for name in [name for name, _kind, _data in files if name != "ban-do.svg"]:
        line(page, name).locator("a").wait_for()
        assert line(page, name).get_attribute("data-state") == "taken"
    line(page, "le-hoi-2.png").locator("a").wait_for()
    assert "Đã có trong kho tư liệu" in line(page, "le-hoi-2.png").inner_text()
    hostile = line(page, "ban-do.svg")
    hostile.get_by_text("Bản vẽ này có thành phần tự hoạt động").wait_for()
    assert hostile.get_attribute("data-state") == "refused"
    assert offsets == [str(PIECE)] * 2  # what had arrived was not sent again
    assert page.evaluate("window.progress['ruong-bac-thang.png']") == [PIECE, len(large)]
    here.picture("many-files-done-desk")

    # Each is one item; what was refused and what was there already made none.
    page.reload()
    assert page.locator("#arrivals > li").count() >= len(files) + 1
    address = line(page, "le-hoi.png").locator("a").get_attribute("href")
    assert line(page, "le-hoi-2.png").locator("a").get_attribute("href") == address
