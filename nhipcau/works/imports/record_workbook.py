"""Records as a spreadsheet: what a workbook says of works, row by row.

Nothing of the database is known here. A file is refused as a whole only when no row of it can be
trusted; what is wrong with one row stands in that row's `problems`. Formulas are never computed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import IO, Any

from django.utils.translation import gettext as _

from nhipcau.kernel.folding import canonical, unaccented
from nhipcau.kernel.workbooks import NoWorkbook, damaged, refuse_what_is_no_workbook
from nhipcau.translation.intake.errors import NotTaken, Reason
from nhipcau.translation.proofreading.text.stamps import Certainty, stamps
from nhipcau.works.errors import SheetRefused

LARGEST_FILE = 40 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 400 * 1024 * 1024  # bytes, all parts of the archive together
MOST_ROWS = 50_000
MOST_COLUMNS = 40
ROWS_BEFORE_THE_HEADER = 10

# What people write above a column; the first is what the house writes.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "key": ("Mã bản ghi", "Mã", "Số đăng ký", "Record number"),
    "kind": ("Loại sản phẩm", "Loại", "Kind"),
    "title": ("Tên", "Tiêu đề", "Nhan đề", "Title"),
    "language": ("Ngôn ngữ", "Language"),
    "summary": ("Tóm tắt", "Summary"),
    "body": ("Nội dung", "Text"),
    "topics": ("Chủ đề", "Topics"),
    "tasks": ("Nhiệm vụ", "Tasks"),
    "files": ("Tệp", "Tên tệp", "Files"),
    "alt": ("Mô tả hình", "Mô tả ảnh", "What the picture shows"),
    "credit": ("Tác giả", "Ghi công", "Credit"),
    "licence": ("Giấy phép", "Licence"),
    "source": ("Nguồn", "Source"),
}
NEEDED = ("key", "kind", "title")
LISTS = ("topics", "tasks", "files")  # parted by “;”
LONGEST = {
    "key": 120, "kind": 60, "title": 300, "language": 35, "summary": 2000, "body": 32_767,
    "alt": 500, "credit": 300, "licence": 40, "source": 500,
}  # fmt: skip
LONGEST_LIST = 2000
# Two rows that show what is meant, for the sheet that is offered to be filled in.
EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "key": "TL-0001",
        "kind": "Tin",
        "title": "Chợ phiên Bản Lát mở lại sau mùa mưa",
        "language": "vi",
        "summary": "Chợ họp trở lại vào các ngày 2 và 7 âm lịch.",
        "body": "Từ đầu tháng, chợ phiên Bản Lát họp trở lại.\nBà con hai bên biên giới đều về.",
        "topics": "image/land-people",
        "source": "UBND xã",
    },
    {
        "key": "TL-0002",
        "kind": "Ảnh",
        "title": "Cửa khẩu buổi sớm",
        "language": "Tiếng Việt",
        "topics": "image/land-people",
        "files": "cua-khau-1.jpg; cua-khau-2.jpg",
        "alt": "Xe chở hàng xếp hàng trước cổng cửa khẩu trong sương sớm",
        "credit": "Nông Văn Ảnh",
        "licence": "CC-BY-4.0",
    },
)
# Where words end that belong together: of a cell or remark, in however many runs of letters, of a
# header or footer, or the tag that names a sheet.
_PIECES = re.compile(
    r"</(?:\w+:)?(?:si|is|c|text|(?:odd|even|first)(?:Header|Footer))>|(?<=/>)(?=<(?:\w+:)?sheet\s)"
    r"|(?<=/>)(?=</(?:\w+:)?sheets>)"
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?\bname=\"([^\"]*)\"")
_ON_THE_PAGE = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>")
_LOOKS = re.compile(r"&(?:\"[^\"]*\"|\d+|[A-Z])")  # codes of place, font and size in a header
_MARKUP = re.compile(r"<[^>]*>")
_AT_ONCE = 1_000_000  # letters
_FIELD_OF = {unaccented(word): name for name, words in HEADERS.items() for word in words}


@dataclass(slots=True)
class RecordRow:
    """One row as written: `values` by field name, lists as tuples, an empty cell left out."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def refuse_what_is_secret(data: bytes) -> None:
    """Raises SheetRefused where words of the workbook are a mark of secrecy.

    In a cell, a remark, a header or footer of the page, or as the name of a sheet. Asked before the
    file is kept; what is no workbook is left to `read_records`.
    """
    try:
        refuse_what_is_no_workbook(data, largest=LARGEST_FILE, largest_unpacked=LARGEST_UNPACKED)
    except NoWorkbook:
        return
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if name.startswith("xl/") and name.endswith(".xml"):
                with book.open(name) as part:
                    _refuse_marks(part)


