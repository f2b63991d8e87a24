from datetime import UTC, datetime, timedelta

import pytest

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.outbox.actions import drop, put, retry, retry_all, work
from nhipcau.outbox.contract import Handler
from nhipcau.outbox.errors import DeliveryFailed, LeaseLost, NotGivenUp
from nhipcau.outbox.models import Consumer, Handover, Keeping
from nhipcau.outbox.tests.hearers import Bookkeeper, Everything, Hearer, Impatient, Orderly

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
OPERATOR = Machine("operator")


def put_some(count, *, about="", at=NOON, topic="works.version.changed", first=0):
    return [
        put(topic=topic, key=f"{topic}:{about}:{n}", payload={"n": n}, about=about, at=at).key
        for n in range(first, first + count)
    ]


def state(consumer):
    """(attempts, is open, is not given up, last error) of each message."""
    return [
        (each.attempts, each.done_at is None, each.given_up_at is None, each.last_error)
        for each in Handover.objects.filter(consumer=consumer).order_by("message_id")
    ]


def test_what_is_due_is_handed_over_once_and_oldest_first(listen):
    listen(Everything, Bookkeeper)
    keys = put_some(3)

    assert work(consumer="everything", at=NOON).done == 3
    assert not work(consumer="everything", at=NOON)

    assert Everything.heard == keys
    assert state("everything") == [(1, False, True, "")] * 3
    assert state("bookkeeper") == [(0, True, True, "")] * 3


def test_no_more_than_the_limit_is_taken(listen):
    listen(Everything)
    keys = put_some(5)

    assert work(consumer="everything", at=NOON, limit=2).done == 2
    assert Everything.heard == keys[:2]
    assert Handover.objects.filter(leased_until__isnull=False).count() == 0


def test_an_unknown_consumer_is_a_defect(listen):
    listen(Everything)

    with pytest.raises(KeyError, match="nobody"):
        work(consumer="nobody", at=NOON)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (DeliveryFailed("The printer is off."), "The printer is off."),
        (ValueError("lan@example.vn"), "ValueError, hearers.py line 22"),
    ],
)
def test_a_failure_is_noted_without_anybodys_data_and_tried_again_after_a_pause(
    listen, error, told
):
    listen(Everything)
    put_some(1)
    Everything.fails_with.append(error)

    tally = work(consumer="everything", at=NOON)

    assert (tally.done, tally.failed, tally.given_up) == (0, 1, 0)
    assert state("everything") == [(1, True, True, told)]
    due = Handover.objects.get().due_at
    assert timedelta(seconds=3) < due - NOON <= timedelta(seconds=6)

    Everything.fails_with.clear()
    assert not work(consumer="everything", at=NOON + timedelta(seconds=1))
    assert work(consumer="everything", at=NOON + timedelta(seconds=6)).done == 1
    assert state("everything") == [(2, False, True, "")]


def test_one_failure_does_not_hold_up_the_others(listen):
    class Picky(Hearer):
        name = "picky"
        topics = frozenset({"works."})

        def handle(self, message):
            if message.payload["n"] == 1:
                raise DeliveryFailed("Not this one.")
            super().handle(message)

    globals()["Picky"] = Picky
    listen(Picky)
    keys = put_some(3)

    tally = work(consumer="picky", at=NOON)

    assert (tally.done, tally.failed) == (2, 1)
    assert Picky.heard == [keys[0], keys[2]]


def test_a_failure_that_cannot_be_helped_is_given_up_at_once(listen):
    listen(Everything)
    put_some(1)
    Everything.fails_with.append(DeliveryFailed("That channel is no more.", permanent=True))

    assert work(consumer="everything", at=NOON).given_up == 1
    assert state("everything") == [(1, True, False, "That channel is no more.")]
    assert not work(consumer="everything", at=NOON + timedelta(days=1))


