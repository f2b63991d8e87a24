from datetime import timedelta

import pytest

from nhipcau.audit.models import Entry
from nhipcau.media.actions.renditions import (
    GIVES_UP_AFTER,
    LEASE,
    LostRendition,
    cancel,
    choose_poster,
    fail,
    note_share,
    order_renditions,
    settle,
    take_cut_file,
    take_in_hand,
    try_again,
)
from nhipcau.media.enums import RenditionState
from nhipcau.media.errors import NoSuchMoment, NotCutOff, RenditionSettled, RenditionUnsettled
from nhipcau.media.models import Derivative, MediaRendition
from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.queries.moving import moving_board
from nhipcau.media.tests.moving.rows import AT, BY, looked_at, make_item
from nhipcau.outbox.models import Message

pytestmark = pytest.mark.django_db
ALL = {"poster", "waveform", "waveform-picture", "video-480"}
LATER = AT + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def done(rendition, *, digest="ab" * 32, at=AT):
    return settle(rendition=rendition, digest=digest, size_bytes=7, facts={}, by=BY, at=at)


def make_all(at=AT):
    """Settle everything that waits, each with bytes of its own."""
    number = 0
    while rendition := take_in_hand(by=BY, at=at):
        number += 1
        done(rendition, digest=f"{number:02x}" * 32, at=at)


def topics():
    return list(Message.objects.order_by("pk").values_list("topic", flat=True))


def test_a_film_gets_what_its_size_and_its_sound_allow():
    item = make_item()

    ordered = looked_at(item)

    assert {each.name for each in ordered} == ALL
    assert topics() == ["media.moving.arrived", *["media.rendition.ordered"] * 4]


def test_ordering_again_orders_nothing_twice():
    item = make_item()
    looked_at(item)

    order_renditions(moving=item.current.moving, by=BY, at=LATER)

    assert MediaRendition.objects.count() == 4
    assert topics().count("media.rendition.ordered") == 4


def test_the_same_bytes_under_two_items_are_made_once_and_belong_to_both():
    first, second = make_item(), make_item(unit=None)
    looked_at(first)
    make_all()

    looked_at(second)

    assert first.current.stored == second.current.stored
    assert MediaRendition.objects.count() == 4
    assert set(second.current.derivatives.values_list("spec", flat=True)) == {
        "poster.jpg",
        "waveform.json",
        "waveform-picture.svg",
        "video-480.mp4",
    }


def test_short_work_goes_first_and_long_work_is_not_put_off_for_ever():
    ordered = {
        name: looked_at(make_item(data=name.encode()), duration_seconds=seconds)
        for name, seconds in (("an hour", 3600.0), ("ten seconds", 10.0))
    }
    films = {
        each.pk: name
        for name, renditions in ordered.items()
        for each in renditions
        if each.name == "video-480"
    }

    def turns():
        waiting = MediaRendition.objects.order_by("turn_at", "pk")
        return [films[each.pk] for each in waiting if each.pk in films]

    assert turns() == ["ten seconds", "an hour"]
    # Ordered an hour later, the short one finds the long one before it.
    late = [each.pk for each in ordered["ten seconds"]]
    MediaRendition.objects.filter(pk__in=late).update(turn_at=AT + timedelta(hours=1))
    assert turns() == ["an hour", "ten seconds"]


def test_a_rendition_is_in_one_hand_at_a_time_until_its_lease_runs_out():
    looked_at(make_item())
    taken = [take_in_hand(by=BY, at=AT) for _ in range(5)]

    assert len({each.pk for each in taken if each}) == 4
    assert taken[4] is None

    again = take_in_hand(by=BY, at=AT + LEASE)

    assert again.pk == taken[0].pk
    assert again.attempts == 2
    with pytest.raises(LostRendition):
        note_share(rendition=taken[0], share=0.5, by=BY, at=AT + LEASE)
    with pytest.raises(LostRendition):
        done(taken[0])
    assert not Derivative.objects.exists()


def test_whoever_asks_for_one_file_is_given_no_other_whose_turn_came_before():
    looked_at(make_item(data=b"first"))
    second = make_item(data=b"second")
    looked_at(second)
    wanted = second.current.stored

    taken = []
    while rendition := take_in_hand(by=BY, at=AT, original=wanted):
        taken.append(rendition)

    assert {each.original_id for each in taken} == {wanted.pk}
    assert len(taken) == 4
    assert take_in_hand(by=BY, at=AT).original_id != wanted.pk


def test_a_sign_of_life_holds_the_lease():
    looked_at(make_item())
    taken = take_in_hand(by=BY, at=AT)

    note_share(rendition=taken, share=0.25, by=BY, at=AT + LEASE / 2)

    taken.refresh_from_db()
    assert taken.share == 250
    assert taken.pk not in {each.pk for each in MediaRendition.objects.free(AT + LEASE).only("pk")}


def test_what_takes_its_worker_down_again_and_again_fails_and_the_next_is_made():
    looked_at(make_item())
    at = AT
    for _ in range(GIVES_UP_AFTER):
        first = take_in_hand(by=BY, at=at)
        MediaRendition.objects.exclude(pk=first.pk).update(turn_at=AT + timedelta(days=1))
        at += LEASE

    following = take_in_hand(by=BY, at=at)

    first.refresh_from_db()
    assert (first.state, first.trouble) == (RenditionState.FAILED, Trouble.DIED)
    assert following.pk != first.pk


