"""PDF with text: columns, paragraphs, tables and notes told by where they stand."""

import io
import re
import unicodedata

import pytest

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.source import Format
from nhipcau.plans.reading.sources import load
from nhipcau.plans.reading.sources.notices import Notice
from nhipcau.plans.tests.sources.making import drawn_pdf, flowed_pdf, vietnamese_font

LONG = (
    "Tổ chức tuyên truyền về chủ quyền biên giới quốc gia cho nhân dân các xã biên giới bằng "
    "tiếng Việt và tiếng nước ngoài trên hệ thống truyền thanh cơ sở của các huyện"
)


@pytest.fixture(scope="module")
def font():
    return vietnamese_font()


@pytest.fixture(scope="module")
def styles(font):
    from reportlab.lib.styles import ParagraphStyle

    body = ParagraphStyle(
        "body", fontName=font, fontSize=13, leading=18, alignment=4, firstLineIndent=36,
        spaceAfter=6,
    )  # fmt: skip
    return {
        "body": body,
        "centre": ParagraphStyle("centre", parent=body, alignment=1, firstLineIndent=0),
        "cell": ParagraphStyle("cell", parent=body, fontSize=11, leading=13, firstLineIndent=0),
    }


def paragraphs(data):
    return [line for line in load(data).text.split("\n") if line]


def flowed(styles, *texts, style="body", **options):
    from reportlab.platypus import Paragraph

    return flowed_pdf([Paragraph(text, styles[style]) for text in texts], **options)


def drawn(font, *texts, pages=1, **options):
    """Texts at (x, y, size, words) on every page."""

    def draw(canvas, number):
        for x, y, size, words in texts:
            canvas.setFont(font, size)
            canvas.drawString(x, y, words.format(page=number))

    return drawn_pdf(draw, pages, **options)


def test_wrapped_lines_are_one_paragraph_again(styles):
    source = load(flowed(styles, f"1. {LONG}.", "- Đơn vị chủ trì: Sở Ngoại vụ.", LONG))

    assert source.text == f"1. {LONG}.\n\n- Đơn vị chủ trì: Sở Ngoại vụ.\n\n{LONG}\n"
    assert (source.format, source.pages, source.notices) == (Format.PDF, 1, ())


def test_paragraphs_without_any_indent_end_where_the_next_word_had_room(styles):
    data = flowed(styles, LONG, LONG, "Ngắn.", LONG, style="cell")

    assert paragraphs(data) == [LONG, LONG, "Ngắn.", LONG]


def test_a_paragraph_goes_on_over_the_end_of_a_page(styles):
    texts = [f"{n}. {LONG} {LONG}." for n in range(1, 16)]

    source = load(flowed(styles, *texts))

    assert [line for line in source.text.split("\n") if line not in {"", "\x0c"}] == texts
    assert source.text.count("\x0c") == source.pages - 1


