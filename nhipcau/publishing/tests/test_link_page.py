"""The page of a leader without an account: one link, one code, one decision."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.people.tests.factories import AT
from nhipcau.publishing.actions import make_link
from nhipcau.publishing.actions.links import withdraw_link
from nhipcau.publishing.models import ApprovalLink, Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(house):
    version = house.work().subject.versions.get()
    house.hand_in(version)
    type(house.head).objects.filter(pk=house.head.pk).update(email_verified_at=AT)
    row, address = make_link(
        step=house.step_of(version),
        person=house.head,
        by=house.author,
        at=timezone.now(),
        base="/decision/",
    )
    return row, address


@pytest.fixture
def codes(monkeypatch):
    """The codes as they are sent, whoever carries them."""
    sent = []
    monkeypatch.setattr(
        "nhipcau.publishing.actions.links.secrets.randbelow",
        lambda most: sent.append(428_571 % most) or sent[-1],
    )
    return sent


def test_the_page_shows_the_text_to_nobody_elses_memory(client, link):
    _row, address = link

    answer = client.get(address)

    assert answer.status_code == 200
    assert "Chợ họp ngày mồng hai" in answer.content.decode()
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_every_bad_link_is_answered_in_the_same_words(client, house, link):
    row, address = link
    unknown = client.get("/decision/" + "a" * 43 + "/")

    def told():
        answer = client.get(address)
        assert answer.status_code == 404
        return re.search(r'<p class="note warn">(.*?)</p>', answer.content.decode())[1]

    words = re.search(r'<p class="note warn">(.*?)</p>', unknown.content.decode())[1]
    ApprovalLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert told() == words
    ApprovalLink.objects.update(expires_at=timezone.now() + timedelta(days=1), wrong_codes=5)
    assert told() == words
    ApprovalLink.objects.update(wrong_codes=0)
    withdraw_link(link=row, by=house.author, at=timezone.now())
    assert told() == words
    assert unknown.status_code == 404


def test_a_code_and_a_decision_use_the_link_up(client, house, link, codes):
    _row, address = link

    client.post(address, {"send": "code"})
    wrong = client.post(address, {"code": "000000", "verdict": "cleared"})
    assert wrong.status_code == 409
    assert not Decision.objects.exists()
    done = client.post(address, {"code": f"{codes[0]:06d}", "verdict": "cleared"})

    assert done.status_code == 200
    decision = Decision.objects.get()
    assert (decision.by, decision.by_link) == (house.head, True)
    assert client.get(address).status_code == 404
    again = client.post(address, {"code": f"{codes[0]:06d}", "verdict": "stopped"})
    assert again.status_code == 404
    assert Decision.objects.count() == 1


def test_without_a_code_nothing_is_decided(client, link):
    _row, address = link

    assert client.post(address, {"code": "123456", "verdict": "cleared"}).status_code == 409
    assert client.post(address, {"verdict": "cleared"}).status_code == 422
    assert not Decision.objects.exists()


def test_a_return_without_a_reason_costs_no_code(client, link, codes):
    row, address = link
    client.post(address, {"send": "code"})

    answer = client.post(address, {"code": f"{codes[0]:06d}", "verdict": "returned"})

    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.wrong_codes == 0
    assert row.code_digest


def test_a_second_code_waits_a_minute(client, link, codes):
    _row, address = link

    client.post(address, {"send": "code"})

    assert client.post(address, {"send": "code"}).status_code == 409
    assert len(codes) == 1
