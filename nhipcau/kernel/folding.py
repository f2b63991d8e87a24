"""Vietnamese text, folded for comparison. Pure, total, idempotent.

Three strengths, each includes the one before:

* `canonical`: NFC, one kind of space, tone marks placed the new way (hoà → hòa, thuý → thúy);
* `folded`: canonical, lower case, dashes and quotes of one kind;
* `unaccented`: folded, without any mark; đ becomes d. NFD alone would keep đ.
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
    decomposed = unicodedata.normalize("NFD", folded(text))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare.replace("đ", "d"))
