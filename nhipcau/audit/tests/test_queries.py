from datetime import UTC, datetime, timedelta

import pytest

from nhipcau.audit.actions import record
from nhipcau.audit.models import Seal
from nhipcau.audit.queries import history_of, history_of_an_actor, search
from nhipcau.kernel.actor import Machine

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def write(count, *, actor="Đặng Thị Lan", position=1, event="plans.task.moved"):
    return [
        record(
            event=event,
            target=Seal(position=position),
            by=Machine(actor),
            at=NOON + timedelta(minutes=number),
        ).pk
        for number in range(count)
    ]


def pages_of(ask, **wanted):
    page = ask(size=3, **wanted)
    yield [entry.pk for entry in page.entries]
    while page.older is not None:
        page = ask(size=3, before=page.older, **wanted)
        yield [entry.pk for entry in page.entries]


@pytest.mark.parametrize(
    ("ask", "wanted"),
    [
        (history_of, {"kind": "audit.seal", "key": "1"}),
        (history_of_an_actor, {"by_key": "machine:Đặng Thị Lan"}),
        (search, {"words": "lan dang"}),
        (search, {"event": "plans."}),
    ],
)
def test_a_history_comes_newest_first_and_each_line_once(ask, wanted):
    wanted_ones = write(7)
    write(2, actor="Nguyễn Văn Minh", position=2, event="people.person.invited")

    assert list(pages_of(ask, **wanted)) == [
        wanted_ones[:3:-1],
        wanted_ones[3:0:-1],
        wanted_ones[:1],
    ]


@pytest.mark.parametrize("lines", [3, 6])
def test_a_page_that_is_just_full_has_no_older_one(lines):
    write(lines)

    assert [len(page) for page in pages_of(search)] == [3] * (lines // 3)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        pytest.param({}, 4, id="everything"),
        pytest.param({"words": "Đặng"}, 2, id="with accents"),
        pytest.param({"words": "dang lan"}, 2, id="without accents, in any order"),
        pytest.param({"words": "dang minh"}, 0, id="all words are needed"),
        pytest.param({"event": "plans.task.moved"}, 2, id="one event"),
        pytest.param({"event": "people."}, 2, id="events of a room"),
        pytest.param({"event": "plans.task"}, 0, id="a beginning ends with a dot"),
        pytest.param({"since": NOON + timedelta(minutes=1)}, 2, id="from a moment on"),
        pytest.param({"until": NOON + timedelta(minutes=1)}, 2, id="until, not including"),
        pytest.param({"unit_key": "unit:1"}, 0, id="a unit that did nothing"),
    ],
)
def test_the_diary_is_searched_by(wanted, count):
    write(2)
    write(2, actor="Nguyễn Văn Minh", event="people.person.invited")

    assert len(search(**wanted).entries) == count


@pytest.mark.parametrize("lines", [1, 30])
def test_a_page_costs_one_query_however_long_the_diary(lines, django_assert_num_queries):
    write(lines)

    for ask, wanted in (
        (history_of, {"kind": "audit.seal", "key": "1"}),
        (history_of_an_actor, {"by_key": "machine:Đặng Thị Lan"}),
        (search, {"words": "dang", "event": "plans."}),
    ):
        with django_assert_num_queries(1):
            page = ask(**wanted)
        assert len(page.entries) == lines
