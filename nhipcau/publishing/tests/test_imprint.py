"""What every form says about itself: issuer, day, version, source language, machine help."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from lxml import etree

from nhipcau.media.actions import change_item
from nhipcau.media.queries import path_of_file
from nhipcau.people.actions import open_account
from nhipcau.people.tests.factories import AT, PASSWORD, TEST
from nhipcau.publishing.actions import make_rendition, order_rendition, release_bundle
from nhipcau.publishing.queries.pins import is_stale
from nhipcau.publishing.tests import openers
from nhipcau.publishing.tests.test_releases import picture, with_picture
from nhipcau.translation.actions import save_words

pytestmark = pytest.mark.pages

WHOLE = ["sheet", "leaflet", "handbook", "poster", "parallel", "infographic", "web-page", "epub"]
# In the province it is half past one in the morning of the next day.
APPROVED, RELEASED, REVISED = (datetime(2026, 3, day, 18, 30, tzinfo=UTC) for day in (2, 5, 9))


def body(words, title, what):
    """A paragraph, and the box of facts without which there is no infographic."""
    facts = {"title": title, "rows": [{"label": what, "value": "312"}]}
    return [
        {"type": "text", "value": f"<p>{words}</p>", "id": "a"},
        {"type": "facts", "value": facts, "id": "f"},
    ]


def text_of(content, media_type):
    """The words of a file as others read them: pdftotext, or the text of its elements."""
    if media_type == "application/pdf":
        return openers.pdf_words(content)
    if media_type == "application/epub+zip":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            pages = [book.read(name) for name in book.namelist() if name.endswith(".xhtml")]
    elif media_type.startswith("text/plain"):
        return " ".join(content.decode().split())
    else:
        pages = [content]
    said = " ".join(" ".join(etree.fromstring(page).itertext()) for page in pages)
    return " ".join(said.replace("\u200b", "").split())


def made(house, slug, *versions, at=AT):
    form = order_rendition(slug=slug, versions=versions, by=house.author, at=at)
    form = make_rendition(rendition=form, by=TEST, at=at)
    assert form.state == "made", form.trouble
    return path_of_file(form.file).read_bytes(), form.media_type


def said_by(house, slug, *versions, at=AT):
    return text_of(*made(house, slug, *versions, at=at))


@pytest.fixture
def pair(house):
    """An original and its translation with a machine's help, both approved in the night."""
    work = house.work(body=body("Chợ họp ngày mồng hai và mồng bảy.", "Bằng số", "gian hàng"))
    vietnamese = work.subject.versions.get()
    house.hand_in(vietnamese)
    house.clear(vietnamese, at=APPROVED)
    english = house.translated(work)
    said = body("The market opens on the second and the seventh.", "By numbers", "stalls")
    words = {"machine_helped": True, "body": said}
    save_words(version=english, words=words, by=house.translator, at=AT)
    house.hand_in(english, by=house.translator)
    house.clear(english, at=APPROVED)
    return vietnamese, english


def in_order(text, *parts):
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part!r} is not in {text[place:]!r}"
        place = found + len(part)
    return True


@pytest.mark.skipif(bool(openers.missing("pdftotext")), reason="pdftotext is not installed")
def test_every_whole_form_of_a_first_edition_says_all_five(house, pair):
    _vietnamese, english = pair

    for slug in WHOLE:
        sources = pair if slug == "parallel" else (english,)
        text = said_by(house, slug, *sources).replace(":", "")
        assert in_order(
            text,
            f"Issued by {house.unit.label}",
            "Approved on 3 March 2026",
            "Version 1",
            "Translated from Vietnamese",
            "Machine-assisted, checked by people",
        ), slug
        assert "Date of issue" not in text
        if slug == "parallel":
            assert in_order(
                text,
                f"Cơ quan ban hành {house.unit.label}",
                "Ngày duyệt 03/03/2026",
                "Bản 1",
                "Bản gốc tiếng Việt",
            )


def test_a_later_edition_bears_the_day_of_the_first_and_its_own(house, pair):
    vietnamese, _english = pair
    work = vietnamese.subject.work
    before = made(house, "web-page", vietnamese)
    release_bundle(bundle=house.bundle(work), by=house.publisher, at=RELEASED)
    # What is out already says the same of itself whenever it is made again.
    vietnamese.subject.renditions.update(state="failed")
    assert made(house, "web-page", vietnamese, at=RELEASED + timedelta(days=1)) == before

    save_words(version=vietnamese, words={"title": "Chợ phiên"}, by=house.author, at=RELEASED)
    house.hand_in(vietnamese)
    house.clear(vietnamese, at=REVISED)

    text = said_by(house, "web-page", vietnamese, at=REVISED)
    assert in_order(
        text,
        "Cơ quan ban hành",
        "Ngày phát hành 06/03/2026",
        "Sửa đổi ngày 10/03/2026",
        "Bản 2",
        "Bản gốc tiếng Việt",
    )
    assert "Ngày duyệt" not in text


def test_short_forms_leave_it_to_the_page_that_they_lead_to(house, pair):
    _vietnamese, english = pair
    day, number = "3 March 2026", "Version"

    assert house.unit.label in said_by(house, "short-text", english)
    for slug in ("short-text", "qr"):
        text = said_by(house, slug, english)
        assert day not in text
        assert number not in text
    script = said_by(house, "radio-script", english)
    assert in_order(
        script,
        f"Issued by: {house.unit.label}",
        f"Approved on: {day}",
        "Translated from: Vietnamese",
        "Machine-assisted, checked by people",
    )
    assert number not in script


def test_a_historical_picture_bears_where_it_is_from_and_when_it_was_made(house, client):
    told = {"origin": "Bảo tàng tỉnh", "made_in_year": "1979", "archive_mark": "P.12/304"}
    item = picture(house, **told)
    work = house.work(body=with_picture(item))
    version = work.subject.versions.get()
    clearance = house.hand_in(version)

    client.force_login(open_account(person=house.head, password=PASSWORD, by=TEST, at=AT))
    panel = client.get(reverse("publishing:review", args=[clearance.uuid])).content.decode()
    assert panel.count("Bảo tàng tỉnh") == 2  # as the public will read it, and beside it
    assert "P.12/304" in panel

    house.clear(version)
    for slug in ("web-page", "sheet", "epub"):
        text = said_by(house, slug, version)
        assert "Nguyễn Văn Ảnh · Bảo tàng tỉnh, 1979" in text
        assert "P.12/304" not in text

    # It leaves with the picture: who tells it differently asks for another look.
    form = version.subject.renditions.first()
    assert not is_stale(form)
    change_item(item=item, changes={"made_in_year": "1969"}, by=house.author, at=AT)
    assert is_stale(form)
