"""Words, their revisions, and that nothing goes live by itself."""

import logging
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from nhipcau.audit.models import Entry
from nhipcau.people.tests.factories import AT, make_person, make_user
from nhipcau.translation.actions import (
    approve,
    confirm_stop,
    copy_words,
    follow_source,
    give_back,
    hand_in,
    lift_stop,
    remark,
    save_words,
    settle_remark,
    start_version,
    stop,
)
from nhipcau.translation.errors import (
    NotPossible,
    OnlyReleasesPublish,
    TextStopped,
    VersionClosed,
    WordsMovedOn,
)
from nhipcau.translation.models import TEXT_FIELDS, Approval, Contribution, LanguageVersion
from nhipcau.translation.queries import (
    open_remarks,
    standing_approval,
    versions_of,
    writers_of,
)
from nhipcau.translation.tests.factories import clear, make_language, make_subject, make_version

pytestmark = pytest.mark.django_db

BODY = [{"type": "text", "value": "<p>Chợ họp sớm.</p>", "id": "a"}]


def test_a_version_begins_with_a_revision_an_author_and_an_address():
    author = make_person("Hoàng Văn Tác")

    version = make_version(by=author, title="Chợ phiên vùng biên")

    assert version.slug == "cho-phien-vung-bien"
    assert version.latest_revision.content["title"] == "Chợ phiên vùng biên"
    assert writers_of(version) == {author.pk}


def test_the_row_follows_the_newest_draft():
    version = make_version(title="Bản một")

    save_words(version=version, by=make_person(), at=AT, words={"title": "Bản hai"})

    assert LanguageVersion.objects.get(folded__contains="ban hai").title == "Bản hai"
    assert version.revisions.count() == 2


def test_no_word_of_a_text_is_logged(caplog):
    with caplog.at_level(logging.INFO):
        version = make_version(title="Tên bài không ai được biết")
        clear(version)

    assert "không ai được biết" not in caplog.text


def test_incomplete_words_are_kept():
    version = make_version(title="")

    save_words(version=version, by=make_person(), at=AT, words={"summary": "Mới có phần đầu"})

    assert version.summary == "Mới có phần đầu"


def test_who_opened_older_words_does_not_overwrite_newer_ones():
    version = make_version()
    seen = version.latest_revision_id
    save_words(version=version, by=make_person("Một"), at=AT, words={"title": "Của Một"}, seen=seen)

    with pytest.raises(WordsMovedOn):
        save_words(
            version=version, by=make_person("Hai"), at=AT, words={"title": "Của Hai"}, seen=seen
        )

    version.refresh_from_db()
    assert version.title == "Của Một"


@pytest.mark.parametrize("state", ["in_clearance", "stopped"])
def test_nobody_writes_while_a_reviewer_holds_the_text(state):
    version = make_version()
    (hand_in if state == "in_clearance" else stop)(version=version, by=make_person(), at=AT)

    with pytest.raises(VersionClosed):
        save_words(version=version, by=make_person(), at=AT, words={"title": "Lén sửa"})
    with pytest.raises(VersionClosed):
        version.save_revision(make_user("author"))

    assert version.revisions.count() == 1


def test_an_approved_revision_is_not_overwritten_by_autosaving():
    user = make_user("author")
    version = make_version(by=user.person, title="Đã duyệt")
    clear(version)
    approved = version.latest_revision
    version.title = "Sửa sau khi duyệt"

    later = version.save_revision(user, overwrite_revision=approved)

    assert later.pk != approved.pk
    assert Revision.objects.get(pk=approved.pk).content["title"] == "Đã duyệt"
    assert version.state == "draft"
    assert version.approved_revision == approved


def test_autosaving_overwrites_what_nobody_approved():
    user = make_user("author")
    version = make_version(by=user.person)
    version.title = "Gõ tiếp"

    version.save_revision(user, overwrite_revision=version.latest_revision)

    assert version.revisions.count() == 1


def test_nobody_writes_anonymously():
    with pytest.raises(TypeError):
        make_version().save_revision(None)


def test_an_old_revision_brings_back_words_and_nothing_else():
    version = make_version(title="Cũ")
    old = version.latest_revision
    save_words(version=version, by=make_person(), at=AT, words={"title": "Mới"})
    hand_in(version=version, by=make_person(), at=AT)

    found = old.as_object()

    assert (found.title, found.state) == ("Cũ", "in_clearance")


