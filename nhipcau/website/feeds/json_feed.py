"""JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

from nhipcau.website.feeds.contract import Feed, Item

MEDIA_TYPE = "application/json"  # as nginx sends what ends so


def written(feed: Feed) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": feed.publisher}],
        "items": [_item(item, feed.language) for item in feed.items],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _item(item: Item, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.identity,
        "url": item.address,
        "title": item.title,
        "content_text": item.summary or item.title,
        "date_published": item.first_at.isoformat(),
        "date_modified": item.changed_at.isoformat(),
        "authors": [{"name": item.issuer}],
        "language": language,
        "tags": [topic.name for topic in item.topics],
        "attachments": [
            {
                "url": file.address,
                "mime_type": file.media_type,
                "title": file.name,
                "size_in_bytes": file.bytes,
            }
            for file in item.enclosures
        ],
    }
    if item.summary:
        told["summary"] = item.summary
    if item.picture:
        told["image"] = item.picture
    return told
