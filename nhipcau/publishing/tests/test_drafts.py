"""Looking at a draft in each form: who may, what is shown, what is refused, and nothing kept."""

import fcntl
import logging
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nhipcau.media.models import StoredFile
from nhipcau.paper import turns
from nhipcau.paper.errors import OthersAreWaiting, TypesettingFailed
from nhipcau.paper.turns import places, turn
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, make_person, make_unit, make_user
from nhipcau.publishing.actions import order_rendition
from nhipcau.publishing.errors import NotPossible
from nhipcau.publishing.models import Rendition
from nhipcau.publishing.queries import drafts
from nhipcau.publishing.queries.drafts import counterpart_of, forms_to_look_at, look_at
from nhipcau.publishing.renderers.contract import Purpose
from nhipcau.publishing.renderers.listed import every_renderer
from nhipcau.translation.actions import save_words
from nhipcau.translation.tests.factories import clear, make_version
from nhipcau.works.tests.factories import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit("UBND xã Nà Chương")


@pytest.fixture
def author(unit, client):
    user = make_user(Role.AUTHOR, unit=unit, full_name="Hoàng Văn Tác")
    client.force_login(user)
    return user


def draft(author, unit, *, kind="news", body="Chợ họp từ 7 giờ đến 17 giờ."):
    work = make_work(kind=kind, by=author.person, unit=unit, title="Giờ họp chợ Nà Chương")
    version = work.subject.versions.get()
    block = {"type": "text", "value": f"<p>{body}</p>", "id": "a1"}
    save_words(
        version=version,
        by=author.person,
        at=AT,
        words={"summary": "Chợ Nà Chương họp chủ nhật.", "body": [block]},
    )
    return version


@pytest.fixture
def version(author, unit):
    return draft(author, unit)


def frame(client, version, form):
    return client.get(reverse("publishing:draft_drawn", args=[version.pk]), {"form": form})


class TestForms:
    def test_are_those_of_the_kind_that_can_be_looked_at_the_web_page_first(self, author, unit):
        slugs = [slug for slug, _name in forms_to_look_at(draft(author, unit))]

        assert slugs == ["web-page", "sheet", "radio-script", "short-text", "card"]

    def test_of_two_languages_need_another_text_that_nobody_stopped(self, author, unit):
        version = draft(author, unit)
        other = make_version(subject=version.subject, tag="zh-Hans", title="集市时间")

        assert "parallel" in dict(forms_to_look_at(version))
        assert counterpart_of(version) == other
        type(other).objects.filter(pk=other.pk).update(state="stopped")
        assert "parallel" not in dict(forms_to_look_at(version))

    def test_a_translation_stands_beside_its_source(self, author, unit):
        version = draft(author, unit)
        make_version(subject=version.subject, tag="lo", title="ຕະຫຼາດ")
        clear(version)
        english = make_version(subject=version.subject, tag="en", title="Market", source=version)

        assert counterpart_of(english) == version


class TestTheEditor:
    def test_shows_what_is_not_saved_in_the_chosen_form(self, client, author, unit):
        version = draft(author, unit)
        address = reverse("words:preview_on_edit", args=[version.pk])
        client.post(
            address,
            {
                "title": "Chưa lưu",
                "summary": "Một câu.",
                "body-count": "0",
                "slug": "",
                "search_description": "",
            },
        )

        script = client.get(f"{address}?mode=radio-script")
        page = client.get(f"{address}?mode=web-page")

        for answer in (script, page):
            assert "Chưa lưu" in answer.content.decode()
            assert "BẢN NHÁP" in answer.content.decode()
            assert "no-store" in answer["Cache-Control"]

    def test_offers_the_forms_beside_the_words(self, client, author, unit):
        version = draft(author, unit)

        shown = client.get(reverse("words:edit", args=[version.pk])).content.decode()

        for slug in ("sheet", "short-text", "card"):
            assert f'<option value="{slug}"' in shown


class TestThePage:
    def test_frames_the_form_and_leads_to_the_others(self, client, author, unit):
        version = draft(author, unit)

        answer = client.get(
            reverse("publishing:looks", args=[version.pk]), {"form": "card", "width": "phone"}
        )

        shown = answer.content.decode()
        assert reverse("publishing:draft_drawn", args=[version.pk]) + "?form=card" in shown
        assert "look-frame narrow" in shown
        assert "form=sheet" in shown
        assert "private, no-store" in answer["Cache-Control"]
        assert "<script>" not in shown.partition("look-frame")[2]

    def test_is_for_staff_and_shows_nothing_of_what_was_stopped(self, client, author, unit):
        version = draft(author, unit)
        addresses = [
            reverse("publishing:looks", args=[version.pk]),
            reverse("publishing:draft_drawn", args=[version.pk]) + "?form=web-page",
        ]
        for user in (make_user(Role.APPROVER, unit=unit), make_user(Role.TRANSLATOR)):
            client.force_login(user)
            assert [client.get(address).status_code for address in addresses] == [200, 200]
        client.force_login(make_user())
        assert all(client.get(address).status_code in {302, 403} for address in addresses)
        client.logout()
        assert [client.get(address).status_code for address in addresses] == [302, 302]
        client.force_login(author)
        type(version).objects.filter(pk=version.pk).update(state="stopped")
        assert [client.get(address).status_code for address in addresses] == [404, 404]

    @pytest.mark.parametrize("form", ["", "handbook", "qr", "hologram", "parallel"])
    def test_a_form_that_the_kind_does_not_offer_is_not_drawn(self, client, author, unit, form):
        assert frame(client, draft(author, unit), form).status_code == 404

    def test_the_work_leads_there(self, client, author, unit):
        version = draft(author, unit)

        shown = client.get(reverse("works:work", args=[version.subject.uuid])).content.decode()

        assert reverse("publishing:looks", args=[version.pk]) in shown


