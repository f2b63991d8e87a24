"""Files are public while words that are public need them: corrections and withdrawals."""

from datetime import timedelta

import pytest
from django.test import Client

from nhipcau.audit.models import Entry
from nhipcau.media.models import PublicCopy, PublicHolding
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import (
    choose,
    make_bundle,
    make_rendition,
    order_rendition,
    release_bundle,
    withdraw,
)
from nhipcau.publishing.errors import NotPossible, NotReadyToRelease
from nhipcau.publishing.models import Release, Rendition
from nhipcau.publishing.queries.releases import frozen_release
from nhipcau.publishing.rules.releases import is_still_needed
from nhipcau.publishing.tests.test_releases import handout, picture, with_picture
from nhipcau.translation.actions import save_words

LATER = AT + timedelta(hours=2)
AND_LATER = AT + timedelta(hours=4)


def of_release(release):
    """What the public gets of a release: names of files by what they are, asked by HTTP."""
    return {
        file.media_key or file.rendition.renderer: status(file)
        for file in release.files.select_related("public_copy", "rendition")
    }


def status(file):
    if file.public_copy is None:
        return 404
    return Client().get(f"/media/{file.public_copy.name}").status_code


def out(house, work, *, at=AT, note="", versions=None, renditions=()):
    """The work's approved texts, or these, released; the one release."""
    bundle = make_bundle(title="Tin", unit=house.unit, by=house.publisher, at=AT)
    choose(
        bundle=bundle,
        subject=work.subject,
        versions=versions or list(work.subject.versions.filter(approved_revision__isnull=False)),
        renditions=renditions,
        note=note,
        by=house.publisher,
        at=AT,
    )
    return release_bundle(bundle=bundle, by=house.publisher, at=at)[0]


def corrected(house, version, *, at=LATER, by=None, **words):
    """New words of the version, cleared and released as a correction."""
    save_words(version=version, by=by or house.author, at=AT, words=words)
    house.hand_in(version, by=by or house.author)
    house.clear(version)
    return out(house, version.subject.work, at=at, note="Đã sửa.", versions=[version])


def taken_back(house, work, *, languages=(), at=AND_LATER):
    withdraw(
        subject=work.subject,
        languages=languages,
        reason="in_error",
        notice="Sai.",
        by=house.publisher,
        at=at,
    )


def form_of(house, slug, *versions):
    ordered = order_rendition(slug=slug, versions=versions, by=house.publisher, at=AT)
    return make_rendition(rendition=ordered, by=TEST, at=AT)


@pytest.fixture
def english(house):
    """A work with two cleared languages that show one picture; only the Vietnamese shows another.

    Answers the work, its versions, and the keys of the pictures.
    """
    both, only = picture(house), handout(house)
    shown = [
        *with_picture(both),
        {"type": "file", "value": {"file": only.pk, "title": "Tờ khai"}, "id": "f"},
    ]
    work = house.work(body=shown)
    vietnamese = house.approved(work)
    translation = house.translated(work)
    value = {"picture": both.pk, "alt": "The roofed gate of the market", "decorative": False}
    save_words(
        version=translation,
        by=house.translator,
        at=AT,
        words={"body": [{"type": "picture", "value": value, "id": "p"}]},
    )
    house.hand_in(translation, by=house.translator)
    house.clear(translation)
    return work, vietnamese, translation, f"picture/{both.pk}", f"file/{only.pk}"


