"""Every file of a form, a bundle and a release is called by name, kind and size."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import AT, TEST, make_user
from nhipcau.publishing.actions import make_rendition, order_rendition, release_bundle
from nhipcau.publishing.models import Rendition
from nhipcau.publishing.phrases import kind_of_file
from nhipcau.publishing.tests.test_releases import picture, with_picture


@pytest.fixture
def work(house):
    work = house.work(body=with_picture(picture(house)))
    version = house.approved(work)
    for slug in ("qr", "short-text"):
        ordered = order_rendition(slug=slug, versions=[version], by=house.author, at=AT)
        make_rendition(rendition=ordered, by=TEST, at=AT)
    return work


@pytest.fixture
def desk(house, client):
    client.force_login(make_user(Role.PUBLISHER, unit=house.unit, reach=Reach.HOUSE))
    return client


FILES = (
    ("qr.svg", "hình vẽ (SVG)"),
    ("qr.png", "ảnh (PNG)"),
    ("short-text.txt", "văn bản thuần"),
    ("short-text-unaccented.txt", "văn bản thuần"),
)


def told(page, files=FILES):
    words = " ".join(page.content.decode().split())
    for name, kind in files:
        places = (words[found.end() :][:250] for found in re.finditer(re.escape(name), words))
        sized = rf"{re.escape(kind)} · [\d,]+\s(byte|KB)"
        assert any(re.search(sized, after) for after in places), name
    return words


def test_on_the_page_of_the_work(desk, work):
    words = told(desk.get(reverse("works:work", args=[work.subject.uuid])))

    for form in Rendition.objects.all():
        for other in form.further:
            assert other["sha256"] not in words


def test_in_the_dry_run_and_on_the_page_of_the_release(desk, house, work):
    bundle = house.bundle(work, renditions=list(Rendition.objects.all()))
    picture_told = ("cong-cho.png", "ảnh (PNG)")

    told(desk.get(reverse("publishing:bundle", args=[bundle.uuid])), (*FILES, picture_told))
    (release,) = release_bundle(bundle=bundle, by=house.publisher, at=AT)
    told(desk.get(reverse("publishing:release", args=[release.uuid])), (*FILES, picture_told))


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("text/plain; charset=utf-8", "văn bản thuần"),
        ("video/mp4", "phim (MP4)"),
        ("text/vtt; charset=utf-8", "phụ đề (WebVTT)"),
        ("video/x-matroska", "phim"),
        ("application/x-unheard-of", "application/x-unheard-of"),
        ("", ""),
    ],
)
def test_a_kind_is_said_in_words(media_type, kind):
    with override("vi"):
        assert kind_of_file(media_type) == kind
