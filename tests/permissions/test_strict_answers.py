"""What every answer outside the desk carries, whoever asks and whatever becomes of the question."""

import errno
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from config.urls import urlpatterns as house
from nhipcau.kernel.parts import SANDBOX, answer_with_file
from tests.permissions.addresses import every_address
from tests.permissions.table import TABLE
from tests.permissions.table.audiences import EVERYBODY, STRANGERS

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
NONCE = re.compile(r" 'nonce-[A-Za-z0-9+/=_-]{16,}'")
DESK = "/admin/"
# A leader's link is a key: not even our own pages are told where somebody came from.
SECRET_ADDRESSES = "/decision/"
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg'/>"


def _full(request):
    raise OSError(errno.ENOSPC, "No space left on device")


def _breaks(request):
    raise RuntimeError("a defect of ours")


def _forbidden(request):
    raise PermissionDenied


def _drawing(request):
    from django.conf import settings

    file = settings.DATA / "strict-answers.svg"
    file.write_text(DRAWING)
    return answer_with_file(request, file, tag="1", mime="image/svg+xml", cache="no-store")


urlpatterns = [
    path("full/", _full),
    path("breaks/", _breaks),
    path("forbidden/", _forbidden),
    path("fine/", lambda _: HttpResponse("fine")),
    path("drawing/", _drawing),
    *house,
]


def policy_of(answer):
    words = NONCE.sub("", answer.headers.get("Content-Security-Policy", ""))
    return dict(part.strip().split(" ", 1) for part in words.split(";") if part.strip())


def lacking(answer, *, policy=None):
    """What the answer does not carry as it should: {} of a strict one."""
    wrong = {
        name: answer.headers.get(name)
        for name, value in HEADERS.items()
        if answer.headers.get(name) != value
    }
    if policy_of(answer) != (policy or POLICY):
        wrong["Content-Security-Policy"] = answer.headers.get("Content-Security-Policy")
    return wrong


def lacking_at(address, answer):
    found = lacking(answer)
    if address.startswith(SECRET_ADDRESSES) and found == {"Referrer-Policy": "no-referrer"}:
        return {}
    return found


def strangers_paths():
    audiences = {route: audience for audience, route in TABLE}
    return {
        address.path: audiences[address.route]
        for address in every_address()
        if not address.path.startswith(DESK)
    }


@pytest.mark.once
@pytest.mark.django_db
def test_every_answer_outside_the_desk_is_strict_to_a_stranger():
    client = Client(raise_request_exception=False)
    paths = strangers_paths()

    loose = {
        address: found for address in paths if (found := lacking_at(address, client.get(address)))
    }

    assert loose == {}
    opened = [address for address, who in paths.items() if who in {EVERYBODY, STRANGERS}]
    assert len(opened) >= 14


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        pytest.param("/fine/", 200, id="a page"),
        pytest.param("/forbidden/", 403, id="forbidden"),
        pytest.param("/not-there/", 404, id="not there"),
        pytest.param("/breaks/", 500, id="a defect"),
        pytest.param("/full/", 507, id="a full disk"),
    ],
)
def test_pages_that_say_no_are_as_strict_as_the_others(address, status):
    answer = Client(raise_request_exception=False).get(address)

    assert answer.status_code == status
    assert lacking(answer) == {}


@pytest.mark.once
@pytest.mark.django_db
def test_what_is_refused_before_any_page_is_strict_as_well(client):
    of_another_name = client.get("/accounts/login/", headers={"Host": "elsewhere.example"})
    without_token = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
    by_another_verb = client.post("/healthz")

    assert [answer.status_code for answer in (of_another_name, without_token)] == [400, 403]
    assert [lacking(answer) for answer in (of_another_name, without_token)] == [{}, {}]
    assert lacking(by_another_verb) == {}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_drawing_from_the_library_alone_has_a_policy_of_its_own_a_sandbox(client):
    answer = client.get("/drawing/")

    assert b"".join(answer) == DRAWING.encode()
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    del answer.headers["Content-Security-Policy"]
    answer.headers["Content-Security-Policy"] = "; ".join(" ".join(one) for one in POLICY.items())
    assert lacking(answer) == {}
