import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nhipcau.audit.models import Entry
from nhipcau.media.actions.renditions import fail, settle, take_in_hand
from nhipcau.media.actions.subtitles import (
    ONE_SITTING,
    begin_subtitles,
    bring_subtitles,
    save_cues,
    save_transcript,
    take_back_save,
    transcript_of_subtitles,
)
from nhipcau.media.enums import RenditionState
from nhipcau.media.errors import CuesRefused, SavedMeanwhile
from nhipcau.media.models import MediaRendition, SpokenWriter, Transcript
from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.tests.moving.rows import AT, BY, looked_at, make_item
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_person, make_unit, make_user
from nhipcau.registry.enums import LanguageMode
from nhipcau.registry.models import Language

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
ONE = [{"start": 1000, "end": 3000, "text": "Xin chào"}]
TWO = [*ONE, {"start": 4000, "end": 6000, "text": "Tạm biệt"}]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def vi():
    return Language.objects.get_or_create(
        tag="vi",
        defaults={
            "name": "Tiếng Việt",
            "english_name": "Vietnamese",
            "script": "Latn",
            "mode": LanguageMode.WRITTEN,
        },
    )[0]


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def item(unit):
    item = make_item(unit=unit)
    looked_at(item)
    return item


@pytest.fixture
def subtitles(item, vi):
    return begin_subtitles(item=item, language=vi, kind="subtitles", by=BY, at=AT)


@pytest.fixture
def author(unit, client):
    user = make_user(Role.AUTHOR, unit=unit)
    client.force_login(user)
    return user


def save(subtitles, cues, seen, *, by=BY, at=AT):
    return save_cues(subtitles=subtitles, cues=cues, seen=seen, by=by, at=at)


# --- actions ----------------------------------------------------------------------------------


def test_saving_over_somebody_elses_newer_lines_is_refused_and_changes_nothing(subtitles):
    save(subtitles, ONE, 0)

    with pytest.raises(SavedMeanwhile, match="test"):
        save(subtitles, TWO, 0)

    subtitles.refresh_from_db()
    assert (subtitles.cues, subtitles.revision) == (ONE, 1)


def test_what_is_saved_in_one_sitting_is_one_line_of_the_history_and_of_the_diary(subtitles):
    save(subtitles, ONE, 0)
    save(subtitles, TWO, 1, at=AT + ONE_SITTING / 2)
    assert [each.cues for each in subtitles.saves.all()] == [TWO]

    save(subtitles, ONE, 2, at=AT + ONE_SITTING)

    assert [each.cues for each in subtitles.saves.all()] == [ONE, TWO]
    assert Entry.objects.filter(event="media.subtitles.saved").count() == 2


def test_whoever_ever_saved_what_is_said_is_on_record_and_so_are_those_from_before(
    subtitles, item, vi
):
    first, second, third = (make_person(name) for name in ("Lò Thị A", "Vi Văn B", "Nông Văn C"))
    save(subtitles, ONE, 0, by=first)
    save(subtitles, TWO, 1, by=second)
    save(subtitles, ONE, 2)
    save_transcript(item=item, language=vi, text="Xin chào", seen=0, by=third, at=AT)
    hands = SpokenWriter.objects.filter(item=item, language=vi).order_by("person")
    assert [each.person for each in hands] == [first, second, third]

    hands.delete()
    noted = import_module("nhipcau.media.migrations.0008_writers_so_far_are_noted")
    for _ in range(2):
        noted.note_who_wrote_so_far(apps, None)

    assert [each.person for each in hands.all()] == [first, second, third]


def test_an_earlier_state_stands_again_and_the_later_one_stays(subtitles):
    save(subtitles, ONE, 0)
    save(subtitles, [], 1, at=AT + ONE_SITTING)

    take_back_save(save=subtitles.saves.get(revision=1), by=BY, at=AT + 2 * ONE_SITTING)

    subtitles.refresh_from_db()
    assert subtitles.cues == ONE
    assert [each.revision for each in subtitles.saves.all()] == [3, 2, 1]


