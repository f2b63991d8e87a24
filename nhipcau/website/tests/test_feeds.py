"""Feeds, sitemaps and cards, read by programs that are not ours."""

import json
import re
from dataclasses import replace
from urllib.parse import quote, urlsplit

import feedparser
import pytest
from django.conf import settings
from django.utils import timezone
from lxml import etree
from rdflib import Graph
from rdflib.namespace import SDO
from usp.tree import sitemap_from_str

from nhipcau.media.models import MediaFile
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.publishing.actions import (
    make_rendition,
    order_rendition,
    release_bundle,
    withdraw,
)
from nhipcau.publishing.tests.factories import House
from nhipcau.publishing.tests.test_public import corrected
from nhipcau.publishing.tests.test_releases import picture, with_picture
from nhipcau.website.actions import open_portal
from nhipcau.website.feeds import months, reading
from nhipcau.works.models import Topic

HERE = settings.WAGTAILADMIN_BASE_URL
NASTY = 'Chợ "A" & <b>B</b>\x0b\x00 ]]> 💥'


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def work(house):
    """A text with a picture and its PDF, in Vietnamese and English, of a topic."""
    topic, _ = Topic.objects.get_or_create(
        key="image/tourism",
        defaults={"name": "Du lịch", "english_name": "Tourism", "topic_class": "image"},
    )
    shown = picture(house)
    MediaFile.objects.filter(item=shown).update(width=640, height=480)
    work = house.work(body=with_picture(shown), topics=[topic])
    version = house.approved(work)
    translated = house.translated(work)
    house.hand_in(translated)
    house.clear(translated)
    ordered = order_rendition(slug="sheet", versions=[version], by=house.author, at=AT)
    made = make_rendition(rendition=ordered, by=TEST, at=AT)
    release_bundle(
        bundle=house.bundle(work, renditions=[made]), by=house.publisher, at=timezone.now()
    )
    return work


def more(house, title):
    work = house.work(title=title)
    house.approved(work)
    release_bundle(bundle=house.bundle(work), by=house.publisher, at=timezone.now())
    return work


