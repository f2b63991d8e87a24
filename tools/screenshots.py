"""Take the pictures of the guide: a real server, the sample province, Debian's Chromium.

tools/screenshots.py [--only NAME ...] [--to FOLDER]

Starts `nhipcau serve --sample` on a free local port over a folder of its own, signs in as persons
of the sample, and takes every picture in Vietnamese, at the width of a laptop and of a phone, light
and dark: docs/pictures/<name>-<desk|phone>-<light|dark>.png; what only a role's page of the guide
shows, in the one look that it is shown in. Ends the server it started.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from nhipcau.demo.sample.persons import DOMAIN, PASSWORD

ROOT = Path(__file__).resolve().parent.parent

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--font-render-hinting=none",
    "--lang=vi-VN",
]
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STARTS_WITHIN = 240  # seconds, sample province included
PROVINCE_PLAN = "Triển khai công tác thông tin đối ngoại"


@dataclass(frozen=True)
class Picture:
    """A page by its way there: `path`, then the links to follow, then what to click on it.

    `fill` is typed into fields before. What is to be clicked and cannot be seen at this width is
    left alone. `only` names the one look that is taken ("desk-light"); without it all four are.
    """

    name: str
    path: str
    follow: tuple[str, ...] = ()
    person: str = "ke-hoach"
    click: tuple[str, ...] = ()
    only: str = ""
    fill: tuple[tuple[str, str], ...] = ()

    def is_taken(self, look: str) -> bool:
        return self.only in {"", look}


DESK, PHONE = "desk-light", "phone-light"
WORK = "tbody th a"
PICTURES = (
    Picture("sign-in", "/accounts/login/", person=""),
    Picture("home", "/admin/"),
    Picture("plans", "/admin/plans/"),
    Picture("bring", "/admin/plans/bring/"),
    Picture("review-points", "/admin/plans/bring/", ("a[href*='/import/']",), "can-bo-so"),
    Picture(
        "review",
        "/admin/plans/bring/",
        ("a[href*='/import/']",),
        "can-bo-so",
        ("#tab-tasks", "#tasks > li:nth-of-type(2)"),
    ),
    Picture("outline", "/admin/plans/", (f"a:has-text('{PROVINCE_PLAN}')",)),
    Picture(
        "table",
        "/admin/plans/",
        (f"a:has-text('{PROVINCE_PLAN}')", ".plan-tabs a[href$='/table/']"),
    ),
    Picture(
        "task",
        "/admin/plans/",
        (f"a:has-text('{PROVINCE_PLAN}')", "a[href*='/task/']:has-text('tờ gấp')"),
    ),
    Picture(
        "documents",
        "/admin/plans/",
        (f"a:has-text('{PROVINCE_PLAN}')", ".plan-tabs a[href$='/documents/']"),
    ),
    # who writes
    Picture("start-work", "/admin/works/start/", person="can-bo-xa", only=DESK),
    Picture(
        "write",
        "/admin/works/?q=tieng+trong",
        (WORK, "a[href*='/words/edit/']"),
        "tac-gia",
        only=DESK,
    ),
    Picture(
        "hand-in",
        "/admin/works/?q=xe+hang+cho",
        (WORK, "a[href*='/hand-in/']"),
        "bien-tap",
        only=DESK,
    ),
    Picture("returned", "/admin/works/?q=xe+hang+cho", (WORK,), "bien-tap", only=DESK),
    Picture("works", "/admin/works/", person="can-bo-xa", only=PHONE),
    # who translates
    Picture("languages", "/admin/works/?q=so+tay+thu+tuc", (WORK,), "bien-dich", only=DESK),
    Picture(
        "translate",
        "/admin/works/?q=so+tay+thu+tuc",
        (WORK, "a[href*='/words/edit/']"),
        "bien-dich",
        ("[data-side-panel-toggle='source']",),
        only=DESK,
    ),
    # who clears
    Picture("clearances", "/admin/clearance/", person="tham-dinh", only=DESK),
    Picture("clear", "/admin/clearance/", (WORK,), "tham-dinh", only=DESK),
    # who releases
    Picture("board", "/admin/board/", person="phat-hanh", only=DESK),
    Picture("bundle", "/admin/bundles/?q=Tuần", (WORK,), "phat-hanh", only=DESK),
    Picture("release", "/admin/releases/?q=Hỏi", (WORK,), "phat-hanh", only=DESK),
    # who operates
    Picture(
        "province",
        "/admin/province/",
        person="van-hanh",
        click=("button[name=preview]",),
        only=DESK,
        fill=(("#id_colour", "#7a1f1f"), ("#id_accent", "#1f6b4a")),
    ),
    Picture(
        "unit-change",
        "/admin/registry/units/?q=so+cong+thuong",
        (WORK, "a[href$='/change/']", "a[href$='/change/merge/']"),
        "van-hanh",
        ("form.sheet > .filter-acts button",),
        only=DESK,
        fill=(
            ("#id_partners", "Sở Xây dựng"),
            ("#id_new_name", "Sở Công Thương và Xây dựng"),
            ("#id_on", "2027-01-01"),
            ("#id_source", "Ví dụ của hướng dẫn"),
        ),
    ),
)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def house() -> Iterator[str]:
    """A served sample province; its address."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-pictures-") as folder:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [ROOT / ".venv" / "bin" / "nhipcau", "serve", "--sample"],
            cwd=ROOT,
            env={**os.environ, "NHIPCAU_DATA": folder, "NHIPCAU_PORT": str(port)},
            start_new_session=True,
        )
        try:
            wait_for(f"{address}/healthz", server)
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit(f"The server ended with status {server.returncode}.")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 -- our own server
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"The server did not answer within {STARTS_WITHIN} seconds.")


def sign_in(page: Page, address: str, person: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", f"{person}@{DOMAIN}")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/**")


def take(browser: Browser, address: str, wanted: list[Picture], folder: Path) -> None:
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            taken = [picture for picture in wanted if picture.is_taken(f"{size}-{scheme}")]
            for person in dict.fromkeys(picture.person for picture in taken):
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    locale="vi-VN",
                    reduced_motion="reduce",
                )
                page = context.new_page()
                if person:
                    sign_in(page, address, person)
                for picture in taken:
                    if picture.person == person:
                        go(page, address, picture)
                        save(page, folder / f"{picture.name}-{size}-{scheme}.png")
                context.close()


def go(page: Page, address: str, picture: Picture) -> None:
    page.goto(address + picture.path)
    for link in picture.follow:
        target = page.locator(link).first.get_attribute("href")
        page.goto(address + (target or ""))
    page.wait_for_load_state("networkidle")
    for field, words in picture.fill:
        page.fill(field, words)
    for place in picture.click:
        if page.locator(place).first.is_visible():
            page.locator(place).first.click()
            page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)


def save(page: Page, path: Path) -> None:
    """As PNG of 256 colours: a third of the size, and text stays as sharp."""
    path.write_bytes(page.screenshot(animations="disabled"))
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT).save(
            path, optimize=True
        )
    print(f"{path.name}  {path.stat().st_size // 1024} KB", flush=True)


def main() -> None:
    names = [picture.name for picture in PICTURES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "pictures")
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    wanted = [picture for picture in PICTURES if picture.name in arguments.only]
    with house() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, env={**os.environ, "LANGUAGE": "vi"}
        )
        take(browser, address, wanted, arguments.to)
        browser.close()


if __name__ == "__main__":
    main()