def test_news_is_told_once_when_the_last_rendition_is_settled():
    item = make_item()
    looked_at(item)
    first = take_in_hand(by=BY, at=AT)
    fail(rendition=first, refusal=NotPlayable(Trouble.DISK_FULL), by=BY, at=AT)
    assert "media.renditions.ready" not in topics()

    make_all()

    told = Message.objects.get(topic="media.renditions.ready")
    assert told.payload["files"] == [item.current.pk]
    assert len(told.payload["renditions"]) == 3


def test_a_rendition_that_failed_can_be_tried_again_and_the_worker_is_woken():
    looked_at(make_item())
    rendition = take_in_hand(by=BY, at=AT)
    fail(rendition=rendition, refusal=NotPlayable(Trouble.DISK_FULL), by=BY, at=AT)
    woken = topics().count("media.rendition.ordered")

    try_again(rendition=rendition, by=BY, at=LATER)

    rendition.refresh_from_db()
    assert (rendition.state, rendition.trouble) == (RenditionState.QUEUED, "")
    assert topics().count("media.rendition.ordered") == woken + 1


def test_what_is_done_cannot_be_tried_again_nor_cancelled():
    looked_at(make_item())
    rendition = done(take_in_hand(by=BY, at=AT))
    lines = Entry.objects.count()

    with pytest.raises(RenditionUnsettled):
        try_again(rendition=rendition, by=BY, at=LATER)
    with pytest.raises(RenditionSettled):
        cancel(rendition=rendition, by=BY, at=LATER)

    rendition.refresh_from_db()
    assert rendition.state == RenditionState.DONE
    assert Entry.objects.count() == lines


def test_cancelling_takes_the_work_out_of_the_workers_hand():
    looked_at(make_item())
    rendition = take_in_hand(by=BY, at=AT)

    cancel(rendition=rendition, by=BY, at=AT)

    with pytest.raises(LostRendition):
        note_share(rendition=rendition, share=0.5, by=BY, at=AT)
    rendition.refresh_from_db()
    assert rendition.state == RenditionState.CANCELLED


def test_a_file_that_breaks_off_gets_nothing_until_somebody_says_so():
    item = make_item()

    assert looked_at(item, is_cut_off=True, promised_seconds=90.0) == []
    moving = item.current.moving
    moving.refresh_from_db()
    assert (moving.trouble, moving.trouble_values) == (Trouble.CUT_OFF, {"at": 60.0, "of": 90.0})

    ordered = take_cut_file(moving=moving, by=BY, at=LATER)

    assert {each.name for each in ordered} == ALL
    assert all(each.recipe["up_to_cut"] for each in ordered)


def test_a_whole_file_needs_nobody_to_say_so():
    item = make_item()
    looked_at(item)

    with pytest.raises(NotCutOff):
        take_cut_file(moving=item.current.moving, by=BY, at=LATER)


def test_another_poster_is_another_rendition_and_the_first_is_not_hung_over_it():
    item = make_item()
    looked_at(item)
    make_all()
    first = item.current.derivatives.get(spec="poster.jpg").stored

    choose_poster(moving=item.current.moving, moment_ms=30_000, by=BY, at=LATER)
    done(take_in_hand(by=BY, at=LATER), digest="fe" * 32, at=LATER)

    assert item.current.derivatives.get(spec="poster.jpg").stored != first
    # Choosing the first moment again costs no work: it is there.
    choose_poster(moving=item.current.moving, moment_ms=6_000, by=BY, at=LATER)
    assert item.current.derivatives.get(spec="poster.jpg").stored == first
    assert not MediaRendition.objects.unsettled().exists()


@pytest.mark.parametrize("moment", [-1, 60_001])
def test_a_poster_outside_the_film_is_refused(moment):
    item = make_item()
    looked_at(item)
    ordered = MediaRendition.objects.count()

    with pytest.raises(NoSuchMoment):
        choose_poster(moving=item.current.moving, moment_ms=moment, by=BY, at=LATER)

    assert MediaRendition.objects.count() == ordered


def test_other_settings_make_new_renditions_beside_the_old_ones(settings):
    item = make_item()
    looked_at(item)
    make_all()
    settings.MOVING_VIDEO_SIZES = [(480, 700)]

    order_renditions(moving=item.current.moving, by=BY, at=LATER)

    item.current.moving.refresh_from_db()
    board = moving_board(item.current.moving)
    assert [each.state for each in board.renditions if each.name == "video-480"] == ["queued"]
    assert MediaRendition.objects.filter(name="video-480").count() == 2


@pytest.mark.parametrize("films", [1, 3])
def test_the_board_of_a_film_costs_one_query_however_much_is_made(films, django_assert_num_queries):
    items = [make_item(data=f"{number}".encode()) for number in range(films)]
    for item in items:
        looked_at(item)
    moving = items[0].current.moving
    moving.refresh_from_db()
    assert moving.file.stored_id

    with django_assert_num_queries(1):
        board = moving_board(moving)

    assert {each.name for each in board.renditions} == ALL
