"""News for the press as IPTC ninjs 2.1: a composite item that holds the newest ones.

Items are "incomplete": headline, summary, files; the whole text is at /api/v1/.
"""

from __future__ import annotations

import json
from typing import Any

from nhipcau.website.feeds.contract import Feed, Item

MEDIA_TYPE = "application/json"
_STANDARD = {
    "name": "ninjs",
    "version": "2.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json",
}
_TYPES = {"broadcast": "audio", "video": "video", "documentary": "video", "photo": "picture"}


def written(feed: Feed) -> bytes:
    told = {
        "standard": _STANDARD,
        "uri": feed.address,
        "type": "composite",
        "pubstatus": "usable",
        "versioncreated": feed.changed_at.isoformat(),
        "language": feed.language,
        "copyrightholder": feed.publisher,
        "headlines": [{"role": "main", "value": feed.title}],
        "associations": [
            {"name": f"item-{number}", **_item(item, feed)}
            for number, item in enumerate(feed.items, start=1)
        ],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _item(item: Item, feed: Feed) -> dict[str, Any]:
    told: dict[str, Any] = {
        "uri": item.identity,
        "type": _TYPES.get(item.kind, "text"),
        "representationtype": "incomplete",
        "pubstatus": "usable",
        "firstcreated": item.first_at.isoformat(),
        "versioncreated": item.changed_at.isoformat(),
        "language": feed.language,
        "copyrightholder": item.issuer,
        "organisations": [{"name": item.issuer, "rel": "issuer"}],
        "headlines": [{"role": "main", "value": item.title}],
        "subjects": [{"name": topic.name, "literal": topic.key} for topic in item.topics],
        "renditions": [
            {"name": "web", "href": item.address, "contenttype": "text/html"},
            *(
                {
                    "name": file.name,
                    "href": file.address,
                    "contenttype": file.media_type,
                    "sizeinbytes": file.bytes,
                }
                for file in item.enclosures
            ),
        ],
    }
    if item.summary:
        told["descriptions"] = [{"role": "summary", "value": item.summary}]
    if item.is_correction:
        told["editorialnote"] = "correction"
    return told
