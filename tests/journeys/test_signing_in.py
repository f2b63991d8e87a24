"""The way in, with a password and a code from the phone."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.journeys.conftest import PHONE, sign_in

pytestmark = pytest.mark.journey


def code(secret, *, steps_on=0):
    """What the phone's app shows, now or half a minute later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_on))


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_a_person_sets_up_a_second_factor_and_is_asked_for_it_from_then_on(visit, size):
    # Nobody else walks as these two: from here on a password alone lets them in nowhere.
    person = "dich-anh-trung" if size else "hieu-dinh"
    first = visit(**({"size": size} if size else {}))
    page = first.page
    first.go("/accounts/login/")
    first.picture(f"sign-in-{'phone' if size else 'desk'}")
    sign_in(page, person)
    page.wait_for_url("**/admin/")

    first.go("/accounts/2fa/totp/activate/")
    secret = page.locator("img[alt]").last.get_attribute("alt")
    page.fill("[name=code]", code(secret))
    page.locator("form:has([name=code]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "activate" not in address)

    again = visit(**({"size": size} if size else {}))
    again.go("/accounts/login/")
    sign_in(again.page, person)
    again.page.wait_for_url("**/2fa/authenticate/**")
    again.picture(f"second-step-{'phone' if size else 'desk'}")
    again.go("/admin/")
    assert "/accounts/" in again.page.url  # a password alone does not get in

    again.page.fill("[name=code]", code(secret, steps_on=1))
    again.page.locator("form:has([name=code]) button[type=submit]").first.click()
    again.page.wait_for_url("**/admin/")
    assert again.page.locator(".work-column").count() == 3
