"""The way in: password, second factor, the closed doors, throttling, sessions."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse

from nhipcau.audit.models import Entry
from nhipcau.people.actions import (
    close_account,
    demand_second_factor,
    end_role,
    end_sessions,
    give_role,
)
from nhipcau.people.enums import Role
from nhipcau.people.templatetags.people_tags import device
from nhipcau.people.tests.factories import (
    AT,
    LONG_AGO,
    PASSWORD,
    TEST,
    make_unit,
    make_user,
)
from nhipcau.people.tests.post import carry

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user, password=PASSWORD, **extra):
    return client.post(
        reverse("account_login"), {"login": user.email, "password": password}, **extra
    )


def in_the_desk(client):
    return client.get("/admin/").status_code == 200


@pytest.fixture
def officer():
    return make_user(Role.UNIT_OFFICER)


@pytest.fixture
def protected(officer):
    TOTP.activate(officer, SECRET)
    return officer


def test_a_person_with_a_role_signs_in_with_address_and_password(client, officer):
    answer = sign_in(client, officer)

    assert answer.status_code == 302
    assert answer["Location"] == "/admin/"
    assert in_the_desk(client)
    assert Entry.objects.filter(event="people.account.signed_in").count() == 1


def test_a_person_without_a_role_sees_the_own_account_only(client):
    user = make_user()

    sign_in(client, user)

    assert client.get("/admin/")["Location"] == reverse("people_account")
    assert client.get(reverse("people_account")).status_code == 200


def test_a_role_that_ended_closes_the_desk_at_the_next_request(client, officer):
    sign_in(client, officer)
    assert in_the_desk(client)

    membership = officer.person.memberships.get()
    end_role(membership=membership, until=membership.valid_from, by=TEST, at=AT)

    assert not in_the_desk(client)


def test_with_a_second_factor_the_password_alone_opens_nothing(client, protected):
    answer = sign_in(client, protected)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not in_the_desk(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not in_the_desk(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert in_the_desk(client)


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "options"])
@pytest.mark.parametrize(
    "address",
    [
        "/admin/login/",
        "/admin/login",
        "/admin/login/?next=/admin/",
        "/admin//login/",
        "//admin/login/",
        "/admin/login//",
        "/admin/login/x/",
        "/admin/./login/",
        "/admin/../admin/login/",
        "/admin/%6cogin/",
        "/admin/login%2f",
        "/admin/login;x/",
        "/ADMIN/login/",
        "/admin/LOGIN/",
        "/admin/login/.",
        "/admin/password_reset/",
        "/admin/password_reset/confirm/MQ/set-password/",
        "/admin/account/",
    ],
)
def test_no_door_of_wagtail_lets_a_password_alone_in(client, protected, address, method):
    answer = getattr(client, method)(
        address,
        {"username": protected.email, "password": PASSWORD, "next": "/admin/"},
    )

    assert answer.status_code in {301, 302, 404}
    assert "_auth_user_id" not in client.session
    assert not in_the_desk(client)


def test_a_session_that_skipped_the_second_factor_is_ended(client, protected):
    client.force_login(protected)  # as if some other door had let the person in

    answer = client.get("/admin/")

    assert answer["Location"] == f"{reverse('account_login')}?next=/admin/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address",
    [
        "/admin/users/",
        "/admin/users/add/",
        "/admin/users/1/",
        "/admin/groups/",
        "/admin/groups/new/",
        "/admin/bulk/people/user/delete/",
        "/accounts/signup/",
        "/accounts/3rdparty/signup/",
    ],
)
def test_pages_that_would_go_round_roles_and_invitations_do_not_exist(client, address):
    client.force_login(make_user(Role.OPERATOR))

    assert client.get(address).status_code == 404
    assert client.post(address, {}).status_code == 404


def test_wagtail_s_account_page_keeps_language_and_colours_but_no_name_mail_or_password(
    client, officer
):
    client.force_login(officer)

    page = client.get("/admin/account/")
    saved = client.post(
        "/admin/account/",
        {
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
            "locale-preferred_language": "en",
            "locale-current_time_zone": "",
            "name_email-email": "elsewhere@example.org",
            "password-new_password1": "x",
        },
    )

    text = page.content.decode()
    assert 'name="name_email-' not in text
    assert 'name="password-' not in text
    assert saved.status_code == 302
    officer.refresh_from_db()
    assert officer.wagtail_userprofile.theme == "dark"
    assert officer.email != "elsewhere@example.org"
    assert officer.check_password(PASSWORD)


def test_signing_out_of_the_desk_ends_the_session(client, officer):
    sign_in(client, officer)

    answer = client.post("/admin/logout/")

    assert answer["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_and_a_wrong_password_are_told_the_same(client, officer):
    wrong = sign_in(client, officer, password="wrong-wrong-wrong")
    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": PASSWORD}
    )

    def sentence(answer):
        return re.findall(r'role="alert">\s*(.*?)</div>', answer.content.decode(), re.DOTALL)

    assert wrong.status_code == unknown.status_code == 200
    assert sentence(wrong) == sentence(unknown) != []


def test_asking_for_a_new_password_tells_nobody_whether_an_account_exists(client, officer):
    known = client.post(reverse("account_reset_password"), {"email": officer.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    carry()

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[officer.email]]


def test_a_new_password_by_mail_does_not_go_round_the_second_factor(client, protected):
    client.post(reverse("account_reset_password"), {"email": protected.email})
    carry()
    link = re.search(r"https?://\S+/password/reset/key/\S+", mail.outbox[0].body).group()
    form = client.get(link, follow=True)

    client.post(
        form.request["PATH_INFO"], {"password1": PASSWORD + "-mới", "password2": PASSWORD + "-mới"}
    )
    answer = sign_in(client, protected, password=PASSWORD + "-mới")

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not in_the_desk(client)


def test_after_five_wrong_passwords_even_the_right_one_waits(client, officer):
    for _attempt in range(5):
        sign_in(client, officer, password="wrong-wrong-wrong")

    sign_in(client, officer)
    other = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(other, officer)

    assert not in_the_desk(client)
    assert not in_the_desk(other)  # counted per account, in a cache that all processes share


def test_ten_wrong_accounts_from_one_address_make_it_wait(client, officer):
    for number in range(10):
        client.post(
            reverse("account_login"),
            {"login": f"guess{number}@example.org", "password": PASSWORD},
        )

    sign_in(client, officer)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(elsewhere, officer)

    assert not in_the_desk(client)
    assert in_the_desk(elsewhere)


def test_a_role_that_demands_a_second_factor_leads_to_setting_one_up_first(client, officer):
    demand_second_factor(roles=[Role.UNIT_OFFICER], start=LONG_AGO, by=TEST, at=AT)

    sign_in(client, officer)

    assert client.get("/admin/")["Location"] == reverse("mfa_index")
    assert client.get("/admin/pages/")["Location"] == reverse("mfa_index")
    assert client.get(reverse("people_account"))["Location"] == reverse("mfa_index")
    page = client.get(reverse("mfa_index"))
    assert page.status_code == 200
    assert 'class="note warn"' in page.content.decode()


@pytest.mark.django_db(transaction=True)  # allauth tells of it after the commit
def test_setting_up_an_app_on_the_phone_opens_the_desk_and_ends_sessions_elsewhere(client, officer):
    demand_second_factor(roles=[Role.UNIT_OFFICER], start=LONG_AGO, by=TEST, at=AT)
    elsewhere = Client()
    sign_in(elsewhere, officer)
    sign_in(client, officer)

    page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert page.status_code == 200
    assert answer.status_code == 302
    assert in_the_desk(client)
    assert not in_the_desk(elsewhere)
    kept = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)  # encrypted with a key that no backup holds
    assert kept.wrap().validate_code(code_now(secret))
    assert Entry.objects.filter(event="people.second_factor.added").exists()


def test_where_no_rule_demands_it_the_page_says_offered_not_required(client, officer):
    sign_in(client, officer)

    page = client.get(reverse("mfa_index")).content.decode()

    assert in_the_desk(client)
    assert 'class="note warn"' not in page
    assert re.search(r"offered, not required|không bắt buộc", page)


def test_a_recovery_code_works_once_in_place_of_the_phone(client, officer):
    sign_in(client, officer)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    codes = Authenticator.objects.get(user=officer, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]

    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, officer)
        browser.post(reverse("mfa_authenticate"), {"code": code})

    assert in_the_desk(first)
    assert not in_the_desk(second)


def test_switching_off_the_second_factor_asks_for_the_password_again(client, protected):
    sign_in(client, protected)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    session = client.session
    for entry in session["account_authentication_methods"]:
        entry["at"] -= 3600
    session.save()

    answer = client.post(reverse("mfa_deactivate_totp"))

    assert "reauthenticate" in answer["Location"]
    assert Authenticator.objects.filter(user=protected).exists()


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/126 Safari/537 Edg/126",
            "Edge|Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1) coc_coc_browser/109 Chrome/103 Safari/537",
            "Cốc Cốc|Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537 Chrome/126 Mobile Safari/537",
            "Chrome|Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) Version/17 Safari/604", "Safari|iPhone"),
        ("curl/8.5", "curl/8.5"),
    ],
)
def test_a_device_is_named_as_people_would(user_agent, words):
    assert all(word in device(user_agent) for word in words.split("|"))


def test_sessions_are_listed_and_the_others_can_be_ended(client, officer):
    elsewhere = Client(headers={"user-agent": "Máy ở nhà"})
    sign_in(elsewhere, officer)
    sign_in(client, officer)

    page = client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("people_end_sessions"))

    assert "Máy ở nhà" in page
    assert in_the_desk(client)
    assert not in_the_desk(elsewhere)
    assert Entry.objects.filter(event="people.sessions.ended").count() == 1


def test_one_session_is_ended_and_the_others_go_on(client, officer):
    at_home, on_the_road = Client(), Client()
    sign_in(at_home, officer)
    lost = UserSession.objects.get()
    sign_in(on_the_road, officer)
    sign_in(client, officer)

    client.post(reverse("people_end_sessions"), {"session": lost.pk})

    assert not in_the_desk(at_home)
    assert in_the_desk(on_the_road)
    assert in_the_desk(client)


def test_nobody_ends_the_session_of_somebody_else_nor_the_one_in_use(client, officer):
    stranger = Client()
    sign_in(stranger, make_user(Role.UNIT_OFFICER, unit=make_unit()))
    theirs = UserSession.objects.get()
    sign_in(client, officer)
    mine = UserSession.objects.get(user=officer)

    client.post(reverse("people_end_sessions"), {"session": theirs.pk})
    client.post(reverse("people_end_sessions"), {"session": mine.pk})

    assert in_the_desk(stranger)
    assert in_the_desk(client)
    assert not Entry.objects.filter(event="people.sessions.ended").exists()


def test_a_changed_password_ends_the_sessions_elsewhere(client, officer):
    elsewhere = Client()
    sign_in(elsewhere, officer)
    sign_in(client, officer)

    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "chín-nhịp-mười-hai-trụ",
            "password2": "chín-nhịp-mười-hai-trụ",
        },
    )

    officer.refresh_from_db()
    assert officer.check_password("chín-nhịp-mười-hai-trụ")
    assert in_the_desk(client)
    assert not in_the_desk(elsewhere)


def test_a_closed_account_is_out_everywhere_at_once(client, officer):
    sign_in(client, officer)

    close_account(user=officer, by=TEST, at=AT)

    assert not in_the_desk(client)
    assert not UserSession.objects.exists()
    sign_in(client, officer)
    assert not in_the_desk(client)


def test_ending_sessions_leaves_the_account_open(client, officer):
    sign_in(client, officer)

    assert end_sessions(user=officer, by=TEST, at=AT) == 1

    assert not in_the_desk(client)
    sign_in(client, officer)
    assert in_the_desk(client)


def test_a_person_of_several_units_chooses_one_and_the_diary_says_which(client):
    first, second = make_unit("UBND xã Bảo Lâm"), make_unit("Sở Ngoại vụ")
    user = make_user(Role.UNIT_OFFICER, unit=first)
    give_role(person=user.person, unit=second, role=Role.AUTHOR, start=LONG_AGO, by=TEST, at=AT)
    sign_in(client, user)

    asked = client.get("/admin/")
    client.post(asked["Location"], {"unit": second.pk, "next": "/admin/"})

    assert asked["Location"] == f"{reverse('people_choose_unit')}?next=/admin/"
    assert in_the_desk(client)
    line = client.get(reverse("people_account")).wsgi_request.user.person.actor_unit
    assert line == (second.key, "Sở Ngoại vụ")


def test_the_choice_of_a_unit_never_leads_to_a_stranger_s_site(client):
    first, second = make_unit("UBND xã Bảo Lâm"), make_unit("Sở Ngoại vụ")
    user = make_user(Role.UNIT_OFFICER, unit=first)
    give_role(person=user.person, unit=second, role=Role.AUTHOR, start=LONG_AGO, by=TEST, at=AT)
    sign_in(client, user)

    answer = client.post(
        reverse("people_choose_unit"), {"unit": first.pk, "next": "https://elsewhere.example/"}
    )
    not_mine = client.post(reverse("people_choose_unit"), {"unit": make_unit().pk})

    assert answer["Location"] == "/admin/"
    assert not_mine.status_code == 200  # the form again


def test_staff_pages_cost_few_queries_before_they_begin(
    client, officer, django_assert_max_num_queries
):
    sign_in(client, officer)
    client.get(reverse("people_account"))

    with django_assert_max_num_queries(16):
        client.get(reverse("people_account"))


def test_a_reader_without_a_session_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("account_reset_password")).status_code == 200


def test_pages_speak_vietnamese_unless_somebody_chose_otherwise(client):
    page = client.get(reverse("account_login"), headers={"accept-language": "en-US"})
    client.post(reverse("people_language"), {"language": "en", "next": "/accounts/login/"})
    english = client.get(reverse("account_login"))

    assert '<html lang="vi">' in page.content.decode()
    assert '<html lang="en">' in english.content.decode()


def test_no_page_carries_inline_script_or_style(client, officer):
    def inline(html):
        scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html)
        return scripts + re.findall(r"<style|\sstyle=|\son\w+=", html)

    assert inline(client.get(reverse("account_login")).content.decode()) == []
    sign_in(client, officer)
    for name in ("people_account", "mfa_index", "mfa_activate_totp", "usersessions_list"):
        page = client.get(reverse(name))
        assert page.status_code == 200
        assert inline(page.content.decode()) == [], name
