"""A text that remembers where each of its characters came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# A letter with the combining marks that follow it.
_COMBINED = expression(r"[^\u0300-\u036f][\u0300-\u036f]+")


class Tracked:
    """Text with, for every character, the offset of its origin in the raw text."""

    __slots__ = ("origins", "text")

    def __init__(self, text: str, origins: array[int]) -> None:
        self.text = text
        self.origins = origins

    @classmethod
    def raw(cls, text: str) -> Tracked:
        """The text as it came, composed (NFC)."""
        tracked = cls(text, array("l", range(len(text))))
        if unicodedata.is_normalized("NFC", text):
            return tracked
        tracked = tracked.sub(_COMBINED, lambda found: unicodedata.normalize("NFC", found.group()))
        # The few compositions outside that pattern keep their length or are left as they are.
        composed = unicodedata.normalize("NFC", tracked.text)
        return cls(composed, tracked.origins) if len(composed) == len(tracked.text) else tracked

    def sub(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> Tracked:
        """Replace every match; new characters get the origin of the match's first character."""
        pieces: list[str] = []
        origins = array("l")
        last = 0
        for found in pattern.finditer(self.text):
            words = new if isinstance(new, str) else new(found)
            if words == found.group():
                continue
            pieces.append(self.text[last : found.start()])
            origins.extend(self.origins[last : found.start()])
            pieces.append(words)
            first = self.origins[found.start()] if found.start() < len(self.origins) else 0
            origins.extend(array("l", [first]) * len(words))
            last = found.end()
        if not pieces:
            return self
        pieces.append(self.text[last:])
        origins.extend(self.origins[last:])
        return Tracked("".join(pieces), origins)

    def slice(self, start: int, end: int) -> Tracked:
        return Tracked(self.text[start:end], self.origins[start:end])

    def strip(self) -> Tracked:
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, max(start, len(self.text.rstrip())))

    def lines(self) -> list[Tracked]:
        result = []
        start = 0
        for line in self.text.split("\n"):
            result.append(self.slice(start, start + len(line)))
            start += len(line) + 1
        return result

    @classmethod
    def joined(cls, parts: Iterable[tuple[Tracked, str]]) -> Tracked:
        """Each part followed by its separator, whose origin is the end of the part."""
        pieces: list[str] = []
        origins = array("l")
        for part, separator in parts:
            pieces += (part.text, separator)
            origins.extend(part.origins)
            end = part.origins[-1] if part.origins else (origins[-1] if origins else 0)
            origins.extend(array("l", [end]) * len(separator))
        return cls("".join(pieces), origins)

    def breakpoints(self) -> tuple[tuple[int, int], ...]:
        """The origins as (position, raw position) wherever the two stop running in step."""
        points = []
        expected = -1
        for position, raw in enumerate(self.origins):
            if raw != expected:
                points.append((position, raw))
            expected = raw + 1
        return tuple(points)
