"""Alarms, hours of gates, official accounts, and who may arrange the portal."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from nhipcau.audit.models import Entry
from nhipcau.outbox.models import Message
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, TEST, make_unit, make_user
from nhipcau.registry.actions.areas import create_area
from nhipcau.registry.actions.gates import create_gate
from nhipcau.registry.actions.province import establish_province
from nhipcau.translation.tests.factories import make_language
from nhipcau.website.actions import end_alarm, list_account, raise_alarm, set_gate_hours
from nhipcau.website.errors import NotPossible, NotYours
from nhipcau.website.models import GateHours, HomePage

pytestmark = pytest.mark.pages

LATER = AT + timedelta(hours=1)


@pytest.fixture
def gate(house):
    province = create_area(key="tinh/mau", kind="province", name="Tỉnh Mẫu", by=TEST, at=AT)
    establish_province(
        area=province,
        name="Tỉnh Mẫu",
        emblem=b"",
        colour="#23407a",
        accent="#b02a57",
        languages=["vi"],
        by=TEST,
        at=AT,
    )
    return create_gate(
        key="cua-khau/mau",
        name="Cửa khẩu Mẫu",
        kind="international",
        parent=province,
        by=TEST,
        at=AT,
    )


def test_an_alarm_stands_on_every_page_until_it_ends(house, reader):
    alarm = raise_alarm(
        words={"vi": "Lũ về: không qua ngầm.", "lo": " "},
        address="/vi/tin-tuc/",
        by=house.publisher,
        at=AT,
    )

    for page in ("/vi/", "/vi/gioi-thieu/", "/nhe/vi/tin-tuc/", "/vi/khong-co/", "/lo/"):
        assert "Lũ về: không qua ngầm." in reader.get(page).content.decode(), page
    assert 'lang="vi">Lũ về' in reader.get("/lo/").content.decode()
    end_alarm(alarm=alarm, by=house.publisher, at=LATER)
    end_alarm(alarm=alarm, by=house.publisher, at=LATER)
    assert "Lũ về" not in reader.get("/vi/").content.decode()
    assert Entry.objects.filter(event__startswith="website.alarm").count() == 2
    assert [m.payload["tags"] for m in Message.objects.filter(topic="website.changed")] == [
        ["alarms"],
        ["alarms"],
    ]


def test_an_alarm_without_words_or_one_that_is_over_is_refused(house):
    with pytest.raises(NotPossible):
        raise_alarm(words={"vi": "  "}, by=house.publisher, at=AT)
    with pytest.raises(NotPossible):
        raise_alarm(words={"vi": "Lũ"}, ends_at=AT, by=house.publisher, at=AT)
    with pytest.raises(NotYours):
        raise_alarm(words={"vi": "Lũ"}, by=house.author, at=AT)


def test_the_hours_of_a_gate_are_told_with_its_languages(house, gate, reader):
    today = timezone.localdate()

    def told(opens, closes, **more):
        return set_gate_hours(
            gate=gate,
            valid_from=today,
            opens=opens,
            closes=closes,
            source="Thông báo số 1",
            by=house.publisher,
            at=AT,
            **more,
        )

    told(time(7), time(19), languages=[make_language("vi")])
    page = reader.get("/vi/cua-khau/").content.decode()
    assert "07:00–19:00" in page
    assert "Thông báo số 1" in page
    assert "07:00–19:00" in reader.get("/vi/").content.decode()
    told(None, None)
    assert "Đóng" in reader.get("/vi/cua-khau/").content.decode()
    assert GateHours.objects.count() == 1
    with pytest.raises(NotPossible):
        told(time(7), None)


def test_an_account_is_listed_once_and_over_https(house, reader):
    def listed(address):
        return list_account(
            service="YouTube",
            name="Tỉnh Mẫu",
            address=address,
            unit=house.unit,
            language=make_language("vi"),
            by=house.publisher,
            at=AT,
        )

    listed("https://video.example/mau")

    assert "https://video.example/mau" in reader.get("/vi/tai-khoan-chinh-thuc/").content.decode()
    for refused in ("https://video.example/mau", "http://video.example/b", "javascript:alert(1)"):
        with pytest.raises(NotPossible):
            listed(refused)


@pytest.mark.parametrize("role", Role.values)
def test_only_publishers_arrange_pages(house, role):
    user = make_user(Role(role), unit=make_unit())
    may = Role(role) == Role.PUBLISHER
    home = HomePage.objects.get(slug="vi")

    assert page_permission_policy.user_has_permission(user, "change") is may
    assert page_permission_policy.user_has_permission_for_instance(user, "publish", home) is may
    assert page_permission_policy.explorable_instances(user).exists() is may if may else True


def test_a_publisher_edits_and_previews_a_page_and_the_diary_tells_of_it(house, reader):
    client = Client()
    client.force_login(make_user(Role.PUBLISHER, unit=make_unit()))
    home = HomePage.objects.get(slug="vi")

    assert client.get(f"/admin/pages/{home.pk}/").status_code == 200
    editor = client.get(f"/admin/pages/{home.pk}/edit/")
    assert editor.status_code == 200
    page = Page.objects.get(url_path="/vi/gioi-thieu/").specific
    address = f"/admin/pages/{page.pk}/edit/"
    sent = {
        "title": "Về chúng tôi",
        "slug": "gioi-thieu",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "action-publish": "1",
    }
    preview = client.post(f"{address}preview/", sent)
    assert preview.json()["is_valid"], preview.content
    shown = client.get(f"{address}preview/")
    assert "Về chúng tôi" in shown.content.decode()
    assert client.post(address, sent).status_code == 302
    assert "Về chúng tôi" in reader.get("/vi/gioi-thieu/").content.decode()
    assert Entry.objects.filter(event="website.page.published").count() == 1


def test_the_desk_shows_what_surrounds_the_pages(house, gate, reader):
    client = Client()
    client.force_login(make_user(Role.PUBLISHER, unit=make_unit()))

    assert "Cửa khẩu Mẫu" in client.get("/admin/portal/").content.decode()
    sent = client.post("/admin/portal/alarm/", {"words_vi": "Lũ về.", "address": "//xau.example"})
    assert sent.status_code == 200
    assert client.post("/admin/portal/alarm/", {"words_vi": "Lũ về."}).status_code == 302
    assert "Lũ về." in reader.get("/en/").content.decode()
    hours = {"valid_from": "2026-01-01", "opens": "08:00", "closes": "17:00", "source": "TB 2"}
    assert client.post(f"/admin/portal/gates/{gate.pk}/", hours).status_code == 302
    assert "08:00–17:00" in reader.get("/vi/cua-khau/").content.decode()
