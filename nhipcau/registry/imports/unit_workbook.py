"""Units as a spreadsheet: what a workbook says, row by row, and a workbook from rows.

Nothing of the database is known here. A file is refused as a whole only when no row of it can be
trusted; what is wrong with one row stands in that row's `problems`. Formulas are never computed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from nhipcau.kernel.folding import canonical, unaccented
from nhipcau.kernel.workbooks import NoWorkbook, damaged, refuse_what_is_no_workbook
from nhipcau.registry.enums import UnitKind
from nhipcau.registry.errors import WorkbookRefused

LARGEST_FILE = 5 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 40 * 1024 * 1024  # bytes, all parts of the archive together
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 300  # characters, as the tables hold; keys and codes less
LONGEST = {"key": 160, "code": 35}
ROWS_BEFORE_THE_HEADER = 10
SHEET = "Đơn vị"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# What people write above a column; the first is what an export writes.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "key": ("Mã trong hệ thống", "Khóa", "Key"),
    "kind": ("Loại đơn vị", "Loại", "Kind"),
    "name": ("Tên chính thức", "Tên đơn vị", "Official name"),
    "short": ("Tên ngắn", "Short name"),
    "abbreviation": ("Tên viết tắt", "Viết tắt", "Abbreviation"),
    "english": ("Tên tiếng Anh", "English name"),
    "former": ("Tên cũ", "Former names"),
    "area": ("Địa bàn", "Area"),
    "parent": ("Đơn vị cấp trên", "Mã đơn vị cấp trên", "Parent"),
    "code": ("Mã định danh điện tử", "Mã định danh", "Electronic code"),
    "since": ("Tên, mã mới từ ngày", "New name or code from"),
    "valid_from": ("Hoạt động từ ngày", "Từ ngày", "Valid from"),
    "valid_to": ("Thôi hoạt động từ ngày", "Đến trước ngày", "Valid to"),
    "source": ("Nguồn", "Căn cứ", "Source"),
}
NEEDED = ("kind", "name")
DATES = ("since", "valid_from", "valid_to")

KIND_WORDS: Mapping[str, str] = {
    UnitKind.GOVERNMENT: "Quốc hội, Chính phủ",
    UnitKind.MINISTRY: "Bộ, cơ quan ngang bộ",
    UnitKind.MINISTRY_AGENCY: "Đơn vị thuộc bộ",
    UnitKind.PARTY_COMMITTEE: "Cấp ủy",
    UnitKind.PARTY_BODY: "Cơ quan của cấp ủy",
    UnitKind.PEOPLES_COUNCIL: "Hội đồng nhân dân",
    UnitKind.PEOPLES_COMMITTEE: "Ủy ban nhân dân",
    UnitKind.OFFICE: "Văn phòng",
    UnitKind.DEPARTMENT: "Sở, ban, ngành",
    UnitKind.DIVISION: "Phòng",
    UnitKind.POLICE: "Công an",
    UnitKind.MILITARY: "Quân sự",
    UnitKind.BORDER_GUARD: "Biên phòng",
    UnitKind.MANAGEMENT_BOARD: "Ban quản lý",
    UnitKind.FRONT: "Mặt trận, đoàn thể",
    UnitKind.PRESS: "Cơ quan báo chí",
    UnitKind.PUBLIC_SERVICE: "Đơn vị sự nghiệp",
    UnitKind.ASSOCIATION: "Hội",
    UnitKind.ENTERPRISE: "Doanh nghiệp",
    UnitKind.OTHER: "Khác",
}
_KIND_OF = {unaccented(word): kind for kind, word in KIND_WORDS.items()} | {
    kind.value: kind.value for kind in UnitKind
}
_FIELD_OF = {unaccented(word): name for name, words in HEADERS.items() for word in words}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(slots=True)
class SheetRow:
    """One row as written: `values` by field name, days as date, an empty cell left out."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_units(data: bytes) -> list[SheetRow]:
    """The rows of the first sheet below its header.

    Raises WorkbookRefused with one sentence when the file is no workbook, is too large, unpacks
    to too much, or has no header that names the kind and the name of units.
    """
    try:
        refuse_what_is_no_workbook(data, largest=LARGEST_FILE, largest_unpacked=LARGEST_UNPACKED)
    except NoWorkbook as refusal:
        raise WorkbookRefused(str(refusal)) from refusal
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            return _rows(sheet)
        finally:
            book.close()
    except WorkbookRefused:
        raise
    except Exception as error:  # openpyxl lets out whatever a broken part leads to
        raise WorkbookRefused(damaged()) from error


