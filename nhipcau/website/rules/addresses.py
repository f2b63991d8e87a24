"""Addresses of the portal: what a path means, and which language a stranger is shown.

/{language}/ is a language's home, /{language}/{slug}-{id}/ a work in it, /{language}/{words}/… a
page of its tree, and with /{year}-{month}/ behind it the month of a section. A work in a language
without an interface stands under /{frame}/{language}/{slug}-{id}/ in a frame. /nhe/ before each
of them is the same without pictures, for bad lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nhipcau.translation.rules.addresses import ALPHABET, SHORT_ID_LENGTH, is_short_id

LIGHT = "/nhe"
TAG = r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*"
_MONTH = re.compile(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])")
_RANGE = re.compile(rf"\s*({TAG}|\*)\s*(?:;\s*q=([01](?:\.\d{{0,3}})?))?\s*", re.IGNORECASE)
_LONGEST_HEADER = 1000


class TagConverter:
    """A language tag in a path, in any case; a view sends capital letters to small ones."""

    regex = TAG.replace("a-z", "A-Za-z")

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value.lower()


class ShortIdConverter:
    """The short id of a work."""

    regex = f"[{ALPHABET}]{{{SHORT_ID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class WorkAddress:
    """What a path asks for: a short id, the words before it, and a language if it names one."""

    short_id: str
    slug: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def work_address(path: str) -> WorkAddress | None:
    """The work that the rest of an address (without its language) names, if it names one."""
    first, _, second = path.strip("/").partition("/")
    language, words = (first, second) if second else ("", first)
    if "/" in words or (language and not re.fullmatch(TAG, language)):
        return None
    slug, short_id = words[:-SHORT_ID_LENGTH], words[-SHORT_ID_LENGTH:]
    if not is_short_id(short_id) or (slug and not slug.endswith("-")):
        return None
    return WorkAddress(short_id, slug.removesuffix("-"), language)


def month_in(path: str) -> tuple[str, Month | None]:
    """The path of a page without the month at its end, and the month."""
    before, _, last = path.strip("/").rpartition("/")
    found = _MONTH.fullmatch(last)
    if found is None:
        return path.strip("/"), None
    return before, Month(int(found[1]), int(found[2]))


def best_language(header: str, available: Sequence[str]) -> str:
    """The language among `available` (the first is the house's) that a browser asks for first.

    A language serves whoever asks for one of its kind: “zh-TW” is shown zh-hans, “en-GB” en.
    """
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:_LONGEST_HEADER].split(",")):
        found = _RANGE.fullmatch(part)
        if found is not None and float(found[2] or 1) > 0:
            wanted.append((-float(found[2] or 1), place, found[1].lower()))
    for _weight, _place, tag in sorted(wanted):
        primary = tag.partition("-")[0]
        fitting = [code for code in available if code == tag] or [
            code for code in available if code.partition("-")[0] == primary
        ]
        if fitting:
            return fitting[0]
    return available[0]


def in_frame(address: str, *, frame: str, interface: Sequence[str]) -> str:
    """The address of a work as it is read from the frame of an interface language.

    A language that has an interface is its own frame.
    """
    language = address.split("/", 2)[1]
    return address if language in interface else f"/{frame}{address}"
