"""The history of a version: who sees it, what it tells, comparing, taking an earlier text back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import AT, make_person, make_unit, make_user
from nhipcau.translation.actions import save_words, stop
from nhipcau.translation.errors import VersionClosed, WordsMovedOn
from nhipcau.translation.models import Contribution
from nhipcau.translation.tests.factories import clear, make_version
from nhipcau.works.actions import take_earlier_words, trash_work
from nhipcau.works.errors import NotPossible
from nhipcau.works.tests.factories import make_work

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


def text(words, key="k1"):
    return {"type": "text", "value": f"<p>{words}</p>", "id": key}


@pytest.fixture
def unit():
    return make_unit("UBND xã Nà Chương")


@pytest.fixture
def author(unit, client):
    user = make_user(Role.AUTHOR, unit=unit, full_name="Hoàng Văn Tác")
    client.force_login(user)
    return user


@pytest.fixture
def version(author, unit):
    """Three texts: “một”, “hai”, “ba” stand in the one block."""
    work = make_work(by=author.person, unit=unit, title="Chợ phiên")
    version = work.subject.versions.get()
    for words in ("Chợ họp ngày một.", "Chợ họp ngày hai.", "Chợ họp ngày ba."):
        save_words(version=version, by=author.person, at=AT, words={"body": [text(words)]})
    return version


def texts(version):
    """The version's texts, the oldest first."""
    return list(version.revisions.order_by("created_at", "pk"))


def page(name, version):
    return reverse(f"works:{name}", args=[version.pk])


def take(version, revision, *, by, seen=None):
    return take_earlier_words(version=version, revision=revision, seen=seen, by=by, at=AT)


def body_of(version):
    version.refresh_from_db()
    return [block.value.source for block in version.body]


class TestTakingBack:
    def test_makes_the_earlier_words_the_newest_and_loses_nothing(self, author, version):
        _begun, first, *_later = texts(version)

        taken = take(version, first, by=author.person, seen=version.latest_revision_id)

        assert body_of(version) == ["<p>Chợ họp ngày một.</p>"]
        assert version.latest_revision == taken
        assert len(texts(version)) == 5
        told = Entry.objects.get(event="works.words.earlier_taken")
        assert told.after == {"from": first.pk, "revision": taken.pk}

    def test_is_undone_in_the_same_way(self, author, version):
        newest = version.latest_revision
        take(version, texts(version)[1], by=author.person)
        take(version, newest, by=author.person)

        assert body_of(version) == ["<p>Chợ họp ngày ba.</p>"]

    def test_gives_whoever_does_it_a_hand_in_the_words(self, version):
        other = make_person("Nông Thị Lùi")

        take(version, texts(version)[1], by=other)

        assert Contribution.objects.filter(version=version, person=other, kind="wrote").exists()

    def test_is_refused_for_the_same_words_in_the_trash_and_with_a_reviewer(self, author, version):
        _begun, first, _second, newest = texts(version)
        with pytest.raises(NotPossible, match="mới nhất rồi"):
            take(version, newest, by=author.person)
        with pytest.raises(WordsMovedOn):
            take(version, first, by=author.person, seen=first.pk)
        type(version).objects.filter(pk=version.pk).update(state="in_clearance")
        with pytest.raises(VersionClosed):
            take(version, first, by=author.person)
        type(version).objects.filter(pk=version.pk).update(state="draft")
        trash_work(work=version.subject.work, by=author.person, at=AT)
        with pytest.raises(NotPossible, match="thùng rác"):
            take(version, first, by=author.person)
        assert len(texts(version)) == 4

    def test_of_an_approved_version_makes_a_draft_and_leaves_the_approval(self, author, version):
        approved = clear(version)

        take(version, texts(version)[1], by=author.person)

        version.refresh_from_db()
        assert version.state == "draft"
        assert version.approved_revision == approved
        assert approved.approvals.get().holds