class TestNothingGoesLive:
    """Every way by which Wagtail or Django could make a version public."""

    def test_by_publishing(self):
        version = make_version(approved=True)

        with pytest.raises(OnlyReleasesPublish):
            version.publish(version.latest_revision)
        with pytest.raises(OnlyReleasesPublish):
            version.latest_revision.publish()
        with pytest.raises(OnlyReleasesPublish):
            version.unpublish()

    def test_by_wagtails_action(self):
        version = make_version(approved=True)

        with pytest.raises(IntegrityError), transaction.atomic():
            PublishRevisionAction(version.latest_revision).execute(skip_permission_checks=True)

        version.refresh_from_db()
        assert not version.live

    @pytest.mark.parametrize("change", [{"live": True}, {"go_live_at": AT}])
    def test_by_a_bulk_update(self, change):
        version = make_version(approved=True)

        with pytest.raises(IntegrityError), transaction.atomic():
            LanguageVersion.objects.filter(pk=version.pk).update(**change)

    def test_by_a_schedule(self):
        version = make_version(approved=True)
        Revision.objects.filter(pk=version.latest_revision_id).update(
            approved_go_live_at=AT - timedelta(days=1)
        )

        with pytest.raises(OnlyReleasesPublish):
            call_command("publish_scheduled")

        version.refresh_from_db()
        assert not version.live

    def test_by_a_fixture(self, tmp_path):
        version = make_version(approved=True)
        fixture = tmp_path / "live.json"
        call_command("dumpdata", "translation.languageversion", output=str(fixture))
        fixture.write_text(fixture.read_text().replace('"live": false', '"live": true'))

        with pytest.raises(IntegrityError), transaction.atomic():
            call_command("loaddata", str(fixture))

        version.refresh_from_db()
        assert not version.live


class TestFourEyes:
    def test_nobody_approves_what_he_wrote(self):
        author = make_person("Hoàng Văn Tác")
        version = make_version(by=author)
        revision = hand_in(version=version, by=author, at=AT)

        with pytest.raises(NotPossible):
            approve(version=version, revision=revision, by=author, at=AT)

        version.refresh_from_db()
        assert (version.state, version.approved_revision) == ("in_clearance", None)
        assert not Approval.objects.exists()

    def test_nor_what_was_copied_from_his_words(self):
        author = make_person("Hoàng Văn Tác")
        copier = make_person("Người Chép")
        copy = copy_words(version=make_version(by=author), to=make_subject(), by=copier, at=AT)
        revision = hand_in(version=copy, by=copier, at=AT)

        with pytest.raises(NotPossible):
            approve(version=copy, revision=revision, by=author, at=AT)

    def test_nor_with_words_that_moved_on(self):
        version = make_version()
        old = version.latest_revision
        save_words(version=version, by=make_person(), at=AT, words={"title": "Khác"})
        hand_in(version=version, by=make_person(), at=AT)

        with pytest.raises(NotPossible):
            approve(version=version, revision=old, by=make_person("Lê Văn Duyệt"), at=AT)

    def test_words_changed_behind_the_approval_are_not_approved(self):
        version = make_version(approved=True)
        revision = version.latest_revision
        revision.content["title"] = "Đổi lén"
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)

        assert standing_approval(Revision.objects.get(pk=revision.pk)) is None


class TestTranslations:
    def test_are_made_from_an_approved_revision(self):
        source = make_version()

        with pytest.raises(NotPossible):
            make_version(subject=source.subject, tag="en", source=source)

        approved = clear(source)
        english = make_version(subject=source.subject, tag="en", title="Fair", source=source)
        assert english.made_from == approved
        assert english.contributions.get().kind == "translated"

    def test_are_out_of_date_when_a_newer_source_is_approved_and_not_before(self):
        source = make_version(approved=True)
        english = make_version(subject=source.subject, tag="en", title="Fair", source=source)

        save_words(version=source, by=make_person(), at=AT, words={"title": "Bản mới"})
        english.refresh_from_db()
        assert english.out_of_date_since is None

        newer = clear(source)
        english.refresh_from_db()
        assert english.out_of_date_since == AT

        follow_source(version=english, by=make_person(), at=AT)
        assert (english.made_from, english.out_of_date_since) == (newer, None)

    def test_a_language_without_a_script_is_only_spoken(self):
        spoken = make_language("tyz", mode="audio_only")
        subject = make_subject()

        with pytest.raises(NotPossible):
            start_version(subject=subject, language=spoken, by=make_person(), at=AT, title="A")
        with pytest.raises(NotPossible):
            start_version(
                subject=subject, language=spoken, by=make_person(), at=AT, mode="spoken", title="A"
            )

        version = start_version(
            subject=subject,
            language=spoken,
            by=make_person(),
            at=AT,
            mode="spoken",
            title_vi="Phòng chống rét",
        )
        assert str(version) == "Phòng chống rét"

    def test_exist_once(self):
        version = make_version()

        with pytest.raises(NotPossible):
            make_version(subject=version.subject)


