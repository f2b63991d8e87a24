"""Words of a page as lines, and lines as paragraphs: told by where they stand."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.sources.shape import SUPERSCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.plans.reading.sources.pdf_page import Word

# What opens a paragraph wherever it stands: bullets, numbers, letters, Roman numerals, labels.
MARKER = expression(
    r"(?:[-–+•●▪*]|\d{1,2}(?:\.\d{1,2})*[.)/]|\d{1,2}(?:\.\d{1,2})+|[a-zđ]\)|[IVXL]{1,6}\.|\(\d{1,2}\))(?:\s|$)"
    r"|(?:Căn cứ|Nơi nhận|Kính gửi|Điều \d|Phần |Chương |Mục |PHỤ LỤC)"
)
_ENDS = expression(r"[.;:!?…]['\"”’)]*$")
_TIGHT = expression(r"[^\W_][-/]$")
_GAP = 0.9  # of the size: more than this between two words parts a line into pieces


def median(values: Iterable[float]) -> float:
    """The middle value, the upper of two; the standard library's costs 10 ms to import."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


@dataclass(slots=True)
class Line:
    """Words on one height, from left to right."""

    words: list[Word] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def y0(self) -> float:
        return min(word.y0 for word in self.words)

    @property
    def y1(self) -> float:
        return max(word.y1 for word in self.words)

    @property
    def size(self) -> float:
        return median(word.size for word in self.words)

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    def raised(self, word: Word) -> bool:
        """A small number above the line: the mark of a footnote, or a power."""
        if not word.text.isdecimal():
            return False
        size = self.size
        return word.size < 0.85 * size and word.middle > self._base() + 0.5 * size

    def _base(self) -> float:
        return median(word.y0 for word in self.words)

    def text(self, marks: dict[str, str] | None = None) -> str:
        """The words with spaces; raised numbers as note marks where `marks` knows them."""
        pieces: list[str] = []
        for place, word in enumerate(self.words):
            words = word.text
            glued = word.glued
            if place and self.raised(word):
                mark = (marks or {}).get(words)
                words = f"[^{mark}]" if mark else words.translate(SUPERSCRIPT)
                glued = True
            if pieces and not glued:
                pieces.append(" ")
            pieces.append(words)
        return "".join(pieces)

    def pieces(self) -> list[Line]:
        """The line parted at wide gaps."""
        parts = [Line([self.words[0]])]
        for before, word in zip(self.words, self.words[1:], strict=False):
            if word.x0 - before.x1 > _GAP * max(before.size, word.size):
                parts.append(Line())
            parts[-1].words.append(word)
        return parts


def lines_of(words: Iterable[Word]) -> list[Line]:
    """From the top down; words belong to one line when half their height overlaps."""
    lines: list[Line] = []
    tops: list[tuple[float, float]] = []  # extent of each line, by its tallest word
    for word in sorted(words, key=lambda w: (-w.middle, w.x0)):
        for back in range(1, min(4, len(lines)) + 1):
            low, high = tops[-back]
            overlap = min(high, word.y1) - max(low, word.y0)
            if overlap > 0.5 * min(word.size, high - low):
                lines[-back].words.append(word)
                if word.size > high - low:
                    tops[-back] = (word.y0, word.y1)
                break
        else:
            lines.append(Line([word]))
            tops.append((word.y0, word.y1))
    for line in lines:
        line.words.sort(key=lambda w: w.x0)
    return lines


@dataclass(frozen=True, slots=True)
class Measure:
    """Where body text stands: margins, and the usual step from line to line."""

    left: float
    right: float
    step: float
    indented: bool  # paragraphs begin further right than they go on
    cell: bool = False  # lines of a cell may stand anywhere in it

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def between_margins(self, line: Line) -> bool:
        """Whether a long line leaves the same room on both sides, as lines of a title do."""
        room = line.x0 - self.left
        return not self.cell and room > 2 and abs(room - (self.right - line.x1)) < 12

    def centred(self, line: Line) -> bool:
        width = self.right - self.left
        return (
            not self.cell
            and abs(line.centre - self.centre) < 0.025 * width
            and line.x0 > self.left + 0.06 * width
            and line.x1 < self.right - 0.06 * width
        )


def measure_of(pages: Iterable[list[Line]]) -> Measure:
    """Measured over all pages of one width."""
    lefts: dict[int, int] = {}
    rights: list[float] = []
    steps: list[float] = []
    for lines in pages:
        for line in lines:
            if len(line.words) > 3:
                lefts[round(line.x0 / 2)] = lefts.get(round(line.x0 / 2), 0) + 1
                rights.append(line.x1)
        steps += [a.y0 - b.y0 for a, b in itertools.pairwise(lines) if a.y0 > b.y0]
    if not rights:
        return Measure(0, 1, 1, indented=False)
    rights.sort()
    total = sum(lefts.values())
    often = [place for place, count in lefts.items() if count >= max(2, 0.04 * total)]
    left = 2.0 * min(often or lefts)
    firsts = sum(n for place, n in lefts.items() if 10 < place * 2 - left < 80)
    return Measure(
        left=left,
        right=rights[min(len(rights) - 1, int(len(rights) * 0.97))],
        step=median(steps) if steps else 1.0,
        indented=firsts >= 0.1 * total,
    )


def starts_anew(before: Line, line: Line, measure: Measure, *, same_page: bool = True) -> bool:
    """Whether `line` opens a paragraph after `before`."""
    if measure.centred(before) or measure.centred(line):
        return True
    if abs(before.size - line.size) > 0.12 * before.size:
        return True
    first = line.words[0]
    room = measure.right - (before.x1 if not measure.cell else measure.left + before.x1 - before.x0)
    if room > first.x1 - first.x0 + 0.35 * line.size:
        return True  # the next word would have fitted: the break was meant
    words = before.text()
    ended = _ENDS.search(words) is not None
    if not measure.cell and line.x0 > measure.left + 10 and line.x0 > before.x0 + 8:
        return True
    opens = MARKER.match(line.text()) is not None
    if opens and (line.x0 > measure.left + 10 or (ended and not measure.indented)):
        return True
    capital = first.text[:1].isupper()
    if same_page and ended and (capital or opens):
        gap = before.y0 - line.y0
        if gap > 1.3 * measure.step or abs(line.x0 - before.x0) < 2 < before.x0 - measure.left - 8:
            return True
    return same_page and before.y0 - line.y0 > 2.2 * measure.step


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph: "KH-" and "UBND" belong together, "2021 -" does not."""
    if before.endswith("\u00ad"):
        return before[:-1] + after
    if _TIGHT.search(before) and after[:1].isalnum():
        return before + after
    return f"{before} {after}"


def paragraphs(
    lines: list[Line], measure: Measure, marks: dict[str, str] | None = None
) -> list[str]:
    """The paragraphs of a column or cell that ends with its lines."""
    texts: list[str] = []
    before: Line | None = None
    for line in lines:
        words = line.text(marks)
        if before is None or starts_anew(before, line, measure):
            texts.append(words)
        else:
            texts[-1] = joined(texts[-1], words)
        before = line
    return texts
