"""The first operator of a real province: from the one-time link to a passkey and its fallback."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from nhipcau.operations.tests.houses import House, Served
from tests.journeys.conftest import DESK, PATIENCE, PHONE

# Needs no sample, so it begins while the others wait for theirs.
pytestmark = [pytest.mark.journey, pytest.mark.long]
PICTURES = Path(__file__).resolve().parent.parent.parent / "test-output" / "journeys"
OPERATOR = "quan.tri@langson.example.vn"
PASSWORD = "bốn-ngọn-đèn-bên-cầu"
KEY_ON_THE_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
CLOSED = (
    "/admin/",
    "/admin/people/",
    "/admin/plans/",
    "/accounts/",
    "/accounts/password/change/",
    "/accounts/sessions/",
)


@pytest.fixture(scope="module")
def province(tmp_path_factory, migrated):
    """A real, empty province and the path of its first operator's one-time link.

    Passkeys belong to a name, not to a number: the address is localhost.
    """
    house = House(tmp_path_factory.mktemp("passkeys") / "data")
    house.data.mkdir()
    shutil.copy(migrated, house.data / "nhipcau.sqlite3")
    result = house.run(
        *("init", "--province", "tinh/lang-son", "--name", "Tỉnh Lạng Sơn"),
        *("--operator", OPERATOR, "--operator-name", "Hoàng Văn Nội"),
        timeout=240,
    )
    assert result.returncode == 0, result.stderr
    link = re.search(r"http://\S+?(/accounts/invitation/\S+)", result.stdout)[1]
    with Served(house.data) as served:
        served.wait_for("answers at", seconds=120)
        yield f"http://localhost:{served.port}", link
    shutil.rmtree(house.data)


class Window:
    def __init__(self, page, house):
        self.page = page
        self.house = house
        self.complaints = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def go(self, path):
        self.page.goto(self.house + path)
        return self.path

    @property
    def path(self):
        return self.page.url.removeprefix(self.house).partition("?")[0]

    def picture(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        for size, word in ((DESK, "desk"), (PHONE, "phone")):
            self.page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                self.page.screenshot(path=PICTURES / f"{name}-{word}-{scheme}.png", full_page=True)
        self.page.set_viewport_size(DESK)

    def sign_out(self):
        self.page.wait_for_load_state("networkidle")
        self.go("/accounts/logout/")
        self.page.locator("main form button[type=submit]").click()
        self.page.wait_for_url("**/accounts/login/")

    def give_password(self):
        self.go("/accounts/login/")
        self.page.fill("[name=login]", OPERATOR)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("form[action='/accounts/login/'] button[type=submit]")

    def give_code(self, code):
        self.page.fill("[name=code]", code)
        self.page.locator("form:has([name=code]) button[type=submit]").click()


@pytest.fixture
def window(province):
    house, _ = province
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = browser.new_context(viewport=DESK, locale="vi-VN")
        opened = Window(context.new_page(), house)
        yield opened
        browser.close()
    assert opened.complaints == []


def test_the_operator_is_led_to_a_passkey_signs_in_by_it_and_has_codes_that_work_once(
    window, province
):
    page = window.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    key = device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_ON_THE_DEVICE})

    # The link opens the account; the password alone leads to the set-up and nowhere else.
    window.go(province[1])
    window.picture("invitation")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/accounts/login/")
    window.give_password()
    page.wait_for_url("**/accounts/2fa/")
    assert {window.go(path) for path in CLOSED} == {"/accounts/2fa/"}
    window.picture("second-factor-demanded")

    # A passkey, made by the browser's own authenticator.
    window.go("/accounts/2fa/webauthn/add/")
    window.picture("passkey-add")
    page.fill("[name=name]", "Máy tính cơ quan")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: "webauthn/add" not in address)
    kept = device.send("WebAuthn.getCredentials", {"authenticatorId": key["authenticatorId"]})
    assert [each["rpId"] for each in kept["credentials"]] == ["localhost"]
    window.picture("after-passkey")
    window.go("/accounts/2fa/recovery-codes/")
    window.picture("recovery-codes")
    codes = re.findall(r"\b[0-9a-z]{8}\b", page.locator("main").inner_text())
    codes = codes or page.locator("main textarea").input_value().split()
    assert len(codes) == 10
    assert window.go("/admin/") == "/admin/"

    # Sign in by it, without any password.
    window.sign_out()
    assert window.go("/admin/") == "/accounts/login/"
    page.click("#passkey_login")
    page.wait_for_url("**/admin/")

    # The password alone is asked for the second step; a key does, a recovery code does, once.
    window.sign_out()
    window.give_password()
    page.wait_for_url("**/accounts/2fa/authenticate/")
    assert window.go("/admin/") == "/accounts/2fa/authenticate/"
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/admin/")
    window.sign_out()
    window.give_password()
    window.give_code(codes[0])
    page.wait_for_url("**/admin/")
    window.sign_out()
    window.give_password()
    window.give_code(codes[0])
    page.locator("main [role=alert]").wait_for()
    assert window.go("/admin/") == "/accounts/2fa/authenticate/"
