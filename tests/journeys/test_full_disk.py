"""The disk of a served house is full, or its folder of files read-only, while a plan is brought.

A real small disk: a tmpfs that only the served house sees, with everything of it: database, keys,
files. Skipped, visibly, where nobody may mount one.
"""

import hashlib
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from nhipcau.operations.tests.houses import NHIPCAU, Served
from tests.journeys.conftest import DESK, PATIENCE, PHONE, PICTURES, sign_in
from tests.journeys.papers import as_file, plan

pytestmark = pytest.mark.journey
PLANNER = "ke-hoach"
ROOM = 40_000_000  # bytes that the disk has beside what lies on it
FULL = {"vi": "Đĩa lưu trữ của hệ thống đã đầy", "en": "The disk of this house is full"}
CLOSED = {
    "vi": "Hiện hệ thống không ghi được vào đĩa",
    "en": "This house cannot write on its disk at the moment",
}
UNSHARE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]


def may_mount():
    wanted = [*UNSHARE, "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
    try:
        return subprocess.run(wanted, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


class SmallDisk:
    """A served house on a disk of its own, seen from outside by way of its process."""

    def __init__(self, served, data):
        self.served = served
        self.data = data
        self.seen = Path(f"/proc/{served.process.pid}/root{data}")
        self.filler = self.seen / "filler"

    @property
    def address(self):
        return f"http://127.0.0.1:{self.served.port}"

    def fill(self, *, but):
        piece = 65_536
        with self.filler.open("wb") as file:
            while shutil.disk_usage(self.seen).free > but + piece:
                file.write(b"x" * piece)
                file.flush()

    def empty(self):
        self.filler.unlink()

    def inside(self, command):
        """Run a command where the house sees its disk."""
        how = ["nsenter", "--mount", f"--target={self.served.process.pid}"]
        how += [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        subprocess.run([*how, "sh", "-c", command], check=True, capture_output=True)

    def close_files(self):
        media = shlex.quote(f"{self.data}/media")
        self.inside(f"mount --bind {media} {media} && mount -o remount,ro,bind {media}")

    def open_files(self):
        # Lazily: the worker may have a file of it open at this moment.
        self.inside(f"umount --lazy {shlex.quote(f'{self.data}/media')}")

    def files(self):
        return sorted(path for path in (self.seen / "media").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def small_disk(prepared, tmp_path_factory):
    if not may_mount():
        pytest.skip("nobody may mount a disk here")
    data, copy = prepared
    used = sum(path.stat().st_size for path in copy.rglob("*") if path.is_file())
    # Under its own name, which it knows; whoever else uses that folder sees nothing of it.
    disk = tmp_path_factory.mktemp("disk")
    there, disk, here = (shlex.quote(str(path)) for path in (copy, disk, data))
    begin = (
        f"mount -t tmpfs -o size={used + ROOM},mode=755 tmpfs {disk} && "
        f"cp -a {there}/. {disk}/ && mount --bind {disk} {here} && "
        f"exec {shlex.quote(str(NHIPCAU))} serve"
    )
    with Served(data, command=[*UNSHARE, "sh", "-c", begin]) as served:
        served.wait_for("answers at", seconds=120)
        yield SmallDisk(served, data)


@pytest.fixture
def desk(chromium, small_disk):
    """A window of the planner's in a language; closed at the end."""
    contexts = []

    def desk(language="vi", size=DESK):
        context = chromium.new_context(locale="vi-VN", viewport=size)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{small_disk.address}/accounts/login/")
        sign_in(page, PLANNER)
        page.wait_for_url("**/admin/**", timeout=PATIENCE)
        context.add_cookies(
            [{"name": "django_language", "value": language, "url": small_disk.address}]
        )
        return page

    yield desk
    for context in contexts:
        context.close()


def bring(page, small_disk, text):
    page.goto(f"{small_disk.address}/admin/plans/bring/")
    page.set_input_files("#bring input[type=file]", as_file(text, "ke-hoach.txt"))
    page.click("#bring button:not([type=button])")


def trouble(page):
    page.wait_for_selector("#bring-trouble:visible")
    return page.inner_text("#bring-trouble")


def picture(page, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def is_kept(text, small_disk):
    """Whether the file lies there under its content's name, whatever the worker makes meanwhile."""
    name = hashlib.sha256(text.encode()).hexdigest()
    return name in {path.name for path in small_disk.files()}


def large(number):
    notes = "\n" + "Ghi chú thêm. " * 140
    return plan(number=number, title="Mừng ngày họp chợ năm 2026") + notes * 500


def test_a_disk_that_fills_up_is_told_in_one_sentence_and_the_page_goes_on(small_disk, desk):
    page, english = desk(), desk("en", PHONE)
    small_disk.fill(but=400_000)

    bring(page, small_disk, large(301))
    assert trouble(page).startswith(FULL["vi"])
    picture(page, "full-disk-desk")
    assert page.locator("#bring button:not([type=button])").is_enabled()
    bring(english, small_disk, large(302))
    assert trouble(english).startswith(FULL["en"])
    picture(english, "full-disk-phone")
    assert not is_kept(large(301), small_disk)
    assert not is_kept(large(302), small_disk)

    # Room again: the same page takes the same file.
    small_disk.empty()
    page.click("#bring button:not([type=button])")
    page.wait_for_url("**/admin/plans/import/**")
    page.wait_for_selector("#review[data-ready=yes]")
    assert is_kept(large(301), small_disk)
    assert not is_kept(large(302), small_disk)


def test_a_folder_of_files_that_is_read_only_is_told_in_one_sentence(small_disk, desk):
    page, english = desk(size=PHONE), desk("en")
    small_disk.close_files()
    files = small_disk.files()

    bring(page, small_disk, plan(number=303, title="Mừng ngày họp chợ năm 2026"))
    assert trouble(page).startswith(CLOSED["vi"])
    picture(page, "closed-disk-phone")
    bring(english, small_disk, plan(number=304, title="Mừng ngày họp chợ năm 2026"))
    assert trouble(english).startswith(CLOSED["en"])
    assert small_disk.files() == files

    small_disk.open_files()
    page.click("#bring button:not([type=button])")
    page.wait_for_url("**/admin/plans/import/**")
    page.wait_for_selector("#review[data-ready=yes]")


def test_the_way_to_a_small_disk_is_there():
    """Where it is skipped, it is for want of a right, not of a program."""
    assert shutil.which("unshare")
    assert shutil.which("nsenter")
