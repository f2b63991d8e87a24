"""A paper in the layout of Decree 30/2020/NĐ-CP (annex I): page, header, body, tables, signature.

The body comes as plain lines, as somebody would type them; the form of its number says how a
line is set (chapter, heading, paragraph). Nothing depends on the clock: the same lines give the
same parts of the file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

SAMPLE = "VĂN BẢN MẪU - KHÔNG CÓ GIÁ TRỊ THI HÀNH"
CHAPTER = re.compile(r"^[IVX]+\. ")
HEADING = re.compile(r"^\d+\. ")
SUBHEADING = re.compile(r"^\d+\.\d+\. ")
# A heading is short and does not end like a sentence.
LONGEST_HEADING = 160
WRITTEN = datetime(2026, 1, 5, tzinfo=UTC)
LEFT, CENTRE, BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the text; a People's Committee has no `parent`; `number` and `place_and_date` as printed, blanks included."""

    parent: str
    body: tuple[str, ...]
    number: str
    place_and_date: str
    kind: str
    subject: str
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Foot:
    """Recipients ("- UBND tỉnh;") on the left, power and name of the signer on the right."""

    recipients: tuple[str, ...]
    powers: tuple[str, ...]
    signer: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `widths` in centimetres, the first row of `rows` is its head."""

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows the signature on a page of its own, numbered anew."""

    name: str
    title: str
    under: str
    grid: Grid
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    head: Head
    bases: tuple[str, ...]
    blocks: tuple[str | Grid, ...]
    foot: Foot
    annexes: tuple[Annex, ...] = ()


def as_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.language = paper.head.subject, "Nhịp Cầu", "vi-VN"
    core.comments = SAMPLE
    core.created = core.modified = WRITTEN
    core.last_modified_by = ""
    _base_style(document)
    _page(document.sections[0])
    _head(document, paper.head)
    for base in paper.bases:
        _paragraph(document, base, italic=True)
    for block in paper.blocks:
        if isinstance(block, Grid):
            _grid(document, block)
        else:
            for line in block.strip().splitlines():
                if line.strip():
                    _line(document, line.strip())
    _foot(document, paper.foot)
    for annex in paper.annexes:
        _annex(document, annex, of=paper.head)
    saved = BytesIO()
    document.save(saved)
    return _without_clock(saved.getvalue())


def _without_clock(archive: bytes) -> bytes:
    """The same archive with every member dated to the epoch of ZIP."""
    result = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name), source.read(name), compress_type=zipfile.ZIP_DEFLATED
            )
    return result.getvalue()


def _base_style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.font.size = Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), "Times New Roman")
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(0)


def _page(section: Any, *, is_wide: bool = False) -> None:
    """A4; 20 mm above and below, 30 mm left, 20 mm right; the page number above, not on page 1."""
    width, height = (Cm(29.7), Cm(21)) if is_wide else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True
    for part in (section.header, section.footer, section.first_page_header):
        part.is_linked_to_previous = False
    section.first_page_footer.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _page_number(number)
    for footer in (section.footer, section.first_page_footer):
        footer.paragraphs[0].alignment = CENTRE
        mark = footer.paragraphs[0].add_run(SAMPLE)
        mark.font.size = Pt(9)


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._r.append(element)  # noqa: SLF001 -- python-docx has no fields


def _head(document: Any, head: Head) -> None:
    table = _bare_table(document, (6.4, 9.6))
    left, right = table.rows[0].cells
    if head.parent:
        _cell_line(left, head.parent, size=12)
    for line in head.body:
        _cell_line(left, line, size=12, bold=True)
    _rule(left, share=0.4)
    _cell_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    _cell_line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    _rule(right, share=0.62)
    left, right = table.add_row().cells
    _cell_line(left, head.number, size=13)
    _cell_line(right, head.place_and_date, size=14, italic=True)
    if head.is_draft:
        _cell_line(left, "DỰ THẢO", size=13, bold=True)
    _paragraph(document, head.kind, bold=True, align=CENTRE, before=14)
    _paragraph(document, head.subject, bold=True, align=CENTRE, before=0)
    _rule(document, share=0.3, of=16.0, after=8)


