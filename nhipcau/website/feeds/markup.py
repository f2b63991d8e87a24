"""XML that always parses: whatever XML cannot hold is left out of texts."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text without characters that no XML document may hold."""
    return _IMPOSSIBLE.sub("", text)


def root(name: str, *, space: str, **others: str) -> etree._Element:
    """The first element of a document; `space` is the namespace that needs no prefix."""
    names: dict[Any, str] = {None: space, **others}
    return etree.Element(f"{{{space}}}{name}", nsmap=names)


def child(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A further element under the parent."""
    made = etree.SubElement(parent, name, {key: plain(held) for key, held in attributes.items()})
    if text:
        made.text = plain(text)
    return made


def document(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
