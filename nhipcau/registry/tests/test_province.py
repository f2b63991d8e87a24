"""Whose house this is, said once, in colours that everybody can read."""

import io
from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from PIL import Image

from nhipcau.audit.models import Entry
from nhipcau.kernel.actor import Machine
from nhipcau.registry.actions.province import establish_province
from nhipcau.registry.errors import ProvinceRefused
from nhipcau.registry.models import Area, Province
from nhipcau.registry.rules.colours import carries_white_text, contrast

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_the_contrast_of_two_colours_as_wcag_counts_it(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(("colour", "readable"), [("#767676", True), ("#777777", False)])
def test_the_edge_of_what_can_be_read(colour, readable):
    assert carries_white_text(colour) is readable


def png():
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def words(db):
    area = Area.objects.create(key="tinh/thu", kind="province", label="Tỉnh Thử")
    return {
        "area": area,
        "name": "Tỉnh Thử",
        "emblem": png(),
        "colour": "#0b5d7a",
        "accent": "#9c4a00",
        "languages": ["vi", "en"],
        "by": Machine("operator"),
        "at": NOON,
    }


def test_a_province_is_established_with_a_line_in_the_diary(words):
    province = establish_province(**words)

    kept = Province.objects.get()
    assert (kept.pk, kept.name, bytes(kept.emblem)) == (1, "Tỉnh Thử", words["emblem"])
    assert kept.languages == ["vi", "en"]
    assert [e.event for e in Entry.objects.all()] == ["registry.province.established"]
    assert str(province) == "Tỉnh Thử"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"name": "  "}, "needs a name", id="no name"),
        pytest.param({"colour": "blue"}, "is no colour", id="a word for a colour"),
        pytest.param({"accent": "#ffee00"}, "cannot be read by everybody", id="yellow"),
        pytest.param({"languages": ["vi", "xx"]}, "choose among these", id="unknown language"),
        pytest.param({"languages": []}, "choose among these", id="no language"),
        pytest.param({"emblem": b"<svg onload=alert(1)>"}, "must be a PNG", id="no picture"),
        pytest.param({"emblem": b"\x89PNG\r\n\x1a\n" + b"0" * 99}, "must be a PNG", id="half"),
        pytest.param({"emblem": b"0" * 600_000}, "larger than 512 KB", id="too large"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_there(words, change, sentence):
    with override("en"), pytest.raises(ProvinceRefused, match=sentence):
        establish_province(**words | change)

    assert not Province.objects.exists()
    assert not Entry.objects.exists()


def test_a_house_has_one_province(words):
    establish_province(**words)

    with pytest.raises(ProvinceRefused):
        establish_province(**words | {"name": "Another"})

    assert Province.objects.get().name == "Tỉnh Thử"
