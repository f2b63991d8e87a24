"""What a path means, and which language a stranger is shown."""

import pytest

from nhipcau.website.rules.addresses import (
    Month,
    WorkAddress,
    best_language,
    in_frame,
    month_in,
    work_address,
)

AVAILABLE = ["vi", "en", "zh-hans", "lo", "km"]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("cho-phien-2345678/", WorkAddress("2345678", "cho-phien")),
        ("2345678", WorkAddress("2345678", "")),
        ("边境集市-2345678", WorkAddress("2345678", "边境集市")),
        ("hmn-latn-x-vn/cho-2345678", WorkAddress("2345678", "cho", "hmn-latn-x-vn")),
        ("cho-phien", None),
        ("du-lich/cho-2345678", WorkAddress("2345678", "cho", "du-lich")),  # as a tag is formed
        ("tin_tuc/cho-2345678", None),
        ("x2345678", None),
        ("a/b/c-2345678", None),
        ("", None),
    ],
)
def test_a_path_names_a_work_or_it_does_not(path, meant):
    assert work_address(path) == meant


@pytest.mark.parametrize(
    ("path", "before", "month"),
    [
        ("du-lich/2026-02", "du-lich", Month(2026, 2)),
        ("du-lich/2026-13", "du-lich/2026-13", None),
        ("du-lich", "du-lich", None),
        ("2026-02", "", Month(2026, 2)),
        ("du-lich/0000-01", "du-lich/0000-01", None),
    ],
)
def test_a_month_stands_at_the_end(path, before, month):
    assert month_in(path) == (before, month)


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("", "vi"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("fr,lo;q=0.4,km;q=0.7", "km"),
        ("vi;q=0,en;q=0.1", "en"),
        ("*", "vi"),
        ("en;q=2, ;;;, km", "km"),
        ("x" * 100_000, "vi"),
        ("\x00,en\r\n", "en"),
    ],
)
def test_a_stranger_is_shown_the_language_that_the_browser_asks_for(header, shown):
    assert best_language(header, AVAILABLE) == shown


def test_a_language_without_an_interface_is_read_in_a_frame():
    assert in_frame("/lo/a-2345678/", frame="en", interface=AVAILABLE) == "/lo/a-2345678/"
    assert in_frame("/tyz/a-2345678/", frame="en", interface=AVAILABLE) == "/en/tyz/a-2345678/"
