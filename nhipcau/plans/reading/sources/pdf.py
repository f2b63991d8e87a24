"""PDF with a text layer: columns of the letter head told apart, lines joined, tables as rows.

Page numbers, running heads, annotations, scripts and attachments are left out.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

# The bindings alone: the package around them would load pictures and logging as well.
import pypdfium2_raw as pdfium

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.limits import DEFAULT, Limits
from nhipcau.plans.reading.source import Format, Source
from nhipcau.plans.reading.sources import legacy, pdf_flow, refusals
from nhipcau.plans.reading.sources.notices import Notice
from nhipcau.plans.reading.sources.pdf_lines import Line, lines_of, measure_of
from nhipcau.plans.reading.sources.pdf_page import Page, read_page
from nhipcau.plans.reading.sources.shape import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = Format.PDF
_ONE_AT_A_TIME = threading.Lock()  # PDFium knows no threads
_HEADER = b"%PDF-"
_PAGE_NUMBER = expression(
    r"[-–\s]*(?:trang\s*|page\s*)?\d{1,4}(?:\s*[/|]\s*\d{1,4})?[-–\s]*", re.IGNORECASE
)
_DIGITS = expression(r"\d+")
_MARGIN = 0.12  # of the page's height: running heads stand no deeper
_FEWEST = 20  # letters a page must have on average, or the pages are pictures
_BROKEN_SHARE = 0.2


def recognises(data: bytes) -> bool:
    """The mark may stand behind up to a kilobyte of something else."""
    return _HEADER in data[:1100]


def load(data: bytes, limits: Limits = DEFAULT) -> Source:
    with _Document(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > limits.pages:
            raise refusals.too_long()
        pages = list(_pages(document, count, limits))
    if not pages:
        raise refusals.damaged()
    notices = set(_scanned(pages))
    lines = Lines(limits)
    _write(pages, lines)
    text = lines.text()
    found = legacy.encoding_of(text)
    if found is not legacy.Encoding.UNICODE:
        notices.add(Notice.LEGACY_FONTS)
        text = legacy.to_unicode(text, found)
    return Source(text=text, format=FORMAT, pages=count, notices=tuple(sorted(notices)))


class _Document:
    """An open document; PDFium reads from `data` until it is closed."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self) -> Any:
        _ONE_AT_A_TIME.acquire()
        # Harmless when done already; never undone, since others in this process may use it.
        pdfium.FPDF_InitLibrary()
        size = ctypes.c_size_t(len(self._data))
        self._handle = pdfium.FPDF_LoadMemDocument64(self._data, size, None)
        if not self._handle:
            reason = pdfium.FPDF_GetLastError()
            _ONE_AT_A_TIME.release()
            locked = reason in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
            raise refusals.encrypted() if locked else refusals.damaged()
        return self._handle

    def __exit__(self, *error: object) -> None:
        pdfium.FPDF_CloseDocument(self._handle)
        _ONE_AT_A_TIME.release()


def _pages(document: Any, count: int, limits: Limits) -> Iterator[Page]:
    letters = 0
    for index in range(count):
        page = read_page(document, index)
        if page is None:
            continue
        letters += sum(len(word.text) for word in page.words)
        if letters > limits.characters:
            raise refusals.too_long()
        yield page


def _scanned(pages: list[Page]) -> Iterator[Notice]:
    """Refuses pictures of pages and text that no programme can make out."""
    sizes = [sum(len(word.text) for word in page.words) for page in pages]
    letters = sum(sizes)
    broken = sum(page.broken for page in pages)
    pictures = sum(page.pictures for page in pages)
    if broken > _BROKEN_SHARE * (letters + broken):
        raise refusals.scan()
    if letters < _FEWEST * len(pages) and pictures:
        raise refusals.scan()
    if not letters:
        # Pages of drawn outlines look like text and hold none.
        raise refusals.scan() if any(page.segments for page in pages) else refusals.empty()
    if broken:
        yield Notice.BROKEN_CHARACTERS
    if any(size < _FEWEST and page.pictures for size, page in zip(sizes, pages, strict=True)):
        yield Notice.PAGES_WITHOUT_TEXT


def _write(pages: list[Page], lines: Lines) -> None:
    rough = [lines_of(page.words) for page in pages]
    for page, page_lines in zip(pages, rough, strict=True):
        _drop_page_number(page, page_lines)
    _drop_running_heads(pages, rough)
    measures = {}
    for width in {round(page.width) for page in pages}:
        alike = [r for p, r in zip(pages, rough, strict=True) if round(p.width) == width]
        measures[width] = measure_of(alike)
    flow = pdf_flow.Flow(lines)
    for place, (page, page_lines) in enumerate(zip(pages, rough, strict=True)):
        if place:
            flow.turn_page()
        flow.page(page, page_lines, measures[round(page.width)], first=place == 0)
    flow.close()


def _drop_page_number(page: Page, lines: list[Line]) -> None:
    for place in (0, -1):
        if len(lines) < 2:
            return
        line = lines[place]
        deep = page.height - line.y0 if place == 0 else line.y1
        if deep < _MARGIN * page.height and _PAGE_NUMBER.fullmatch(line.text()):
            lines.pop(place)


def _drop_running_heads(pages: list[Page], rough: list[list[Line]]) -> None:
    """A first or last line that most pages share, digits aside."""
    if len(pages) < 3:
        return
    for place in (0, -1):
        edge = [_DIGITS.sub("#", lines[place].text()) if len(lines) > 2 else "" for lines in rough]
        shared = {
            words
            for words, count in Counter(edge).items()
            if words and count >= 3 and count * 2 > len(pages)
        }
        for page, lines, words in zip(pages, rough, edge, strict=True):
            if words in shared and _stands_apart(page, lines, place):
                lines.pop(place)


def _stands_apart(page: Page, lines: list[Line], place: int) -> bool:
    """Whether the first (0) or last (-1) line is in the margin: set off by room or by size."""
    line, next_line = lines[place], lines[1 if place == 0 else -2]
    deep = page.height - line.y0 if place == 0 else line.y1
    if deep > _MARGIN * page.height:
        return False
    other_size = abs(line.size - next_line.size) > 0.08 * next_line.size
    return other_size or abs(line.middle - next_line.middle) > 2 * max(line.size, next_line.size)
