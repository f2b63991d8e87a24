"""Each thing that keeps a bundle in the house, brought about as it comes about."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nhipcau.media.actions import trash_item
from nhipcau.media.models import MediaItem, PublicHolding, StoredFile
from nhipcau.people.actions import open_account
from nhipcau.people.tests.factories import AT, PASSWORD, TEST
from nhipcau.publishing.actions import (
    make_rendition,
    order_rendition,
    release_bundle,
    schedule_bundle,
)
from nhipcau.publishing.enums import Obstacle
from nhipcau.publishing.errors import NotReadyToRelease
from nhipcau.publishing.models import Bundle, Release
from nhipcau.publishing.queries import dry_run
from nhipcau.publishing.tasks import release_what_is_due
from nhipcau.publishing.tests.test_releases import picture, with_picture
from nhipcau.works.actions import note_permit

DAY = timezone.localdate(AT)
LATER = AT + timedelta(hours=2)
GIVEN = {"consent": "given", "consent_reference": "Biên bản số 3, lưu tại Sở"}


def form_of(house, slug, work):
    ordered = order_rendition(
        slug=slug, versions=[work.subject.versions.get()], by=house.publisher, at=AT
    )
    return make_rendition(rendition=ordered, by=TEST, at=AT)


def permit_missing(house):
    """A leaflet goes to the printing house without a permit on record."""
    work = house.work(kind="leaflet")
    house.approved(work)
    return house.bundle(work, renditions=[form_of(house, "sheet", work)])


def rights_ended(house):
    item = picture(house)
    work = house.work(body=with_picture(item))
    house.approved(work)
    MediaItem.objects.filter(pk=item.pk).update(expires_on=DAY - timedelta(days=1))
    return house.bundle(work)


def media_gone(house):
    item = picture(house)
    work = house.work(body=with_picture(item))
    house.approved(work)
    trash_item(item=item, by=house.author, at=AT)
    return house.bundle(work)


def form_missing(house):
    """Ordered, and the worker has not come to it."""
    work = house.work()
    version = house.approved(work)
    ordered = order_rendition(slug="qr", versions=[version], by=house.author, at=AT)
    return house.bundle(work, renditions=[ordered])


def form_incomplete(house):
    """Made, and one of its files is not in the house any more."""
    work = house.work()
    house.approved(work)
    form = form_of(house, "qr", work)
    StoredFile.objects.get(sha256=form.further[0]["sha256"]).delete()
    return house.bundle(work, renditions=[form])


def form_flawed(house):
    """No font of the house draws this sign: readers would meet an empty box."""
    work = house.work(summary="Chợ họp năm ngày một phiên, dấu riêng \U000134ab.")
    house.approved(work)
    return house.bundle(work, renditions=[form_of(house, "sheet", work)])


def form_failed(house):
    """There is nothing to draw in words without figures."""
    work = house.work()
    house.approved(work)
    return house.bundle(work, renditions=[form_of(house, "infographic", work)])


@pytest.mark.parametrize(
    ("brought_about", "obstacle"),
    [
        (permit_missing, Obstacle.PERMIT_MISSING),
        (rights_ended, Obstacle.RIGHTS_ENDED),
        (media_gone, Obstacle.MEDIA_GONE),
        (form_missing, Obstacle.FORM_MISSING),
        (form_incomplete, Obstacle.FORM_MISSING),
        (form_flawed, Obstacle.FORM_FLAWED),
        (form_failed, Obstacle.FORM_FAILED),
    ],
)
def test_keeps_the_bundle_in_the_house_and_says_why(house, brought_about, obstacle):
    bundle = brought_about(house)

    assert {each.obstacle for each in dry_run(bundle, at=AT).hindrances} == {obstacle}
    with pytest.raises(NotReadyToRelease) as refusal:
        release_bundle(bundle=bundle, by=house.publisher, at=AT)
    with pytest.raises(NotReadyToRelease):
        schedule_bundle(bundle=bundle, goes_out_at=LATER, by=house.publisher, at=AT)

    assert [str(obstacle.label) in reason for reason in refusal.value.reasons] == [True]
    assert not Release.objects.exists()
    assert not PublicHolding.objects.exists()
    bundle.refresh_from_db()
    assert bundle.state == "draft"


def test_a_permit_that_is_noted_lets_print_out(house):
    bundle = permit_missing(house)

    note_permit(
        work=bundle.items.get().subject.work,
        number="12/GP-STTTT",
        issuer="Sở Thông tin và Truyền thông",
        issued_on=date(2026, 2, 1),
        by=house.publisher,
        at=AT,
    )

    assert dry_run(bundle, at=AT).may_leave


class TestAPermit:
    @pytest.fixture
    def bundle(self, house):
        """A leaflet whose permit holds until the day after tomorrow, as noted today."""
        bundle = permit_missing(house)
        self.note(house, bundle, "12/GP", DAY + timedelta(days=2))
        return bundle

    def note(self, house, bundle, number, until):
        note_permit(
            work=bundle.items.get().subject.work,
            number=number,
            issuer="Sở Thông tin và Truyền thông",
            issued_on=date(2026, 2, 1),
            valid_to=until,
            by=house.publisher,
            at=AT,
        )

    def test_that_ends_before_the_minute_is_not_scheduled_and_says_when_it_ended(
        self, house, bundle
    ):
        with pytest.raises(NotReadyToRelease) as refusal:
            schedule_bundle(
                bundle=bundle, goes_out_at=AT + timedelta(days=3), by=house.publisher, at=AT
            )

        day = (DAY + timedelta(days=2)).strftime("%d/%m/%Y")
        assert refusal.value.reasons == [
            (
                f"Chợ phiên vùng biên, giấy phép 12/GP có hiệu lực đến {day}: "
                f"{Obstacle.PERMIT_ENDED.label}"
            )
        ]

    def test_holds_on_its_last_day_and_gives_way_to_a_newer_one(self, house, bundle):
        assert dry_run(bundle, at=AT + timedelta(days=2)).may_leave
        assert not dry_run(bundle, at=AT + timedelta(days=3)).may_leave

        self.note(house, bundle, "13/GP", None)

        assert dry_run(bundle, at=AT + timedelta(days=3)).may_leave

    def test_that_has_ended_by_the_planned_day_is_told_when_a_text_is_handed_in(
        self, house, client
    ):
        work = house.work(kind="leaflet")
        today = timezone.localdate()
        note_permit(
            work=work,
            number="12/GP",
            issuer="Sở Thông tin và Truyền thông",
            issued_on=date(2026, 2, 1),
            valid_to=today,
            by=house.author,
            at=AT,
        )
        client.force_login(open_account(person=house.author, password=PASSWORD, by=TEST, at=AT))
        address = reverse("publishing:hand_in", args=[work.subject.uuid])
        told = "Giấy phép 12/GP có hiệu lực đến"

        def seen(planned):
            version = work.subject.versions.get().pk
            sent = {"v": [version], "check": "1", "planned_for": planned.isoformat()}
            return client.post(address, sent).content.decode()

        assert told not in seen(today)
        assert told in seen(today + timedelta(days=1))


class TestAConsent:
    def bundle(self, house, until):
        item = picture(house, consent_until=until, **GIVEN)
        work = house.work(body=with_picture(item))
        house.approved(work)
        return house.bundle(work)

    def test_that_ends_before_the_minute_is_not_scheduled(self, house):
        bundle = self.bundle(house, until=DAY + timedelta(days=1))

        with pytest.raises(NotReadyToRelease) as refusal:
            schedule_bundle(
                bundle=bundle, goes_out_at=AT + timedelta(days=2), by=house.publisher, at=AT
            )

        assert refusal.value.reasons == [f"Cổng chợ: {Obstacle.CONSENT_ENDED.label}"]
        assert Bundle.objects.get().state == "draft"

    def test_that_runs_out_while_the_release_waits_holds_it_back(self, house):
        """Nobody writes anything: the worker was down, and the day has gone by."""
        bundle = self.bundle(house, until=DAY)
        schedule_bundle(bundle=bundle, goes_out_at=LATER, by=house.publisher, at=AT)

        assert release_what_is_due(at=AT + timedelta(days=1))

        bundle.refresh_from_db()
        assert (bundle.state, bundle.late_by) == ("held", None)
        assert bundle.trouble == [f"Cổng chợ: {Obstacle.CONSENT_ENDED.label}"]
        assert not Release.objects.exists()
        assert not PublicHolding.objects.exists()

    def test_holds_through_its_last_day(self, house):
        bundle = self.bundle(house, until=DAY)
        schedule_bundle(bundle=bundle, goes_out_at=LATER, by=house.publisher, at=AT)

        assert release_what_is_due(at=LATER)

        assert Release.objects.count() == 1
