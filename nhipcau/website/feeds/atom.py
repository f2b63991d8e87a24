"""Atom (RFC 4287)."""

from __future__ import annotations

from lxml import etree

from nhipcau.website.feeds.contract import Feed
from nhipcau.website.feeds.markup import child, document, plain, root

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MEDIA_TYPE = "application/atom+xml"


def written(feed: Feed) -> bytes:
    top = root("feed", space=_ATOM)
    top.set(_LANG, plain(feed.language))

    def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
        return child(parent, f"{{{_ATOM}}}{name}", text, **attributes)

    add(top, "id", feed.address)
    add(top, "title", feed.title)
    add(top, "updated", feed.changed_at.isoformat())
    add(top, "link", rel="self", type=MEDIA_TYPE, href=feed.address)
    add(top, "link", rel="alternate", type="text/html", href=feed.home)
    add(add(top, "author"), "name", feed.publisher)
    for item in feed.items:
        entry = add(top, "entry")
        add(entry, "id", item.identity)
        add(entry, "title", item.title)
        add(entry, "updated", item.changed_at.isoformat())
        add(entry, "published", item.first_at.isoformat())
        add(add(entry, "author"), "name", item.issuer)
        add(entry, "link", rel="alternate", type="text/html", href=item.address)
        for other in item.others:
            add(entry, "link", rel="related", hreflang=other.language, href=other.address)
        for file in item.enclosures:
            add(
                entry,
                "link",
                rel="enclosure",
                type=file.media_type,
                length=str(file.bytes),
                title=file.name,
                href=file.address,
            )
        for topic in item.topics:
            add(entry, "category", term=topic.key, label=topic.name)
        if item.summary:
            add(entry, "summary", item.summary, type="text")
    return document(top)
