from datetime import UTC, datetime, timedelta

import pytest

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.outbox.actions import hand_over_the_past, put, register_consumers, retire
from nhipcau.outbox.checks import consumers_can_be_had
from nhipcau.outbox.errors import StillListed
from nhipcau.outbox.models import Consumer, Handover
from nhipcau.outbox.tests.hearers import Everything, Orderly, Search

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def put_one(key, *, at=NOON, topic="works.version.changed"):
    put(topic=topic, key=key, payload={}, at=at)


def owed():
    return sorted(Handover.objects.values_list("consumer", "message__key"))


def test_registering_again_changes_nothing_and_costs_one_query(listen, django_assert_num_queries):
    assert listen(Everything, Search, at=NOON) == ["everything", "search@1"]

    with django_assert_num_queries(1):
        assert register_consumers(at=NOON + timedelta(days=1)) == []

    assert set(Consumer.objects.values_list("name", "node", "since", "until")) == {
        ("everything", "", NOON, None),
        ("search@1", "1", NOON, None),
    }


def test_a_consumer_added_later_hears_the_past_if_it_asks_for_that(listen):
    listen(at=NOON)
    put_one("before")
    put_one("not heard", topic="people.person.invited")

    listen(Everything, Search, at=NOON)
    put_one("after")
    assert owed() == [("everything", "after"), ("search@1", "after")]

    assert hand_over_the_past(at=NOON) == 1
    assert owed() == [("everything", "after"), ("search@1", "after"), ("search@1", "before")]
    assert hand_over_the_past(at=NOON) == 0


def test_the_past_comes_in_portions_and_may_be_broken_off(listen):
    for number in range(5):
        put_one(f"k{number}")
    listen(Search, at=NOON)

    portions = []
    while looked_at := hand_over_the_past(at=NOON, limit=2):
        portions.append(looked_at)

    assert portions == [2, 2, 1]
    assert owed() == [("search@1", f"k{number}") for number in range(5)]


def test_each_node_is_told_for_itself(listen):
    listen(Search, at=NOON)
    listen(Search, at=NOON, node="2")
    put_one("a")

    assert owed() == [("search@1", "a"), ("search@2", "a")]


def test_a_node_does_not_strike_the_consumers_of_another(listen):
    listen(Search, at=NOON, node="2")

    listen(Everything, at=NOON, node="1")

    assert list(Consumer.objects.filter(until__isnull=True).values_list("name", flat=True)) == [
        "search@2",
        "everything",
    ]


def test_a_consumer_that_is_no_longer_listed_hears_nothing_more(listen):
    listen(Everything, Orderly, at=NOON)

    assert listen(Orderly, at=NOON + timedelta(days=1)) == ["everything"]
    put_one("a")

    assert owed() == [("orderly", "a")]
    assert Consumer.objects.get(name="everything").until == NOON + timedelta(days=1)


def test_a_consumer_that_comes_back_is_told_what_it_missed_and_no_more(listen):
    put_one("long before", at=NOON - timedelta(days=1))
    listen(Everything, at=NOON)
    put_one("heard", at=NOON)
    listen(at=NOON + timedelta(days=1))
    put_one("missed", at=NOON + timedelta(days=2))

    listen(Everything, at=NOON + timedelta(days=3))
    hand_over_the_past(at=NOON + timedelta(days=3))

    assert owed() == [("everything", "heard"), ("everything", "missed")]


def test_a_node_that_is_no_more_is_struck_with_all_that_it_owes(listen):
    listen(Search, at=NOON, node="2")
    put_one("a")
    listen(Search, at=NOON, node="1")

    retire(consumer=Consumer.objects.get(name="search@2"), by=Machine("operator"), at=NOON)

    assert owed() == []
    assert Consumer.objects.get(name="search@2").until == NOON
    assert Entry.objects.get().before == {"owed": 1}


def test_a_consumer_that_is_listed_is_not_struck(listen):
    listen(Everything, at=NOON)
    put_one("a")

    with pytest.raises(StillListed, match="OUTBOX_CONSUMERS"):
        retire(consumer=Consumer.objects.get(), by=Machine("operator"), at=NOON)

    assert owed() == [("everything", "a")]
    assert Consumer.objects.get().until is None


@pytest.mark.parametrize(
    ("paths", "errors"),
    [
        ([], []),
        (["nhipcau.outbox.tests.hearers.Everything"], []),
        (["nhipcau.outbox.tests.hearers.Nobody"], ["outbox.E001"]),
        (["nhipcau.outbox.models.Message"], ["outbox.E002"]),
        (["nhipcau.outbox.tests.hearers.Everything"] * 2, ["outbox.E004"]),
    ],
)
def test_a_misspelt_consumer_is_found_when_the_house_starts(settings, paths, errors):
    settings.OUTBOX_CONSUMERS = paths

    assert [error.id for error in consumers_can_be_had()] == errors
