"""Whose house this is, said once, in colours that everybody can read."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.utils.translation import override
from PIL import Image

from nhipcau.audit.models import Entry
from nhipcau.audit.sentences import sentence_of
from nhipcau.kernel.actor import Machine
from nhipcau.registry.actions.province import change_look, establish_province, put_back_look
from nhipcau.registry.errors import LookMoved, ProvinceRefused
from nhipcau.registry.models import Area, FormerLook, Province
from nhipcau.registry.queries.province import look_version
from nhipcau.registry.rules.colours import (
    DarkGround,
    as_colour,
    carries_text,
    contrast,
    on_dark,
)
from nhipcau.registry.rules.looks import Look, ratio_words

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
    assert carries_text(colour, "#ffffff") is readable


def png(colour="red"):
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
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
        pytest.param({"accent": "#ffee00"}, "the least at which everybody can read", id="yellow"),
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


@pytest.fixture
def province(words):
    return establish_province(**words)


LOOK = Look("Tỉnh Thử", png(), "#0b5d7a", "#9c4a00")
BLUE = replace(LOOK, colour="#123456")


def change(look, *, seen=0, at=NOON, by=None):
    return change_look(look=look, seen=seen, by=by or Machine("operator"), at=at)


def test_a_changed_look_is_in_force_and_the_former_one_stays_on_record(province):
    other = png("blue")

    change(Look("Tỉnh  Thử Mới", other, "#123456", "#7a0000"))

    kept = Province.objects.get()
    assert kept.look == Look("Tỉnh Thử Mới", other, "#123456", "#7a0000")
    former = FormerLook.objects.get()
    assert former.look == LOOK
    entry = Entry.objects.get(event="registry.province.changed")
    assert former.ended_by == entry
    assert (entry.before["name"], entry.after["name"]) == ("Tỉnh Thử", "Tỉnh Thử Mới")
    assert entry.after["emblem"] == kept.emblem_sha256 == sha256(other).hexdigest()
    assert sentence_of(entry)


def test_what_is_so_already_leaves_no_line(province):
    change(replace(LOOK, name=" Tỉnh Thử "))

    assert not FormerLook.objects.exists()
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("change_to", "sentence"),
    [
        pytest.param({"name": "  "}, "needs a name", id="no name"),
        pytest.param({"name": "a" * 201}, "201 letters", id="long"),
        pytest.param({"name": "Tỉnh\u202eThử"}, "nobody can see", id="an unseen mark"),
        pytest.param({"colour": "#FFF"}, "is no colour", id="no colour"),
        pytest.param({"colour": "#777777"}, r"#777777 and #f1efe8 .* 3\.8\d to 1", id="grey"),
        pytest.param({"accent": "#e0a000"}, r"#e0a000 and #f1efe8 .* 1\.9\d to 1", id="gold"),
        pytest.param({"emblem": b"<svg/>"}, "must be a PNG", id="no picture"),
    ],
)
def test_a_look_that_cannot_be_changes_nothing(province, change_to, sentence):
    with override("en"), pytest.raises(ProvinceRefused, match=sentence):
        change(replace(LOOK, **change_to))

    assert Province.objects.get().look == LOOK
    assert not FormerLook.objects.exists()
    assert Entry.objects.count() == 1


def test_without_a_province_nothing_is_changed(db):
    with override("en"), pytest.raises(ProvinceRefused, match="no province yet"):
        change(LOOK)


def test_of_two_who_change_at_once_the_second_hears_what_the_first_has_changed(province):
    seen = look_version()
    change(replace(BLUE, emblem=png("blue")), seen=seen)

    with override("en"), pytest.raises(LookMoved) as refusal:
        change(replace(LOOK, name="Tỉnh Khác"), seen=seen)

    assert "main colour “#0b5d7a” → “#123456”" in str(refusal.value)
    assert "emblem" in str(refusal.value)
    assert "12:00 21/11/2026" in str(refusal.value)
    assert Province.objects.get().name == "Tỉnh Thử"
    change(replace(BLUE, name="Tỉnh Khác"), seen=look_version())
    assert Province.objects.get().name == "Tỉnh Khác"


def test_a_look_is_put_back_and_that_can_be_put_back_too(province):
    change(BLUE)
    first = FormerLook.objects.get()

    put_back_look(former=first, seen=look_version(), by=Machine("operator"), at=NOON)
    assert Province.objects.get().look == LOOK
    put_back_look(
        former=FormerLook.objects.first(), seen=look_version(), by=Machine("operator"), at=NOON
    )

    assert Province.objects.get().look == BLUE
    assert FormerLook.objects.count() == 3
    with pytest.raises(LookMoved):
        put_back_look(former=first, seen=first.pk, by=Machine("operator"), at=NOON)


def test_a_colour_is_lightened_until_it_can_be_read_in_the_dark():
    for colour in ("#000000", "#0b5d7a", "#7a0000", "#ffffff", "#00004d"):
        assert all(contrast(on_dark(colour), ground) >= 7 for ground in DarkGround)
    assert on_dark("#ffffff") == "#ffffff"


@pytest.mark.parametrize(
    ("typed", "colour"), [(" 0B5D7A", "#0b5d7a"), ("#ABCDEF ", "#abcdef"), ("blue", "blue")]
)
def test_capitals_and_a_missing_hash_are_put_right(typed, colour):
    assert as_colour(typed) == colour


def test_too_little_contrast_never_reads_as_enough():
    with override("vi"):
        assert ratio_words(4.4999) == "4,49"