def test_the_two_columns_of_a_letter_head_do_not_mix(font):
    data = drawn(
        font,
        (70, 780, 12, "ỦY BAN NHÂN DÂN"),
        (225, 780, 12, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (75, 764, 12, "TỈNH PHÚ BIÊN"),
        (285, 762, 12, "Độc lập - Tự do - Hạnh phúc"),
        (80, 735, 12, "Số: 5/KH-UBND"),
        (275, 735, 12, "Phú Biên, ngày 05 tháng 01 năm 2026"),
        (255, 690, 14, "KẾ HOẠCH"),
        (70, 650, 13, "I. NHIỆM VỤ"),
        (70, 630, 13, LONG[:70]),
    )

    assert paragraphs(data)[:3] == [
        (
            "| ỦY BAN NHÂN DÂN\u2028TỈNH PHÚ BIÊN\u2028Số: 5/KH-UBND"
            " | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\u2028Độc lập - Tự do - Hạnh phúc"
            "\u2028Phú Biên, ngày 05 tháng 01 năm 2026 |"
        ),
        "KẾ HOẠCH",
        "I. NHIỆM VỤ",
    ]


def test_a_page_that_names_the_party_in_brackets_has_no_letter_head(font):
    data = drawn(font, (70, 780, 13, "Kế hoạch (ĐẢNG CỘNG SẢN) năm 2026"))

    assert paragraphs(data) == ["Kế hoạch (ĐẢNG CỘNG SẢN) năm 2026"]


def test_recipients_stand_apart_from_the_signature_and_wrapped_ones_are_whole(font):
    data = drawn(
        font,
        (70, 700, 13, LONG[:75]),
        (70, 660, 11, "Nơi nhận:"),
        (380, 662, 12, "TM. ỦY BAN NHÂN DÂN"),
        (70, 646, 10, "- Thường trực Tỉnh ủy, Thường trực"),
        (420, 644, 12, "CHỦ TỊCH"),
        (70, 632, 10, "Hội đồng nhân dân tỉnh;"),
        (70, 618, 10, "- Lưu: VT."),
        (400, 560, 12, "Lò Thị Mai Hoa"),
    )

    assert paragraphs(data)[1:] == [
        (
            "| Nơi nhận:\u2028- Thường trực Tỉnh ủy, Thường trực Hội đồng nhân dân tỉnh;"
            "\u2028- Lưu: VT. | TM. ỦY BAN NHÂN DÂN\u2028CHỦ TỊCH\u2028Lò Thị Mai Hoa |"
        )
    ]


def test_page_numbers_and_running_heads_are_dropped(font):
    data = drawn(
        font,
        (290, 810, 11, "{page}"),
        (70, 790, 9, "Kế hoạch số 5/KH-UBND, trang {page}/4"),
        (70, 700, 13, "Nội dung của trang {page} nằm ở đây;"),
        (70, 680, 13, "năm 2026 có bốn trang như vậy."),
        (70, 30, 9, "Văn bản lưu tại Sở Ngoại vụ"),
        pages=4,
    )

    text = load(data).text

    assert "Văn bản lưu" not in text
    assert "trang 1/4" not in text
    assert re.findall(r"Nội dung của trang (\d)", text) == ["1", "2", "3", "4"]
    assert not re.search(r"^\d$", text, re.MULTILINE)


def test_a_ruled_table_gives_rows_with_merged_cells_printed_once(styles, font):
    from reportlab.platypus import Paragraph, Table

    cells = [
        ["STT", "Nhiệm vụ", "Đơn vị"],
        ["1", Paragraph(LONG, styles["cell"]), "Sở Ngoại vụ"],
        ["2", "In ấn", ""],
        ["Tổng cộng", "", "x"],
    ]
    data = flowed_pdf(
        [
            Paragraph("Trước bảng", styles["body"]),
            Table(
                cells,
                colWidths=[70, 230, 110],
                style=[
                    ("GRID", (0, 0), (-1, -1), 0.5, "black"),
                    ("FONTNAME", (0, 0), (-1, -1), font),
                    ("SPAN", (2, 1), (2, 2)),
                    ("SPAN", (0, 3), (1, 3)),
                ],
            ),
            Paragraph("Sau bảng", styles["body"]),
        ]
    )

    assert paragraphs(data) == [
        "Trước bảng",
        "| STT | Nhiệm vụ | Đơn vị |",
        f"| 1 | {LONG} | Sở Ngoại vụ |",
        "| 2 | In ấn |  |",
        "| Tổng cộng |  | x |",
        "Sau bảng",
    ]


def test_a_table_over_two_pages_prints_its_head_once(styles, font):
    from reportlab.platypus import Table

    rows = [["STT", "Việc"], *([str(n), f"Việc số {n}"] for n in range(1, 60))]
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTNAME", (0, 0), (-1, -1), font)]

    lines = paragraphs(flowed_pdf([Table(rows, repeatRows=1, style=style)]))

    assert [line for line in lines if line != "\x0c"] == [f"| {a} | {b} |" for a, b in rows]
    assert lines.count("\x0c") == 1


def test_a_drawn_line_under_words_is_no_table(font):
    def draw(canvas, number):
        canvas.setFont(font, 13)
        canvas.drawString(70, 700, "Độc lập")
        canvas.line(70, 696, 140, 696)
        canvas.rect(60, 640, 200, 90)

    assert paragraphs(drawn_pdf(draw)) == ["Độc lập"]


def test_footnotes_are_marked_and_follow_at_the_end(font):
    data = drawn(
        font,
        (70, 700, 13, "Nội dung tại văn bản"),
        (205, 706, 7, "1"),
        (70, 600, 13, "Đoạn văn khác của trang này dài hơn một chút"),
        (70, 580, 13, "Đoạn văn cuối của trang này"),
        (70, 80, 6, "1"),
        (75, 77, 10, "Quyết định số 5/QĐ-UBND năm 2026 của Ủy ban"),
        (70, 64, 10, "nhân dân tỉnh."),
    )

    text = load(data).text

    assert "văn bản[^1]" in text
    assert text.endswith("\n[^1]: Quyết định số 5/QĐ-UBND năm 2026 của Ủy ban nhân dân tỉnh.\n")


def test_symbols_of_documents_are_not_torn_at_line_ends(font):
    data = drawn(
        font,
        (70, 700, 13, f"{LONG[:52]} theo số 51/KH-"),
        (70, 682, 13, "UBND của tỉnh."),
        (70, 640, 13, LONG[:60]),
    )

    assert "51/KH-UBND của tỉnh." in load(data).text


def test_a_page_turned_on_its_side_reads_the_same(font, styles):
    from pypdfium2 import PdfDocument

    upright = flowed(styles, LONG, "Ngắn.")
    document = PdfDocument(drawn_sideways(font))
    document[0].set_rotation(90)
    stream = io.BytesIO()
    document.save(stream)

    assert load(upright).text == f"{LONG}\n\nNgắn.\n"
    assert paragraphs(stream.getvalue()) == ["Dòng thứ nhất.", "Dòng thứ hai."]


def drawn_sideways(font):
    def draw(canvas, number):
        canvas.setFont(font, 13)
        canvas.translate(100, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Dòng thứ nhất.")
        canvas.drawString(0, -30, "Dòng thứ hai.")

    return drawn_pdf(draw)


def test_pictures_of_pages_are_a_scan():
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("L", (200, 280), 200))

    def draw(canvas, number):
        canvas.drawImage(picture, 0, 0, 595, 842)

    with pytest.raises(NotReadable) as refused:
        load(drawn_pdf(draw, 3))

    assert refused.value.reason is Refusal.SCAN


def test_a_scanned_page_among_others_is_reported(font):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("L", (200, 280), 200))

    def draw(canvas, number):
        if number == 2:
            canvas.drawImage(picture, 0, 0, 595, 842)
        else:
            canvas.setFont(font, 13)
            for place in range(10):
                canvas.drawString(70, 700 - 20 * place, LONG[:70])

    source = load(drawn_pdf(draw, 3))

    assert source.notices == (Notice.PAGES_WITHOUT_TEXT,)
    assert source.pages == 3


