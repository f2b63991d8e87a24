"""Releases: whole bundles or nothing, at their minute, frozen, corrected, withdrawn."""

import io
import json
from datetime import timedelta

import pikepdf
import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.media.actions import keep_file
from nhipcau.media.models import MediaFile, MediaItem, PublicHolding, SignedCopy
from nhipcau.media.provenance.authority import authority
from nhipcau.media.provenance.verifying import Standing, verify
from nhipcau.media.queries import path_of_file
from nhipcau.media.tests.intake.samples import picture_bytes
from nhipcau.outbox.models import Message
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, TEST, make_member, make_unit
from nhipcau.publishing.actions import (
    call_off_bundle,
    choose,
    leave_out,
    make_bundle,
    release_bundle,
    schedule_bundle,
    withdraw,
)
from nhipcau.publishing.enums import Obstacle
from nhipcau.publishing.errors import (
    NotPossible,
    NotReadyToRelease,
    NotYours,
    OnlyReleasesPublish,
)
from nhipcau.publishing.models import Bundle, Release, ReleasedFile, ReleasedVersion
from nhipcau.publishing.queries import dry_run, manuscript_of, media_keys_of, public_version
from nhipcau.publishing.tasks import release_what_is_due
from nhipcau.registry.models import Area
from nhipcau.translation.actions import save_words, stop
from nhipcau.translation.enums import VersionState
from nhipcau.works.actions import change_work, trash_work
from nhipcau.works.models import Programme
from nhipcau.works.tests.factories import make_task

LATER = AT + timedelta(hours=2)


def picture(house, **rights):
    stored = keep_file(chunks=[picture_bytes("PNG")], by=TEST, at=AT)
    item = MediaItem.objects.create(
        kind="picture",
        title="Cổng chợ",
        unit=house.unit,
        credit="Nguyễn Văn Ảnh",
        source="Sở",
        licence="CC-BY-4.0",
        owner_key="test",
        made_at=AT,
        changed_at=AT,
        **{"consent": "not_needed", **rights},
    )
    item.current = MediaFile.objects.create(
        item=item,
        number=1,
        stored=stored,
        original_sha256=stored.sha256,
        file_name="cong-cho.png",
        mime="image/png",
        ending="png",
        made_at=AT,
        made_by_key="test",
    )
    item.save()
    return item


def paper():
    """One empty page."""
    whole = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(whole, deterministic_id=True)
    return whole.getvalue()


def handout(house):
    """A document in the library, of the same bytes as nothing else."""
    item = picture(house)
    stored = keep_file(chunks=[paper()], by=TEST, at=AT)
    MediaFile.objects.filter(item=item).update(
        stored=stored, file_name="to-khai.pdf", mime="application/pdf", ending="pdf"
    )
    MediaItem.objects.filter(pk=item.pk).update(kind="document", title="Tờ khai")
    item.refresh_from_db()
    return item


def with_picture(item):
    return [
        {
            "type": "picture",
            "value": {"picture": item.pk, "alt": "Cổng chợ có mái ngói", "decorative": False},
            "id": "p",
        }
    ]