def path_of(address):
    assert address.startswith(HERE)
    return urlsplit(address).path


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return feedparser.parse(
        answer.content, response_headers={"content-type": answer["Content-Type"]}
    )


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_is_read_by_feedparser(client, house, work, form, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        found = read(client, f"/vi/feed.{form}")

    assert not found.bozo
    assert found.version == {"atom": "atom10", "rss": "rss20"}[form]
    assert [link["href"] for link in found.feed.links if link["rel"] == "self"] == [
        f"{HERE}/vi/feed.{form}"
    ]
    [entry] = found.entries
    short = work.subject.short_id
    assert entry.title == "Chợ phiên vùng biên"
    assert entry.id == f"{HERE}/{short}#vi"
    assert entry.link == f"{HERE}/vi/cho-phien-vung-bien-{short}/"
    assert entry.author == "Sở Văn hóa, Thể thao và Du lịch"
    assert entry.summary == "Chợ họp năm ngày một phiên."
    assert "Du lịch" in {tag.get("label") or tag["term"] for tag in entry.tags}
    [file] = entry.enclosures
    assert file["type"] == "application/pdf"
    assert client.get(path_of(file["href"])).status_code == 200


def test_an_item_keeps_its_identity_when_it_is_corrected(client, house, work):
    [before] = read(client, "/vi/feed.atom").entries
    corrected(house, work, at=timezone.now())
    [after] = read(client, "/vi/feed.atom").entries

    assert after.title == "Chợ phiên vùng biên, giờ mới"
    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated_parsed >= before.updated_parsed
    assert [link["hreflang"] for link in after.links if link["rel"] == "related"] == ["en"]


def test_feeds_of_topic_and_unit_hold_theirs_alone(client, house, work):
    other = more(house, "Tin khác")
    of_topic = read(client, "/vi/topic/image/tourism/feed.atom")
    in_english = read(client, "/en/topic/image/tourism/feed.rss")
    of_unit = read(client, f"/vi/unit/{work.unit.key}/feed.atom")

    assert [entry.title for entry in of_topic.entries] == ["Chợ phiên vùng biên"]
    assert of_topic.feed.title.startswith("Du lịch · ")
    assert in_english.feed.title.startswith("Tourism · ")
    assert {entry.id for entry in of_unit.entries} == {
        f"{HERE}/{each.subject.short_id}#vi" for each in (work, other)
    }
    for nowhere in (
        "/vi/topic/no/such/feed.atom",
        "/vi/unit/no/such/feed.atom",
        "/xx/feed.atom",
        "/vi/feed.exe",
        "/VI/feed.atom",
    ):
        assert client.get(nowhere).status_code == 404, nowhere


def test_a_feed_is_bounded_however_much_there_is(client, house, monkeypatch):
    monkeypatch.setattr(reading, "LATEST", 2)
    for number in range(3):
        more(house, f"Tin số {number}")

    found = read(client, "/vi/feed.atom")

    assert [entry.title for entry in found.entries] == ["Tin số 2", "Tin số 1"]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_no_title_breaks_a_feed(client, house, form, monkeypatch):
    more(house, 'Chợ "A" & <b>B</b> ]]> 💥')
    really = reading.public_entries

    def with_controls(*args, **kwargs):
        return [replace(entry, title=NASTY) for entry in really(*args, **kwargs)]

    monkeypatch.setattr(reading, "public_entries", with_controls)
    answer = client.get(f"/vi/feed.{form}")

    if form == "json":
        assert answer.json()["items"][0]["title"] == NASTY
    else:
        root = etree.fromstring(answer.content)
        titles = [each.text for each in root.iter() if etree.QName(each).localname == "title"]
        assert 'Chợ "A" & <b>B</b> ]]> 💥' in titles


def test_json_feed_and_ninjs_tell_the_same(client, house, work):
    feed = client.get("/vi/feed.json").json()
    press = client.get("/vi/press.json").json()

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    [item], [news] = feed["items"], press["associations"]
    assert item["id"] == news["uri"] == f"{HERE}/{work.subject.short_id}#vi"
    assert item["attachments"][0]["size_in_bytes"] == news["renditions"][1]["sizeinbytes"]
    assert path_of(item["image"]).startswith("/media/")
    assert press["standard"]["version"] == "2.1"
    assert (news["headlines"][0]["value"], news["pubstatus"]) == (item["title"], "usable")


def test_an_unchanged_feed_is_not_sent_again(client, house, work):
    whole = client.get("/vi/topic/image/tourism/feed.atom")
    again = client.get(
        "/vi/topic/image/tourism/feed.atom", headers={"If-None-Match": whole["ETag"]}
    )

    assert (again.status_code, again.content) == (304, b"")


def test_sitemaps_are_read_by_a_crawler_s_parser(client, house, work, monkeypatch):
    more(house, "Tin khác")
    monkeypatch.setattr(months, "PART", 2)
    index = etree.fromstring(client.get("/sitemap.xml").content)
    files = [path_of(each.text) for each in index.iter("{*}loc")]

    assert files[0] == "/sitemap-news.xml"
    assert len(files) == 3  # two parts of this month
    pages = [
        page
        for file in files[1:]
        for page in sitemap_from_str(client.get(file).content.decode()).all_pages()
    ]
    short = work.subject.short_id
    by_address = {page.url: page for page in pages}
    assert len(pages) == 3
    shown = by_address[f"{HERE}/vi/cho-phien-vung-bien-{short}/"]
    assert dict(shown.alternates) == {
        "vi": f"{HERE}/vi/cho-phien-vung-bien-{short}/",
        "en": f"{HERE}/en/the-border-market-{short}/",
    }
    assert client.get(path_of(shown.images[0].loc)).status_code == 200
    assert shown.last_modified is not None

    news = list(sitemap_from_str(client.get("/sitemap-news.xml").content.decode()).all_pages())
    assert {page.news_story.title for page in news} == {
        "Chợ phiên vùng biên",
        "The border market",
        "Tin khác",
    }
    assert {page.news_story.publication_language for page in news} == {"vi", "en"}


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap-2026-13-1.xml",
        "/sitemap-0-1-1.xml",
        "/sitemap-2026-11-0.xml",
        "/sitemap-1999-01-1.xml",
        "/sitemap-99999999999999999999-01-1.xml",
    ],
)
@pytest.mark.django_db
def test_sitemaps_that_are_not_there_are_missing(client, address):
    assert client.get(address).status_code == 404


