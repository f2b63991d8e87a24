"""Tables of tasks: their columns told by the words in the head, a task for each row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.plans.reading import parties as party
from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import folded
from nhipcau.plans.reading.labels import Kind
from nhipcau.plans.reading.products import languages, product, quantities, split_products
from nhipcau.plans.reading.reading import Product, Role, Span, Task, Timing, Words
from nhipcau.plans.reading.timing import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.plans.reading.normalise import Line

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", expression(r"(?:stt|tt|so tt|so thu tu)$")),
    ("coordinating", expression(r".*phoi hop")),
    ("lead", expression(r".*chu tri|.*dau moi")),
    (
        "timing",
        expression(
            r"(?:du kien )?(?:thoi gian|thoi han|tien do|hoan thanh|lo trinh|nam thuc hien|thoi diem)"
        ),
    ),
    ("product", expression(r"(?:du kien )?(?:san pham|ket qua|dau ra)")),
    ("funding", expression(r".*kinh phi|du toan|.*nguon von")),
    ("note", expression(r"ghi chu")),
    (
        "implementing",
        expression(
            r".*(?:don vi|co quan|bo phan)[, ].*thuc hien|.*(?:don vi|co quan|bo phan) thuc hien|phan cong|.*thuc hien$"
        ),
    ),
    (
        "title",
        expression(
            r"(?:ten |cac )?(?:noi dung|nhiem vu|cong viec|hoat dong|ten|giai phap|chuong trinh|de muc|danh muc|hang muc|dau viec)"
        ),
    ),
    ("quantity", expression(r"so luong|don vi tinh|chi tieu")),
)
_ASSIGNS = {"lead", "implementing", "coordinating", "timing", "product"}
_NUMBER = expression(r"^(?:[IVX]{1,5}|\d{1,3}(?:\.\d{1,3})*|[a-zđA-Z])[.)]?$")
_KINDS = {"lead": Kind.LEAD, "implementing": Kind.ALL_UNITS, "coordinating": Kind.COORDINATING}


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int


def read_tables(lines: Sequence[Line], *, year: int | None) -> tuple[Task, ...]:
    """Every row that assigns or dates something, with a path of table and printed number: "T1.3"."""
    tasks: list[Task] = []
    columns: dict[int, str] = {}
    table = nth = 0
    above: Line | None = None
    for line in lines:
        if not line.row:
            above = None
            continue
        cells = _cells(line)
        head = _head(cells)
        if above is None or head:
            if head:
                columns = head
                table, nth = table + 1, 0
            elif above is None and not (columns and len(cells) == max(columns) + 1):
                columns = {}
            above = line
            if head:
                continue
        above = line
        if not columns:
            continue
        nth += 1
        by_kind = {kind: cells[place] for place, kind in columns.items() if place < len(cells)}
        task = _row(by_kind, line, path=f"T{table}.{_label(by_kind.get('number'), nth)}", year=year)
        if task is not None:
            tasks.append(task)
    return tuple(tasks)


def _cells(line: Line) -> list[_Cell]:
    cells = []
    start = 1
    text = line.text
    inner = text[1:-1] if text.endswith("|") else text[1:]
    for piece in inner.split("|"):
        lead = len(piece) - len(piece.lstrip())
        cells.append(_Cell(piece.strip(), line.start + start + lead))
        start += len(piece) + 1
    return cells


def _head(cells: list[_Cell]) -> dict[int, str]:
    """Columns by place; empty where the row is no head of a table of tasks."""
    columns: dict[int, str] = {}
    for place, cell in enumerate(cells):
        plain = " ".join(folded(cell.text).split())
        if len(plain) > 70:
            return {}
        kind = next((name for name, pattern in _COLUMNS if pattern.match(plain)), None)
        if kind is not None and kind not in columns.values():
            columns[place] = kind
    kinds = set(columns.values())
    return columns if "title" in kinds and kinds & _ASSIGNS else {}


def _label(number: _Cell | None, nth: int) -> str:
    """The printed number of a row, else its place in the table."""
    printed = number.text.strip() if number is not None else ""
    return printed.strip(" .)") if _NUMBER.match(printed) else str(nth)


def _row(by_kind: dict[str, _Cell], line: Line, *, path: str, year: int | None) -> Task | None:
    title = by_kind.get("title")
    if title is None or not any(letter.isalpha() for letter in title.text):
        return None
    if not any(by_kind[kind].text.strip(" -") for kind in _ASSIGNS if kind in by_kind):
        return None
    found = party.Parties()
    for kind, role in _KINDS.items():
        cell = by_kind.get(kind)
        if cell is not None and cell.text.strip(" -"):
            found.add(party.of_label(role, cell.text, cell.start))
    found.tidy()
    return Task(
        path=path,
        title=_words(title, 0.85),
        span=Span(line.start, line.end),
        lead_units=tuple(found.lead),
        coordinating_units=tuple(found.coordinating),
        implementing_units=tuple(found.implementing),
        timing=_timing(by_kind.get("timing"), year),
        products=_products(by_kind.get("product")),
        targets=tuple(quantities(title.text, title.start)),
        languages=languages(title.text),
        role=Role.TABLE_ROW,
    )


def _words(cell: _Cell, confidence: float) -> Words:
    lead = len(cell.text) - len(cell.text.lstrip(" -+.;"))
    shown = cell.text.strip(" -+.;")
    return Words(shown, Span(cell.start + lead, cell.start + lead + len(shown)), confidence)


def _timing(cell: _Cell | None, year: int | None) -> Timing | None:
    if cell is None or not cell.text.strip(" -"):
        return None
    return parse(_words(cell, 0.85), year=year)


def _products(cell: _Cell | None) -> tuple[Product, ...]:
    if cell is None or not cell.text.strip(" -"):
        return ()
    return tuple(product(words) for words in split_products(cell.text, cell.start, 0.8))