class TestARelease:
    def test_makes_approved_words_public_and_freezes_what_the_work_was(self, house):
        task = make_task()
        work = house.work(tasks=[task])
        area = Area.objects.create(key="xa/1", kind="commune", label="xã Nà Chương")
        change_work(work=work, by=house.author, at=AT, changes={"areas": [area]})
        house.approved(work)

        (release,) = release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        change_work(work=work, by=house.author, at=AT, changes={"areas": [], "tasks": []})

        public = public_version(work.subject, language="vi", at=AT)
        assert public.release == release
        assert public.title == "Chợ phiên vùng biên"
        assert list(release.tasks.all()) == [task]
        assert list(release.areas.all()) == [area]
        assert release.unit_name == house.unit.label
        assert (release.number, release.kind) == (1, "first")

    def test_keeps_the_programmes_and_the_languages_that_it_had(self, house):
        paying, later = (
            Programme.objects.create(key=f"ct-{number}", name=f"Chương trình {number}")
            for number in (1, 2)
        )
        work = house.work()
        change_work(work=work, by=house.author, at=AT, changes={"programmes": [paying]})
        house.approved(work)
        (release,) = release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)

        change_work(work=work, by=house.author, at=AT, changes={"programmes": [later]})
        english = house.translated(work)
        house.hand_in(english, by=house.translator)
        house.clear(english)
        bundle = make_bundle(title="English", unit=house.unit, by=house.publisher, at=AT)
        choose(bundle=bundle, subject=work.subject, versions=[english], by=house.publisher, at=AT)
        (addition,) = release_bundle(bundle=bundle, by=house.publisher, at=LATER)

        for each, programme, language in ((release, paying, "vi"), (addition, later, "en")):
            frozen = Release.objects.get(pk=each.pk)
            assert list(frozen.programmes.all()) == [programme]
            assert [text.language.tag for text in frozen.versions.all()] == [language]

    def test_is_told_once_to_everybody_through_the_outbox(self, house):
        work = house.work()
        house.approved(work)

        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)

        message = Message.objects.get(topic="publishing.release.out")
        assert message.payload["languages"] == ["vi"]

    def test_of_what_was_not_cleared_is_not_even_put_together(self, house):
        work = house.work()

        with pytest.raises(NotPossible):
            choose(
                bundle=make_bundle(title="x", unit=house.unit, by=house.publisher, at=AT),
                subject=work.subject,
                versions=list(work.subject.versions.all()),
                by=house.publisher,
                at=AT,
            )

    @pytest.mark.parametrize("what", ["newer", "stopped", "trash", "expired", "unit", "tampered"])
    def test_looks_once_more_before_anything_leaves(self, house, what):
        work = house.work()
        version = house.approved(work)
        bundle = house.bundle(work)
        at = AT
        if what == "newer":
            save_words(version=version, by=house.author, at=AT, words={"title": "Bản mới hơn"})
            house.hand_in(version)
            house.clear(version)
        elif what == "stopped":
            stop(version=version, by=house.secrecy, at=AT)
        elif what == "trash":
            trash_work(work=work, by=house.author, at=AT)
        elif what == "expired":
            day = timezone.localdate(AT)
            change_work(work=work, by=house.author, at=AT, changes={"expires_on": day})
            at = AT + timedelta(days=2)
        elif what == "unit":
            house.unit.valid_to = timezone.localdate(AT) + timedelta(days=1)
            house.unit.save()
            at = AT + timedelta(hours=30)
        else:
            revision = version.approved_revision
            revision.content["title"] = "Đổi lén"
            revision.save()

        with pytest.raises((NotReadyToRelease, NotYours)):
            release_bundle(bundle=bundle, by=house.publisher, at=at)

        assert not Release.objects.exists()
        assert not PublicHolding.objects.exists()
        assert not Message.objects.filter(topic__startswith="publishing.").exists()

    def test_is_for_publishers_of_every_unit_in_it(self, house):
        work = house.work()
        house.approved(work)
        bundle = house.bundle(work)
        other = make_member(Role.PUBLISHER, unit=make_unit("Sở khác"), full_name="Của Sở Khác")

        for by in (house.author, house.head, other):
            with pytest.raises(NotYours):
                release_bundle(bundle=bundle, by=by, at=AT)

        assert not Release.objects.exists()


class TestABundle:
    def test_leaves_whole_or_not_at_all(self, house):
        good, bad = house.work(title="Tốt"), house.work(title="Hỏng")
        house.approved(good)
        house.approved(bad)
        bundle = house.bundle(good, bad)
        trash_work(work=bad, by=house.author, at=AT)

        with pytest.raises(NotReadyToRelease) as refusal:
            release_bundle(bundle=bundle, by=house.publisher, at=AT)

        assert refusal.value.reasons == [f"Hỏng: {Obstacle.IN_TRASH.label}"]
        assert not Release.objects.exists()

        leave_out(bundle=bundle, subject=bad.subject, by=house.publisher, at=AT)
        assert len(release_bundle(bundle=bundle, by=house.publisher, at=AT)) == 1

    def test_says_beforehand_every_address_and_file(self, house):
        item = picture(house)
        work = house.work(body=with_picture(item))
        house.approved(work)
        work.subject.refresh_from_db()

        told = dry_run(house.bundle(work), at=AT)

        short = work.subject.short_id
        assert told.addresses == (f"/vi/cho-phien-vung-bien-{short}/",)
        assert [file.name for file in told.files] == ["cong-cho.png"]
        assert told.may_leave

    @pytest.mark.parametrize("count", [1, 3])
    def test_is_looked_through_in_twelve_queries(self, house, count, django_assert_max_num_queries):
        works = [house.work(title=f"Tin {number}") for number in range(count)]
        for work in works:
            house.approved(work)
        bundle = house.bundle(*works)

        with django_assert_max_num_queries(12):
            assert dry_run(bundle, at=AT).may_leave

    def test_goes_out_once(self, house):
        work = house.work()
        house.approved(work)
        bundle = house.bundle(work)
        release_bundle(bundle=bundle, by=house.publisher, at=AT)

        with pytest.raises(NotPossible):
            release_bundle(bundle=bundle, by=house.publisher, at=AT)

        assert Release.objects.count() == 1


