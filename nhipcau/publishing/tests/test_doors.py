"""Rows that say "approved", "decided" or "public" come from their actions, or count nothing."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from nhipcau.media.errors import OnlyReleasesShow
from nhipcau.media.models import PublicCopy, PublicHolding, StoredFile, showing
from nhipcau.people.enums import Role
from nhipcau.people.models import Membership
from nhipcau.people.tests.factories import AT, make_member
from nhipcau.publishing.actions import decide, release_bundle, schedule_bundle
from nhipcau.publishing.actions.releasing import release_scheduled
from nhipcau.publishing.enums import BundleState, Verdict
from nhipcau.publishing.errors import NotReadyToRelease, OnlyReviewersDecide
from nhipcau.publishing.models import Bundle, Decision, Release, deciding
from nhipcau.publishing.tests.factories import House
from nhipcau.translation.enums import VersionState
from nhipcau.translation.errors import OnlyAClearanceApproves
from nhipcau.translation.models import Approval, approving, digest_of

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

LATER = AT + timedelta(days=3)


@pytest.fixture
def house():
    return House()


@pytest.fixture
def cleared(house):
    """A work of the house whose Vietnamese words are cleared."""
    work = house.work()
    house.approved(work)
    return work


def by_hand(version):
    """An approval as whoever reaches the database would write it, past every door."""
    revision = version.latest_revision
    with approving():
        Approval.objects.create(
            version=version,
            revision=revision,
            digest=digest_of(revision.content),
            shown={},
            at=AT,
            by=make_member(Role.PUBLISHER, unit=version.subject.unit),
        )
    type(version).objects.filter(pk=version.pk).update(
        state=VersionState.APPROVED, approved_revision=revision
    )


class TestAnApproval:
    def test_is_written_by_a_clearance_only(self, house, cleared):
        approval = Approval.objects.get()
        values = {
            "version": approval.version,
            "revision": approval.revision,
            "digest": approval.digest,
            "at": AT,
            "by": house.publisher,
        }
        ways = [
            approval.save,
            approval.delete,
            lambda: Approval(**values).save(),
            lambda: Approval.objects.create(**values),
            lambda: Approval.objects.update_or_create(revision=approval.revision, defaults=values),
            lambda: Approval.objects.update(shown=None),
            lambda: Approval.objects.bulk_create([Approval(**values)]),
            lambda: Approval.objects.bulk_update([approval], ["digest"]),
            lambda: Approval.objects.filter(pk=approval.pk).delete(),
            lambda: approval.version.approvals.update(digest=""),
        ]

        for way in ways:
            with pytest.raises(OnlyAClearanceApproves), transaction.atomic():
                way()

        assert Approval.objects.get().shown == approval.shown

    def test_that_came_past_the_door_lets_nothing_out(self, house):
        work = house.work()
        by_hand(work.subject.versions.get())

        with pytest.raises(NotReadyToRelease):
            release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)

        assert not Release.objects.exists()

    def test_whose_clearance_stopped_half_way_lets_nothing_out(self, house):
        work = house.work()
        version = work.subject.versions.get()
        house.hand_in(version)
        decide(step=house.step_of(version), verdict=Verdict.CLEARED, by=house.head, at=AT)
        version.refresh_from_db()
        by_hand(version)

        with pytest.raises(NotReadyToRelease):
            release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)

    def test_whose_reviewers_said_so_of_other_words_lets_nothing_out(self, house, cleared):
        with deciding():
            Decision.objects.update(digest="0" * 64)

        with pytest.raises(NotReadyToRelease):
            release_bundle(bundle=house.bundle(cleared), by=house.publisher, at=LATER)

    def test_lets_out_what_every_step_cleared(self, house, cleared):
        assert release_bundle(bundle=house.bundle(cleared), by=house.publisher, at=LATER)


class TestADecision:
    def test_is_written_when_it_is_said_and_stays(self, house, cleared):
        decision = Decision.objects.order_by("pk").first()
        ways = [
            decision.save,
            decision.delete,
            lambda: Decision.objects.create(step=decision.step, verdict="cleared", at=AT),
            lambda: Decision.objects.update(reason="đổi"),
            lambda: Decision.objects.bulk_create([decision]),
            lambda: Decision.objects.filter(pk=decision.pk).delete(),
        ]

        for way in ways:
            with pytest.raises(OnlyReviewersDecide), transaction.atomic():
                way()

        assert not Decision.objects.filter(reason="đổi").exists()


class TestAPublicCopy:
    def test_is_shown_by_a_release_only(self, house, cleared, made_public):
        copy, holding = PublicCopy.objects.get(), PublicHolding.objects.get()
        ways = [
            copy.save,
            copy.delete,
            holding.save,
            holding.delete,
            lambda: PublicHolding.objects.update(opens_at=AT),
            lambda: PublicHolding.objects.create(copy=copy, holder_key="x", opens_at=AT),
            lambda: PublicCopy.objects.update(name="0.png"),
            lambda: PublicCopy.objects.bulk_create([PublicCopy()]),
        ]

        for way in ways:
            with pytest.raises(OnlyReleasesShow), transaction.atomic():
                way()

        assert PublicHolding.objects.get().opens_at == holding.opens_at


@pytest.fixture
def made_public(cleared):
    stored = StoredFile.objects.create(
        sha256="a" * 64, size_bytes=1, kept_at=AT, kept_by_key="test"
    )
    with showing():
        copy = PublicCopy.objects.create(
            stored=stored, name=f"{'0' * 32}.png", mime="image/png", made_at=AT
        )
        return PublicHolding.objects.create(copy=copy, holder_key="bundle:1", opens_at=LATER)


@pytest.mark.usefixtures("cleared", "made_public")
@pytest.mark.parametrize(
    ("model", "refusal"),
    [
        (Approval, OnlyAClearanceApproves),
        (Decision, OnlyReviewersDecide),
        (PublicHolding, OnlyReleasesShow),
    ],
)
def test_a_fixture_brings_no_row_behind_a_door(model, refusal, tmp_path):
    fixture = tmp_path / "row.json"
    call_command("dumpdata", model._meta.label, output=str(fixture))
    rows = json.loads(fixture.read_text())
    before = model.objects.count()
    rows[0]["pk"] = 10_000
    fixture.write_text(json.dumps(rows[:1]))

    with pytest.raises(refusal):
        call_command("loaddata", str(fixture))

    assert model.objects.count() == before


class TestABundle:
    def test_scheduled_by_hand_goes_out_in_nobody_s_name_but_a_publisher_s(self, house, cleared):
        bundle = house.bundle(cleared)
        Bundle.objects.filter(pk=bundle.pk).update(
            state=BundleState.SCHEDULED, goes_out_at=LATER, scheduled_by=house.author
        )
        bundle.refresh_from_db()

        assert release_scheduled(bundle=bundle, by=house.author, at=LATER) == []

        bundle.refresh_from_db()
        assert bundle.state == BundleState.HELD
        assert "Hoàng Văn Tác" in bundle.trouble[0]
        assert not Release.objects.exists()

    def test_waits_for_somebody_else_when_its_scheduler_may_not_release_any_more(
        self, house, cleared
    ):
        bundle = schedule_bundle(
            bundle=house.bundle(cleared), goes_out_at=LATER, by=house.publisher, at=AT
        )
        Membership.objects.filter(person=house.publisher).update(valid_to=LATER.date())

        assert release_scheduled(bundle=bundle, by=house.publisher, at=LATER) == []

        bundle.refresh_from_db()
        assert bundle.state == BundleState.HELD
        other = make_member(Role.PUBLISHER, unit=house.unit, full_name="Người Khác")
        assert release_bundle(bundle=bundle, by=other, at=LATER + timedelta(hours=1))

    def test_that_was_put_off_is_not_held_by_a_worker_who_looked_before(self, house, cleared):
        bundle = schedule_bundle(
            bundle=house.bundle(cleared), goes_out_at=LATER, by=house.publisher, at=AT
        )
        Membership.objects.filter(person=house.publisher).update(valid_to=LATER.date())
        Bundle.objects.filter(pk=bundle.pk).update(goes_out_at=LATER + timedelta(days=1))

        assert release_scheduled(bundle=bundle, by=house.publisher, at=LATER) == []

        bundle.refresh_from_db()
        assert bundle.state == BundleState.SCHEDULED
