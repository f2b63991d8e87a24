"""Where a Vietnamese text names a place or a body: a head word, and the words that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BODIES = (
    "Ủy ban nhân dân", "Uỷ ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND", "Bộ Chỉ huy",
    "Bộ Tư lệnh", "Đồn Biên phòng", "Chi cục", "Tổng cục", "Công an", "Sở", "Bộ", "Cục", "Ban",
)  # fmt: skip
_PLACES = (
    "cửa khẩu quốc tế", "cửa khẩu song phương", "cửa khẩu phụ", "cửa khẩu", "thành phố", "thị xã",
    "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "phường", "xã",
)  # fmt: skip
_HEAD = re.compile(
    rf"(?<!\w)(?:(?P<body>{'|'.join(_BODIES)})|(?P<place>(?i:{'|'.join(_PLACES)})))"
    r"(?=\s+[^\W\d_])"
)
_NEXT = re.compile(r"(?P<gap>(?:,\s|\s&\s?|\s[-–]\s|\s))(?P<word>[^\W_]+(?:[-&.’'][^\W_]+)*)")
_SMALL = frozenset({"và"})
_MOST_WORDS = 11
_INSIDE = 4  # words of the head itself at most


@dataclass(frozen=True, slots=True)
class Mention:
    """A head and the ends of everything that may be its name, longest first.

    `capital_end` is where its capitalised words end; equal to the head's end where none follow.
    """

    head: str
    start: int
    ends: tuple[int, ...]
    capital_end: int
    is_place: bool


def mentions(text: str) -> Iterator[Mention]:
    """Every place where a name may begin, in order; one does not begin inside another's head."""
    for head in _HEAD.finditer(text):
        ends: list[int] = []
        capital = head.end()
        at, before_small = head.end(), False
        for _ in range(_MOST_WORDS):
            step = _NEXT.match(text, at)
            if step is None:
                break
            at = step.end()
            word = step["word"]
            small = word in _SMALL
            if not small:
                ends.append(at)
            if word[0].isupper() and (capital == step.start() or before_small):
                capital = at
            before_small = small and capital == step.start()
        # The first word behind a head begins its name: “Bộ đội” and “tỉnh ta” name nothing.
        if capital > head.end():
            yield Mention(
                head.group(), head.start(), tuple(reversed(ends)), capital, bool(head["place"])
            )