class TestWhatIsDrawn:
    def test_is_shown_as_pictures_with_the_stamp_and_kept_nowhere(self, client, author, unit):
        version = draft(author, unit)
        before = StoredFile.objects.count()

        answer = frame(client, version, "card")

        shown = answer.content.decode()
        assert shown.count("data:image/webp;base64,") == 1
        assert 'width="1200" height="630"' in shown
        assert "BẢN NHÁP" in shown
        assert "private, no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert not Rendition.objects.exists()
        assert StoredFile.objects.count() == before

    def test_a_message_is_shown_in_its_parts_with_the_other_one_beside_it(
        self, client, author, unit
    ):
        version = draft(author, unit)

        look = look_at(version, version.latest_revision.content, slug="short-text")
        shown = frame(client, version, "short-text").content.decode()

        assert [text.role for text in look.texts] == ["", "unaccented"]
        for text in look.texts:
            assert text.units > 0
            for part in text.parts:
                assert part.split()[0] in shown
        assert "Gio hop cho Na Chuong" in shown

    def test_what_does_not_fit_is_one_sentence(self, client, author, unit):
        version = draft(author, unit, kind="leaflet", body="một hai ba bốn " * 500)

        shown = frame(client, version, "leaflet").content.decode()

        assert "1500 chữ" in shown
        assert 'role="alert"' in shown
        assert "data:image" not in shown

    def test_a_form_that_the_words_lack_is_one_sentence(self, client, author, unit):
        version = draft(author, unit, kind="infographic")

        assert "biểu đồ" in frame(client, version, "infographic").content.decode()

    def test_a_defect_of_a_form_is_told_and_noted(self, client, author, unit, monkeypatch, caplog):
        version = draft(author, unit)
        card = next(form for form in every_renderer() if form.slug == "card")

        def broken(*_: object) -> None:
            raise TypesettingFailed("unknown variable")

        monkeypatch.setattr(card, "render", broken, raising=True)
        with caplog.at_level(logging.ERROR):
            answer = frame(client, version, "card")

        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode()
        assert "unknown variable" not in answer.content.decode()
        assert "unknown variable" in caplog.text

    def test_hostile_words_stay_words(self, client, author, unit):
        version = draft(author, unit, body="&lt;script&gt;alert(1)&lt;/script&gt;")
        for form in ("web-page", "radio-script", "short-text"):
            assert "<script" not in frame(client, version, form).content.decode()

    def test_costs_few_questions(self, author, unit, django_assert_max_num_queries):
        version = draft(author, unit)
        make_version(subject=version.subject, tag="zh-Hans", title="集市时间")
        content = version.latest_revision.content
        with django_assert_max_num_queries(9):
            look_at(version, content, slug="radio-script")


class TestTurns:
    def test_whoever_waits_too_long_hears_it_and_the_next_one_draws(
        self, client, version, settings, tmp_path, monkeypatch
    ):
        settings.DATA = tmp_path
        monkeypatch.setattr(drafts, "WAIT", 0.2)
        folder = Path(tmp_path) / "turns"
        folder.mkdir()
        held = [(folder / str(number)).open("w") for number in range(places())]
        for place in held:
            fcntl.flock(place, fcntl.LOCK_EX)

        busy = frame(client, version, "card").content.decode()
        page = frame(client, version, "web-page").content.decode()
        for place in held:
            place.close()
        drawn = frame(client, version, "card").content.decode()

        assert "vài giây" in busy
        assert "Giờ họp chợ" in page
        assert "data:image/webp" in drawn

    def test_are_given_back_whatever_happens(self, settings, tmp_path, monkeypatch):
        settings.DATA = tmp_path
        monkeypatch.setattr(turns, "places", lambda: 1)
        with pytest.raises(ZeroDivisionError), turn(wait=0):
            1 / 0  # noqa: B018 -- what goes wrong while it draws
        with turn(wait=0), pytest.raises(OthersAreWaiting), turn(wait=0):
            pytest.fail("two draw at once")


class TestADraftIsNeverKept:
    def test_as_an_ordered_form(self, author, unit):
        version = draft(author, unit)
        clear(version)
        with pytest.raises(NotPossible):
            order_rendition(
                slug="card",
                versions=[version],
                by=author.person,
                at=AT,
                purpose=Purpose.DRAFT,
            )

    def test_as_a_row(self, author, unit):
        version = draft(author, unit)
        with pytest.raises(IntegrityError), transaction.atomic():
            Rendition.objects.create(
                subject=version.subject,
                renderer="card",
                purpose="draft",
                ordered_by=make_person("Ai Đó"),
                ordered_at=AT,
            )