def _foot(document: Any, foot: Foot) -> None:
    _gap(document, 12)
    table = _bare_table(document, (8.2, 7.8))
    left, right = table.rows[0].cells
    _cell_line(left, "Nơi nhận:", size=12, bold=True, italic=True, align=LEFT)
    for recipient in foot.recipients:
        _cell_line(left, recipient, size=11, align=LEFT)
    for power in foot.powers:
        _cell_line(right, power, size=14, bold=True)
    for _empty in range(4):
        _cell_line(right, "", size=14)
    _cell_line(right, foot.signer, size=14, bold=True)
    _keep_together(table)


def _annex(document: Any, annex: Annex, *, of: Head) -> None:
    section = document.add_section()
    _page(section, is_wide=annex.is_wide)
    begin = OxmlElement("w:pgNumType")
    begin.set(qn("w:start"), "1")
    columns = section._sectPr.find(qn("w:cols"))  # noqa: SLF001 -- python-docx cannot number pages anew
    columns.addprevious(begin)
    _paragraph(document, annex.name, bold=True, align=CENTRE, before=0)
    _paragraph(document, annex.title, bold=True, align=CENTRE, before=0)
    _paragraph(document, annex.under, italic=True, align=CENTRE, before=0)
    width = 24.7 if annex.is_wide else 16.0
    _rule(document, share=0.2, of=width, after=8)
    _grid(document, annex.grid)


def _line(document: Any, line: str) -> None:
    is_heading = len(line) < LONGEST_HEADING and line[-1] not in ".;:,/"
    if CHAPTER.match(line):
        _paragraph(document, line, bold=True, before=10, keep=True)
    elif HEADING.match(line) and is_heading:
        _paragraph(document, line, bold=True, keep=True)
    elif SUBHEADING.match(line) and is_heading:
        _paragraph(document, line, bold=True, italic=True, keep=True)
    else:
        _paragraph(document, line)


def _paragraph(
    where: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = BOTH,
    before: float = 6,
    keep: bool = False,
) -> Any:
    paragraph = where.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = keep
    if align == BOTH:
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    return paragraph


def _cell_line(
    cell: Any,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    align: Any = CENTRE,
) -> None:
    first = cell.paragraphs[0]
    paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _rule(where: Any, *, share: float, of: float | None = None, after: float = 2) -> None:
    """A thin line in the middle, `share` of the width long, as the border of an empty paragraph."""
    paragraph = where.add_paragraph()
    width = of if of is not None else Emu(where.width).cm - 0.4
    side = Cm(width * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # The schema wants borders before spacing and indents.
    paragraph._p.get_or_add_pPr().insert(0, borders)  # noqa: SLF001 -- python-docx has no borders


def _bare_table(document: Any, widths: Sequence[float]) -> Any:
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, widths)
    return table


def _gap(document: Any, points: float) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(points)
    paragraph.paragraph_format.keep_with_next = True


def _grid(document: Any, grid: Grid) -> None:
    _gap(document, 6)
    table = document.add_table(rows=0, cols=len(grid.widths))
    table.style = document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for place, row in enumerate(grid.rows):
        cells = table.add_row().cells
        for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
            for part in text.split("\n"):
                _cell_line(
                    cell,
                    part,
                    size=12,
                    bold=place == 0,
                    align=CENTRE if place == 0 or column == 0 else LEFT,
                )
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = Pt(2)
                paragraph.paragraph_format.space_after = Pt(2)
        _whole_row(table.rows[-1], repeats=place == 0)
    _set_widths(table, grid.widths)
    _gap(document, 6)


def _whole_row(row: Any, *, repeats: bool) -> None:
    """No row is cut by the end of a page; the head is printed again on the next."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 -- python-docx has no row properties
    for name in ("w:cantSplit", *(["w:tblHeader"] if repeats else [])):
        properties.append(OxmlElement(name))


def _keep_together(table: Any) -> None:
    for row in table.rows:
        _whole_row(row, repeats=False)


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in enumerate(widths):
        table.columns[column].width = Cm(width)
        for cell in table.columns[column].cells:
            cell.width = Cm(width)
