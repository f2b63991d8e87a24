from datetime import UTC, date, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from nhipcau.outbox.actions import put, tidy, work
from nhipcau.outbox.errors import DeliveryFailed
from nhipcau.outbox.models import Consumer, Handover, Keeping, Message, TaskTrouble
from nhipcau.outbox.queries import consumers_board, given_up
from nhipcau.outbox.tests.hearers import Everything, Orderly, Search

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def put_some(count, *, topic="works.version.changed", at=NOON):
    for number in range(count):
        put(topic=topic, key=f"{topic}:{at}:{number}", payload={}, at=at)


def test_finished_messages_go_after_the_days_that_the_data_says(listen):
    listen(Everything)
    put_some(2)
    work(consumer="everything", at=NOON)

    assert tidy(at=NOON + 30 * DAY) == 0
    assert tidy(at=NOON + 31 * DAY) == 2
    assert (Message.objects.count(), Handover.objects.count()) == (0, 0)


def test_other_topics_have_other_days_from_a_day_on(listen):
    listen(Everything)
    Keeping.objects.create(topic="works.", days=90, since=date(2026, 1, 1), reason="…")
    Keeping.objects.create(topic="works.", days=60, since=date(2026, 5, 1), reason="…")
    put_some(1)
    put_some(1, topic="people.person.invited")
    work(consumer="everything", at=NOON)

    assert tidy(at=NOON + 31 * DAY) == 1
    assert Message.objects.get().topic == "works.version.changed"
    assert tidy(at=datetime(2026, 4, 30, tzinfo=UTC)) == 0
    assert tidy(at=datetime(2026, 5, 2, tzinfo=UTC)) == 1


def test_what_is_owed_or_given_up_stays(listen):
    listen(Everything)
    put_some(1)
    put_some(1, topic="plans.plan.accepted")
    Everything.fails_with.append(DeliveryFailed("No.", permanent=True))
    work(consumer="everything", at=NOON, limit=1)

    assert tidy(at=NOON + 400 * DAY) == 0
    assert Message.objects.count() == 2


def test_nothing_goes_while_a_consumer_waits_for_its_past(listen):
    listen()
    put_some(1)
    listen(Search)

    assert tidy(at=NOON + 400 * DAY) == 0
    assert Consumer.objects.get(name="search@1").past_to == Message.objects.get().pk


def test_no_more_than_the_limit_goes_in_one_round(listen):
    listen(Everything)
    put_some(5)
    work(consumer="everything", at=NOON)

    assert [tidy(at=NOON + 40 * DAY, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_finished_tasks_go_as_the_data_says_and_failed_ones_stay():
    Keeping.objects.create(topic="background.", days=7, since=date(2026, 1, 1), reason="…")
    common = {"args_kwargs": {}, "task_path": "t", "backend_name": "default", "run_after": NOON}
    done = DBTaskResult.objects.create(status="SUCCESSFUL", finished_at=NOON, **common)
    DBTaskResult.objects.create(status="FAILED", finished_at=NOON, **common)
    TaskTrouble.objects.create(task_id=done.pk, path="t", last_failed_at=NOON)

    assert tidy(at=NOON + 8 * DAY) == 1
    assert DBTaskResult.objects.get().status == "FAILED"
    assert TaskTrouble.objects.count() == 0


@pytest.mark.parametrize("messages", [1, 20])
def test_the_board_costs_two_queries_however_much_is_owed(
    listen, messages, django_assert_num_queries
):
    listen(Everything, Orderly, Search)
    put_some(messages)
    Everything.fails_with.append(DeliveryFailed("No.", permanent=True))
    work(consumer="everything", at=NOON)
    Orderly.fails_with.append(DeliveryFailed("Not yet."))
    work(consumer="orderly", at=NOON)

    with django_assert_num_queries(2):
        board = consumers_board(at=NOON + DAY)

    assert [(row.name, row.owed, row.failing, row.given_up, row.behind) for row in board] == [
        ("everything", 0, 0, messages, None),
        ("orderly", messages, messages, 0, DAY),
        ("search@1", messages, 0, 0, DAY),
    ]
    with django_assert_num_queries(1):
        rows = given_up(size=5)
        assert [row.message.topic for row in rows] == ["works.version.changed"] * min(messages, 5)
