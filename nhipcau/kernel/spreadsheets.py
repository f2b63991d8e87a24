"""Tables as .xlsx: written while they are sent, however long; no cell becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import StreamingHttpResponse
from django.utils.functional import Promise

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters in a cell, Excel's own limit
PIECE = 64 * 1024  # bytes that are gathered before they are sent
DAY_ZERO = date(1899, 12, 30)  # Excel counts days from here
BOLD, DAY = 1, 2  # places in cellXfs of STYLES

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as A

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "application/vnd.openxmlformats-package"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_SCHEMAS}/spreadsheetml/2006/main"'
_RELATION = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PARTS = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'{_XML}<workbook {_MAIN} xmlns:r="{_RELATION}">'
        '<sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATION}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f"{_XML}<styleSheet {_MAIN}>"
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>'
        '<xf xfId="0" numFmtId="164" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}
_BEGIN = f"{_XML}<worksheet {_MAIN}>"
_VIEW = (
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)
_END = "</sheetData></worksheet>"


class _Sink:
    """Takes what the archive writes and gives it on; never more than a piece is kept."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def write(self, b: bytes) -> int:
        self._kept += b
        return len(b)

    def flush(self) -> None:
        """Nothing waits below: an archive calls this, and `close`, at its end."""

    close = flush

    def taken(self, least: int = 1) -> Iterator[bytes]:
        """What has gathered, when it is at least so much."""
        if len(self._kept) >= least:
            yield bytes(self._kept)
            self._kept.clear()


def workbook(
    *, headings: Sequence[str | Promise], rows: Iterable[Sequence[Any]]
) -> Iterator[bytes]:
    """One sheet with bold headings, frozen, and one row each, in pieces of a file.

    Rows are asked for while the pieces are sent; what is long is never in memory as a whole.
    Cells are words, whole numbers, days, or None.
    """
    sink = _Sink()
    with ZipFile(sink, "w") as book:
        for part, text in _PARTS.items():
            book.writestr(_named(part), text)
        with book.open(_named("xl/worksheets/sheet1.xml"), "w") as sheet:
            cells = "".join(_text(str(heading), style=BOLD) for heading in headings)
            sheet.write(f"{_BEGIN}{_size(headings, rows)}{_VIEW}<row>{cells}</row>".encode())
            for row in rows:
                sheet.write(f"<row>{''.join(map(_cell, row))}</row>".encode())
                yield from sink.taken(PIECE)
            sheet.write(_END.encode())
    yield from sink.taken()


def xlsx_response(
    *, name: str, headings: Sequence[str | Promise], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A download of one table; its rows are asked for while it is sent."""
    response = StreamingHttpResponse(workbook(headings=headings, rows=rows), content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _size(headings: Sequence[Any], rows: Iterable[Any]) -> str:
    """How large the table is, where that is known beforehand: readers look for it first."""
    if not isinstance(rows, Sequence) or not headings:
        return ""
    return f'<dimension ref="A1:{_column(len(headings))}{len(rows) + 1}"/>'


def _column(number: int) -> str:
    """The letters above the column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _named(part: str) -> ZipInfo:
    """A part of the archive, packed, without a moment: the same table is the same file."""
    info = ZipInfo(part)
    info.compress_type = ZIP_DEFLATED
    return info


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, date):
        return f'<c s="{DAY}"><v>{(value - DAY_ZERO).days}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return _text(str(value))


def _text(words: str, *, style: int = 0) -> str:
    words = _LOOKS_ESCAPED.sub("_x005F_", _FORBIDDEN.sub("", words[:LONGEST]))
    return (
        f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(words, quote=False)}</t></is></c>"
    )
