from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.outbox.rules import (
    LONGEST_PAUSE,
    days_kept,
    hears,
    is_ready,
    pause_after,
)

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("topics", "topic", "expected"),
    [
        ({"works."}, "works.version.released", True),
        ({"works."}, "workshop.held", False),
        ({"works.version"}, "works.version", True),
        ({"works.version"}, "works.version.released", False),
        (set(), "works.version", False),
        ({"plans.", "works.version"}, "plans.plan.accepted", True),
    ],
)
def test_who_hears_what(topics, topic, expected):
    assert hears(topics, topic) is expected


@pytest.mark.parametrize(
    ("attempts", "chance", "seconds"),
    [(1, 0, 5), (2, 0, 10), (5, 0, 80), (10, 0, 2560), (11, 0, 3600), (80, 0, 3600), (11, 1, 2400)],
)
def test_pauses_double_up_to_an_hour(attempts, chance, seconds):
    assert pause_after(attempts, chance=chance) == timedelta(seconds=seconds)


@given(st.integers(1, 10**9), st.floats(0, 1))
def test_a_pause_is_never_longer_than_an_hour_nor_shorter_than_three_seconds(attempts, chance):
    assert timedelta(seconds=3) < pause_after(attempts, chance=chance) <= LONGEST_PAUSE


@pytest.mark.parametrize(("attempts", "chance"), [(0, 0.5), (1, -0.1), (1, 1.1)])
def test_there_is_no_pause_without_a_failure(attempts, chance):
    with pytest.raises(ValueError, match="No pause after"):
        pause_after(attempts, chance=chance)


def test_eighty_attempts_take_about_three_days():
    waited = sum((pause_after(n, chance=0.5) for n in range(1, 80)), timedelta())

    assert timedelta(days=2) < waited < timedelta(days=4)


MOMENTS = [
    pytest.param(0, None, True, id="due now"),
    pytest.param(1, None, False, id="due in a second"),
    pytest.param(3600, None, False, id="due after the longest pause"),
    pytest.param(3601, None, True, id="due later than any pause: a clock was wrong"),
    pytest.param(10**8, None, True, id="due in three years: a clock was wrong"),
    pytest.param(0, 1, False, id="on lease"),
    pytest.param(0, 0, True, id="the lease ends at this very moment"),
    pytest.param(0, 3600, False, id="on the longest lease"),
    pytest.param(0, 3601, True, id="on lease for longer than any lease: a clock was wrong"),
    pytest.param(0, -5, True, id="the lease is over"),
]


@pytest.mark.parametrize(("due", "leased", "expected"), MOMENTS)
def test_when_a_message_may_be_taken(due, leased, expected):
    assert expected is is_ready(
        due_at=NOON + timedelta(seconds=due),
        leased_until=None if leased is None else NOON + timedelta(seconds=leased),
        at=NOON,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("due", "leased", "expected"), MOMENTS)
def test_the_database_agrees_on_when_a_message_may_be_taken(due, leased, expected):
    from nhipcau.outbox.models import Handover, Message

    message = Message.objects.create(topic="t", key="k", written_at=NOON)
    Handover.objects.create(
        message=message,
        consumer="c",
        due_at=NOON + timedelta(seconds=due),
        leased_until=None if leased is None else NOON + timedelta(seconds=leased),
    )

    assert Handover.objects.ready(NOON).exists() is expected


@pytest.mark.parametrize(
    ("topic", "expected"),
    [("works.version", 90), ("works", 30), ("plans.x", 30), ("background.", 7)],
)
def test_the_longest_beginning_says_how_long_a_message_is_kept(topic, expected):
    assert days_kept(topic, [("", 30), ("works.", 90), ("background.", 7)]) == expected


def test_what_nothing_is_said_about_stays():
    assert days_kept("works", []) is None
