"""Sound and film leave whole: copies for the web, poster, subtitles, transcript; and go again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nhipcau.media.actions.renditions import choose_poster
from nhipcau.media.models import (
    MediaItem,
    MediaRendition,
    PublicCopy,
    PublicHolding,
    StoredFile,
    Subtitles,
)
from nhipcau.media.provenance.authority import authority
from nhipcau.media.provenance.verifying import Standing, verify
from nhipcau.media.queries import path_of_file
from nhipcau.media.tests.moving import making
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import decide, release_bundle, withdraw
from nhipcau.publishing.enums import Obstacle, Verdict, WithdrawalReason
from nhipcau.publishing.errors import NotPossible, NotReadyToRelease
from nhipcau.publishing.models import ReleasedFile
from nhipcau.publishing.queries import dry_run
from nhipcau.publishing.tests.films import film, make_copies, say, shot, with_film, write_down
from nhipcau.translation.actions import save_words
from nhipcau.translation.models import Approval

pytestmark = [making.needs_programs, pytest.mark.pages]
LATER = AT + timedelta(hours=2)
COPIES = ["poster.jpg", "video-480.mp4", "waveform-picture.svg", "waveform.json"]
OF_VI = ["captions.vi.vtt", "subtitles.vi.vtt", "transcript.vi.txt"]


@pytest.fixture
def item(house):
    """A film with lines in three languages and words in two."""
    item = film(house)
    for tag, text in (("vi", "Xin chào"), ("en", "Welcome"), ("lo", "ສະບາຍດີ")):
        say(item, tag, text)
    say(item, "vi", "[Tiếng trống] Xin chào", kind="captions")
    write_down(item, "vi", "Xin chào.")
    write_down(item, "en", "Welcome.")
    return item


@pytest.fixture
def work(house, item):
    return house.work(kind="video", title="Phim lễ hội", body=with_film(item))


def version_of(work, tag="vi"):
    return work.subject.versions.get(language__tag=tag)


def in_english(house, work, item):
    english = house.translated(work)
    save_words(version=english, words={"body": with_film(item)}, by=house.translator, at=AT)
    english.refresh_from_db()
    house.hand_in(english, by=house.translator)
    house.clear(english)
    return english


def out(house, work, **more):
    return release_bundle(bundle=house.bundle(work, **more), by=house.publisher, at=LATER)


def refused(house, work, **more):
    with pytest.raises(NotReadyToRelease) as refusal:
        out(house, work, **more)
    assert not PublicHolding.objects.exists()
    return refusal.value.reasons


def public_roles():
    """What the public is given of the film, by its role."""
    files = ReleasedFile.objects.select_related("public_copy").filter(withdrawn_at=None)
    return sorted({file.role for file in files if given(file)})


def given(file):
    copy = file.public_copy
    return copy is not None and Client().get(f"/media/{copy.name}").status_code == 200


def bytes_of(role):
    file = ReleasedFile.objects.filter(withdrawn_at=None).select_related("public_copy")
    answer = Client().get(f"/media/{file.get(role=role).public_copy.name}")
    return answer, b"".join(answer.streaming_content)


class TestARelease:
    def test_takes_copies_poster_lines_and_words_of_its_languages_and_no_more(
        self, house, work, item
    ):
        house.approved(work)
        bundle = house.bundle(work)
        told = dry_run(bundle, at=LATER)
        release_bundle(bundle=bundle, by=house.publisher, at=LATER)

        assert told.hindrances == ()
        assert sorted(each.role for each in told.files) == sorted(COPIES + OF_VI)
        assert public_roles() == sorted(COPIES + OF_VI)
        left = ReleasedFile.objects.select_related("stored")
        assert {(each.role, each.name, each.media_type) for each in told.files} == {
            (each.role, each.name, each.media_type) for each in left
        }
        assert {each.name for each in left} >= {"Lễ hội.video-480.mp4", "Lễ hội.subtitles.vi.vtt"}
        # The original stays in the house: at its own size and loudness it is nobody's to load.
        original = item.current.stored
        assert not PublicCopy.objects.filter(
            stored__in=[original, *StoredFile.objects.filter(signed_from__original=original)]
        ).exists()
        [(whole, files)] = told.files_by_whole
        assert (whole, len(files)) == ("Lễ hội.mp4", len(COPIES + OF_VI))

    def test_lines_are_webvtt_and_words_are_text_that_browsers_read_as_they_are(self, house, work):
        house.approved(work)
        out(house, work)

        answer, lines = bytes_of("subtitles.vi.vtt")
        assert answer["Content-Type"] == "text/vtt; charset=utf-8"
        assert lines.decode() == "WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nXin chào\n"
        answer, words = bytes_of("transcript.vi.txt")
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert "Content-Disposition" not in answer
        assert words.decode() == "Xin chào.\n"

    def test_what_is_played_carries_a_credential_with_the_original_as_its_parent(
        self, house, work, tmp_path
    ):
        house.approved(work)
        out(house, work)

        anchors = authority(at=AT).anchors
        for role in ("video-480.mp4", "poster.jpg"):
            file = ReleasedFile.objects.get(role=role)
            found = verify(path_of_file(file.stored), mime=file.media_type, anchors=anchors)
            assert found.standing is Standing.TRUSTED, role
            assert b"parentOf" in path_of_file(file.stored).read_bytes()
        _answer, played = bytes_of("video-480.mp4")
        (tmp_path / "ra.mp4").write_bytes(played)
        streams = making.probed(tmp_path / "ra.mp4")["streams"]
        assert {each["codec_name"] for each in streams} == {"h264", "aac"}
        # The credential tells the day of the release; of the day of the filming nothing is told.
        assert not {*making.PRIVATE.values(), "21.853"} & set(
            making.private_words(tmp_path / "ra.mp4")
        )

    def test_a_text_in_another_language_adds_its_own_words_and_the_film_only_once(
        self, house, work, item
    ):
        house.approved(work)
        in_english(house, work, item)
        out(house, work)

        assert public_roles() == sorted([*COPIES, *OF_VI, "subtitles.en.vtt", "transcript.en.txt"])

    def test_of_sound_takes_what_is_heard(self, house):
        item = film(house, "audio")
        write_down(item, "vi", "Bản tin hôm nay.")
        work = house.work(kind="bulletin", body=with_film(item, "audio"))
        house.approved(work)
        out(house, work)

        assert {"audio-aac.m4a", "transcript.vi.txt"} <= set(public_roles())
        assert "" not in public_roles()

    def test_that_is_made_in_the_same_moment_again_says_the_same(self, house, work):
        house.approved(work)
        bundle = house.bundle(work)

        first, second = (dry_run(bundle, at=LATER) for _twice in range(2))

        assert set(first.files) == set(second.files)


class TestWhatWasLookedAt:
    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda item: say(item, "vi", "Lời khác", at=LATER), id="lines"),
            pytest.param(lambda item: write_down(item, "vi", "Lời khác", at=LATER), id="words"),
            pytest.param(
                lambda item: (
                    choose_poster(moving=item.current.moving, moment_ms=500, by=TEST, at=LATER)
                    and make_copies(item, at=LATER)
                ),
                id="poster",
            ),
            pytest.param(
                lambda item: Subtitles.objects.filter(language__tag="vi").delete(), id="taken out"
            ),
        ],
    )
    def test_is_what_leaves(self, house, work, item, change):
        house.approved(work)
        change(item)

        told = f"{item.get_kind_display()} “{item}”: {Obstacle.MEDIA_RETOLD.label}"
        assert refused(house, work) == [told]
        version = version_of(work)
        save_words(version=version, words={}, by=house.author, at=LATER)
        version.refresh_from_db()
        house.approved(work)
        assert out(house, work)

    def test_is_asked_of_the_reviewer_too(self, house, work, item):
        house.hand_in(version_of(work))
        say(item, "vi", "Lời khác", at=LATER)

        with pytest.raises(NotPossible):
            decide(
                step=house.step_of(version_of(work)), verdict=Verdict.CLEARED, by=house.head,
                at=LATER,
            )  # fmt: skip

    def test_words_in_another_language_hold_up_nobody(self, house, work, item):
        house.approved(work)
        say(item, "lo", "ຄຳອື່ນ", at=LATER)
        say(item, "km", "ពាក្យ", at=LATER)

        assert out(house, work)
        assert public_roles() == sorted(COPIES + OF_VI)

    def test_lines_that_were_only_begun_are_none(self, house, work, item):
        Subtitles.objects.filter(language__tag="vi").delete()
        house.approved(work)
        lines = say(item, "vi", "Xin chào", at=LATER)
        Subtitles.objects.filter(pk=lines.pk).update(cues=[{"start": 0, "end": 9, "text": ""}])

        out(house, work)

        assert public_roles() == sorted([*COPIES, "transcript.vi.txt"])


class TestBeforeThereIsAnythingToPlay:
    def test_nothing_leaves_and_the_dry_run_says_why(self, house):
        item = film(house, is_made=False)
        work = house.work(kind="video", body=with_film(item))
        house.approved(work)

        assert refused(house, work) == [f"{item}: {Obstacle.MEDIA_COMING.label}"]
        make_copies(item)
        assert out(house, work)

    @pytest.mark.parametrize(
        "broken",
        [
            pytest.param(
                lambda: MediaRendition.objects.filter(name="video-480").delete(), id="gone"
            ),
            pytest.param(
                lambda: MediaRendition.objects.filter(name="video-480").update(
                    state="failed", trouble="damaged", result=None
                ),
                id="failed",
            ),
        ],
    )
    def test_a_copy_that_failed_has_to_be_mended(self, house, work, item, broken):
        house.approved(work)
        broken()

        assert refused(house, work) == [f"{item}: {Obstacle.MEDIA_UNPLAYABLE.label}"]

    def test_a_file_that_breaks_off_has_to_be_taken_first(self, house, work, item):
        house.approved(work)
        moving = item.current.moving
        moving.trouble = "cut_off"
        moving.save()

        assert refused(house, work) == [f"{item}: {Obstacle.MEDIA_UNPLAYABLE.label}"]


class TestLettingGo:
    def test_a_withdrawal_takes_all_of_it(self, house, work):
        house.approved(work)
        out(house, work)

        withdraw(
            subject=work.subject, reason=WithdrawalReason.IN_ERROR, notice="Nhầm.",
            by=house.publisher, at=LATER,
        )  # fmt: skip

        assert public_roles() == []
        assert not PublicCopy.objects.exists()

    def test_of_one_language_takes_its_words_and_leaves_the_film(self, house, work, item):
        house.approved(work)
        in_english(house, work, item)
        out(house, work)

        withdraw(
            subject=work.subject, reason=WithdrawalReason.IN_ERROR, notice="Nhầm.",
            languages=["vi"], by=house.publisher, at=LATER,
        )  # fmt: skip

        assert public_roles() == sorted([*COPIES, "subtitles.en.vtt", "transcript.en.txt"])

    def test_leaves_what_another_work_shows(self, house, work, item):
        other = house.work(kind="news", title="Tin lễ hội", body=with_film(item))
        for each in (work, other):
            house.approved(each)
            out(house, each)

        withdraw(
            subject=work.subject, reason=WithdrawalReason.IN_ERROR, notice="Nhầm.",
            by=house.publisher, at=LATER,
        )  # fmt: skip

        assert public_roles() == sorted(COPIES + OF_VI)

    def test_a_correction_of_the_lines_takes_the_wrong_ones(self, house, work, item):
        house.approved(work)
        out(house, work)
        wrong = ReleasedFile.objects.get(role="subtitles.vi.vtt").public_copy.name
        say(item, "vi", "Xin chào bà con", at=LATER)
        version = version_of(work)
        save_words(version=version, words={}, by=house.author, at=LATER)
        version.refresh_from_db()
        house.approved(work)

        out(house, work, note="Sửa phụ đề.")

        assert Client().get(f"/media/{wrong}").status_code == 404
        _answer, lines = bytes_of("subtitles.vi.vtt")
        assert "Xin chào bà con" in lines.decode()
        assert public_roles() == sorted(COPIES + OF_VI)


def test_its_price_does_not_grow_with_what_it_holds(house):
    def bundle_of(count):
        works = []
        for number in range(count):
            item = film(house)
            say(item, "vi", f"Lời {number}")
            works.append(house.work(title=f"Phim {number}", body=with_film(item)))
            house.approved(works[-1])
        return house.bundle(*works)

    counts = []
    for bundle in (bundle_of(1), bundle_of(3)):
        with CaptureQueriesContext(connection) as counted:
            assert dry_run(bundle, at=LATER).may_leave
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 18


def test_what_is_offered_as_a_file_is_handed_out_as_it_is(house):
    item = film(house)
    body = [{"type": "file", "value": {"file": item.pk, "title": "Phim gốc"}, "id": "t"}]
    work = house.work(body=body)
    house.approved(work)
    out(house, work)

    whole = ReleasedFile.objects.get(role="")
    assert (whole.media_key, whole.name) == (f"file/{item.pk}", "Lễ hội.mp4")
    assert shot("video").data[:4] == path_of_file(item.current.stored).read_bytes()[:4]
    assert MediaItem.objects.get().current.stored.size_bytes == len(shot("video").data)
    assert Approval.objects.get().shown[str(item.pk)]["file"] == item.current.stored.sha256