@pytest.mark.parametrize(
    "cues",
    [
        pytest.param([{"start": 5, "end": 5, "text": "x"}], id="no time at all"),
        pytest.param([{"start": -1, "end": 5, "text": "x"}], id="before the beginning"),
        pytest.param([{"start": 1, "end": "9", "text": "x"}], id="words for numbers"),
        pytest.param([{"start": True, "end": 9, "text": "x"}], id="truth for numbers"),
        pytest.param([{"start": 1, "end": 9}], id="no text"),
        pytest.param(["x"], id="no cue"),
        pytest.param([{"start": 1, "end": 9, "text": "x" * 1001}], id="a page"),
        pytest.param([{"start": 1, "end": 9, "text": "x"}] * 20_001, id="too many"),
        pytest.param([{"start": 1, "end": 10**12, "text": "x"}], id="for thirty years"),
    ],
)
def test_nonsense_is_no_subtitle(subtitles, cues):
    with pytest.raises(CuesRefused):
        save(subtitles, cues, 0)

    subtitles.refresh_from_db()
    assert (subtitles.cues, subtitles.revision) == ([], 0)


def test_lines_are_kept_in_the_order_of_their_times_and_no_markup_gets_in(subtitles):
    cues = [TWO[1], {"start": 0, "end": 500, "text": "<script>alert(1)</script>\n\n a  b "}]

    saved = save(subtitles, cues, 0)

    assert [cue["text"] for cue in saved.cues] == ["‹script›alert(1)‹/script›\na b", "Tạm biệt"]


def test_a_file_with_a_broken_line_is_refused_with_that_line_unless_it_may_be_left_out(subtitles):
    data = b"1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:0x,000 --> 00:00:04,000\nb\n"

    with pytest.raises(CuesRefused) as caught:
        bring_subtitles(subtitles=subtitles, data=data, pass_over=False, by=BY, at=AT)
    assert [fault.line for fault in caught.value.faults] == [6]
    assert caught.value.some_are_sound
    subtitles.refresh_from_db()
    assert subtitles.revision == 0

    kept, _faults = bring_subtitles(subtitles=subtitles, data=data, pass_over=True, by=BY, at=AT)
    assert kept.cues == [{"start": 1000, "end": 2000, "text": "a"}]


def test_a_transcript_is_made_from_subtitles_and_remembers_from_which(subtitles, vi):
    save(subtitles, ONE, 0)
    subtitles.refresh_from_db()

    made = transcript_of_subtitles(subtitles=subtitles, by=BY, at=AT)
    assert (made.text, made.made_from) == ("Xin chào", 1)

    typed = save_transcript(item=made.item, language=vi, text="Chào bà con", seen=1, by=BY, at=AT)
    assert (typed.text, typed.made_from) == ("Chào bà con", None)
    with pytest.raises(SavedMeanwhile):
        save_transcript(item=made.item, language=vi, text="khác", seen=1, by=BY, at=AT)
    assert Transcript.objects.get().text == "Chào bà con"


# --- pages ------------------------------------------------------------------------------------


def test_the_page_of_a_film_shows_everything_that_is_made_of_it(client, author, item):
    page = client.get(reverse("media:moving", args=[item.uuid])).content.decode()

    for label in ("480", "MP4", "SVG"):
        assert label in page or label == "SVG"
    told = client.get(reverse("media:moving_state", args=[item.uuid])).json()
    assert told["busy"]
    assert {each["name"] for each in told["renditions"]} == {
        "poster",
        "waveform",
        "waveform-picture",
        "video-480",
    }


@pytest.mark.parametrize("languages", [0, 3])
def test_the_page_costs_the_same_however_many_languages_there_are(
    client, author, item, languages, django_assert_max_num_queries
):
    for number in range(languages):
        language = Language.objects.create(
            tag=f"x{number}",
            name=f"Tiếng {number}",
            english_name="x",
            script="Latn",
            mode=LanguageMode.WRITTEN,
        )
        begin_subtitles(item=item, language=language, kind="subtitles", by=BY, at=AT)
    client.get(reverse("media:moving", args=[item.uuid]))

    with django_assert_max_num_queries(22):
        client.get(reverse("media:moving", args=[item.uuid]))


