"""Sitemaps (sitemaps.org 0.9): an index, a file a month of what went out, the news of two days.

A month that has passed changes only where its own texts do, so whoever reads sitemaps reads one
file again and again, and not all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nhipcau.website.feeds.contract import Feed, Other
from nhipcau.website.feeds.markup import child, document, root

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# What readers of news sitemaps call the two ways to write Chinese.
_NEWS_LANGUAGES = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}


@dataclass(frozen=True, slots=True)
class Place:
    """An address, when it last changed, the same in other languages, the pictures it shows."""

    address: str
    language: str
    changed_at: datetime
    others: Sequence[Other] = ()
    pictures: Sequence[str] = ()


def index(addresses: Iterable[str]) -> bytes:
    """Which sitemaps there are."""
    top = root("sitemapindex", space=SITEMAP)
    for address in addresses:
        child(child(top, f"{{{SITEMAP}}}sitemap"), f"{{{SITEMAP}}}loc", address)
    return document(top)


def places(shown: Iterable[Place]) -> bytes:
    """Addresses with their languages: every one names all, itself too."""
    top = root("urlset", space=SITEMAP, image=_IMAGE, xhtml=_XHTML)
    for place in shown:
        url = child(top, f"{{{SITEMAP}}}url")
        child(url, f"{{{SITEMAP}}}loc", place.address)
        child(url, f"{{{SITEMAP}}}lastmod", place.changed_at.isoformat())
        if place.others:
            for other in (Other(place.language, place.address), *place.others):
                child(
                    url,
                    f"{{{_XHTML}}}link",
                    rel="alternate",
                    hreflang=other.language,
                    href=other.address,
                )
        for picture in place.pictures:
            child(child(url, f"{{{_IMAGE}}}image"), f"{{{_IMAGE}}}loc", picture)
    return document(top)


def news(feeds: Iterable[Feed], *, since: datetime) -> bytes:
    """The news of these feeds that first went out since then."""
    top = root("urlset", space=SITEMAP, news=_NEWS)
    for feed in feeds:
        language = _NEWS_LANGUAGES.get(feed.language.lower(), feed.language.partition("-")[0])
        for item in feed.items:
            if item.first_at < since:
                continue
            url = child(top, f"{{{SITEMAP}}}url")
            child(url, f"{{{SITEMAP}}}loc", item.address)
            told = child(url, f"{{{_NEWS}}}news")
            publication = child(told, f"{{{_NEWS}}}publication")
            child(publication, f"{{{_NEWS}}}name", feed.publisher)
            child(publication, f"{{{_NEWS}}}language", language)
            child(told, f"{{{_NEWS}}}publication_date", item.first_at.isoformat())
            child(told, f"{{{_NEWS}}}title", item.title)
    return document(top)


def file_name(month: date, part: int) -> str:
    return f"sitemap-{month:%Y-%m}-{part}.xml"
