"""Drawings from coordinates, lines of old addresses, words in light pages."""

import pytest

from nhipcau.website.rules.maps import Spot, gate_map
from nhipcau.website.rules.redirects import refusal_of, row_of


def test_a_map_keeps_distances_in_both_directions():
    drawn = gate_map(
        [
            Spot(1, "Bắc", 22.0, 106.0),
            Spot(2, "Nam", 21.0, 106.0),
            Spot(3, "Đông", 21.0, 107.0),
        ]
    )

    north, south, east = drawn.dots
    assert (north.x, south.y) == (south.x, east.y)
    up, across = south.y - north.y, east.x - south.x
    assert across / up == pytest.approx(0.93, abs=0.01)  # the cosine of 21.3 degrees
    assert all(0 < dot.x < drawn.width and 0 < dot.y < drawn.height for dot in drawn.dots)
    assert drawn.scale_length / drawn.scale_km == pytest.approx(up / 111.32, rel=0.05)


@pytest.mark.parametrize("spots", [[], [Spot(1, "Một", 22, 106)]])
def test_less_than_two_points_show_nothing(spots):
    assert gate_map(spots) is None


def test_two_gates_in_one_place_are_drawn():
    drawn = gate_map([Spot(1, "A", 22, 106), Spot(2, "B", 22, 106)])

    assert drawn.dots[0].x == drawn.dots[1].x


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        ("https://cu.example/a?b=1", "/a?b=1"),
        ("https://cu.example", "/"),
        ("/a b", "/a b"),
        ("https://[x/", ""),
    ],
)
def test_an_old_address_is_cut_to_its_path(old, kept):
    assert row_of(1, old, "/vi/").path == kept


@pytest.mark.parametrize("target", ["https://x.example/", "//x.example/", "/a\\b", "vi/", "/a b"])
def test_an_old_address_leads_into_this_house_only(target):
    assert refusal_of(row_of(1, "/cu", target))
