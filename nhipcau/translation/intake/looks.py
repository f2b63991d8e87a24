"""How the words of pasted HTML look, and how its tables and lists are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

_STYLES = re.compile(r"([\w-]+)\s*:\s*([^;]*)")
MSO_IGNORE = re.compile(r"mso-list\s*:\s*Ignore", re.IGNORECASE)
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_MARK_IN_FONT = {"·": "-", "o": "-", "§": "-", "Ø": "-", "ü": "-", "q": "-", "v": "-"}
WIDEST = 200  # columns that a table may have


@dataclass(frozen=True, slots=True)
class Look:
    """`face` is a font from before Unicode, "" for all others."""

    bold: bool = False
    italic: bool = False
    raised: str = ""
    link: str = ""
    face: str = ""


def look_of(name: str, element: etree._Element, style: str, look: Look) -> Look:
    """How words look inside this element, its own style the last word."""
    if name in {"b", "strong"}:
        look = replace(look, bold=True)
    elif name in {"i", "em", "cite", "dfn", "var"}:
        look = replace(look, italic=True)
    elif name in {"sup", "sub"}:
        look = replace(look, raised=name)
    elif name == "a" and element.get("href"):
        look = replace(look, link=(element.get("href") or "").strip())
    told = {key.lower(): words.strip().lower() for key, words in _STYLES.findall(style)}
    if weight := told.get("font-weight"):
        look = replace(look, bold=weight in _BOLD)
    if slant := told.get("font-style"):
        look = replace(look, italic=slant in {"italic", "oblique"})
    if (raised := told.get("vertical-align")) in {"super", "sub"}:
        look = replace(look, raised="sup" if raised == "super" else "sub")
    family = (told.get("font-family") or element.get("face") or "").strip("\"' ").lower()
    if family:
        old = family.startswith((".vn", "vni-"))
        look = replace(look, face=family.split(",")[0].strip("\"' ") if old else "")
    return look


def mark_of(paragraph: etree._Element) -> str:
    """The mark that Word drew before a paragraph of a list."""
    for inside in paragraph.iter("*"):
        if MSO_IGNORE.search(inside.get("style") or ""):
            mark = "".join(map(str, inside.itertext())).replace("\u00a0", " ").strip()
            return _MARK_IN_FONT.get(mark, mark) or "-"
    return "-"


def is_title(element: etree._Element) -> bool:
    return "MsoTitle" in (element.get("class") or "").split()


def start_of(element: etree._Element) -> int:
    start = element.get("start") or ""
    return int(start) if re.fullmatch(r"\d{1,4}", start) else 1


def rows_of(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child, False
        else:
            for row in child.iterchildren("tr"):
                yield row, child.tag == "thead"


def span_of(element: etree._Element, name: str) -> int:
    written_span = (element.get(name) or "1").strip()
    return min(max(int(written_span), 1), WIDEST) if re.fullmatch(r"\d{1,4}", written_span) else 1
