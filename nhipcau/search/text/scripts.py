"""Which characters make words, and which scripts write no spaces between them."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

# Signs that no reader sees: soft hyphen, joiners, direction marks, byte order mark, variation
# selectors, the two silent vowels of Khmer. They part nothing and are no part of a term.
INVISIBLE = (
    "\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
)
_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003fffd"
)
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"
# Without their digits and punctuation: a number in Lao digits is a number.
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_LAO = "\u0e81-\u0ece\u0edc-\u0edf"
_KHMER = "\u1780-\u17d3\u17d7\u17dc\u17dd"
_BURMESE = "\u1000-\u103f\u1050-\u108f\u109a-\u109d\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f"
UNSPACED = _HAN + _KANA + _BOPOMOFO + _THAI + _LAO + _KHMER + _BURMESE


def _marks() -> str:
    """Every combining mark, as the inside of a character class."""
    points = [
        point for point in range(0x300, 0x12000) if unicodedata.category(chr(point))[0] == "M"
    ]
    breaks = [(before, after) for before, after in pairwise(points) if after != before + 1]
    starts = [points[0], *(after for _, after in breaks)]
    ends = [*(before for before, _ in breaks), points[-1]]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(starts, ends, strict=True))


MARKS = _marks()
_JOINED = f"[{MARKS}{INVISIBLE}]"

# A word of a script that parts its words: letters and digits, with the marks on them.
WORD = re.compile(rf"[^\W_]+(?:{_JOINED}+[^\W_]*)*")
# A stretch of text in which words stand side by side without a space.
RUN = re.compile(f"[{UNSPACED}][{UNSPACED}{MARKS}{INVISIBLE}]*")
# What is never cut in two inside a run: a letter with its marks, with the letters written under it
# (Khmer, Burmese), with the “am” that Thai and Lao write after it.
CLUSTER = re.compile(
    rf"[^{MARKS}{INVISIBLE}](?:{_JOINED}|(?<=\u17d2)[\u1780-\u17b3]|(?<=\u1039)[\u1000-\u102a]"
    r"|[\u0e33\u0eb3])*"
    rf"|{_JOINED}+"
)
HIDDEN = re.compile(f"[{INVISIBLE}]+")
MARK = re.compile(f"[{MARKS}]+")


def is_unspaced(text: str) -> bool:
    """Whether any of it is in a script whose words only a dictionary finds."""
    return not text.isascii() and RUN.search(text) is not None