def test_after_so_many_attempts_a_message_is_given_up_until_somebody_retries_it(listen):
    listen(Impatient)
    put_some(1)
    Impatient.fails_with.append(DeliveryFailed("No answer."))
    at = NOON
    for _ in range(10):
        work(consumer="impatient", at=at)
        at += timedelta(hours=1)
    assert state("impatient") == [(3, True, False, "No answer.")]

    handover = retry(handover=Handover.objects.get(), by=OPERATOR, at=at)
    Impatient.fails_with.clear()

    assert work(consumer="impatient", at=at).done == 1
    assert state("impatient") == [(1, False, True, "")]
    entry = Entry.objects.get()
    assert (entry.event, entry.target_key) == ("outbox.handover.retried", str(handover.pk))
    assert entry.before == {"attempts": 3, "last_error": "No answer."}


def test_only_what_was_given_up_can_be_retried_or_dropped(listen):
    listen(Everything)
    put_some(1)
    handover = Handover.objects.get()

    for action in (retry, drop):
        with pytest.raises(NotGivenUp):
            action(handover=handover, by=OPERATOR, at=NOON)

    assert state("everything") == [(0, True, True, "")]
    assert Entry.objects.count() == 0


def test_all_that_a_consumer_gave_up_can_be_retried_in_one_go(listen):
    listen(Everything)
    put_some(3)
    Everything.fails_with.append(DeliveryFailed("Gone.", permanent=True))
    work(consumer="everything", at=NOON)
    Everything.fails_with.clear()

    assert retry_all(consumer=Consumer.objects.get(), by=OPERATOR, at=NOON) == 3
    assert work(consumer="everything", at=NOON).done == 3
    assert Entry.objects.get().after == {"count": 3}


def test_a_message_that_takes_its_workers_down_is_given_up(listen):
    listen(Impatient)
    put_some(1)
    # What a killed worker leaves behind: an attempt, a lease, no outcome.
    for _ in range(3):
        Handover.objects.update(attempts=3, leased_by="dead", leased_until=NOON)

    tally = work(consumer="impatient", at=NOON)

    assert (tally.given_up, Impatient.heard) == (1, [])
    assert state("impatient") == [(3, True, False, "")]


def test_a_message_on_lease_is_left_alone_until_the_lease_ends(listen):
    listen(Everything)
    put_some(1)
    Handover.objects.update(leased_by="other", leased_until=NOON + timedelta(seconds=30))

    assert not work(consumer="everything", at=NOON)
    assert work(consumer="everything", at=NOON + timedelta(seconds=30)).done == 1


def test_who_has_lost_the_lease_notes_nothing(listen):
    class Slow(Hearer):
        name = "slow"
        topics = frozenset({"works."})

        def handle(self, message):
            Handover.objects.update(leased_by="somebody else")
            super().handle(message)

    globals()["Slow"] = Slow
    listen(Slow)
    put_some(1)

    tally = work(consumer="slow", at=NOON)

    assert (tally.done, tally.lost) == (0, 1)
    assert Handover.objects.get().leased_by == "somebody else"
    assert Handover.objects.get().done_at is None


def test_a_heartbeat_renews_the_lease_or_says_that_it_is_lost(listen):
    seen = []

    class Long(Hearer):
        name = "long"
        topics = frozenset({"works."})
        lease = timedelta(seconds=40)

        def handle(self, message):
            Handover.objects.update(leased_until=NOON)
            message.heartbeat()
            seen.append(Handover.objects.get().leased_until)
            Handover.objects.update(leased_by="somebody else")
            with pytest.raises(LeaseLost):
                message.heartbeat()
            message.heartbeat()

    globals()["Long"] = Long
    listen(Long)
    put_some(1)

    assert work(consumer="long", at=NOON).lost == 1
    assert timedelta(seconds=40) <= seen[0] - NOON < timedelta(seconds=60)


def test_what_there_was_no_time_for_goes_back_untried(listen):
    class Sluggish(Hearer):
        name = "sluggish"
        topics = frozenset({"works."})
        lease = timedelta(milliseconds=30)

        def handle(self, message):
            import time

            time.sleep(0.05)
            message.heartbeat()
            super().handle(message)

    globals()["Sluggish"] = Sluggish
    listen(Sluggish)
    put_some(3)

    assert work(consumer="sluggish", at=NOON).done == 1
    assert [attempts for attempts, *_ in state("sluggish")] == [1, 0, 0]
    assert Handover.objects.filter(leased_until__isnull=False).count() == 0


