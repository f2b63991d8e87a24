"""Which characters make words, and which scripts write no spaces between them."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# Signs that no reader sees: soft hyphen, joiners, direction marks, byte order mark, variation
# selectors, the two silent vowels of Khmer. They part nothing and are no part of a term.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff"
)
_INVISIBLE_RARE = "\U000e0100-\U000e01ef"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_RARE = "\U00020000-\U0003fffd"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"
# Without their digits and punctuation: a number in Lao digits is a number.
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_LAO = "\u0e81-\u0ece\u0edc-\u0edf"
_KHMER = "\u1780-\u17d3\u17d7\u17dc\u17dd"
_BURMESE = "\u1000-\u103f\u1050-\u108f\u109a-\u109d\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f"
_UNSPACED = _HAN + _KANA + _BOPOMOFO + _THAI + _LAO + _KHMER + _BURMESE


# Letters, digits and signs that carry nothing of the above: Latin, Greek, Cyrillic, punctuation.
_PLAIN = (
    "\\x00-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0530\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u20a0-\u20cf"
    "\u2100-\u2bff"
)


def _marks(first: int, last: int) -> str:
    """Every combining mark between two code points, as the inside of a character class."""
    points = [point for point in range(first, last) if unicodedata.category(chr(point))[0] == "M"]
    breaks = [(before, after) for before, after in pairwise(points) if after != before + 1]
    starts = [points[0], *(after for _, after in breaks)]
    ends = [*(before for before, _ in breaks), points[-1]]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


# Python looks a character up in a table only while a class stays below U+10000; what is rare and
# above has a class of its own.
_JOINED = _marks(0x300, 0xFFFF) + _INVISIBLE
_JOINED_RARE = _marks(0x10000, 0x12000) + _INVISIBLE_RARE
_ATTACHED = f"(?:[{_JOINED}]|[{_JOINED_RARE}])"

# Not in Vietnamese as it is mostly stored: marks apart from their letters, signs nobody sees, other
# scripts. A text without any of it is nothing but letters, digits and what parts them.
SPECIAL = re.compile(f"[^{_PLAIN}]")
# The patterns below never go back (possessive “++”, “*+”): no text makes them slow.
# A word of a script that parts its words: letters and digits, with the marks on them.
WORD = re.compile(rf"[^\W_]++(?:{_ATTACHED}++[^\W_]*+)*+")
# A stretch of text in which words stand side by side without a space.
RUN = re.compile(
    f"(?:[{_UNSPACED}]|[{_HAN_RARE}])(?:[{_UNSPACED}{_JOINED}]|[{_HAN_RARE}{_JOINED_RARE}])*+"
)
HAN = re.compile(f"[{_HAN}]|[{_HAN_RARE}]")
# What is never cut in two inside a run: a letter with its marks, with the letters written under it
# (Khmer, Burmese), with the “am” that Thai and Lao write after it.
CLUSTER = re.compile(
    rf"(?!{_ATTACHED}).(?:{_ATTACHED}|(?<=\u17d2)[\u1780-\u17b3]|(?<=\u1039)[\u1000-\u102a]"
    rf"|[\u0e33\u0eb3\uff9e\uff9f])*+|{_ATTACHED}++",
    re.DOTALL,
)
HIDDEN = re.compile(f"[{_INVISIBLE}{_INVISIBLE_RARE}]++")
HIDDEN_SIGNS = frozenset(
    filter(HIDDEN.match, map(chr, (*range(0xAD, 0x2070), *range(0xFE00, 0xFF00))))
)
MARK = re.compile(f"{_ATTACHED}++")
_HALF = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    """The text as ICU takes it: halves of a pair, which mean nothing, are replaced one by one."""
    return _HALF.sub("\ufffd", text)
