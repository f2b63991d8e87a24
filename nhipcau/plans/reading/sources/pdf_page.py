"""One page of a PDF as PDFium gives it: words with their boxes, and ruled lines.

Coordinates are points with y upwards, turned so that the page stands as it is read.
"""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

# The bindings alone: the package around them would load pictures and logging as well.
import pypdfium2_raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_CHARACTERS = 60_000  # of one page; print that small holds no plan
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 4_000
_THIN = 2.5
_SPACES = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009\u202f\u0000")

# What PDFium makes of a hyphen at a line's end. Vietnamese parts no words: it was typed.
_LINE_HYPHENS = frozenset("\u0002\ufffe")


@dataclass(slots=True)
class Word:
    """Characters without a space between; `glued`: no space before it either."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    glued: bool = False

    @property
    def size(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A ruled line; horizontal where both y are one, else vertical."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    pictures: int = 0
    broken: int = 0  # characters whose meaning the file does not tell


def read_page(document: Any, index: int) -> Page | None:
    """None where the page itself is damaged."""
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        return None
    try:
        width, height = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
        page = Page(width, height)
        turn = _turner(pdfium.FPDFPage_GetRotation(handle), width, height)
        text = pdfium.FPDFText_LoadPage(handle)
        if text:
            try:
                _read_words(text, page, turn)
            finally:
                pdfium.FPDFText_ClosePage(text)
        _read_objects(handle, page, turn)
        return page
    finally:
        pdfium.FPDF_ClosePage(handle)


_Point = tuple[float, float]


def _turner(rotation: int, width: float, height: float) -> Callable[[float, float], _Point] | None:
    """How a point of the unturned page moves when the page is turned by quarters clockwise."""
    if rotation == 1:
        return lambda x, y: (y, height - x)
    if rotation == 2:
        return lambda x, y: (width - x, height - y)
    if rotation == 3:
        return lambda x, y: (width - y, x)
    return None


def _turned(
    turn: Callable[[float, float], _Point], x0: float, y0: float, x1: float, y1: float
) -> tuple[float, float, float, float]:
    (ax, ay), (bx, by) = turn(x0, y0), turn(x1, y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _read_words(text: Any, page: Page, turn: Callable[[float, float], _Point] | None) -> None:
    count = min(pdfium.FPDFText_CountChars(text), _MOST_CHARACTERS)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    word: Word | None = None
    parted = True
    high = 0
    for index in range(count):
        code = unicode_of(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        letter = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if letter in _LINE_HYPHENS:
            letter = "-"
        if letter in _SPACES:
            word, parted = None, True
            continue
        if letter == "\ufffd" or 0xE000 <= code < 0xF900:
            page.broken += 1
            continue
        if 0x300 <= code < 0x370 and word is not None:  # an accent of its own, drawn over
            word.text += letter
            continue
        box_of(text, index, pointer)
        x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
        if turn:
            x0, y0, x1, y1 = _turned(turn, x0, y0, x1, y1)
        size = y1 - y0
        if (
            word is not None
            and -0.4 * size < x0 - word.x1 < 0.3 * size
            and abs(y0 - word.y0) < 0.15 * size
            and abs(size - word.size) < 0.15 * size
        ):
            word.text += letter
            word.x1 = max(x1, word.x1)
            continue
        glued = not parted and word is not None and abs(x0 - word.x1) < 0.25 * size
        word = Word(letter, x0, x1, y0, y1, glued)
        parted = False
        page.words.append(word)


def _read_objects(handle: Any, page: Page, turn: Callable[[float, float], _Point] | None) -> None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(pdfium.FPDFPage_CountObjects(handle), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(handle, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            page.pictures += 1
        if kind != pdfium.FPDF_PAGEOBJ_PATH or len(page.segments) >= _MOST_SEGMENTS:
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        bounds = (left.value, bottom.value, right.value, top.value)
        lines = _lines_of(item, bounds)
        page.segments += [Segment(*(_turned(turn, *line) if turn else line)) for line in lines]


_Line = tuple[float, float, float, float]


def _lines_of(item: Any, bounds: _Line) -> list[_Line]:
    """The straight level lines of one path: itself when thin, the edges of a box, or its steps."""
    x0, y0, x1, y1 = bounds
    if y1 - y0 <= _THIN < x1 - x0:
        middle = (y0 + y1) / 2
        return [(x0, middle, x1, middle)]
    if x1 - x0 <= _THIN < y1 - y0:
        middle = (x0 + x1) / 2
        return [(middle, y0, middle, y1)]
    count = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= count <= 500:
        return []
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[int, float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return []
        moved = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        points.append((kind, *moved))
    found: list[_Line] = []
    start = points[0]
    for before, point in itertools.pairwise(points):
        if point[0] == pdfium.FPDF_SEGMENT_MOVETO:
            found += _level(before, start)
            start = point
        else:
            found += _level(before, point)
    return [*found, *_level(points[-1], start)]


def _level(a: tuple[int, float, float], b: tuple[int, float, float]) -> list[_Line]:
    (_, ax, ay), (_, bx, by) = a, b
    across, up = abs(ax - bx), abs(ay - by)
    if across > _THIN and up < 1:
        return [(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)]
    if up > _THIN and across < 1:
        return [((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))]
    return []