class TestAnEmbargo:
    def scheduled(self, house, **more):
        item = picture(house, **more)
        work = house.work(body=with_picture(item))
        house.approved(work)
        bundle = house.bundle(work)
        schedule_bundle(
            bundle=bundle, goes_out_at=LATER, is_embargoed=True, by=house.publisher, at=AT
        )
        return work, bundle

    def test_leaks_nothing_before_its_minute(self, house):
        work, _bundle = self.scheduled(house)

        assert not release_what_is_due(at=LATER - timedelta(seconds=1))

        assert public_version(work.subject, language="vi", at=LATER) is None
        assert not Release.objects.exists()
        assert not PublicHolding.objects.exists()
        assert not Message.objects.filter(topic="publishing.release.out").exists()

    def test_ends_at_its_minute_with_everything(self, house):
        work, bundle = self.scheduled(house)

        assert release_what_is_due(at=LATER)
        assert not release_what_is_due(at=LATER)

        bundle.refresh_from_db()
        assert (bundle.state, bundle.late_by) == ("out", 0)
        assert public_version(work.subject, language="vi", at=LATER)
        assert PublicHolding.objects.get().opens_at == LATER

    def test_that_a_worker_slept_through_is_caught_up_with_its_lateness(self, house):
        _work, bundle = self.scheduled(house)

        release_what_is_due(at=LATER + timedelta(minutes=40))

        bundle.refresh_from_db()
        assert bundle.late_by == 2400
        assert Release.objects.get().late_by == 2400

    def test_is_held_back_when_a_consent_ended_meanwhile_and_says_why(self, house):
        work, bundle = self.scheduled(
            house, consent="given", consent_reference="Biên bản số 3, lưu tại Sở"
        )
        MediaItem.objects.update(consent_until=timezone.localdate(AT) - timedelta(days=1))

        release_what_is_due(at=LATER)

        bundle.refresh_from_db()
        assert bundle.state == "held"
        assert bundle.trouble == [f"Cổng chợ: {Obstacle.CONSENT_ENDED.label}"]
        assert public_version(work.subject, language="vi", at=LATER) is None
        assert not PublicHolding.objects.exists()

    def test_is_called_off_and_put_off(self, house):
        _work, bundle = self.scheduled(house)
        schedule_bundle(
            bundle=bundle, goes_out_at=LATER + timedelta(days=1), by=house.publisher, at=AT
        )
        assert not release_what_is_due(at=LATER)

        call_off_bundle(bundle=bundle, by=house.publisher, at=AT)
        assert not release_what_is_due(at=LATER + timedelta(days=2))
        assert not Release.objects.exists()

    def test_lies_ahead_and_can_leave(self, house):
        work = house.work()
        version = house.approved(work)
        bundle = house.bundle(work)
        with pytest.raises(NotPossible):
            schedule_bundle(bundle=bundle, goes_out_at=AT, by=house.publisher, at=AT)
        with pytest.raises(NotYours):
            schedule_bundle(bundle=bundle, goes_out_at=LATER, by=house.author, at=AT)
        stop(version=version, by=house.secrecy, at=AT)
        with pytest.raises(NotReadyToRelease):
            schedule_bundle(bundle=bundle, goes_out_at=LATER, by=house.publisher, at=AT)

        assert Bundle.objects.get().state == "draft"

    def test_with_a_clock_set_back_waits(self, house):
        self.scheduled(house)
        Bundle.objects.update(goes_out_at=LATER + timedelta(hours=1))

        assert not release_what_is_due(at=LATER)


class TestCorrections:
    def test_tell_the_public_what_was_changed_and_keep_the_history(self, house):
        work = house.work()
        version = house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        save_words(version=version, by=house.author, at=AT, words={"title": "Chợ phiên (đã sửa)"})
        house.hand_in(version)
        house.clear(version)

        with pytest.raises(NotReadyToRelease):
            release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)
        (correction,) = release_bundle(
            bundle=house.bundle(work, note="Sửa ngày họp chợ."), by=house.publisher, at=LATER
        )

        assert (correction.kind, correction.number) == ("correction", 2)
        assert public_version(work.subject, language="vi", at=AT).title == "Chợ phiên vùng biên"
        assert public_version(work.subject, language="vi", at=LATER).title == "Chợ phiên (đã sửa)"
        assert ReleasedVersion.objects.count() == 2

    def test_are_not_made_of_the_same_words(self, house):
        work = house.work()
        house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)

        with pytest.raises(NotReadyToRelease):
            release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)

    def test_a_further_language_is_none(self, house):
        work = house.work()
        house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        english = house.translated(work)
        house.hand_in(english, by=house.translator)
        house.clear(english)
        bundle = make_bundle(title="English", unit=house.unit, by=house.publisher, at=AT)
        choose(bundle=bundle, subject=work.subject, versions=[english], by=house.publisher, at=AT)

        (release,) = release_bundle(bundle=bundle, by=house.publisher, at=LATER)

        assert release.kind == "addition"
        assert public_version(work.subject, language="vi", at=LATER)
        assert public_version(work.subject, language="en", at=LATER).source_language == "vi"