def test_progress_and_outcome_are_told_without_reloading(client, author, item):
    first = take_in_hand(by=BY, at=AT)
    MediaRendition.objects.filter(pk=first.pk).update(share=420)
    state = reverse("media:moving_state", args=[item.uuid])

    def told():
        renditions = client.get(state).json()["renditions"]
        return next(each for each in renditions if each["uuid"] == str(first.uuid))

    assert (told()["state"], told()["share"]) == ("running", 42.0)
    settle(
        rendition=first,
        digest="ab" * 32,
        size_bytes=2_000_000,
        facts={"lufs_before": -31.26, "lufs_after": -16.04, "true_peak_after": -1.98},
        by=BY,
        at=AT,
    )
    assert (told()["state"], told()["size"]) == ("done", "1,9\xa0MB")
    assert "-31,3 → -16,0 LUFS" in told()["loudness"]


def test_a_full_disk_is_told_in_one_sentence_and_can_be_tried_again(client, author, item):
    first = take_in_hand(by=BY, at=AT)
    fail(rendition=first, refusal=NotPlayable(Trouble.DISK_FULL), by=BY, at=AT)
    page = client.get(reverse("media:moving", args=[item.uuid])).content.decode()
    assert "Đĩa đã đầy." in page

    client.post(reverse("media:rendition_again", args=[item.uuid, first.uuid]))

    first.refresh_from_db()
    assert first.state == RenditionState.QUEUED


def test_a_file_that_breaks_off_is_told_with_its_times(client, author, unit):
    item = make_item(unit=unit)
    looked_at(item, is_cut_off=True, duration_seconds=61.0, promised_seconds=3725.0)

    page = client.get(reverse("media:moving", args=[item.uuid])).content.decode()
    assert "Tệp bị cắt ở 1:01, lẽ ra dài 1:02:05." in page

    client.post(reverse("media:take_cut", args=[item.uuid]))
    assert MediaRendition.objects.count() == 4


