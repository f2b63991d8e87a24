"""What a reviewer looked at is what leaves: files that are replaced after somebody looked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nhipcau.media.actions import FileFacts, change_item, keep_file, replace_file
from nhipcau.media.actions.subtitles import begin_subtitles, save_cues
from nhipcau.media.models import MediaItem, PublicHolding
from nhipcau.media.tests.intake.samples import picture_bytes
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, TEST, make_user
from nhipcau.publishing.actions import (
    choose,
    decide,
    make_bundle,
    make_rendition,
    order_rendition,
    release_bundle,
    schedule_bundle,
)
from nhipcau.publishing.actions import releasing as releasing_actions
from nhipcau.publishing.enums import Obstacle, Verdict
from nhipcau.publishing.errors import NotPossible, NotReadyToRelease
from nhipcau.publishing.models import ClearanceItem, Release, ReleasedFile, Rendition
from nhipcau.publishing.queries import dry_run
from nhipcau.publishing.queries.pins import is_stale
from nhipcau.publishing.queries.standing import forms_of, standings_of
from nhipcau.publishing.rules.pins import Told, changes, pin
from nhipcau.publishing.tasks import release_what_is_due
from nhipcau.publishing.tests.factories import PROSE
from nhipcau.publishing.tests.test_releases import picture, with_picture
from nhipcau.translation.actions import save_words
from nhipcau.translation.models import Approval, approving
from nhipcau.translation.tests.factories import make_language

LATER = AT + timedelta(hours=2)


def told(item, obstacle=Obstacle.MEDIA_REPLACED):
    return f"{item.get_kind_display()} “{item}”: {obstacle.label}"


def replace(item, *, with_="JPEG", at=LATER):
    """Another file for the item, by the action of the library, as its page calls it."""
    stored = keep_file(chunks=[picture_bytes(with_)], by=TEST, at=at)
    replace_file(
        item=item,
        facts=FileFacts(
            stored=stored,
            original_sha256=stored.sha256,
            file_name="anh-khac.jpg",
            mime=f"image/{with_.lower()}",
            ending="jpg",
        ),
        by=TEST,
        at=at,
    )
    item.refresh_from_db()
    return stored.sha256


@pytest.fixture
def item(house):
    return picture(house)


@pytest.fixture
def work(house, item):
    return house.work(body=[*PROSE, *with_picture(item)])


@pytest.fixture
def version(work):
    return work.subject.versions.get()


def refused(house, work, **more):
    with pytest.raises(NotReadyToRelease) as refusal:
        release_bundle(bundle=house.bundle(work, **more), by=house.publisher, at=LATER)
    assert not Release.objects.exists()
    assert not PublicHolding.objects.exists()
    return refusal.value.reasons


class TestAfterTheApproval:
    def test_another_file_does_not_leave(self, house, work, item):
        house.approved(work)
        replace(item)

        assert not dry_run(house.bundle(work, title="Xem trước"), at=LATER).may_leave
        assert refused(house, work) == [told(item)]

    @pytest.mark.parametrize(
        "changed", [{"title": "Cổng trời"}, {"credit": "Ai đó"}, {"licence": "CC0-1.0"}]
    )
    def test_another_credential_does_not_leave(self, house, work, item, changed):
        house.approved(work)
        change_item(item=item, changes=changed, by=TEST, at=LATER)

        (reason,) = refused(house, work)

        item.refresh_from_db()
        assert reason == told(item, Obstacle.MEDIA_RETOLD)

    def test_what_does_not_leave_may_be_mended(self, house, work, item):
        house.approved(work)
        change_item(item=item, changes={"source": "Sở VHTTDL, 2026"}, by=TEST, at=LATER)

        assert release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)

    def test_other_subtitles_do_not_leave(self, house, work, item):
        MediaItem.objects.filter(pk=item.pk).update(kind="video")
        item.refresh_from_db()
        lines = begin_subtitles(
            item=item, language=make_language("vi"), kind="subtitles", by=TEST, at=AT
        )
        house.approved(work)
        save_cues(
            subtitles=lines,
            cues=[{"start": 0, "end": 900, "text": "Lời khác"}],
            seen=0,
            by=TEST,
            at=LATER,
        )

        assert refused(house, work) == [told(item, Obstacle.MEDIA_RETOLD)]

    def test_the_old_file_again_is_what_was_looked_at(self, house, work, item):
        house.approved(work)
        replace(item)
        replace(item, with_="PNG")

        assert release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)

    def test_a_bundle_that_waits_is_held_back_at_its_minute(self, house, work, item):
        house.approved(work)
        bundle = house.bundle(work)
        schedule_bundle(bundle=bundle, goes_out_at=LATER, by=house.publisher, at=AT)
        replace(item)

        release_what_is_due(at=LATER)

        bundle.refresh_from_db()
        assert (bundle.state, bundle.trouble) == ("held", [told(item)])
        assert not Release.objects.exists()

    def test_a_file_that_comes_while_the_bundle_is_signed_does_not_leave(
        self, house, work, item, monkeypatch
    ):
        """Replaced, signed, and put back before anybody looks: the pins of the end are right."""
        house.approved(work)
        bundle = house.bundle(work)
        replace(item)
        stage = releasing_actions._stage

        def put_back(*args, **kwargs):
            stage(*args, **kwargs)
            replace(item, with_="PNG")

        monkeypatch.setattr(releasing_actions, "_stage", put_back)

        with pytest.raises(NotReadyToRelease) as refusal:
            release_bundle(bundle=bundle, by=house.publisher, at=LATER)

        (reason,) = refusal.value.reasons
        assert item.title not in reason
        assert not PublicHolding.objects.exists()

    def test_the_author_is_told_and_hands_in_again(self, house, work, item, version):
        house.approved(work)
        new = replace(item)
        (standing,) = standings_of(work.subject, at=LATER)
        assert [change.sentence for change in standing.changed] == [told(item)]

        version.refresh_from_db()
        save_words(version=version, words={}, by=house.author, at=LATER)
        version.refresh_from_db()
        house.approved(work)

        (standing,) = standings_of(work.subject, at=LATER)
        assert standing.changed == []
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)
        assert Approval.objects.order_by("pk").last().shown[str(item.pk)]["file"] == new

    def test_what_is_public_keeps_the_old_file_until_the_new_one_is_cleared(
        self, house, work, item, version
    ):
        house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        before = list(ReleasedFile.objects.values_list("stored__sha256", flat=True))

        replace(item)

        assert list(ReleasedFile.objects.values_list("stored__sha256", flat=True)) == before
        assert PublicHolding.objects.count() == len(before)
        with pytest.raises(NotReadyToRelease) as refusal:
            release_bundle(bundle=house.bundle(work, note="Ảnh mới."), by=house.publisher, at=LATER)
        assert refusal.value.reasons == [told(item)]


class TestDuringTheReview:
    def test_what_was_replaced_is_not_cleared_but_may_be_returned(self, house, item, version):
        house.hand_in(version)
        replace(item)
        step = house.step_of(version)

        with pytest.raises(NotPossible) as refusal:
            decide(step=step, verdict=Verdict.CLEARED, by=house.head, at=LATER)
        assert str(refusal.value) == told(item)
        assert house.step_of(version) == step

        decide(step=step, verdict=Verdict.RETURNED, reason="Ảnh đã khác.", by=house.head, at=LATER)
        version.refresh_from_db()
        house.hand_in(version)
        house.clear(version)
        assert Approval.objects.get().shown == ClearanceItem.objects.latest("pk").shown

    def test_reviewer_and_author_see_it_beside_the_words(self, house, client, work, item, version):
        clearance = house.hand_in(version)
        replace(item)

        (standing,) = standings_of(work.subject, at=LATER)
        assert [change.sentence for change in standing.changed] == [told(item)]
        user = make_user(Role.APPROVER, unit=house.unit, full_name="Lê Văn Trưởng")
        client.force_login(user)
        shown = client.get(reverse("publishing:review", args=[clearance.uuid])).content.decode()
        assert told(item) in shown


class TestAForm:
    def made(self, house, version):
        ordered = order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)
        return make_rendition(rendition=ordered, by=TEST, at=AT)

    def test_with_the_old_file_is_stale_and_made_again_when_the_text_is_cleared(
        self, house, work, item, version
    ):
        house.approved(work)
        version.refresh_from_db()
        form = self.made(house, version)
        assert not is_stale(form)

        replace(item)

        assert is_stale(form)
        assert [line.is_stale for line in forms_of(work.subject)] == [True]
        reasons = refused(house, work, renditions=[form])
        assert f"{form.name}: {Obstacle.FORM_STALE.label}" in reasons
        again = order_rendition(slug="web-page", versions=[version], by=house.author, at=LATER)
        assert again != form

    def test_with_a_file_that_nobody_cleared_does_not_leave_alone(self, house, work, item, version):
        """The words of one text go out, and the form of a public one, made with the new file."""
        house.approved(work)
        english = house.translated(work)
        house.hand_in(english, by=house.translator)
        house.clear(english)
        version.refresh_from_db()
        only_vietnamese = make_bundle(title="Việt", unit=house.unit, by=house.publisher, at=AT)
        choose(
            bundle=only_vietnamese,
            subject=work.subject,
            versions=[version],
            by=house.publisher,
            at=AT,
        )
        release_bundle(bundle=only_vietnamese, by=house.publisher, at=AT)
        replace(item)
        form = self.made(house, version)
        bundle = make_bundle(title="Chỉ bản tiếng Anh", unit=house.unit, by=house.publisher, at=AT)
        choose(
            bundle=bundle,
            subject=work.subject,
            versions=[english],
            renditions=[form],
            by=house.publisher,
            at=AT,
        )

        assert not is_stale(form)
        with pytest.raises(NotReadyToRelease) as refusal:
            release_bundle(bundle=bundle, by=house.publisher, at=LATER)
        assert refusal.value.reasons == [told(item)]

    def test_from_before_there_were_pins_is_made_again(self, house, work, version):
        house.approved(work)
        version.refresh_from_db()
        form = self.made(house, version)
        Rendition.objects.filter(pk=form.pk).update(shown=None)
        form.refresh_from_db()

        assert is_stale(form)


def without_pins():
    with approving():
        Approval.objects.update(shown=None)


class TestAnApprovalWithoutPins:
    """From before there were any: it holds as long as nothing was changed since."""

    def test_goes_on_while_the_library_stands_still(self, house, work):
        house.approved(work)
        without_pins()

        assert release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)

    def test_does_not_vouch_for_what_came_later(self, house, work, item):
        house.approved(work)
        without_pins()
        replace(item)
        replace(item, with_="PNG")

        assert refused(house, work) == [told(item)]

    def test_says_nothing_of_words_that_show_nothing(self, house):
        work = house.work()
        house.approved(work)
        without_pins()

        assert release_bundle(bundle=house.bundle(work), by=house.publisher, at=LATER)


class TestTheRule:
    def told(self, **more):
        return Told(**{"title": "A", "credit": "B", "licence": "C"} | more)

    def test_tells_a_new_file_from_new_words_about_it(self):
        then = {"1": pin(sha256="a", told=self.told())}

        assert changes(then, then) == {}
        assert changes(then, {"1": pin(sha256="b", told=self.told())}) == {
            "1": Obstacle.MEDIA_REPLACED
        }
        assert changes(then, {"1": pin(sha256="a", told=self.told(credit="X"))}) == {
            "1": Obstacle.MEDIA_RETOLD
        }
        assert changes({}, then) == {"1": Obstacle.MEDIA_REPLACED}
        assert changes(then, {}) == {}

    def test_words_that_are_spoken_count_in_the_language_of_the_text(self):
        then = {"1": pin(sha256="a", told=self.told(words={1: "lời", 2: "words"}))}
        now = {"1": pin(sha256="a", told=self.told(words={1: "lời", 2: "other", 3: "mới"}))}

        assert changes(then, now, languages=[1]) == {}
        for language in (2, 3):
            assert changes(then, now, languages=[language]) == {"1": Obstacle.MEDIA_RETOLD}

    def test_words_cannot_be_moved_between_its_parts(self):
        assert pin(sha256="a", told=self.told(title="AB", credit="")) != pin(
            sha256="a", told=self.told(title="A", credit="B")
        )
