"""Word documents: what a reader of the printed page would see, in order."""

import io
import re

import docx
import pytest

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.source import Format
from nhipcau.plans.reading.sources import load
from nhipcau.plans.reading.sources.notices import Notice
from nhipcau.plans.reading.sources.numbering import letters, roman
from nhipcau.plans.tests.sources.making import numbered, p, word, word_parts, zipped


def text_of(body, **parts):
    """The lines without the blank ones that set paragraphs off."""
    return without_blanks(load(word(body, **parts)).text)


def without_blanks(text):
    return re.sub("\n{2,}", "\n", text)


def level(place, kind, pattern, extra="", start=1):
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(key, *levels):
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(number, key, override=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/>{override}</w:num>'


def test_a_document_made_by_a_library_reads_in_body_order():
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "UBND TỈNH\nSố: 7/KH-UBND"
    table.cell(0, 1).text = "Độc lập | Tự do"
    document.add_paragraph("Mở đầu")
    document.add_paragraph("Một", style="List Number")
    document.add_paragraph("Hai", style="List Number")
    document.add_paragraph("Gạch", style="List Bullet")
    document.add_page_break()
    document.add_paragraph("Cột\tthẻ\nxuống dòng")
    stream = io.BytesIO()
    document.save(stream)

    source = load(stream.getvalue())

    assert source.text == (
        "| UBND TỈNH\u2028Số: 7/KH-UBND | Độc lập ｜ Tự do |\n"
        "\nMở đầu\n\n1. Một\n\n2. Hai\n\n- Gạch\n\x0c\nCột\tthẻ\nxuống dòng\n"
    )
    assert (source.format, source.pages, source.notices) == (Format.DOCX, None, ())


def test_levels_count_below_each_other_and_start_again():
    numbering = abstract(
        0,
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2."),
        level(2, "decimal", "%2.%3."),
        level(3, "lowerLetter", "%4)"),
        level(4, "bullet", "\uf0b7"),
        level(5, "bullet", "+"),
    ) + num(1, 0)
    steps = [0, 1, 2, 2, 3, 3, 4, 5, 1, 2, 0, 1]

    text = text_of("".join(numbered("x", 1, step) for step in steps), numbering=numbering)

    assert text.split("\n")[:-1] == [
        *("I. x", "1. x", "1.1. x", "1.2. x", "a) x", "b) x", "- x", "+ x"),
        *("2. x", "2.1. x", "II. x", "1. x"),
    ]


def test_word_shows_latin_letters_so_e_follows_d():
    numbering = abstract(0, level(0, "lowerLetter", "%1)")) + num(1, 0)

    text = text_of("".join(numbered("x", 1) for _ in range(5)), numbering=numbering)

    assert text == "a) x\nb) x\nc) x\nd) x\ne) x\n"


def test_legal_numbering_shows_digits_for_a_roman_parent():
    numbering = abstract(
        0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    ) + num(1, 0)

    assert text_of(numbered("x", 1) + numbered("y", 1, 1), numbering=numbering) == "I. x\n1.1 y\n"


def test_lists_of_one_kind_go_on_unless_a_start_is_overridden():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = (
        abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, override)
    )
    body = "".join(numbered("x", n) for n in (1, 1, 2, 3, 3))

    assert text_of(body, numbering=numbering) == "1. x\n2. x\n3. x\n5. x\n6. x\n"


def test_a_level_may_be_drawn_anew_and_start_elsewhere():
    override = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "Bước %1:", start=3)}</w:lvlOverride>'
    )
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0, override)

    assert text_of(numbered("x", 1), numbering=numbering) == "Bước 3: x\n"


def test_numbers_come_from_styles_and_what_they_are_based_on():
    numbering = abstract(
        0,
        level(0, "upperRoman", "%1.", '<w:pStyle w:val="Muc"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="Khoan"/>'),
    ) + num(1, 0)
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="KhoanDam"><w:basedOn w:val="Khoan"/></w:style>'
    )
    body = "".join(
        p("x", f'<w:pStyle w:val="{style}"/>{own}')
        for style, own in (
            ("Muc", ""),
            ("Khoan", ""),
            ("KhoanDam", ""),
            ("Khoan", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            ("Muc", ""),
        )
    )

    assert text_of(body, numbering=numbering, styles=styles) == "I. x\n1. x\n2. x\nx\nII. x\n"


def test_a_list_may_be_linked_through_a_numbering_style():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="DanhSach"/></w:abstractNum>'
        + abstract(1, level(0, "decimal", "%1/"))
        + num(1, 0)
        + num(2, 1)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="DanhSach"><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )

    assert text_of(numbered("x", 1), numbering=numbering, styles=styles) == "1/ x\n"


