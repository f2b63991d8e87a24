"""The tests of a quick check: those that a change can reach, the nearest first."""

import sys

import pytest

from tests.architecture.test_house_rules import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import touched


def test_the_way_of_imports_is_counted_and_a_ring_ends():
    importers = {"low": ["middle"], "middle": ["high", "low"], "high": ["test_high"]}

    found = touched.distances({"low"}, lambda module: importers.get(module, []))

    assert found == {"low": 0, "middle": 1, "high": 2, "test_high": 3}


def test_of_the_tests_the_nearest_and_quickest_are_run_while_there_is_time():
    reached = {"far": 3, "near and slow": 1, "near": 1, "itself": 0, "unknown": 1}
    lasted = {"far": 1.0, "near and slow": 60.0, "near": 2.0, "itself": 100.0}

    assert touched.within(1000, reached, lasted) == sorted(reached)
    assert touched.within(104, reached, lasted) == ["itself", "near", "unknown"]
    assert touched.within(0, reached, lasted) == ["itself"]


@pytest.mark.parametrize(
    ("file", "near"),
    [
        # a query that views alone import: its room's tests find the page by its address
        ("nhipcau/publishing/queries/board.py", "nhipcau/publishing/tests/test_board.py"),
        # a form that is loaded by its name in the settings
        (
            "nhipcau/publishing/renderers/poster/__init__.py",
            "nhipcau/publishing/tests/test_forms.py",
        ),
        ("nhipcau/plans/templates/plans/review.html", "nhipcau/plans/tests/room/test_pages.py"),
        # what a test is handed by the conftest.py beside it
        ("nhipcau/desk/tests/conftest.py", "nhipcau/desk/tests/test_pages.py"),
        ("tools/touched.py", "tests/tools/test_touched.py"),
    ],
)
def test_a_change_reaches_the_tests_beside_it_first(file, near):
    assert touched.tests_by_distance([file])[near] == 1


def test_a_low_room_reaches_the_house_from_near_to_far():
    reached = touched.tests_by_distance(["nhipcau/registry/models/units.py"])

    assert reached["nhipcau/registry/tests/test_units.py"] == 1
    assert reached["nhipcau/publishing/tests/test_board.py"] > 1


def test_the_settings_reach_every_test_and_a_text_none():
    reached = touched.tests_by_distance(["config/settings/base.py"])

    assert "nhipcau/audit/tests/test_rules.py" in reached
    assert touched.tests_by_distance(["LICENSE"]) == {}