def test_what_was_withdrawn_leaves_feeds_and_sitemaps(client, house, work):
    withdraw(
        subject=work.subject,
        reason="in_error",
        notice="Sai.",
        by=house.publisher,
        at=timezone.now(),
    )

    assert read(client, "/vi/feed.atom").entries == []
    assert b"cho-phien" not in client.get("/sitemap.xml").content
    assert client.get(f"/oembed?url={HERE}/{work.subject.short_id}").status_code == 404


def test_a_card_tells_title_and_picture(client, work):
    short = work.subject.short_id
    address = quote(f"{HERE}/en/the-border-market-{short}/")

    told = client.get(f"/oembed?url={address}").json()
    pictured = client.get(f"/oembed?url={quote(f'{HERE}/vi/cho-phien-{short}/')}").json()
    in_xml = etree.fromstring(client.get(f"/oembed?url={address}&format=xml").content)
    by_short = client.get(f"/oembed?url={quote(f'{HERE}/{short}')}").json()

    assert (told["type"], told["version"], told["title"]) == ("link", "1.0", "The border market")
    assert "thumbnail_url" not in told  # its words show no picture
    assert (pictured["thumbnail_width"], pictured["thumbnail_height"]) == (640, 480)
    assert client.get(path_of(pictured["thumbnail_url"])).status_code == 200
    assert in_xml.findtext("title") == "The border market"
    assert by_short["title"] in {"The border market", "Chợ phiên vùng biên"}
    for wrong, status in (
        (f"url={quote(f'https://elsewhere.example/{short}')}", 404),
        ("url=", 404),
        ("url=http://[", 404),
        ("url=%00", 404),
        ("url=" + "a" * 10_000, 404),
        (f"url={address}&format=yaml", 501),
    ):
        assert client.get(f"/oembed?{wrong}").status_code == status, wrong


@pytest.mark.django_db
def test_robots_are_told_what_is_public(client):
    told = client.get("/robots.txt").content.decode()

    assert f"Sitemap: {HERE}/sitemap.xml" in told
    assert "Disallow: /admin/" in told


@pytest.fixture
def portal(house, work):
    open_portal(by=TEST, at=AT)
    return work


def test_browsers_find_feed_and_search_in_the_head_of_a_page(client, portal):
    head = client.get("/vi/").content.decode()
    description = client.get("/vi/search.xml")

    assert f'href="{HERE}/vi/feed.atom"' in head
    assert f'href="{HERE}/vi/search.xml"' in head
    root = etree.fromstring(description.content)
    [template] = [each.get("template") for each in root.iter("{*}Url")]
    assert template.startswith(f"{HERE}/vi/")
    assert client.get(path_of(template.partition("?")[0])).status_code == 200
    assert len(root.findtext("{*}ShortName")) <= 16
    assert client.get("/xx/search.xml").status_code == 404


# rdflib's own reader of JSON-LD still uses what rdflib calls old.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_every_word_in_the_head_of_a_work_is_one_of_schema_org(client, portal):
    page = client.get(f"/vi/cho-phien-vung-bien-{portal.subject.short_id}/").content.decode()
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    graph = Graph().parse(
        data=json.dumps({**json.loads(told), "@context": {"@vocab": str(SDO)}}), format="json-ld"
    )

    words = {each for triple in graph for each in triple if str(each).startswith(str(SDO))}
    assert SDO.NewsArticle in words
    assert {SDO.headline, SDO.datePublished, SDO.publisher} <= words
    assert {each.removeprefix(str(SDO)) for each in words} <= set(SDO.__annotations__)
