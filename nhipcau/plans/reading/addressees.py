"""To whom a letter, report or proposal is sent: "Kính gửi: ..."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.outline import BULLET
from nhipcau.plans.reading.reading import Span, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.plans.reading.normalise import Line

_ADDRESSED = expression(r"^\W*Kính (?:gửi|trình)\s*:?\s*", re.IGNORECASE)
_MOST = 30


def read_addressees(lines: Sequence[Line], at: int | None) -> tuple[Words, ...]:
    """One for each printed line below "Kính gửi", or the one beside it."""
    if at is None or at >= len(lines):
        return ()
    found = _ADDRESSED.match(lines[at].text)
    if found is None:
        return ()
    return tuple(_named(lines, at, found.end()))


def _named(lines: Sequence[Line], at: int, cut: int) -> Iterator[Words]:
    beside = _words(lines[at].text[cut:], lines[at].start + cut)
    if beside is not None:
        yield beside
    for line in lines[at + 1 : at + _MOST]:
        bullet = BULLET.match(line.text)
        if bullet is None:
            return
        below = _words(line.text[bullet.end() :], line.start + bullet.end())
        if below is not None:
            yield below


def _words(text: str, start: int) -> Words | None:
    lead = len(text) - len(text.lstrip(" -;.,"))
    shown = text.strip(" -;.,")
    return Words(shown, Span(start + lead, start + lead + len(shown)), 0.9) if shown else None