class TestAStoppedText:
    def test_goes_out_of_sight_in_all_languages_and_its_diary_holds_no_words(self):
        version = make_version(title="Tuyệt mật gì đó", summary="Tóm tắt", approved=True)
        spoken = start_version(
            subject=version.subject, language=make_language("hmn", mode="audio_only"),
            mode="spoken", title="Nói gì đó", title_vi="Nói gì đó", by=make_person(), at=AT,
        )  # fmt: skip
        log(instance=version, action="wagtail.edit")

        stop(version=version, by=make_person(), at=AT)
        stop(version=spoken, by=make_person(), at=AT)

        line = Entry.objects.get(event="translation.version.stopped")
        assert "gì đó" not in f"{line.target_name} {line.words} {line.after}"
        for each in LanguageVersion.objects.all():
            assert (each.state, str(each)) == ("stopped", version.subject.short_id)
            assert (each.summary, each.folded, len(each.body)) == ("", "", 0)
            assert {text.object_str for text in each.revisions.all()} == {str(each)}
        assert {line.label for line in ModelLogEntry.objects.all()} == {version.subject.short_id}
        assert version.latest_revision.content["title"] == "Tuyệt mật gì đó"

    def test_comes_back_as_a_draft_with_its_words_and_its_approval(self):
        version = make_version(title="Lễ hội", summary="Tóm tắt", body=BODY, approved=True)
        before = LanguageVersion.objects.values(*TEXT_FIELDS, "folded").get()
        stop(version=version, by=make_person(), at=AT)

        lift_stop(subject=version.subject, reason="Tên một bài hát", by=make_person("Soát"), at=AT)

        version.refresh_from_db()
        assert version.state == "draft"
        assert LanguageVersion.objects.values(*TEXT_FIELDS, "folded").get() == before
        assert {text.object_str for text in version.revisions.all()} == {"Lễ hội"}
        assert version.approvals.get().holds
        kept = version.subject.stops.get()
        assert (kept.reason, kept.lifted_by.full_name) == ("Tên một bài hát", "Soát")
        lifted = Entry.objects.get(event="translation.version.stop_lifted")
        assert "bài hát" not in f"{lifted.words} {lifted.after}"

    def test_is_decided_on_by_nobody_who_wrote_it_and_lifted_with_a_reason(self):
        author = make_person("Hoàng Văn Tác")
        version = make_version(by=author)
        subject, other = version.subject, make_person("Soát")
        with pytest.raises(NotPossible, match="không bị dừng"):
            lift_stop(subject=subject, reason="Báo nhầm thôi mà", by=other, at=AT)
        stop(version=version, by=author, at=AT)
        with pytest.raises(NotPossible, match="ít nhất mười"):
            lift_stop(subject=subject, reason=" ok ", by=other, at=AT)
        for decide in (confirm_stop, partial(lift_stop, reason="Báo nhầm thôi mà")):
            with pytest.raises(NotPossible, match="mình đã viết"):
                decide(subject=subject, by=author, at=AT)

        confirm_stop(subject=subject, by=other, at=AT)
        confirm_stop(subject=subject, by=make_person("Soát hai"), at=AT)

        version.refresh_from_db()
        assert (version.state, subject.stops.get().confirmed_by) == ("stopped", other)
        assert Entry.objects.filter(event="translation.version.stop_confirmed").count() == 1

    def test_is_changed_copied_and_spoken_of_nowhere(self):
        version = make_version(approved=True)
        said = remark(version=version, text="Sai", by=make_person(), at=AT)
        stop(version=version, by=make_person(), at=AT)
        by = {"by": make_person(), "at": AT}

        for refused in (
            lambda: save_words(version=version, words={"title": "Khác"}, **by),
            lambda: remark(version=version, text="Lời", **by),
            lambda: settle_remark(remark=said, **by),
            lambda: copy_words(version=version, to=make_subject(), **by),
            lambda: start_version(subject=version.subject, language=make_language("en"), **by),
        ):
            with pytest.raises((TextStopped, VersionClosed)):
                refused()

        assert (LanguageVersion.objects.count(), version.remarks.count()) == (1, 1)
        assert version.revisions.count() == 1


def test_remarks_have_threads_and_are_settled_once():
    version = make_version()
    first = remark(version=version, text="Thiếu nguồn", block="b1", by=make_person(), at=AT)
    answer = remark(version=version, text="Đã thêm", by=make_person(), at=AT, answers=first)
    deeper = remark(version=version, text="Cảm ơn", by=make_person(), at=AT, answers=answer)

    assert deeper.answers == first
    assert list(open_remarks(version)) == [first]

    settle_remark(remark=first, by=make_person(), at=AT)
    settle_remark(remark=first, by=make_person(), at=AT + timedelta(days=1))
    first.refresh_from_db()
    assert first.settled_at == AT
    assert list(open_remarks(version)) == []
    with pytest.raises(NotPossible):
        remark(version=version, text="  ", by=make_person(), at=AT)


@pytest.mark.parametrize("languages", [["vi"], ["vi", "en", "lo"]])
def test_versions_of_a_subject_cost_one_query(languages, django_assert_num_queries):
    subject = make_subject()
    for tag in languages:
        make_version(subject=subject, tag=tag)

    with django_assert_num_queries(1):
        assert [version.language.tag for version in versions_of(subject)][:1] == ["vi"]


def test_a_returned_text_is_writable_again():
    version = make_version()
    hand_in(version=version, by=make_person(), at=AT)
    give_back(version=version, by=make_person(), at=AT)

    save_words(version=version, by=make_person(), at=AT, words={"title": "Đã sửa"})

    assert version.state == "draft"
    assert Contribution.objects.filter(version=version).count() == 2