class TestACorrection:
    def test_takes_what_only_the_wrong_text_showed(self, house):
        wrong, right = picture(house), handout(house)
        work = house.work(body=with_picture(wrong))
        version = house.approved(work)
        first = out(house, work)
        assert of_release(first) == {f"picture/{wrong.pk}": 200}
        address = f"/media/{first.files.get().public_copy.name}"

        second = corrected(
            house,
            version,
            body=[{"type": "file", "value": {"file": right.pk, "title": "Tờ khai"}, "id": "f"}],
        )

        assert Client().get(address).status_code == 404
        assert of_release(second) == {f"file/{right.pk}": 200}
        [gone] = frozen_release(first).files
        assert (gone.name, gone.withdrawn_at) == ("cong-cho.png", LATER)

    def test_leaves_a_picture_that_it_shows_too_under_its_name(self, house):
        item = picture(house)
        work = house.work(body=with_picture(item))
        version = house.approved(work)
        first = out(house, work)
        name = first.files.get().public_copy.name

        second = corrected(house, version, title="Chợ phiên (đã sửa)")

        assert second.files.get().public_copy.name == name
        assert of_release(second) == {f"picture/{item.pk}": 200}
        assert not Entry.objects.filter(event="media.copy.withdrawn").exists()

    def test_takes_the_form_that_was_made_of_the_wrong_words(self, house):
        work = house.work()
        version = house.approved(work)
        first = out(house, work, renditions=[form_of(house, "qr", version)])
        assert of_release(first)["qr"] == 200

        corrected(house, version, title="Chợ phiên (đã sửa)")

        assert of_release(first)["qr"] == 404

    def test_of_one_language_leaves_what_the_other_shows(self, house, english):
        work, vietnamese, _translation, both, only = english
        first = out(house, work)

        corrected(house, vietnamese, body=[{"type": "text", "value": "<p>Đã sửa.</p>", "id": "a"}])

        assert of_release(first) == {both: 200, only: 404}

    def test_of_one_language_takes_the_form_of_both(self, house, english):
        work, vietnamese, translation, _both, _only = english
        forms = [form_of(house, "short-text", vietnamese), form_of(house, "qr", translation)]
        first = out(
            house, work, renditions=[*forms, form_of(house, "parallel", vietnamese, translation)]
        )

        corrected(house, translation, by=house.translator, title="Market days")

        told = of_release(first)
        assert (told["parallel"], told["qr"], told["short-text"]) == (404, 404, 200)

    def test_that_adds_a_form_to_the_same_words_takes_nothing(self, house):
        work = house.work()
        version = house.approved(work)
        first = out(house, work, renditions=[form_of(house, "qr", version)])

        second = out(
            house,
            work,
            at=LATER,
            note="Thêm bản tin ngắn.",
            renditions=[form_of(house, "short-text", version)],
        )

        assert (of_release(first)["qr"], of_release(second)["short-text"]) == (200, 200)

    def test_that_brings_the_same_form_anew_takes_the_older_one(self, house):
        work = house.work()
        version = house.approved(work)
        older = form_of(house, "qr", version)
        first = out(house, work, renditions=[older])
        newer = Rendition.objects.create(
            subject=work.subject, renderer="qr", ordered_by=house.publisher, ordered_at=LATER
        )
        newer.made_of.create(order=0, version=version, revision=version.approved_revision)
        newer = make_rendition(rendition=newer, by=TEST, at=LATER)

        second = out(house, work, at=LATER, note="Mã mới.", renditions=[newer])

        assert {file.withdrawn_at for file in first.files.all()} == {LATER}
        assert {file.withdrawn_at for file in second.files.all()} == {None}
        assert of_release(second)["qr"] == 200

    def test_does_not_take_what_another_work_holds(self, house):
        item = picture(house)
        one, other = (house.work(title=title, body=with_picture(item)) for title in ("Một", "Hai"))
        version = house.approved(one)
        house.approved(other)
        first, held = out(house, one), out(house, other)

        corrected(house, version, body=[{"type": "text", "value": "<p>Đã sửa.</p>", "id": "a"}])

        assert of_release(held) == {f"picture/{item.pk}": 200}
        assert first.files.get().withdrawn_at == LATER


class TestAWithdrawal:
    def test_after_a_correction_takes_the_files_of_all_releases(self, house):
        item = picture(house)
        work = house.work(body=with_picture(item))
        version = house.approved(work)
        first = out(house, work)
        second = corrected(house, version, title="Chợ phiên (đã sửa)")
        address = f"/media/{second.files.get().public_copy.name}"
        assert Client().get(address).status_code == 200

        taken_back(house, work)

        assert Client().get(address).status_code == 404
        assert not PublicHolding.objects.exists()
        assert {*of_release(first).values(), *of_release(second).values()} == {404}

    def test_of_one_language_takes_what_no_other_shows(self, house, english):
        work, vietnamese, translation, both, only = english
        form = form_of(house, "parallel", vietnamese, translation)
        first = out(house, work, renditions=[form])

        taken_back(house, work, languages=["vi"])

        assert of_release(first) == {both: 200, only: 404, "parallel": 404}

    def test_leaves_a_file_that_another_release_holds(self, house):
        item = picture(house)
        one, other = (house.work(title=title, body=with_picture(item)) for title in ("Một", "Hai"))
        version = house.approved(one)
        house.approved(other)
        out(house, one)
        held = out(house, other)
        corrected(house, version, title="Một (đã sửa)")

        taken_back(house, one)
        assert of_release(held) == {f"picture/{item.pk}": 200}
        taken_back(house, other)
        assert not PublicCopy.objects.exists()


class TestAFormOfOtherWords:
    def test_does_not_leave_before_all_of_them(self, house, english):
        work, vietnamese, translation, _both, _only = english
        form = form_of(house, "parallel", vietnamese, translation)

        with pytest.raises(NotReadyToRelease):
            out(house, work, versions=[vietnamese], renditions=[form])
        assert not Release.objects.exists()

        out(house, work, versions=[vietnamese])
        second = out(house, work, at=LATER, versions=[translation], renditions=[form])
        assert of_release(second)["parallel"] == 200


def test_releasing_again_what_is_out_closes_nothing(house):
    """A button that was pressed twice, a second worker: the public keeps what it has."""
    item = picture(house)
    work = house.work(body=with_picture(item))
    house.approved(work)
    bundle = house.bundle(work)
    (release,) = release_bundle(bundle=bundle, by=house.publisher, at=AT)

    with pytest.raises(NotPossible):
        release_bundle(bundle=bundle, by=house.publisher, at=LATER)

    assert of_release(release) == {f"picture/{item.pk}": 200}


@pytest.mark.parametrize(
    ("shown", "made_of", "needed"),
    [
        (True, frozenset(), True),
        (False, frozenset(), False),
        (False, frozenset({1}), True),
        (False, frozenset({1, 2}), True),
        (False, frozenset({1, 3}), False),
        (False, frozenset({3}), False),
    ],
)
def test_the_rule(shown, made_of, needed):
    """Words 1 and 2 are public, 3 are not."""
    assert is_still_needed(shown=shown, made_of=made_of, public={1, 2}) is needed
