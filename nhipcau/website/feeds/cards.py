"""oEmbed 1.0: what other pages show of a work that they link to. A link, with title and picture."""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from nhipcau.website.feeds.markup import child, document


def told(
    *, title: str, publisher: str, home: str, picture: tuple[str, int, int] | None
) -> dict[str, Any]:
    """The card of a work; `picture` is an address with width and height in pixels."""
    card: dict[str, Any] = {
        "type": "link",
        "version": "1.0",
        "title": title,
        "provider_name": publisher,
        "provider_url": home,
        "cache_age": 3600,
    }
    if picture is not None:
        address, width, height = picture
        card |= {
            "thumbnail_url": address,
            "thumbnail_width": width,
            "thumbnail_height": height,
        }
    return card


def as_json(card: dict[str, Any]) -> bytes:
    return json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()


def as_xml(card: dict[str, Any]) -> bytes:
    root = etree.Element("oembed")
    for name, value in card.items():
        child(root, name, str(value))
    return document(root)