def test_an_empty_numbered_paragraph_counts_and_prints_nothing():
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)

    text = text_of(numbered("x", 1) + numbered("", 1) + numbered("y", 1), numbering=numbering)

    assert text == "1. x\n3. y\n"


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (1999, "MCMXCIX"), (0, "0")]
)
def test_roman_numerals(number, shown):
    assert roman(number) == shown


def test_letters_after_z_are_doubled():
    assert [letters(n) for n in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]


def test_tracked_changes_keep_insertions_and_drop_deletions():
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Giao </w:t></w:r>'
        "<w:del><w:r><w:delText>Sở A</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Sở B</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom>"
        '<w:moveTo><w:r><w:t xml:space="preserve"> mới</w:t></w:r></w:moveTo></w:p>'
    )

    source = load(word(body))

    assert source.text == "Giao Sở B mới\n"
    assert source.notices == (Notice.TRACKED_CHANGES,)


def test_a_deleted_paragraph_end_joins_it_to_the_next():
    body = p("Giao Sở ", "<w:rPr><w:del/></w:rPr>") + p("Ngoại vụ")

    assert text_of(body) == "Giao Sở Ngoại vụ\n"


def test_a_deleted_row_is_left_out():
    rows = "".join(
        f"<w:tr>{mark}<w:tc>{p(a)}</w:tc><w:tc>{p(b)}</w:tc></w:tr>"
        for mark, a, b in (("", "1", "2"), ("<w:trPr><w:del/></w:trPr>", "3", "4"))
    )

    assert text_of(f"<w:tbl>{rows}</w:tbl>") == "| 1 | 2 |\n"


def test_hidden_text_is_left_out_and_reported_whether_by_run_or_by_style():
    styles = (
        '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="AnDoan"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        p("thấy")
        + p("bỏ 1", run="<w:vanish/>")
        + p("bỏ 2", run='<w:rStyle w:val="An"/>')
        + p("bỏ 3", '<w:pStyle w:val="AnDoan"/>')
        + p("vẫn thấy", '<w:pStyle w:val="AnDoan"/>', '<w:vanish w:val="0"/>')
    )

    source = load(word(body, styles=styles))

    assert source.text.replace("\n", " ").split() == ["thấy", "vẫn", "thấy"]
    assert source.notices == (Notice.HIDDEN_TEXT,)


def test_footnotes_and_endnotes_are_marked_in_order_and_follow_at_the_end():
    body = (
        '<w:p><w:r><w:t>Một</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r>'
        '<w:r><w:t xml:space="preserve"> hai</w:t></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
        '</w:p><w:p><w:r><w:t>Ba</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r></w:p>'
    )
    footnotes = (
        f'<w:footnote w:id="-1">{p("đường kẻ")}</w:footnote>'
        f'<w:footnote w:id="3">{p("chú ba")}</w:footnote>'
        f'<w:footnote w:id="7">{p("chú một")}{p("tiếp theo")}</w:footnote>'
    )
    endnotes = f'<w:endnote w:id="2">{p("chú cuối")}</w:endnote>'

    assert text_of(body, footnotes=footnotes, endnotes=endnotes) == (
        "Một[^1] hai[^2]\nBa[^3]\n[^1]: chú một tiếp theo\n[^2]: chú cuối\n[^3]: chú ba\n"
    )


def test_fields_show_their_result_and_contents_are_left_out():
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def code(words):
        return f"<w:r><w:instrText>{words}</w:instrText></w:r>"

    body = (
        f"<w:p>{mark('begin')}{code('TOC')}{mark('separate')}<w:r><w:t>I. Mục 3</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>II. Mục 9</w:t></w:r>{mark('end')}</w:p>"
        f"<w:p><w:r><w:t xml:space='preserve'>ngày </w:t></w:r>{mark('begin')}{code('DATE')}"
        f"{mark('separate')}<w:r><w:t>5</w:t></w:r>{mark('end')}"
        "<w:fldSimple w:instr='AUTHOR'><w:r><w:t>/6</w:t></w:r></w:fldSimple></w:p>"
    )

    source = load(word(body))

    assert source.text.strip() == "ngày 5/6"
    assert source.notices == (Notice.CONTENTS,)


def test_text_boxes_follow_their_paragraph_once():
    box = f"<w:txbxContent>{p('DỰ THẢO')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Thân</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>{p('Sau')}"
    )

    assert text_of(body) == "Thân\nDỰ THẢO\nSau\n"


