"""The page of a leader without an account: one link, one code, one decision."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nhipcau.media.models import Subtitles
from nhipcau.media.tests.moving import making
from nhipcau.people.tests.factories import AT
from nhipcau.publishing.actions import make_link
from nhipcau.publishing.actions.links import withdraw_link
from nhipcau.publishing.models import ApprovalLink, Decision
from nhipcau.publishing.tests.films import film, say, shot, with_film, write_down
from nhipcau.translation.tests.factories import make_language

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
SPOKEN = "Kính chào bà con"


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
    assert answer["Referrer-Policy"] == "same-origin"
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


def test_a_browser_that_follows_the_pages_policy_may_send_the_form(link, codes):
    """Under “no-referrer” browsers send “Origin: null” with a form, which Django refuses."""
    _row, address = link
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(address)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    told = "null" if page["Referrer-Policy"] == "no-referrer" else "http://testserver"

    answer = browser.post(
        address, {"send": "code", "csrfmiddlewaretoken": token}, headers={"Origin": told}
    )

    assert answer.status_code == 200
    assert len(codes) == 1


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


@making.needs_programs
class TestAFilm:
    """What the text shows is played on the page, and nowhere and for nobody else."""

    @pytest.fixture
    def item(self, house):
        item = film(house)
        say(item, "vi", SPOKEN)
        say(item, "en", "Welcome")
        write_down(item, "vi", "Kính chào bà con trong xã.")
        return item

    @pytest.fixture
    def opened(self, house, item, client):
        """The link's row, the page as it is opened, and the addresses of film and lines in it."""
        row, address = self.link_for(house, house.work(kind="video", body=with_film(item)))
        page = client.get(address).content.decode()
        return row, page, re.findall(rf'src="({address}[^"]+)"', page)

    def link_for(self, house, work):
        version = work.subject.versions.get()
        house.hand_in(version)
        type(house.head).objects.filter(pk=house.head.pk).update(email_verified_at=AT)
        return make_link(
            step=house.step_of(version), person=house.head, by=house.author, at=timezone.now(),
            base="/decision/",
        )  # fmt: skip

    def test_is_played_with_its_subtitles_which_are_read_line_by_line(self, client, opened):
        _row, page, [film_address, lines_address] = opened

        played = client.get(film_address)
        part = client.get(film_address, headers={"Range": "bytes=4-7"})
        lines = client.get(lines_address)

        made, _facts = shot("video").made["video-480"]
        assert b"".join(played.streaming_content) == made
        assert played["Content-Type"] == "video/mp4"
        assert (part.status_code, b"".join(part.streaming_content)) == (206, made[4:8])
        assert SPOKEN in lines.content.decode()
        assert lines["Content-Type"] == "text/vtt; charset=utf-8"
        for answer in (played, lines):
            assert "no-store" in answer["Cache-Control"]
            assert "noindex" in answer["X-Robots-Tag"]
        assert re.search(rf"0:00–0:00</td><td>{SPOKEN}", page)
        assert "Kính chào bà con trong xã." in page  # the transcript
        assert "Welcome" not in page  # leaves with the English text, which others look at
        assert 'poster="data:image/' in page

    def test_a_browser_that_has_not_opened_the_page_is_told_of_nothing(self, opened, house, item):
        _row, _page, addresses = opened
        stranger = Client()
        answers = [stranger.get(address) for address in addresses]
        # Whoever has a link of his own has not opened this one.
        _other, other = self.link_for(house, house.work(title="Phim khác", body=with_film(item)))
        assert stranger.get(other).status_code == 200
        answers += [stranger.get(address) for address in addresses]

        assert [answer.status_code for answer in answers] == [404] * 4
        assert all("no-store" in answer["Cache-Control"] for answer in answers)

    def test_only_what_the_text_shows_is_there(self, client, house, opened):
        row, _page, [film_address, lines_address] = opened
        unseen = film(house)
        foreign = say(unseen, "vi", "Phim khác")
        number = row.step.item.version.body[0].value["video"].pk
        base = film_address.partition("shown/")[0]

        for part in (
            f"shown/video/{unseen.pk}/", f"shown/file/{number}/", f"shown/picture/{number}/",
            f"shown/poster/{number}/", "shown/video/0/", f"lines/{foreign.pk}/", "lines/0/",
        ):  # fmt: skip
            assert client.get(base + part).status_code == 404, part
        in_english = number_of_lines(number, "en")
        assert client.get(f"{base}lines/{in_english}/").status_code == 404
        assert client.post(film_address).status_code == 405
        assert client.get(lines_address).status_code == 200

    @pytest.mark.parametrize(
        "state",
        [
            {"expires_at": AT},
            {"used_at": AT},
            {"withdrawn_at": AT},
            {"wrong_codes": 5},
        ],
        ids=lambda state: next(iter(state)),
    )
    def test_ends_with_the_link(self, client, opened, state):
        row, _page, addresses = opened
        ApprovalLink.objects.filter(pk=row.pk).update(**state)

        assert [client.get(address).status_code for address in addresses] == [404, 404]

    def test_a_film_whose_copies_are_not_made_yet_is_played_as_it_came(self, client, house):
        raw = film(house, is_made=False)
        _row, address = self.link_for(house, house.work(kind="video", body=with_film(raw)))
        page = client.get(address).content.decode()

        [film_address] = re.findall(rf'src="({address}[^"]+)"', page)

        assert b"".join(client.get(film_address).streaming_content) == shot("video").data


def number_of_lines(item, tag):
    return Subtitles.objects.get(item=item, language=make_language(tag)).pk
