"""RSS 2.0, as readers want it: with dc:creator for who issued it, since `author` is an address."""

from __future__ import annotations

from email.utils import format_datetime

from lxml import etree

from nhipcau.website.feeds.contract import Feed
from nhipcau.website.feeds.markup import child, document

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
MEDIA_TYPE = "application/rss+xml"


def written(feed: Feed) -> bytes:
    names = {"atom": _ATOM, "dc": _DC, "media": _MEDIA}
    root = etree.Element("rss", {"version": "2.0"}, nsmap=names)
    channel = child(root, "channel")
    child(channel, "title", feed.title)
    child(channel, "link", feed.home)
    child(channel, "description", feed.title)
    child(channel, "language", feed.language.lower())
    child(channel, "lastBuildDate", format_datetime(feed.changed_at))
    child(channel, f"{{{_ATOM}}}link", rel="self", type=MEDIA_TYPE, href=feed.address)
    for each in feed.items:
        item = child(channel, "item")
        child(item, "title", each.title)
        child(item, "link", each.address)
        child(item, "guid", each.identity, isPermaLink="false")
        child(item, "pubDate", format_datetime(each.first_at))
        child(item, f"{{{_DC}}}creator", each.issuer)
        if each.summary:
            child(item, "description", each.summary)
        for topic in each.topics:
            child(item, "category", topic.name)
        for file in each.enclosures[:1]:  # the standard knows one
            child(item, "enclosure", url=file.address, length=str(file.bytes), type=file.media_type)
        if each.picture:
            child(item, f"{{{_MEDIA}}}content", url=each.picture, medium="image")
    return document(root)
