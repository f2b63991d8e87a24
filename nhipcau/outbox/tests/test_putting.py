from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from nhipcau.outbox.actions import put
from nhipcau.outbox.errors import KeyTaken
from nhipcau.outbox.models import Handover, Message
from nhipcau.outbox.tests.hearers import Everything, Orderly, Search

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def put_one(**changes):
    return put(
        **{
            "topic": "works.version.changed",
            "key": "works.version.changed:41:7",
            "payload": {"version": 41, "on": date(2026, 3, 2)},
            "about": "version:41",
            "at": NOON,
        }
        | changes
    )


def test_news_is_owed_to_everybody_who_hears_its_topic(listen):
    listen(Everything, Orderly, Search)

    message = put_one()
    put_one(topic="plans.plan.accepted", key="p")
    put_one(topic="people.person.invited", key="i")

    assert message.payload == {"version": 41, "on": "2026-03-02"}
    assert list(
        Handover.objects.order_by("pk").values_list("message__key", "consumer", "about", "due_at")
    ) == [
        ("works.version.changed:41:7", "everything", "version:41", NOON),
        ("works.version.changed:41:7", "orderly", "version:41", NOON),
        ("works.version.changed:41:7", "search@1", "version:41", NOON),
        ("p", "everything", "version:41", NOON),
    ]
    assert Message.objects.count() == 3


def test_news_put_twice_is_one_message(listen):
    listen(Everything)

    assert put_one().pk == put_one().pk
    assert (Message.objects.count(), Handover.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "changes", [{"payload": {"version": 42}}, {"topic": "works.x"}, {"about": "version:42"}]
)
def test_other_news_under_the_same_key_is_refused(listen, changes):
    listen(Everything)
    put_one()

    with pytest.raises(KeyTaken, match=r"“works\.version\.changed:41:7”"):
        put_one(**changes)

    assert Message.objects.get().payload == {"version": 41, "on": "2026-03-02"}
    assert Handover.objects.count() == 1


def test_a_payload_without_plain_form_is_refused_and_nothing_is_written(listen):
    listen(Everything)

    with pytest.raises(TypeError):
        put_one(payload={"row": Message()})

    assert Message.objects.count() == 0


def test_news_goes_with_the_transaction_that_made_it(listen):
    listen(Everything)
    with transaction.atomic():
        put_one()
        transaction.set_rollback(True)

    assert (Message.objects.count(), Handover.objects.count()) == (0, 0)


@pytest.mark.parametrize("classes", [(Everything,), (Everything, Orderly, Search)])
def test_putting_costs_the_same_for_any_number_of_consumers(
    listen, classes, django_assert_max_num_queries
):
    listen(*classes)

    # Lock, savepoints, look for the key, message, consumers, handovers.
    with django_assert_max_num_queries(9):
        put_one()


def test_a_transaction_that_puts_much_wakes_once(listen, django_capture_on_commit_callbacks):
    listen(Everything)

    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        for number in range(5):
            put_one(key=f"k{number}")

    assert len(callbacks) == 1
    assert [task.task_path for task in DBTaskResult.objects.all()] == [
        "nhipcau.outbox.tasks.deliver"
    ]


def test_nobody_is_woken_twice_for_what_one_waking_does(listen, django_capture_on_commit_callbacks):
    listen(Everything)

    for number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            put_one(key=f"k{number}")

    assert DBTaskResult.objects.count() == 1