@pytest.mark.parametrize("seconds", ["-3", "99999", "NaN", "inf", "chín", "", "1e400"])
def test_a_cover_at_a_moment_that_is_none_is_refused(client, author, item, seconds):
    answer = client.post(
        reverse("media:choose_poster", args=[item.uuid]),
        {"seconds": seconds},
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 409
    assert answer.json()["refusal"]
    assert MediaRendition.objects.filter(name="poster").count() == 1


def test_another_items_rendition_cannot_be_stopped_through_ones_own(client, author, item):
    other = make_item(data=b"khac")
    theirs = looked_at(other)[0]

    answer = client.post(reverse("media:rendition_stop", args=[item.uuid, theirs.uuid]))

    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == RenditionState.QUEUED


@pytest.mark.parametrize("is_shared", [False, True])
def test_another_units_author_may_at_most_look(client, author, vi, is_shared):
    other = make_item(data=b"khac", is_shared=is_shared)
    looked_at(other)
    subtitles = begin_subtitles(item=other, language=vi, kind="subtitles", by=BY, at=AT)
    looks = [
        client.get(reverse("media:moving", args=[other.uuid])),
        client.get(reverse("media:subtitles", args=[other.uuid, subtitles.pk])),
        client.get(reverse("media:track", args=[other.uuid, subtitles.pk])),
    ]
    changes = [
        client.post(reverse("media:order_all", args=[other.uuid])),
        client.post(reverse("media:subtitles_begin", args=[other.uuid]), {"language": "vi"}),
        client.post(
            reverse("media:cues", args=[other.uuid, subtitles.pk]),
            json.dumps({"seen": 0, "cues": ONE}),
            content_type="application/json",
        ),
        client.post(reverse("media:transcript", args=[other.uuid, "vi"]), {"text": "x"}),
    ]

    assert {answer.status_code for answer in looks} == ({200} if is_shared else {404})
    # The desk leads whoever may not back to its first page.
    assert {answer.status_code for answer in changes} == ({302} if is_shared else {404})
    subtitles.refresh_from_db()
    assert subtitles.cues == []
    assert not Transcript.objects.exists()
    assert other.subtitles.count() == 1


def test_the_editor_saves_and_is_told_of_flaws_and_of_whoever_was_quicker(
    client, author, item, subtitles
):
    address = reverse("media:cues", args=[item.uuid, subtitles.pk])

    def send(body):
        return client.post(address, body, content_type="application/json")

    fast = [{"start": 0, "end": 1000, "text": "x" * 40}]
    saved = send(json.dumps({"seen": 0, "cues": fast}))
    assert saved.status_code == 200
    assert saved.json()["revision"] == 1
    assert saved.json()["remarks"] == [[0, "40 chữ mỗi giây: đọc không kịp"]]

    late = send(json.dumps({"seen": 0, "cues": ONE}))
    assert late.status_code == 409
    assert late.json()["cues"] == fast

    for nonsense in (
        "",
        "[]",
        "{",
        '{"seen": 1}',
        '{"seen": "x", "cues": []}',
        '{"seen":1,"cues":1}',
    ):
        assert send(nonsense).status_code == 400
    subtitles.refresh_from_db()
    assert subtitles.cues == fast


def test_subtitles_leave_in_three_forms(client, author, item, subtitles):
    save(subtitles, TWO, 0)
    address = reverse("media:track", args=[item.uuid, subtitles.pk])

    web = client.get(address)
    assert web["Content-Type"] == "text/vtt; charset=utf-8"
    assert web.content.decode().startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nXin chào")
    srt = client.get(f"{address}?form=srt&download")
    assert "attachment" in srt["Content-Disposition"]
    assert srt.content.decode("utf-8-sig").startswith("1\n00:00:01,000 --> 00:00:03,000\nXin chào")
    assert client.get(f"{address}?form=txt").content.decode() == "Xin chào Tạm biệt"


def test_a_broken_file_of_subtitles_is_answered_line_by_line(client, author, item, subtitles):
    broken = SimpleUploadedFile(
        "phụ đề.srt", "1\nmột --> hai\na\n\n2\n00:00:05,000 --> 00:00:04,000\nb\n".encode()
    )

    answer = client.post(
        reverse("media:subtitles_bring", args=[item.uuid, subtitles.pk]), {"file": broken}
    )

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Dòng 2: không đọc được thời gian “một --&gt; hai”." in page
    assert "Dòng 6: câu phụ đề kết thúc trước khi bắt đầu" in page
    subtitles.refresh_from_db()
    assert subtitles.revision == 0


def test_two_who_type_one_transcript_lose_nothing(client, author, item, vi):
    address = reverse("media:transcript", args=[item.uuid, "vi"])
    client.post(address, {"text": "của người thứ nhất", "seen": "0"})

    answer = client.post(address, {"text": "của người thứ hai", "seen": "0"})

    assert answer.status_code == 409
    assert "của người thứ hai" in answer.content.decode()
    assert Transcript.objects.get().text == "của người thứ nhất"


def test_a_picture_has_no_such_pages(client, author, unit):
    item = make_item(unit=unit, kind="picture")
    item.current.moving.delete()

    assert client.get(reverse("media:moving", args=[item.uuid])).status_code == 404


def test_a_lease_is_longer_than_the_time_between_two_signs_of_life():
    from nhipcau.media import workshop
    from nhipcau.media.actions import renditions

    assert timedelta(seconds=workshop._NOTE_EVERY_SECONDS * 5) < renditions.LEASE
    assert timedelta(seconds=workshop._NOTE_EVERY_SECONDS * 5) < workshop.Workshop.lease
