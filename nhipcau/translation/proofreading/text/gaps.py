"""Gaps of a template: places that a person fills, written “[điền: tên cửa khẩu]”."""

from __future__ import annotations

import re
from collections.abc import Iterator

# “Fill in” in the languages that works are written in, for translators write the gaps again. The
# Vietnamese word is read with and without its marks, composed or not; a lost bracket hides nothing.
_FILL_IN = (
    "đi(?:ề|ê\u0300|e\u0302\u0300)n",
    "dien",
    "fill in",
    "填写",
    "填寫",
    "ຕື່ມ",
    "បំពេញ",
)
_GAP = re.compile(rf"\[\s*(?:{'|'.join(_FILL_IN)})\s*[:：][^\[\]\n]{{0,300}}\]?", re.IGNORECASE)


def gap(words: str) -> str:
    """A gap that asks for this, in Vietnamese; brackets in the words become round ones."""
    asked = " ".join(words.split()).replace("[", "(").replace("]", ")")
    return f"[điền: {asked[:280]}]"


def gaps_in(text: str) -> Iterator[tuple[int, int]]:
    """Where gaps stand in the text, from left to right."""
    return (found.span() for found in _GAP.finditer(text))