class TestWithdrawing:
    def released(self, house, **words):
        work = house.work(**words)
        house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        return work

    def test_leaves_a_notice_and_takes_the_files(self, house):
        item = picture(house)
        work = self.released(house, body=with_picture(item))

        withdraw(
            subject=work.subject,
            reason="in_error",
            notice="Ảnh chụp nhầm nơi khác.",
            by=house.publisher,
            at=LATER,
        )

        assert public_version(work.subject, language="vi", at=LATER) is None
        assert ReleasedVersion.objects.noticed(at=LATER).get().notice == "Ảnh chụp nhầm nơi khác."
        assert ReleasedFile.objects.get().public_copy is None
        assert Message.objects.filter(topic="publishing.release.withdrawn").count() == 1

    def test_keeps_files_that_another_release_holds(self, house):
        item = picture(house)
        first = self.released(house, title="Một", body=with_picture(item))
        second = self.released(house, title="Hai", body=with_picture(item))

        for work, left in ((first, 1), (second, 0)):
            withdraw(
                subject=work.subject,
                reason="outdated",
                notice="Hết hạn.",
                by=house.publisher,
                at=LATER,
            )
            assert PublicHolding.objects.count() == left

    def test_can_be_for_one_language_and_lead_elsewhere(self, house):
        better, work = self.released(house, title="Bài hay hơn"), self.released(house)

        (taken,) = withdraw(
            subject=work.subject,
            languages=["vi"],
            reason="replaced",
            notice="Xem bài mới.",
            redirect_to=better.subject,
            by=house.publisher,
            at=LATER,
        )

        assert taken.redirect_to == better.subject

    def test_needs_a_notice_something_public_and_the_right(self, house):
        work = self.released(house)
        good = {"subject": work.subject, "reason": "in_error", "notice": "Sai.", "at": LATER}

        with pytest.raises(NotYours):
            withdraw(**good, by=house.author)
        for wrong in (
            {"notice": " "},
            {"languages": ["lo"]},
            {"redirect_to": work.subject},
            {"subject": house.work(title="Chưa ra").subject},
        ):
            with pytest.raises(NotPossible):
                withdraw(**{**good, **wrong}, by=house.publisher)

        assert public_version(work.subject, language="vi", at=LATER)

    def test_a_withdrawn_work_can_be_released_again(self, house):
        work = self.released(house)
        withdraw(
            subject=work.subject, reason="in_error", notice="Sai.", by=house.publisher, at=LATER
        )

        release_bundle(
            bundle=house.bundle(work, note="Đã kiểm tra lại, đúng."),
            by=house.publisher,
            at=LATER + timedelta(hours=1),
        )

        assert public_version(work.subject, language="vi", at=LATER + timedelta(hours=2))
        assert not ReleasedVersion.objects.noticed(at=LATER + timedelta(hours=2)).exists()


def test_a_files_copy_is_frozen_under_the_key_that_the_words_know_it_by(house):
    item = handout(house)
    body = [{"type": "file", "value": {"file": item.pk, "title": "Tờ khai"}, "id": "f"}]
    work = house.work(body=body)
    version = house.approved(work)

    (release,) = release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)

    frozen = release.files.get()
    manuscript = manuscript_of(version, version.approved_revision)
    assert media_keys_of(manuscript) == (frozen.media_key,) == (f"file/{item.pk}",)
    kept = MediaFile.objects.get(item=item).stored
    assert SignedCopy.objects.get(original=kept).signed == frozen.stored
    assert frozen.public_copy is not None


def test_whatever_can_carry_a_credential_leaves_with_one_of_the_issuing_unit(house):
    item = picture(house)
    work = house.work(body=with_picture(item))
    house.approved(work)

    (release,) = release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)

    left = release.files.get()
    keys = authority(at=AT)
    verdict = verify(path_of_file(left.stored), mime=left.media_type, anchors=keys.anchors)
    assert verdict.standing is Standing.TRUSTED
    assert (verdict.title, verdict.publisher) == ("Cổng chợ", house.unit.label)
    assert left.public_copy.stored == left.stored


