"""Forms with the province's former name, emblem or colours are made again before they leave."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from nhipcau.media.tests.intake.samples import picture_bytes
from nhipcau.paper.typesetting import HOUSE
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import make_rendition, order_rendition, release_bundle
from nhipcau.publishing.enums import Obstacle
from nhipcau.publishing.errors import NotReadyToRelease
from nhipcau.publishing.models import ReleasedFile, Rendition
from nhipcau.publishing.queries import dry_run
from nhipcau.publishing.queries.pins import is_stale, look_pin
from nhipcau.publishing.queries.standing import forms_of
from nhipcau.publishing.renderers import renderer, web_page
from nhipcau.publishing.renderers.contract import HousePart
from nhipcau.publishing.tests import specimens
from nhipcau.registry.actions.areas import create_area
from nhipcau.registry.actions.province import change_look, establish_province
from nhipcau.registry.models import Province
from nhipcau.registry.queries.province import look_version
from nhipcau.registry.rules.colours import DarkGround, Ground

pytestmark = pytest.mark.pages

LATER = AT + timedelta(hours=2)
PNG = picture_bytes("PNG")


@pytest.fixture
def province(house):
    return establish_province(
        area=create_area(key="tinh/thu", kind="province", name="Tỉnh Thử", by=TEST, at=AT),
        name="Tỉnh Thử",
        emblem=b"",
        colour="#0b5d7a",
        accent="#9c4a00",
        languages=["vi"],
        by=TEST,
        at=AT,
    )


def change(**parts):
    look = replace(Province.objects.get().look, **parts)
    return change_look(look=look, seen=look_version(), by=TEST, at=LATER)


def made(house, version, slug):
    form = order_rendition(slug=slug, versions=[version], by=house.author, at=AT)
    return make_rendition(rendition=form, by=TEST, at=AT)


@pytest.mark.parametrize(
    ("slug", "parts", "stale"),
    [
        ("web-page", {"name": "Tỉnh Thử Mới"}, True),
        ("web-page", {"colour": "#123456"}, True),
        ("web-page", {"accent": "#7a0000"}, False),
        ("web-page", {"emblem": PNG}, False),
        ("short-text", {"name": "Tỉnh Thử Mới"}, True),
        ("short-text", {"colour": "#123456"}, False),
        ("qr", {"name": "Tỉnh Thử Mới", "emblem": PNG, "colour": "#123456"}, False),
        ("card", {"emblem": PNG}, True),
    ],
)
def test_a_form_is_stale_when_what_it_shows_of_the_province_has_changed(
    house, province, slug, parts, stale
):
    form = made(house, house.approved(house.work()), slug)
    assert not is_stale(form)

    change(**parts)

    form = Rendition.objects.get()
    assert is_stale(form) is stale
    (line,) = forms_of(form.subject)
    assert (line.is_stale, line.has_former_look) == (stale, stale)


@pytest.mark.parametrize("slug", ["web-page", "short-text", "qr", "epub", "radio-script"])
def test_a_form_of_words_shows_of_the_province_what_it_says_it_shows(slug):
    form, source = renderer(slug), specimens.vietnamese()
    source = replace(source, issuer="")
    before = specimens.options()
    other = {"name": "Tỉnh Khác", "emblem": PNG, "colour": "#123456", "accent": "#7a0000"}

    def rendered(options):
        return [file.content for file in form.render((source,), specimens.Shelf(), options).files]

    first = rendered(before)
    differs = {
        part
        for part in HousePart
        if rendered(replace(before, house=replace(before.house, **{part.value: other[part.value]})))
        != first
    }

    assert differs == set(form.shows)


def test_with_the_former_look_nothing_leaves_until_it_is_made_again(house, province):
    work = house.work()
    version = house.approved(work)
    form = made(house, version, "web-page")
    change(colour="#123456")
    old = house.bundle(work, renditions=[form], title="Cũ")

    reasons = [each.obstacle for each in dry_run(old, at=LATER).hindrances]
    assert reasons == [Obstacle.FORM_FORMER_LOOK]
    with pytest.raises(NotReadyToRelease):
        release_bundle(bundle=old, by=house.publisher, at=LATER)

    again = order_rendition(slug="web-page", versions=[version], by=house.author, at=LATER)
    assert again != form
    again = make_rendition(rendition=again, by=TEST, at=LATER)
    release_bundle(bundle=house.bundle(work, renditions=[again]), by=house.publisher, at=LATER)
    assert again.house["colour"] == "#123456"


def test_the_former_look_again_is_the_look_that_a_form_was_made_with(house, province):
    form = made(house, house.approved(house.work()), "web-page")
    change(colour="#123456")
    change(colour="#0b5d7a")

    assert not is_stale(Rendition.objects.get(pk=form.pk))


def test_what_has_left_keeps_the_look_that_it_left_with(house, province):
    work = house.work()
    form = made(house, house.approved(work), "web-page")
    release_bundle(bundle=house.bundle(work, renditions=[form]), by=house.publisher, at=AT)
    before = list(ReleasedFile.objects.order_by("pk").values())

    change(name="Tỉnh Thử Mới", emblem=PNG, colour="#123456", accent="#7a0000")

    assert list(ReleasedFile.objects.order_by("pk").values()) == before


def test_a_form_that_waits_for_the_worker_is_made_with_the_look_of_that_minute(house, province):
    version = house.approved(house.work())
    form = order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)
    change(name="Tỉnh Thử Mới")

    form = make_rendition(rendition=form, by=TEST, at=LATER)

    assert form.house == look_pin()
    assert form.house["name"] == "Tỉnh Thử Mới"


def test_the_pin_of_a_look_costs_one_query(province, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert look_pin()["name"] == "Tỉnh Thử"


def test_colours_are_weighed_against_the_grounds_that_are_drawn():
    """What the registry compares with is what stands in the template and in the style."""
    paper = (HOUSE / "house.typ").read_text()
    style = (Path(web_page.__file__).with_name("page.css")).read_text()
    light, dark = style.split("@media (prefers-color-scheme: dark)")

    assert f'let limestone = rgb("{Ground.LIMESTONE}")' in paper
    assert re.findall(r"--(?:page|wash): (#[0-9a-f]{6})", light) == [Ground.PAGE, Ground.WASH]
    assert re.findall(r"--(?:page|wash): (#[0-9a-f]{6})", dark.split("}\n}")[0]) == list(DarkGround)
