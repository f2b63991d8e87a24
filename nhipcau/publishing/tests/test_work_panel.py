"""On a work's page: handing in, taking back, forms, corrections, and where everything stands."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nhipcau.audit.models import Entry
from nhipcau.outbox.models import Message
from nhipcau.people.enums import Role
from nhipcau.people.models import Person
from nhipcau.people.tests.factories import AT, TEST, make_member, make_unit
from nhipcau.publishing.actions import (
    ask_for_correction,
    make_rendition,
    order_rendition,
    release_bundle,
    withdraw,
)
from nhipcau.publishing.errors import NotPossible
from nhipcau.publishing.models import Clearance, ClearanceItem, OpenStep, Rendition
from nhipcau.publishing.queries.standing import forms_of, standings_of
from nhipcau.translation.actions import save_words, stop
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import Remark

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


@pytest.fixture(autouse=True)
def _nothing_kept(db):
    cache.clear()
    yield
    cache.clear()


def page(client, work):
    return client.get(reverse("works:work", args=[work.subject.uuid])).content.decode()


def hand_in_page(work):
    return reverse("publishing:hand_in", args=[work.subject.uuid])


def linking(address):
    words = f'<p>Xem <a href="{address}">lịch các phiên chợ trong năm</a>.</p>'
    return [{"type": "text", "value": words, "id": "a"}]


def personal():
    return [{"type": "text", "value": "<p>Gọi bà Lan, số 0912 345 678 để hỏi.</p>", "id": "a"}]


class TestHandingIn:
    def test_shows_what_the_checks_say_before_anything_happens(self, house, desk):
        work = house.work(body=personal())

        shown = desk(house.author).get(hand_in_page(work)).content.decode()

        assert "0912 345 678" in shown
        assert not Clearance.objects.exists()

    def test_sends_several_languages_on_their_way_at_once(self, house, desk):
        work = house.work()
        house.approved(work)
        versions = [house.translated(work), house.translated(work, "lo", "ຕະຫຼາດຊາຍແດນ")]

        answer = desk(house.translator).post(
            hand_in_page(work), {"v": [version.pk for version in versions], "words": "Xin xem."}
        )

        assert answer.status_code == 302
        clearance = Clearance.objects.latest("pk")
        assert clearance.words == "Xin xem."
        assert {item.version for item in clearance.items.all()} == set(versions)

    def test_needs_answers_to_what_may_stay_and_keeps_what_was_typed(self, house, desk):
        work = house.work(body=personal())
        version = work.subject.versions.get()
        client = desk(house.author)

        refused = client.post(hand_in_page(work), {"v": version.pk, "words": "Giữ lời này"})

        assert refused.status_code == 409
        assert "Giữ lời này" in refused.content.decode()
        assert not Clearance.objects.exists()
        names = [
            finding["name"]
            for text in refused.context["texts"]
            for finding in text["findings"]
            if finding["takes_answer"]
        ]
        assert names
        reasons = dict.fromkeys(names, "Số điện thoại công vụ của ban quản lý chợ.")
        client.post(hand_in_page(work), {"v": version.pk, **reasons})
        assert set(ClearanceItem.objects.get().answers.values()) == set(reasons.values())

    def test_of_a_secret_locks_the_text_and_hands_nothing_in(self, house, desk):
        body = [{"type": "text", "value": "<p>MẬT</p><p>Số: 12/BC</p>", "id": "a"}]
        work = house.work(body=body)
        version = work.subject.versions.get()

        desk(house.author).post(hand_in_page(work), {"v": version.pk})

        version.refresh_from_db()
        assert version.state == VersionState.STOPPED
        assert not Clearance.objects.exists()

    def test_asks_the_worker_to_visit_links_once_and_never_goes_itself(self, house, desk):
        work = house.work(body=linking("https://langson.example.org/lich"))
        client = desk(house.author)

        first = client.get(hand_in_page(work))
        client.get(hand_in_page(work))

        asked = DBTaskResult.objects.filter(task_path__endswith="visit_links")
        assert first.context["texts"][0]["visiting"] == 1
        assert asked.count() == 1

    @pytest.mark.parametrize("given", [{}, {"v": "x"}, {"v": "0"}, {"v": ["99999999999999999999"]}])
    def test_of_nothing_is_said_so(self, house, desk, given):
        work = house.work()

        answer = desk(house.author).post(hand_in_page(work), given)

        assert answer.status_code == 422
        assert not Clearance.objects.exists()

    def test_reaches_no_text_of_another_work(self, house, desk):
        work, other = house.work(), house.work(title="Khác")

        answer = desk(house.author).post(hand_in_page(work), {"v": other.subject.versions.get().pk})

        assert answer.status_code == 422
        assert not Clearance.objects.exists()

    def test_is_for_writers_of_the_unit(self, house, desk):
        work = house.work()
        stranger = make_member(Role.AUTHOR, unit=make_unit("Sở Ngoại vụ"))

        for person in (stranger, house.publisher):
            assert desk(person).get(hand_in_page(work))["Location"] == "/admin/"

    def test_is_not_offered_while_all_is_under_review(self, house, desk):
        work = house.work()
        house.hand_in(work.subject.versions.get())

        assert desk(house.author).get(hand_in_page(work)).status_code == 302


class TestTakingBack:
    def test_returns_the_text_to_its_writers(self, house, desk):
        work = house.work()
        version = work.subject.versions.get()
        item = house.hand_in(version).items.get()

        desk(house.author).post(reverse("publishing:take_back", args=[item.pk]))

        version.refresh_from_db()
        assert version.state == VersionState.RETURNED

    def test_is_refused_to_strangers(self, house, desk):
        item = house.hand_in(house.work().subject.versions.get()).items.get()
        stranger = make_member(Role.AUTHOR, unit=make_unit("Sở Ngoại vụ"))

        desk(stranger).post(reverse("publishing:take_back", args=[item.pk]))

        item.refresh_from_db()
        assert item.state == "open"


class TestThePanel:
    def test_shows_each_text_on_its_route_with_day_and_person(self, house, desk):
        work = house.work()
        version = work.subject.versions.get()
        house.hand_in(version)
        OpenStep.objects.update(
            assignee=house.head, due_on=timezone.localdate() - timedelta(days=1)
        )

        (standing,) = standings_of(work.subject, at=AT)
        shown = page(desk(house.author), work)

        assert [state for _label, state in standing.stops] == ["now", "ahead", "ahead"]
        assert house.head.full_name in shown
        assert 'aria-current="step"' in shown

    def test_says_what_was_withdrawn_and_why(self, house, desk):
        work = house.work()
        house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        withdraw(
            subject=work.subject,
            reason="in_error",
            notice="Ngày họp chợ ghi sai.",
            by=house.publisher,
            at=AT,
        )

        assert "Ngày họp chợ ghi sai." in page(desk(house.author), work)

    @pytest.mark.parametrize("count", [1, 4])
    def test_costs_the_same_however_many_texts_and_forms(
        self, house, count, django_assert_num_queries
    ):
        work = house.work()
        house.approved(work)
        for tag in ["en", "lo", "zh-Hans"][: count - 1]:
            version = house.translated(work, tag, "Chợ")
            house.hand_in(version, by=house.translator)
            house.clear(version)
        for version in work.subject.versions.all():
            order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)

        with django_assert_num_queries(5):
            assert len(standings_of(work.subject, at=AT)) == count
        with django_assert_num_queries(3):
            assert len(forms_of(work.subject)) == count


class TestForms:
    def order(self, client, work, **given):
        return client.post(reverse("publishing:order_forms", args=[work.subject.uuid]), given)

    def test_are_ordered_of_each_chosen_language(self, house, desk):
        work = house.work()
        house.approved(work)
        english = house.translated(work)
        house.hand_in(english, by=house.translator)
        house.clear(english)
        keys = list(work.subject.versions.values_list("pk", flat=True))

        self.order(desk(house.author), work, form="web-page", v=keys)

        assert Rendition.objects.filter(renderer="web-page").count() == 2

    def test_go_stale_are_said_to_be_and_are_made_again(self, house, desk):
        work = house.work()
        version = house.approved(work)
        form = order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)
        make_rendition(rendition=form, by=TEST, at=AT)
        assert [line.is_stale for line in forms_of(work.subject)] == [False]

        save_words(version=version, words={"title": "Chợ mới"}, by=house.author, at=AT)
        version.refresh_from_db()
        house.hand_in(version)
        house.clear(version)

        assert [line.is_stale for line in forms_of(work.subject)] == [True]
        self.order(desk(house.author), work, form="web-page", v=[version.pk])
        (line,) = forms_of(work.subject)
        assert (line.is_stale, line.form.state) == (False, "ordered")

    def test_are_handed_out_as_downloads_until_a_text_is_stopped(self, house, desk):
        work = house.work()
        version = house.approved(work)
        form = order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)
        address = reverse("publishing:form_file", args=[form.uuid])
        client = desk(house.head)
        assert client.get(address).status_code == 404
        make_rendition(rendition=form, by=TEST, at=AT)

        answer = client.get(address)

        assert "Chợ họp ngày mồng hai" in b"".join(answer.streaming_content).decode()
        assert answer["Content-Disposition"].startswith("attachment")
        assert client.get(address, {"part": "../../etc/passwd"}).status_code == 404
        stop(version=version, by=house.secrecy, at=AT)
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize(
        "given",
        [{}, {"form": "web-page"}, {"form": "x", "v": "1"}, {"form": "web-page", "v": "x"}],
    )
    def test_of_nothing_are_not_ordered(self, house, desk, given):
        work = house.work()
        house.approved(work)

        answer = self.order(desk(house.author), work, **given)

        assert answer.status_code == 302
        assert not Rendition.objects.exists()

    def test_are_not_ordered_by_strangers(self, house, desk):
        work = house.work()
        version = house.approved(work)
        stranger = make_member(Role.AUTHOR, unit=make_unit("Sở Ngoại vụ"))

        self.order(desk(stranger), work, form="web-page", v=[version.pk])

        assert not Rendition.objects.exists()


class TestACorrection:
    def public(self, house):
        work = house.work()
        version = house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        return work, version

    def test_is_asked_for_by_anybody_in_the_house_and_reaches_who_writes(self, house, desk):
        work, version = self.public(house)
        Person.objects.filter(pk=house.author.pk).update(email_verified_at=AT)
        address = reverse("publishing:ask_correction", args=[work.subject.uuid])

        desk(house.head).post(address, {"v": version.pk, "words": "Chợ họp ngày mồng ba."})

        assert Remark.objects.get().text == "Chợ họp ngày mồng ba."
        assert Entry.objects.filter(event="publishing.correction.asked").exists()
        assert Message.objects.filter(topic="people.letter.written").count() == 1

    def test_needs_words_and_a_public_text(self, house, desk):
        work, version = self.public(house)
        hidden = house.translated(work)
        address = reverse("publishing:ask_correction", args=[work.subject.uuid])
        client = desk(house.head)

        assert client.post(address, {"v": version.pk, "words": " "}).status_code == 422
        assert client.post(address, {"v": hidden.pk, "words": "Sai."}).status_code == 422
        with pytest.raises(NotPossible):
            ask_for_correction(versions=[hidden], words="Sai.", by=house.head, at=AT)
        assert not Remark.objects.exists()

    def test_of_what_is_not_public_is_not_offered(self, house, desk):
        work = house.work()

        answer = desk(house.head).get(
            reverse("publishing:ask_correction", args=[work.subject.uuid])
        )

        assert answer.status_code == 302
