"""Signing in through the province's identity service, against a real one that may be wrong."""

from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import override_settings
from django.urls import reverse

from nhipcau.people.actions import close_account
from nhipcau.people.enums import Role
from nhipcau.people.models import Person, User
from nhipcau.people.tests.factories import AT, TEST, make_user
from nhipcau.people.tests.identity_service import IdentityService

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.fixture
def service():
    service = IdentityService()
    app = {
        "provider_id": "province",
        "name": "Cổng định danh tỉnh",
        "client_id": service.client[0],
        "secret": service.client[1],
        "settings": {"server_url": service.issuer, "fetch_userinfo": False},
    }
    with override_settings(
        OIDC_ISSUER=service.issuer,
        SOCIALACCOUNT_PROVIDERS={"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}},
    ):
        yield service
    service.close()


@pytest.fixture
def officer():
    return make_user(Role.UNIT_OFFICER, email="lan@langson.example.vn")


def come_through(client, service):
    """What a browser does: our button, the service's page, back to us."""
    leaving = client.post(reverse("openid_connect_login", args=["province"]))
    assert leaving["Location"].startswith(f"{service.issuer}/authorize?")
    try:
        build_opener(_StayHere).open(leaving["Location"])
    except OSError as redirect:  # urllib raises what it may not follow
        back = urlsplit(redirect.headers["Location"])
        redirect.close()
    return client.get(f"{back.path}?{back.query}")


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_verified_address_opens_the_account_that_has_it(client, service, officer):
    page = client.get(reverse("account_login")).content.decode()
    answer = come_through(client, service)

    assert "Cổng định danh tỉnh" in page
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert SocialAccount.objects.get().user == officer
    assert SocialAccount.objects.get().uid == "canbo-41"


def test_the_second_time_the_identity_counts_not_the_address(client, service, officer):
    come_through(client, service)
    client.logout()
    service.says = {"email": "ten-moi@langson.example.vn"}

    come_through(client, service)

    assert client.session["_auth_user_id"] == str(officer.pk)
    assert SocialAccount.objects.count() == 1


def test_the_second_factor_is_asked_for_here_too(client, service, officer):
    TOTP.activate(officer, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    answer = come_through(client, service)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "says",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"exp": 1_700_000_000},
        {"email_verified": False},
        {"email": None},
        {"email": "nobody@langson.example.vn"},
    ],
    ids=["issuer", "audience", "expired", "unverified", "no address", "stranger"],
)
def test_a_token_that_is_wrong_lets_nobody_in_and_makes_no_account(client, service, officer, says):
    service.says = says

    answer = come_through(client, service)

    assert answer.status_code in {302, 401}
    assert not signed_in(client)
    assert client.get("/admin/").status_code == 302
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == Person.objects.count() == 1


def test_a_service_that_calls_itself_by_another_name_is_not_believed(client, service, officer):
    service.profile = {"issuer": "https://elsewhere.example"}
    service.says = {"iss": "https://elsewhere.example"}

    come_through(client, service)

    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_wrong_secret_lets_nobody_in(client, service, officer):
    service.client = ("nhipcau", "another secret")

    answer = come_through(client, service)

    assert answer.status_code in {302, 401}
    assert not signed_in(client)


def test_an_answer_that_nobody_asked_for_lets_nobody_in(client, service, officer):
    answer = client.get(
        reverse("openid_connect_callback", args=["province"]) + "?code=stolen&state=guessed"
    )

    assert answer.status_code in {302, 401}
    assert not signed_in(client)


def test_a_closed_account_stays_closed(client, service, officer):
    come_through(client, service)
    client.logout()
    close_account(user=officer, by=TEST, at=AT)

    come_through(client, service)

    assert client.get("/admin/").status_code == 302
    assert not signed_in(client)


def test_a_service_that_is_down_is_told_in_a_sentence(client, service, officer):
    service.close()

    answer = client.post(reverse("openid_connect_login", args=["province"]), follow=True)

    assert answer.redirect_chain == [(reverse("account_login"), 302)]
    assert 'class="error"' in answer.content.decode()