def _refuse_marks(part: IO[bytes]) -> None:
    rest = ""
    text = io.TextIOWrapper(part, encoding="utf-8", errors="replace")
    while chunk := text.read(_AT_ONCE):
        *pieces, rest = _PIECES.split(rest + chunk)
        words = "\n".join(map(_words_of, pieces))
        if any(stamp.certainty is Certainty.SURE for stamp in stamps(words)):
            raise SheetRefused(str(NotTaken(Reason.STAMPED)))
        rest = rest[-_AT_ONCE:]


def _words_of(piece: str) -> str:
    """What a reader sees of a piece of the workbook, which ends where its words end."""
    if sheet := _SHEET.search(piece):
        return unescape(sheet[1])
    words = unescape(_MARKUP.sub("", piece))
    return _LOOKS.sub("\n", words) if _ON_THE_PAGE.search(piece) else words


def read_records(data: bytes) -> list[RecordRow]:
    """The rows of the first sheet below its header.

    Raises SheetRefused with one sentence when the file is no workbook, is too large, unpacks to
    too much, or has no header that names record number, kind and title.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 -- a hundred modules, for this call only

    try:
        refuse_what_is_no_workbook(data, largest=LARGEST_FILE, largest_unpacked=LARGEST_UNPACKED)
    except NoWorkbook as refusal:
        raise SheetRefused(str(refusal)) from refusal
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            return list(_rows(sheet))
        finally:
            book.close()
    except SheetRefused:
        raise
    except Exception as error:  # openpyxl lets out whatever a broken part leads to
        raise SheetRefused(damaged()) from error


def _rows(sheet: Any) -> Iterator[RecordRow]:
    columns: dict[int, str] = {}
    limit = MOST_ROWS + ROWS_BEFORE_THE_HEADER
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > limit:
            raise SheetRefused(
                _("The sheet has more than %(limit)s rows; split it into several files.")
                % {"limit": f"{MOST_ROWS:,}".replace(",", ".")}
            )
        if not columns:
            columns = _header(cells)
            if not columns and number >= ROWS_BEFORE_THE_HEADER:
                break
            continue
        row = _row(number, cells, columns)
        if row.values or row.problems:
            yield row
    if not columns:
        needed = [HEADERS[name][0] for name in NEEDED]
        raise SheetRefused(
            _("No header names the columns %(columns)s.") % {"columns": ", ".join(needed)}
        )


def _header(cells: Iterable[Any]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for position, cell in enumerate(cells):
        if isinstance(cell.value, str):
            name = _FIELD_OF.get(unaccented(cell.value.strip(" *:")))
            if name is not None and name in columns.values():
                raise SheetRefused(
                    _("The header names the column “%(column)s” twice.")
                    % {"column": HEADERS[name][0]}
                )
            if name is not None:
                columns[position] = name
    return columns if set(NEEDED) <= set(columns.values()) else {}


def _row(number: int, cells: Iterable[Any], columns: Mapping[int, str]) -> RecordRow:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- loaded by now

    row = RecordRow(number)
    for position, cell in enumerate(cells):
        name = columns.get(position)
        value = cell.value
        if name is None or value is None:
            continue
        where = {"cell": f"{get_column_letter(position + 1)}{number}"}
        if cell.data_type == "f" or (isinstance(value, str) and value.lstrip().startswith("=")):
            row.problems.append(_("Cell %(cell)s holds a formula; paste its value.") % where)
        elif cell.data_type == "e":
            row.problems.append(_("Cell %(cell)s holds an error value.") % where)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            _take(row, name, _text(value), where)
        else:
            row.problems.append(_("Cell %(cell)s does not hold text.") % where)
    for name in NEEDED:
        if name not in row.values and not row.problems:
            row.problems.append(
                _("The column “%(column)s” is empty.") % {"column": HEADERS[name][0]}
            )
    return row


def _take(row: RecordRow, name: str, text: str, where: Mapping[str, str]) -> None:
    longest = LONGEST_LIST if name in LISTS else LONGEST[name]
    if len(text) > longest:
        row.problems.append(
            _("Cell %(cell)s holds more than %(limit)d characters.") % {**where, "limit": longest}
        )
    elif name in LISTS:
        row.values[name] = tuple(part for each in text.split(";") if (part := canonical(each)))
    elif name == "body":
        row.values[name] = text
    elif kept := canonical(text):
        row.values[name] = kept


def _text(value: str | float) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    if "".join(text.split()).isprintable():
        return text
    return "".join(char for char in text if char.isprintable() or char.isspace()).strip()