def test_a_password_is_asked_to_be_removed(font):
    data = drawn(font, (70, 700, 13, "Kế hoạch"), encrypt="bimat")

    with pytest.raises(NotReadable) as refused:
        load(data)

    assert refused.value.reason is Refusal.ENCRYPTED


def test_an_empty_page_is_empty():
    with pytest.raises(NotReadable) as refused:
        load(drawn_pdf(lambda canvas, number: None))

    assert refused.value.reason is Refusal.EMPTY


def test_a_broken_cross_reference_table_is_mended(font):
    data = drawn(font, (70, 700, 13, "Kế hoạch còn đọc được"))
    broken = re.sub(rb"startxref\n\d+", b"startxref\n99999999", data)

    assert broken != data
    assert load(broken).text == "Kế hoạch còn đọc được\n"


def test_accents_drawn_apart_stay_with_their_letters(font):
    words = unicodedata.normalize("NFD", "Kế hoạch đối ngoại")

    text = load(drawn(font, (70, 700, 13, words))).text

    assert unicodedata.normalize("NFC", text) == "Kế hoạch đối ngoại\n"


def test_bytes_before_the_header_do_no_harm(font):
    data = drawn(font, (70, 700, 13, "Kế hoạch"))

    assert load(b"\n\n" + b"% comment of a scanner\n" * 5 + data).text == "Kế hoạch\n"


def test_a_pdf_cut_in_half_is_damaged_or_gives_what_is_left(styles):
    data = flowed(styles, *[LONG] * 200)

    with pytest.raises(NotReadable) as refused:
        load(data[: len(data) // 3])

    assert refused.value.reason is Refusal.DAMAGED


def test_scripts_and_attachments_are_never_touched(font):
    from pypdfium2 import PdfDocument, raw

    document = PdfDocument(drawn(font, (70, 700, 13, "Kế hoạch")))
    attachment = document.new_attachment("virus.exe")
    attachment.set_data(b"MZ hidden words")
    action = b"/OpenAction << /S /JavaScript /JS (app.alert\\('hidden words'\\)) >> "
    stream = io.BytesIO()
    document.save(stream)
    data = stream.getvalue().replace(b"/Type/Catalog", b"/Type/Catalog " + action, 1)
    data = data.replace(b"/Type /Catalog", b"/Type /Catalog " + action, 1)

    assert b"JavaScript" in data
    assert load(data).text == "Kế hoạch\n"
    assert raw.FPDF_ERR_SUCCESS == 0


def test_more_pages_than_the_limit_are_refused(font):
    from nhipcau.plans.reading.limits import Limits

    data = drawn(font, (70, 700, 13, "Trang {page}"), pages=4)

    with pytest.raises(NotReadable) as refused:
        load(data, limits=Limits(pages=3))

    assert refused.value.reason is Refusal.TOO_LARGE