@pytest.mark.parametrize("trouble", ["no key", "no picture"])
def test_what_cannot_be_signed_does_not_leave(house, settings, trouble):
    item = picture(house)
    work = house.work(body=with_picture(item))
    house.approved(work)
    bundle = house.bundle(work)
    if trouble == "no key":
        settings.IS_LOCAL = False
    else:
        broken = keep_file(chunks=[b"\x89PNG and no more"], by=TEST, at=AT)
        MediaFile.objects.filter(item=item).update(stored=broken)

    with pytest.raises(NotReadyToRelease) as refusal:
        release_bundle(bundle=bundle, by=house.publisher, at=AT)

    (why,) = refusal.value.reasons
    assert ("NHIPCAU_PROVENANCE_KEY" if trouble == "no key" else "Cổng chợ") in why
    assert not Release.objects.exists()
    assert not PublicHolding.objects.exists()


def test_a_document_that_is_shown_twice_leaves_once(house):
    item = handout(house)
    body = [
        {"type": "file", "value": {"file": item.pk, "title": "Tờ khai"}, "id": name}
        for name in ("f", "g")
    ]
    work = house.work(body=body)
    house.approved(work)

    (release,) = release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)

    assert release.files.count() == 1


def test_what_is_public_or_under_review_does_not_go_into_the_trash(house):
    public, waiting = house.work(title="Đã ra"), house.work(title="Đang xét")
    house.approved(public)
    release_bundle(bundle=house.bundle(public), by=house.publisher, at=AT)
    house.hand_in(waiting.subject.versions.get())

    for work in (public, waiting):
        with pytest.raises(NotPossible):
            trash_work(work=work, by=house.author, at=AT)
        work.refresh_from_db()
        assert not work.is_in_trash


class TestNoWayRound:
    """Each way of writing the public state that is not a release action."""

    def release(self, house):
        work = house.work()
        house.approved(work)
        return release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)[0]

    def test_by_saving_deleting_or_bulk_changes(self, house):
        release = self.release(house)
        version = release.versions.get()
        ways = [
            release.save,
            release.delete,
            version.save,
            version.delete,
            lambda: Release.objects.filter(pk=release.pk).update(number=9),
            lambda: Release.objects.filter(pk=release.pk).delete(),
            lambda: ReleasedVersion.objects.update(withdrawn_at=None, superseded_at=None),
            lambda: ReleasedVersion.objects.bulk_create([ReleasedVersion()]),
            lambda: ReleasedVersion.objects.bulk_update([version], ["title"]),
            lambda: ReleasedFile.objects.create(release=release, stored_id=1, name="x"),
            lambda: release.versions.update(title="Đổi"),
            lambda: Release.objects.create(subject=release.subject, number=2),
            lambda: Release.objects.get_or_create(subject=release.subject, number=3),
        ]

        for way in ways:
            with pytest.raises(OnlyReleasesPublish), transaction.atomic():
                way()

        assert ReleasedVersion.objects.get().title == "Chợ phiên vùng biên"

    def test_by_a_fixture(self, house, tmp_path):
        release = self.release(house)
        fixture = tmp_path / "public.json"
        call_command("dumpdata", "publishing.release", output=str(fixture))
        rows = json.loads(fixture.read_text())
        rows[0]["pk"] = None
        rows[0]["fields"] |= {"number": 2, "uuid": "00000000-0000-4000-8000-000000000001"}
        fixture.write_text(json.dumps(rows))

        with pytest.raises(OnlyReleasesPublish):
            call_command("loaddata", str(fixture))

        assert list(Release.objects.all()) == [release]

    def test_by_a_state_that_was_set_by_hand(self, house):
        work = house.work()
        version = work.subject.versions.get()
        type(version).objects.filter(pk=version.pk).update(
            state=VersionState.APPROVED, approved_revision=version.latest_revision
        )
        bundle = house.bundle(work)

        with pytest.raises(NotReadyToRelease) as refusal:
            release_bundle(bundle=bundle, by=house.publisher, at=AT)

        assert refusal.value.reasons == [f"Chợ phiên vùng biên (vi): {Obstacle.NOT_APPROVED.label}"]

    def test_everything_that_leaves_stands_in_the_diary(self, house):
        self.release(house)

        assert Entry.objects.filter(event="publishing.release.out").count() == 1
        assert Entry.objects.filter(event="publishing.bundle.out").count() == 1