def write_units(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A workbook that `read_units` reads back to the same values.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, which reading
    takes off again.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    for position, name in enumerate(HEADERS, 1):
        wide = 60 if name == "name" else 12 if name in DATES else 28
        sheet.column_dimensions[get_column_letter(position)].width = wide
    book_font = Font(bold=True)
    header = []
    for words in HEADERS.values():
        cell = _cell(sheet, words[0])
        cell.font = book_font
        header.append(cell)
    sheet.append(header)
    for row in rows:
        sheet.append([_cell(sheet, _written(name, row.get(name))) for name in HEADERS])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    return cell


def _written(name: str, value: Any) -> Any:
    if value in {None, ""}:
        return None
    if name == "kind":
        return KIND_WORDS[value]
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return value


def _rows(sheet: Any) -> list[SheetRow]:
    columns: dict[int, str] = {}
    found: list[SheetRow] = []
    limit = MOST_ROWS + ROWS_BEFORE_THE_HEADER
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > limit:
            raise WorkbookRefused(
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
            found.append(row)
    if not columns:
        raise WorkbookRefused(
            _("No header names the columns “%(kind)s” and “%(name)s”.")
            % {"kind": HEADERS["kind"][0], "name": HEADERS["name"][0]}
        )
    return found


def _header(cells: Iterable[Any]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for position, cell in enumerate(cells):
        if isinstance(cell.value, str):
            name = _FIELD_OF.get(unaccented(cell.value.strip(" *:")))
            if name is not None and name in columns.values():
                raise WorkbookRefused(
                    _("The header names the column “%(column)s” twice.")
                    % {"column": HEADERS[name][0]}
                )
            if name is not None:
                columns[position] = name
    return columns if set(NEEDED) <= set(columns.values()) else {}


def _row(number: int, cells: Iterable[Any], columns: Mapping[int, str]) -> SheetRow:
    row = SheetRow(number)
    for position, cell in enumerate(cells):
        name = columns.get(position)
        if name is None or cell.value is None:
            continue
        where = {"cell": f"{get_column_letter(position + 1)}{number}"}
        value = cell.value
        if cell.data_type == "f" or (isinstance(value, str) and value.lstrip().startswith("=")):
            row.problems.append(_("Cell %(cell)s holds a formula; paste its value.") % where)
        elif cell.data_type == "e":
            row.problems.append(_("Cell %(cell)s holds an error value.") % where)
        elif name in DATES:
            day = _day(value)
            if day is None:
                row.problems.append(
                    _("Cell %(cell)s: “%(text)s” is no date; write day/month/year.")
                    % {**where, "text": str(value)[:30]}
                )
            else:
                row.values[name] = day
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            text = canonical(_text(value))
            longest = LONGEST.get(name, LONGEST_CELL)
            if len(text) > longest:
                row.problems.append(
                    _("Cell %(cell)s holds more than %(limit)d characters.")
                    % {**where, "limit": longest}
                )
            elif text:
                row.values[name] = text
        else:
            row.problems.append(_("Cell %(cell)s does not hold text.") % where)
    if (kind := row.values.get("kind")) is not None:
        known = _KIND_OF.get(unaccented(kind))
        if known is None:
            row.problems.append(_("“%(kind)s” is no kind of unit.") % {"kind": kind[:60]})
        row.values["kind"] = known
    return row


def _text(value: str | float) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "".join(char for char in str(value) if char.isprintable() or char.isspace())
    if text.startswith("'") and text[1:].startswith(STARTS_A_FORMULA):
        return text[1:]
    return text


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        if match := _DAY.fullmatch(value.strip()):
            day, month, year = (int(part) for part in match.groups())
            return date(year, month, day)
        return date.fromisoformat(value.strip())
    except ValueError:
        return None