def test_merged_cells_print_once_in_their_first_place():
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    body = (
        "<w:tbl><w:tr>" + cell("Chung", '<w:gridSpan w:val="2"/>') + cell("Cuối") + "</w:tr>"
        "<w:tr>" + cell("Dọc", '<w:vMerge w:val="restart"/>') + cell("a") + cell("b") + "</w:tr>"
        "<w:tr>" + cell("", "<w:vMerge/>") + cell("c") + cell("d") + "</w:tr></w:tbl>"
    )

    assert text_of(body) == "| Chung |  | Cuối |\n| Dọc | a | b |\n|  | c | d |\n"


def test_a_table_within_a_cell_gives_lines_of_that_cell():
    inner = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p('x')}{inner}{p('y')}</w:tc><w:tc>{p('z')}</w:tc></w:tr></w:tbl>"

    assert text_of(body) == "| x\u2028a\u2028b\u2028y | z |\n"


def test_a_frame_of_one_cell_is_no_table():
    assert text_of(f"<w:tbl><w:tr><w:tc>{p('a')}{p('b')}</w:tc></w:tr></w:tbl>") == "a\nb\n"


def test_legacy_fonts_are_converted_run_by_run_even_where_a_letter_is_parted():
    def face(name):
        return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'

    body = (
        p("KÕ ho¹ch n¨m", run=face(".VnTime"))
        + p("uû ban", run=face(".VnTimeH"))
        + f"<w:p><w:r><w:rPr>{face('VNI-Times')}</w:rPr><w:t>Keá hoa</w:t></w:r>"
        f"<w:r><w:rPr>{face('VNI-Times')}</w:rPr><w:t>ïch</w:t></w:r>"
        f"<w:r><w:t> năm café</w:t></w:r></w:p>" + p("Kế hoạch", run=face(".VnTime"))
    )

    source = load(word(body))

    assert without_blanks(source.text) == "Kế hoạch năm\nUỶ BAN\nKế hoạch năm café\nKế hoạch\n"
    assert source.notices == (Notice.LEGACY_FONTS,)


def test_legacy_fonts_may_come_from_a_style_or_the_defaults():
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="Moi"><w:rPr>'
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr></w:style>'
    )
    body = p("KÕ ho¹ch") + p("café", '<w:pStyle w:val="Moi"/>')

    assert text_of(body, styles=styles) == "Kế hoạch\ncafé\n"


def test_small_marks_are_kept_as_printed():
    body = (
        "<w:p><w:r><w:t>10 km</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
        "<w:r><w:t>, CO</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>'
        "<w:r><w:t>, KH</w:t><w:noBreakHyphen/><w:t>UB</w:t><w:softHyphen/>"
        "<w:t>ND\u00ad</w:t></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>' + p("in hoa", run="<w:caps/>")
    )

    assert text_of(body) == "10 km², CO2, KH-UBND☑\nIN HOA\n"


def test_content_controls_links_and_formulas_are_read():
    body = (
        f"<w:sdt><w:sdtContent>{p('Ô chọn')}</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>y</w:t></w:r></w:hyperlink>"
        "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>"
    )

    assert text_of(body) == "Ô chọn\nxya=b\n"


def test_only_breaks_that_the_author_set_are_pages():
    body = (
        '<w:p><w:r><w:t>a</w:t><w:lastRenderedPageBreak/><w:t>b</w:t><w:br w:type="page"/>'
        "<w:t>c</w:t></w:r></w:p>"
        + p("d", "<w:pageBreakBefore/>")
        + p("e", "<w:sectPr/>")
        + p("f", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>')
        + p("g")
    )

    assert text_of(body) == "ab\n\x0c\nc\n\x0c\nd\ne\n\x0c\nf\ng\n"


def test_a_document_of_pictures_is_called_a_scan():
    with pytest.raises(NotReadable) as refused:
        load(word("<w:p><w:r><w:drawing><pic xmlns='x'/></w:drawing></w:r></w:p>"))

    assert refused.value.reason is Refusal.SCAN


def test_strict_documents_are_read_too():
    parts = word_parts(p("Chặt chẽ"))
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert load(zipped(parts)).text == "Chặt chẽ\n"


def test_the_body_is_found_by_the_package_not_by_its_usual_name():
    parts = word_parts(p("Ở chỗ khác"))
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("word/document.xml", "/word/document2.xml")

    assert load(zipped(parts)).text == "Ở chỗ khác\n"


def test_a_document_whose_printed_lines_are_paragraphs_leaves_them_to_be_joined():
    torn = [
        "Tổ chức tuyên truyền về chủ quyền biên giới quốc gia cho",
        "nhân dân các xã biên giới bằng tiếng Việt và tiếng Lào",
        "trên hệ thống truyền thanh cơ sở.",
    ]

    text = load(word("".join(map(p, torn * 3)))).text

    assert text == "\n".join(torn * 3) + "\n"
    assert load(word("".join(map(p, torn)))).text == "\n\n".join(torn) + "\n"
