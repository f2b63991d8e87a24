"""Vietnamese text, folded for comparison. Pure, total, idempotent.

Three strengths, each includes the one before:

* `canonical`: NFC, one kind of space, tone marks placed the new way (hoà → hòa, thuý → thúy);
* `folded`: canonical, lower case, dashes and quotes of one kind;
* `unaccented`: folded, without any mark on a letter; đ becomes d. NFD alone would keep đ.

Where a sign is a vowel or a consonant of its own (Lao, Khmer, Thai, Burmese, Indic scripts, the
voiced kana) it stays: without it another word would be left.
"""

from __future__ import annotations

import re
import unicodedata

_TONES = {"\u0300": 0, "\u0301": 1, "\u0309": 2, "\u0303": 3, "\u0323": 4}
# oà → òa, oè → òe, uỳ → ùy at the end of a syllable: the two schools of placing the mark.
_OLD_PAIRS = {
    old: new
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in _TONES
    for old, new in [
        (
            first + unicodedata.normalize("NFC", second + tone),
            unicodedata.normalize("NFC", first + tone) + second,
        )
    ]
}
_OLD_PLACEMENT = re.compile(
    r"(?<![qQ])(" + "|".join(sorted(_OLD_PAIRS)) + r")(?![a-zà-ỹ])", re.IGNORECASE
)
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u3000\ufeff]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
# Marks on letters of alphabets: Latin, Greek, Cyrillic; the points of Hebrew and Arabic.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe20-\ufe2f]+"
)
_QUOTES = re.compile(r"[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]")


def _placed(match: re.Match[str]) -> str:
    old = match.group()
    new = _OLD_PAIRS[old.lower()]
    return "".join(n.upper() if o.isupper() else n for o, n in zip(old, new, strict=True))


def canonical(text: str) -> str:
    """NFC, single spaces, no space at the ends, new-style tone marks; case is kept."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return _OLD_PLACEMENT.sub(_placed, text)


def folded(text: str) -> str:
    """What two spellings of one name have in common: “Uỷ ban” and “ủy ban” fold to one."""
    text = _QUOTES.sub('"', _DASHES.sub("-", canonical(text)))
    return unicodedata.normalize("NFC", text.casefold())


def unaccented(text: str) -> str:
    """As typed on a keyboard without Vietnamese: “Đồng Đăng” becomes “dong dang”."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", folded(text)))
    return unicodedata.normalize("NFC", bare.replace("đ", "d"))