class TestThePage:
    def test_tells_of_each_text_who_when_and_what_became_of_it(self, client, version):
        clear(version, by=make_person("Lê Văn Duyệt"))
        save_words(
            version=version, by=make_person("Không Tài Khoản"), at=AT, words={"title": "Mới"}
        )

        answer = client.get(page("history", version))

        rows = answer.context["texts"]
        assert [row.is_newest for row in rows] == [True, False, False, False, False]
        assert [row.author for row in rows][:2] == [None, "Hoàng Văn Tác"]
        assert rows[0].title == "Mới"
        assert [row.approval is not None for row in rows] == [False, True, False, False, False]
        assert [row.before for row in rows] == [*(row.revision.pk for row in rows[1:]), None]
        assert "Lê Văn Duyệt" in answer.content.decode()

    def test_is_for_those_who_write_clear_or_release_the_words(self, client, unit, version):
        english = make_version(subject=version.subject, tag="en", title="Market")
        may = [
            make_user(Role.AUTHOR, unit=unit),
            make_user(Role.APPROVER, unit=unit),
            make_user(Role.SECRECY_REVIEWER, reach=Reach.HOUSE),
            make_user(Role.PUBLISHER, reach=Reach.HOUSE),
        ]
        may_not = [
            make_user(Role.AUTHOR, unit=make_unit("UBND xã Khác")),
            make_user(Role.TRANSLATOR, unit=unit),  # this is the original
            make_user(Role.PLANNER, reach=Reach.HOUSE),
            make_user(Role.OPERATOR, reach=Reach.HOUSE),
        ]
        for address in (page("history", version), page("compare", version)):
            for user in may:
                client.force_login(user)
                assert client.get(address, follow=True).status_code == 200, user
            for user in may_not:
                client.force_login(user)
                assert client.get(address)["Location"] == "/admin/", user
        client.logout()
        assert client.get(page("history", english)).status_code == 302

    def test_only_writers_take_an_earlier_text_back(self, client, author, unit, version):
        first, newest = texts(version)[1], version.latest_revision_id
        fields = {"text": first.pk, "seen": newest}
        for user in (
            make_user(Role.APPROVER, unit=unit),
            make_user(Role.AUTHOR, unit=make_unit("UBND xã Khác")),
            make_user(Role.TRANSLATOR, unit=unit),
        ):
            client.force_login(user)
            assert client.post(page("take_earlier", version), fields)["Location"] == "/admin/"
        assert len(texts(version)) == 4

        client.force_login(author)
        answer = client.post(page("take_earlier", version), fields)

        assert answer["Location"] == page("history", version)
        assert body_of(version) == ["<p>Chợ họp ngày một.</p>"]

    @pytest.mark.parametrize("given", ["", "0", "x", "9" * 30])
    def test_a_text_that_is_not_there_is_not_taken(self, client, version, given):
        answer = client.post(page("take_earlier", version), {"text": given})

        assert answer.status_code == 404

    def test_a_text_of_another_version_is_not_taken(self, client, author, unit, version):
        other = make_work(by=author.person, unit=unit).subject.versions.get()

        answer = client.post(
            page("take_earlier", version), {"text": other.latest_revision_id, "seen": ""}
        )

        assert answer.status_code == 404

    def test_a_newer_text_of_somebody_else_is_told_before_it_is_replaced(self, client, version):
        seen = version.latest_revision_id
        save_words(version=version, by=make_person("Người Khác"), at=AT, words={"title": "Khác"})

        answer = client.post(
            page("take_earlier", version), {"text": texts(version)[1].pk, "seen": seen}, follow=True
        )

        version.refresh_from_db()
        assert version.title == "Khác"
        assert "so sánh trước khi lưu" in answer.content.decode()

    def test_words_of_a_stopped_text_are_not_shown(self, client, version):
        first, second = texts(version)[:2]
        stop(version=version, by=make_person(), at=AT)

        shown = client.get(page("history", version))

        compare = client.get(page("compare", version), {"a": first.pk, "b": second.pk})
        for answer in (shown, compare):
            assert answer.status_code == 423
            assert "Chợ phiên" not in answer.content.decode()

    def test_costs_the_same_for_four_texts_and_for_forty(
        self, client, author, version, django_assert_max_num_queries
    ):
        client.get(page("history", version))
        with django_assert_max_num_queries(15) as few:
            client.get(page("history", version))
        for number in range(56):
            version.save_revision(author, clean=False, changed=bool(number))
        with django_assert_max_num_queries(15) as many:
            answer = client.get(page("history", version))

        assert len(answer.context["texts"]) == 50
        assert answer.context["texts"][-1].before is not None
        assert len(many) == len(few)


class TestComparing:
    def test_shows_what_came_and_what_went_in_either_order(self, client, version):
        _begun, first, second, _third = texts(version)
        for a, b in ((first, second), (second, first)):
            shown = client.get(page("compare", version), {"a": a.pk, "b": b.pk}).content.decode()
            assert "<del>một</del>" in shown
            assert "<ins>hai</ins>" in shown

    def test_may_leave_out_what_stayed(self, client, author, version):
        before = version.latest_revision_id
        save_words(
            version=version,
            by=author.person,
            at=timezone.now(),
            words={"body": [text("Chợ họp ngày ba."), text("Thêm một đoạn.", "k2")]},
        )
        asked = {"a": before, "b": version.latest_revision_id}

        whole = client.get(page("compare", version), asked).content.decode()
        only = client.get(page("compare", version), {**asked, "only": "1"}).content.decode()

        assert "Chợ họp ngày ba." in whole
        assert "Chợ họp ngày ba." not in only
        assert "Thêm một đoạn." in only

    @pytest.mark.parametrize(("a", "b"), [("", ""), ("x", "1"), ("0", "0"), ("9" * 30, "2")])
    def test_of_anything_else_leads_back(self, client, version, a, b):
        answer = client.get(page("compare", version), {"a": a, "b": b})

        assert answer["Location"] == page("history", version)

    def test_of_a_text_with_itself_leads_back(self, client, version):
        key = version.latest_revision_id

        answer = client.get(page("compare", version), {"a": key, "b": key})

        assert answer["Location"] == page("history", version)