def test_news_about_one_thing_comes_in_order_to_who_asks(listen):
    listen(Orderly, Everything)
    about_a = put_some(3, about="a")
    about_b = put_some(1, about="b")

    assert work(consumer="orderly", at=NOON).done == 2
    assert Orderly.heard == [about_a[0], about_b[0]]
    assert work(consumer="orderly", at=NOON).done == 1
    assert work(consumer="orderly", at=NOON).done == 1
    assert [key for key in Orderly.heard if key in about_a] == about_a
    assert work(consumer="everything", at=NOON).done == 4


def test_news_in_order_waits_behind_what_failed_or_was_given_up(listen):
    listen(Orderly)
    keys = put_some(2, about="a")
    Orderly.fails_with.append(DeliveryFailed("No.", permanent=True))
    work(consumer="orderly", at=NOON)
    Orderly.fails_with.clear()

    assert not work(consumer="orderly", at=NOON)
    drop(handover=Handover.objects.given_up().get(), by=OPERATOR, at=NOON)

    assert work(consumer="orderly", at=NOON).done == 1
    assert Orderly.heard == keys[1:]
    assert Entry.objects.get().event == "outbox.handover.dropped"


def test_work_in_a_transaction_is_undone_when_it_fails(listen):
    listen(Bookkeeper)
    keys = put_some(1)
    Bookkeeper.fails_with.append(ValueError())

    assert work(consumer="bookkeeper", at=NOON).failed == 1
    assert not Keeping.objects.filter(topic=keys[0]).exists()

    Bookkeeper.fails_with.clear()
    assert work(consumer="bookkeeper", at=NOON + timedelta(minutes=1)).done == 1
    assert Keeping.objects.filter(topic=keys[0]).count() == 1


def test_a_consumer_that_fails_for_an_hour_delivers_everything_once_after_it(listen):
    listen(Everything)
    Everything.fails_with.append(DeliveryFailed("The line is down."))
    keys = []
    at = NOON
    minute = timedelta(minutes=1)
    for passed in range(60):
        keys += put_some(2, at=at, first=2 * passed)
        while work(consumer="everything", at=at):
            pass
        at += minute
    assert Everything.heard == []

    Everything.fails_with.clear()
    for _ in range(90):
        while work(consumer="everything", at=at):
            pass
        at += minute

    assert sorted(Everything.heard) == sorted(keys)
    assert len(keys) == 120
    assert Handover.objects.filter(done_at__isnull=True).count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(timedelta(days=3650), id="ten years ahead"),
        pytest.param(timedelta(hours=3), id="three hours ahead"),
    ],
)
def test_a_clock_that_was_ahead_and_is_set_right_holds_nothing_up(listen, wrong):
    listen(Everything, Impatient)
    put_some(1, at=NOON + wrong)
    Handover.objects.filter(consumer="impatient").update(
        leased_by="killed", leased_until=NOON + wrong
    )

    assert work(consumer="everything", at=NOON).done == 1
    assert work(consumer="impatient", at=NOON).done == 1


def test_a_clock_that_goes_back_a_little_only_waits(listen):
    listen(Everything)
    put_some(1, at=NOON)

    assert not work(consumer="everything", at=NOON - timedelta(minutes=10))
    assert work(consumer="everything", at=NOON).done == 1


def test_a_quiet_consumer_costs_one_query(listen, django_assert_num_queries):
    listen(Everything)

    with django_assert_num_queries(1):
        assert not work(consumer="everything", at=NOON)


@pytest.mark.parametrize("messages", [1, 10])
def test_a_round_costs_one_query_for_each_message(listen, messages, django_assert_max_num_queries):
    listen(Everything)
    put_some(messages)

    with django_assert_max_num_queries(7 + messages):
        assert work(consumer="everything", at=NOON).done == messages


def test_the_contract_has_one_verb():
    assert Handler.__abstractmethods__ == {"handle"}
