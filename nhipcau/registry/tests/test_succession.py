"""Who follows whom; which changes make sense."""

from datetime import date

import pytest

from nhipcau.registry.enums import ChangeKind, ChangeObstacle
from nhipcau.registry.rules.succession import (
    Change,
    Forebear,
    ended_by,
    followers,
    forebears,
    obstacles_to_change,
    rolled_up,
    successors,
)

MARCH, JULY, NOW = date(2025, 3, 1), date(2025, 7, 1), date(2026, 11, 21)
STTTT, OLD_SCIENCE, SCIENCE, CULTURE = 1, 2, 3, 4
MERGER = Change(ChangeKind.MERGE, MARCH, frozenset({STTTT, OLD_SCIENCE}), frozenset({SCIENCE}))
TRANSFER = Change(
    ChangeKind.TRANSFER_FUNCTION,
    MARCH,
    frozenset({STTTT}),
    frozenset({CULTURE}),
    "Báo chí, xuất bản, thông tin đối ngoại",
)


def test_a_merged_unit_is_followed_by_the_result():
    assert successors(STTTT, [MERGER, TRANSFER], as_of=NOW) == {SCIENCE}


def test_a_duty_goes_where_its_function_went():
    followed = successors(STTTT, [MERGER, TRANSFER], as_of=NOW, function="thông tin đối ngoại")

    assert followed == {CULTURE}


def test_another_function_stays_with_the_merger():
    assert successors(STTTT, [MERGER, TRANSFER], as_of=NOW, function="viễn thông") == {SCIENCE}


def test_before_the_day_of_the_change_the_unit_stands_for_itself():
    assert successors(STTTT, [MERGER, TRANSFER], as_of=date(2025, 2, 28)) == {STTTT}


def test_successors_are_followed_link_by_link():
    later = Change(ChangeKind.MERGE, JULY, frozenset({SCIENCE, 9}), frozenset({10}))

    assert successors(STTTT, [later, MERGER], as_of=NOW) == {10}
    assert successors(STTTT, [later, MERGER], as_of=MARCH) == {SCIENCE}


def test_a_dissolved_unit_has_no_successor():
    gone = Change(ChangeKind.DISSOLVE, JULY, frozenset({7}), frozenset())

    assert successors(7, [gone], as_of=NOW) == frozenset()


def test_figures_roll_up_and_those_of_a_split_wait_for_a_person():
    split = Change(ChangeKind.SPLIT, JULY, frozenset({20}), frozenset({21, 22}))

    placed, waiting = rolled_up({STTTT: 3, OLD_SCIENCE: 4, 20: 5}, [MERGER, split], as_of=NOW)

    assert placed == {SCIENCE: 7}
    assert waiting == {20: 5}


def test_a_merger_into_an_existing_unit_ends_only_the_others():
    into = Change(ChangeKind.MERGE, MARCH, frozenset({1, 2}), frozenset({2}))

    assert ended_by(into) == {1}


ALIVE = dict.fromkeys(range(1, 6), (None, None))


@pytest.mark.parametrize(
    ("kind", "before", "after", "function", "expected"),
    [
        pytest.param("merge", {1, 2}, {3}, "", [], id="merger"),
        pytest.param("merge", {1}, {2}, "", [], id="merger into an existing unit"),
        pytest.param(
            "merge", {1, 2}, {3, 4}, "", [ChangeObstacle.MERGER_NEEDS_ONE_RESULT], id="two results"
        ),
        pytest.param(
            "merge", {1}, {1}, "", [ChangeObstacle.MERGER_NEEDS_TWO], id="merged with itself"
        ),
        pytest.param("split", {1}, {2, 3}, "", [], id="split"),
        pytest.param("split", {1}, {2}, "", [ChangeObstacle.SPLIT_NEEDS_TWO], id="split into one"),
        pytest.param("rename", {1}, {1}, "", [], id="renaming"),
        pytest.param(
            "rename",
            {1},
            {2},
            "",
            [ChangeObstacle.RENAMING_KEEPS_THE_UNIT],
            id="renamed to another",
        ),
        pytest.param("dissolve", {1}, set(), "", [], id="dissolution"),
        pytest.param(
            "dissolve", {1}, {2}, "", [ChangeObstacle.DISSOLUTION_HAS_NO_RESULT], id="with a result"
        ),
        pytest.param("transfer_function", {1}, {2}, "báo chí", [], id="transfer"),
        pytest.param(
            "transfer_function",
            {1},
            set(),
            " ",
            [ChangeObstacle.TRANSFER_NEEDS_BOTH_SIDES, ChangeObstacle.TRANSFER_NEEDS_A_FUNCTION],
            id="every obstacle at once",
        ),
        pytest.param(
            "merge",
            set(),
            {1},
            "",
            [ChangeObstacle.NOTHING_CHANGES, ChangeObstacle.MERGER_NEEDS_TWO],
            id="nothing changes",
        ),
    ],
)
def test_obstacles_to_a_change(kind, before, after, function, expected):
    obstacles = obstacles_to_change(
        kind=kind, from_ids=before, to_ids=after, function=function, on=MARCH, lifetimes=ALIVE
    )

    assert obstacles == expected


def test_a_change_of_the_dead_and_the_unborn_is_refused():
    obstacles = obstacles_to_change(
        kind="merge",
        from_ids={1},
        to_ids={2},
        on=MARCH,
        lifetimes={1: (None, date(2020, 1, 1)), 2: (JULY, None)},
    )

    assert obstacles == [ChangeObstacle.ENDED_BEFORE, ChangeObstacle.NOT_YET_BEGUN]


def test_forebears_are_told_link_by_link_with_the_day_on_which_they_were_followed():
    later = Change(ChangeKind.MERGE, JULY, frozenset({SCIENCE, 9}), frozenset({10}))

    assert forebears([10], [MERGER, TRANSFER, later], as_of=NOW) == [
        Forebear(SCIENCE, JULY, goes_on=False),
        Forebear(9, JULY, goes_on=False),
        Forebear(STTTT, MARCH, goes_on=False),
        Forebear(OLD_SCIENCE, MARCH, goes_on=False),
    ]
    assert forebears([10], [MERGER, later], as_of=MARCH) == []
    assert followers([STTTT], [later, MERGER], as_of=NOW) == {SCIENCE, 10}
    assert followers([STTTT], [later, MERGER], as_of=MARCH) == {SCIENCE}


def test_what_came_to_a_unit_after_another_was_split_from_it_is_none_of_the_others():
    split = Change(ChangeKind.SPLIT, MARCH, frozenset({20}), frozenset({20, 21}))
    afterwards = Change(ChangeKind.MERGE, JULY, frozenset({22, 20}), frozenset({20}))

    assert forebears([21], [split, afterwards], as_of=NOW) == [Forebear(20, MARCH, goes_on=True)]
    assert followers([20], [split, afterwards], as_of=NOW) == {21}
