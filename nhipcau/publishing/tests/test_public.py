"""What is public at a moment, as portal, feeds and machines ask it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from nhipcau.media.models import MediaFile, MediaItem
from nhipcau.media.tests.moving import making
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import (
    make_rendition,
    order_rendition,
    release_bundle,
    schedule_bundle,
    withdraw,
)
from nhipcau.publishing.actions.releasing import release_scheduled
from nhipcau.publishing.queries.public import (
    Wanted,
    entries_of_subjects,
    month_bounds,
    months_of,
    public_entries,
)
from nhipcau.publishing.queries.public_works import (
    addresses_of_subjects,
    corrections_told,
    public_work,
    withdrawals_told,
)
from nhipcau.publishing.queries.reading import pictures_of, reading_of
from nhipcau.publishing.tests.films import film, say, with_film, write_down
from nhipcau.publishing.tests.test_releases import picture, with_picture
from nhipcau.translation.actions import save_words
from nhipcau.works.models import Topic

LATER = AT + timedelta(days=40)
NOW = AT + timedelta(days=80)


def release(house, *works, at=AT, note="", renditions=()):
    return release_bundle(
        bundle=house.bundle(*works, note=note, renditions=renditions), by=house.publisher, at=at
    )


def corrected(house, work, *, at=LATER, title="Chợ phiên vùng biên, giờ mới"):
    version = work.subject.versions.get(language__tag="vi")
    save_words(version=version, words={"title": title}, by=house.author, at=at)
    house.hand_in(version)
    house.clear(version, at=at)
    release(house, work, at=at, note="Giờ họp chợ đã đổi.")


def short(work):
    return work.subject.short_id


@pytest.fixture
def work(house):
    """A text with a picture, its PDF and its English words, of a topic."""
    topic, _ = Topic.objects.get_or_create(
        key="image/tourism", defaults={"name": "Du lịch", "topic_class": "image"}
    )
    shown = picture(house)
    MediaFile.objects.filter(item=shown).update(width=64, height=48)
    work = house.work(body=with_picture(shown), topics=[topic])
    version = house.approved(work)
    translated = house.translated(work)
    house.hand_in(translated)
    house.clear(translated)
    ordered = order_rendition(slug="sheet", versions=[version], by=house.author, at=AT)
    made = make_rendition(rendition=ordered, by=TEST, at=AT)
    release(house, work, renditions=[made])
    return work


def test_an_entry_tells_its_languages_forms_and_picture(work, django_assert_num_queries):
    with django_assert_num_queries(5):
        [entry] = public_entries(Wanted(language="vi"), at=NOW)

    assert entry.address == f"/vi/cho-phien-vung-bien-{short(work)}/"
    assert (entry.title, entry.kind, entry.unit) == (
        "Chợ phiên vùng biên",
        "news",
        "Sở Văn hóa, Thể thao và Du lịch",
    )
    assert [(tongue.tag, tongue.title) for tongue in entry.tongues] == [
        ("en", "The border market"),
        ("vi", "Chợ phiên vùng biên"),
    ]
    assert [(form.renderer, form.languages, form.media_type) for form in entry.forms] == [
        ("sheet", ("vi",), "application/pdf")
    ]
    assert not entry.is_corrected
    with django_assert_num_queries(3):
        [found] = pictures_of([(entry.release_id, entry.media_key)]).values()
    assert found.whole.startswith("/media/")
    assert (found.width, found.height) == (64, 48)
    assert found.fitting(800) == found.whole


def test_a_list_is_narrowed_by_what_is_wanted(work):
    def found(**wanted):
        return [entry.language for entry in public_entries(Wanted(**wanted), at=NOW)]

    assert found(language="en") == ["en"]
    assert found(topics=frozenset({"image/tourism"}), language="vi") == ["vi"]
    assert found(topics=frozenset({"image/culture"})) == []
    assert found(kinds=frozenset({"video"})) == []
    assert found(units=frozenset({work.unit.pk}), language="vi") == ["vi"]
    assert found(mode="spoken") == []
    assert found(without=frozenset({work.pk})) == []
    assert [entry.subject_id for entry in entries_of_subjects([0, work.pk], language="vi", at=NOW)]
    assert entries_of_subjects([], language="vi", at=NOW) == []


def test_a_correction_stays_in_the_month_in_which_its_text_first_went_out(house, work):
    corrected(house, work)
    began = timezone.localdate(AT).replace(day=1)

    [entry] = public_entries(Wanted(language="vi"), at=NOW)

    assert (entry.first_at, entry.changed_at, entry.is_corrected) == (AT, LATER, True)
    assert months_of(Wanted(language="vi"), at=NOW) == [(began, 1)]
    since, before = month_bounds(began.year, began.month)
    assert public_entries(Wanted(language="vi", since=since, before=before), at=NOW) == [entry]
    assert public_entries(Wanted(language="vi", since=before), at=NOW) == []
    assert [row.title for row in corrections_told(at=NOW, language="vi")] == [entry.title]
    assert corrections_told(at=LATER - timedelta(seconds=1)).count() == 0


def test_the_year_ends_in_december():
    assert [timezone.localdate(moment) for moment in month_bounds(2026, 12)] == [
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


def test_one_work_tells_what_belongs_to_it(house, work, django_assert_max_num_queries):
    corrected(house, work)
    with django_assert_max_num_queries(4):
        found = public_work(short(work), at=NOW)

    row = found.row_in("VI")
    assert row.title == "Chợ phiên vùng biên, giờ mới"
    assert found.firsts[row.version_id] == AT
    assert [told.note for told in found.corrections[row.version_id]] == ["Giờ họp chợ đã đổi."]
    assert found.row_in("lo") is None
    assert found.row_in("vi", "spoken") is None
    assert [tongue.tag for tongue in found.tongues] == ["en", "vi"]
    # The PDF was made of the older words: it is not given any more.
    assert found.forms == []
    assert addresses_of_subjects([work.pk], language="lo", at=NOW)[work.pk].tag == "en"


def test_a_work_that_was_taken_back_leaves_its_notice(house, work):
    withdraw(
        subject=work.subject,
        reason="in_error",
        notice="Giờ họp chợ không đúng.",
        languages=["vi"],
        by=house.publisher,
        at=LATER,
    )

    found = public_work(short(work), at=NOW)

    assert found.row_in("vi") is None
    assert found.notice_in("vi").notice == "Giờ họp chợ không đúng."
    assert found.notice_in("en") is None
    assert [row.language.tag for row in withdrawals_told(at=NOW)] == ["vi"]
    assert public_entries(Wanted(language="vi"), at=NOW) == []
    assert [each.language for each in public_entries(Wanted(language="vi"), at=AT)] == ["vi"]


def test_nothing_is_known_before_its_minute(house):
    work = house.work()
    house.approved(work)
    bundle = house.bundle(work)
    minute = AT + timedelta(hours=2)
    schedule_bundle(bundle=bundle, goes_out_at=minute, is_embargoed=True, by=house.publisher, at=AT)
    release_scheduled(bundle=bundle, by=house.publisher, at=minute)
    before = minute - timedelta(seconds=1)

    assert public_work(short(work), at=before) is None
    assert public_entries(Wanted(), at=before) == []
    assert months_of(Wanted(), at=before) == []
    assert addresses_of_subjects([work.pk], language="vi", at=before) == {}
    assert public_work(short(work), at=minute).row_in("vi")


@pytest.mark.parametrize("words", ["", "aaaaaaa", "2345678x", "' OR 1=1 --", "\x00"])
def test_what_is_no_address_is_nothing(db, words, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert public_work(words, at=NOW) is None


@making.needs_programs
def test_words_are_read_with_the_copies_that_left_with_them(house):
    shown = film(house)
    say(shown, "vi", "Chợ họp")
    write_down(shown, "vi", "Chợ họp mỗi tháng sáu phiên.")
    shot = picture(house)
    work = house.work(body=[*with_picture(shot), *with_film(shown)], kind="video")
    house.approved(work)
    release(house, work)
    # What became of the items since is nothing to what was released.
    MediaItem.objects.filter(pk__in=[shown.pk, shot.pk]).update(
        trashed_at=LATER, trashed_by_key="test"
    )

    reading = reading_of(public_work(short(work), at=NOW).row_in("vi"))

    played = reading.media.address(f"video/{shown.pk}")
    assert played.address.endswith(".mp4")
    assert [track.language for track in played.tracks] == ["vi"]
    assert reading.media.address(f"poster/{shown.pk}").address.endswith(".jpg")
    assert reading.media.address(f"picture/{shot.pk}").address.endswith(".png")
    assert reading.media.address("picture/999999") is None
    [_picture, recording] = reading.manuscript.blocks
    assert recording.transcript[0].runs[0].text == "Chợ họp mỗi tháng sáu phiên."
