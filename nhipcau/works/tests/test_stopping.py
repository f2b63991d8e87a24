"""A stop before its reviewer: what is shown, lifted and confirmed, and by whom."""

import pytest
from django.urls import reverse

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import AT, make_person, make_unit, make_user
from nhipcau.translation.actions import stop
from nhipcau.translation.errors import TextStopped
from nhipcau.works.actions import (
    assign,
    change_work,
    decide_on_stop,
    duplicate_work,
    keep_as_template,
    trash_work,
)
from nhipcau.works.models import Work, WorkTemplate
from nhipcau.works.queries.templates import templates_listed
from nhipcau.works.tests.factories import make_work

pytestmark = pytest.mark.django_db
BODY = [{"type": "text", "value": "<p>Chợ họp sớm.</p>", "id": "a"}]


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def reviewer(unit):
    return make_user(Role.SECRECY_REVIEWER, unit=unit)


@pytest.fixture
def work(unit):
    work = make_work(unit=unit, title="Chợ phiên", body=BODY)
    stop(version=work.subject.versions.get(), by=work.started_by, at=AT)
    return Work.objects.get(pk=work.pk)


def page(work):
    return reverse("works:stop", args=[work.subject.uuid])


class TestAStoppedWork:
    def test_is_called_by_its_short_address(self, work):
        assert (str(work), work.folded) == (work.subject.short_id, "")

    def test_is_neither_copied_handed_on_changed_nor_put_away(self, work, unit):
        by = {"by": make_person(), "at": AT}

        for refused in (
            lambda: duplicate_work(work=work, unit=make_unit("UBND xã Khe Sương"), **by),
            lambda: assign(work=work, to=make_person(), **by),
            lambda: change_work(work=work, changes={"due_on": AT.date()}, **by),
            lambda: trash_work(work=work, **by),
            lambda: keep_as_template(work=work, name="Mẫu", purpose="", for_every_unit=False, **by),
        ):
            with pytest.raises(TextStopped):
                refused()

        assert Work.objects.count() == 1

    def test_takes_the_template_that_was_kept_from_it_along_and_back(self, unit, reviewer):
        work = make_work(unit=unit, body=BODY)
        by = {"by": make_person(), "at": AT}
        kept = keep_as_template(work=work, name="Mẫu", purpose="", for_every_unit=True, **by)
        stop(version=work.subject.versions.get(), **by)
        assert list(templates_listed()) == list(templates_listed(retired=True)) == []
        assert not WorkTemplate.objects.in_force(AT.date()).exists()

        decide_on_stop(
            work=work, is_false_alarm=True, reason="Tên bài hát thôi", by=reviewer.person, at=AT
        )

        assert list(templates_listed()) == [kept]


class TestTheReviewer:
    def test_lifts_a_false_alarm_with_a_reason_and_the_texts_are_drafts_again(
        self, client, reviewer, work
    ):
        client.force_login(reviewer)
        shown = client.get(page(work))
        assert shown.status_code == 200
        assert reverse("works:read", args=[work.subject.versions.get().pk]) in (
            shown.content.decode()
        )
        for sent in ({}, {"decision": "lift"}, {"decision": "lift", "reason": " ok "}):
            assert client.post(page(work), sent).status_code in {400, 409}
        assert work.subject.versions.get().state == "stopped"

        client.post(page(work), {"decision": "lift", "reason": "MẬT là mật ong của bản."})

        work.refresh_from_db()
        version = work.subject.versions.get()
        assert (version.state, version.title, work.title) == ("draft", "Chợ phiên", "Chợ phiên")
        assert work.folded == "cho phien"
        assert client.get(page(work)).status_code == 404

    def test_confirms_and_the_words_stay_locked(self, client, reviewer, work):
        client.force_login(reviewer)

        client.post(page(work), {"decision": "confirm"})

        assert work.subject.versions.get().state == "stopped"
        assert work.subject.stops.get().confirmed_by == reviewer.person
        assert "đã xác nhận lệnh dừng" in client.get(page(work)).content.decode()

    def test_is_one_of_the_unit_and_no_writer_of_the_text(self, client, unit, work):
        strangers = make_user(Role.SECRECY_REVIEWER, unit=make_unit("UBND xã Khe Sương"))
        writer = make_user(Role.SECRECY_REVIEWER, unit=unit, reach=Reach.HOUSE)
        work.subject.versions.get().contributions.create(person=writer.person, kind="wrote")

        for user in (strangers, writer):
            client.force_login(user)
            answer = client.post(page(work), {"decision": "lift", "reason": "Tên một bài hát."})
            assert answer.status_code == 409
            shown = client.get(page(work)).content.decode()
            assert "Đọc nội dung bằng" not in shown
            read = client.get(reverse("works:read", args=[work.subject.versions.get().pk]))
            assert read.status_code == 423
            with pytest.raises(RuleBroken, match=r"quyết định|đã viết"):
                decide_on_stop(work=work, is_false_alarm=False, by=user.person, at=AT)
        assert work.subject.versions.get().state == "stopped"

    def test_decides_on_nothing_that_is_not_stopped(self, client, reviewer, unit):
        client.force_login(reviewer)
        free = make_work(unit=unit)

        assert client.post(page(free), {"decision": "confirm"}).status_code == 404
        with pytest.raises(RuleBroken, match="không bị dừng"):
            decide_on_stop(work=free, is_false_alarm=False, by=reviewer.person, at=AT)
