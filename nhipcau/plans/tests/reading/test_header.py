"""What the letter head says, however a file has laid it out."""

import pytest

from nhipcau.plans.tests.reading.documents import CLOSING, HEAD, PURPOSE, plan, read_text

BODY = f"{PURPOSE}\nII. NỘI DUNG\n1. Mở lớp tiếng Lào\n{CLOSING}"
OPENING = "\nCăn cứ Kế hoạch số 5/KH-TW ngày 02/01/2024 của Bộ;\n"


def said(reading) -> tuple:
    values = (reading.number, reading.symbol, reading.issuing_body, reading.place)
    return (*(value and value.text for value in values), reading.date and reading.date.iso)


IN_FULL = ("37", "KH-UBND", "UBND TỈNH MƯỜNG HOA", "Mường Hoa", "2025-02-14")


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(
            "UBND TỈNH MƯỜNG HOA\nSố: 37/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "Độc lập - Tự do - Hạnh phúc\nMường Hoa, ngày 14 tháng 02 năm 2025",
            id="columns one after the other",
        ),
        pytest.param(
            "UBND TỈNH MƯỜNG HOA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "Số: 37/KH-UBND Mường Hoa, ngày 14 tháng 02 năm 2025",
            id="columns flattened",
        ),
        pytest.param(
            "| UBND TỈNH MƯỜNG HOA | CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| --- | --- |\n"
            "| Số: **37** /KH-UBND | *Mường Hoa, ngày 14 tháng 02 năm 2025* |",
            id="a table",
        ),
        pytest.param(
            "UBND TỈNH MƯỜNG HOA       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "Số:    37/KH-UBND         Mường Hoa, ngày 14  tháng 02 năm 2025",
            id="columns of spaces",
        ),
        pytest.param(
            "<table><tr><td>UBND TỈNH MƯỜNG HOA<br>Số: 37/KH-UBND</td>"
            "<td>Độc lập - Tự do - Hạnh phúc<br>Mường Hoa, ngày 14 tháng 02 năm 2025</td></tr></table>",
            id="a table in HTML",
        ),
        pytest.param(
            "UBND TỈNH\nMƯỜNG HOA\n-----\n|\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n|\n"
            "Số:\n37/KH-UBND\n|\nMường Hoa, ngày\n14 tháng 02 năm 2025\n|",
            id="a motto broken inside a word",
        ),
        pytest.param(
            "UBND TỈNH MƯỜNG HOA\nCỘNG HÒA XÃ HỘI CHỦ\nNGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            "Số: 37/KH-UBND\nMường Hoa, ngày 14 tháng 02 năm 2025",
            id="a motto broken later",
        ),
        pytest.param(
            "UBND TỈNH MƯỜNG HOA |\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố:\n37/KH-UBND |\n"
            "Mường\nHoa, ngày 14\ntháng 02 năm 2025 |",
            id="lines broken anywhere",
        ),
    ],
)
def test_the_head_says_the_same_in_every_layout(head):
    reading = read_text(f"{head}\n\nKẾ HOẠCH\nThông tin đối ngoại năm 2025\n{OPENING}{BODY}")

    assert said(reading) == IN_FULL
    assert reading.title.text == "Thông tin đối ngoại năm 2025"


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 51/KH-UBND", "51", "KH-UBND"),
        ("Số:      /KH-UBND", None, "KH-UBND"),
        ("Số: ....../KH-BCĐ", None, "KH-BCĐ"),
        ("Số 149-KH/TU", "149", "KH/TU"),
        ("Số 445-KL/TƯ", "445", "KL/TƯ"),
        ("Số: 05/2024/QĐ-UBND", "05", "QĐ-UBND"),
        ("Số : 07 /KH – UBND", "07", "KH–UBND"),
    ],
)
def test_a_number_is_told_from_its_symbol(line, number, symbol):
    reading = plan("1. Mở lớp", head=HEAD.replace("Số: 37/KH-UBND", line))

    assert (reading.number and reading.number.text, reading.symbol.text) == (number, symbol)


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("VĂN PHÒNG CHÍNH PHỦ", "VĂN PHÒNG CHÍNH PHỦ"),
        ("TỔNG CỤC THỂ THAO", "TỔNG CỤC THỂ THAO"),
        ("CHI CỤC KIỂM LÂM", "CHI CỤC KIỂM LÂM"),
        ("ỦY BAN DÂN TỘC", "ỦY BAN DÂN TỘC"),
        ("BỘ CHỈ HUY BIÊN PHÒNG TỈNH", "BỘ CHỈ HUY BIÊN PHÒNG TỈNH"),
        ("BAN CHỈ HUY PHÒNG CHỐNG THIÊN TAI", "BAN CHỈ HUY PHÒNG CHỐNG THIÊN TAI"),
        ("UBND TỈNH MƯỜNG HOA SỞ DU LỊCH", "SỞ DU LỊCH"),
        ("UBND HUYỆN ĐỒI CHÈ PHÒNG VĂN HÓA", "PHÒNG VĂN HÓA"),
    ],
)
def test_a_line_is_cut_only_where_a_second_body_begins(printed, body):
    reading = plan("1. Mở lớp", head=HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH MƯỜNG HOA", printed, 1))

    assert reading.issuing_body.text == body


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("ngày 14 tháng 02 năm 2025", "2025-02-14"),
        ("ngày     tháng 02 năm 2025", "2025-02"),
        ("ngày ... tháng ... năm 2025", "2025"),
        ("ngày 31 tháng 6 năm 2025", "2025-06-31"),
    ],
)
def test_a_date_is_as_complete_as_it_is_printed(printed, iso):
    reading = plan("1. Mở lớp", head=HEAD.replace("ngày 14 tháng 02 năm 2025", printed))

    assert reading.date.iso == iso


def test_the_stamp_of_the_receiving_office_is_not_the_document():
    stamp = "\nSỞ NỘI VỤ\nĐẾN Số: 1132\nNgày: 24/3/2025\nChuyển: .....\n\nKẾ HOẠCH\n"

    reading = plan("1. Mở lớp", head=HEAD.replace("\nKẾ HOẠCH\n", stamp, 1))

    assert (reading.number.text, reading.date.iso) == ("37", "2025-02-14")
    assert reading.incoming_stamp.date_raw == "24/3/2025"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("KẾ HOẠCH", "KH"),
        ("K Ế HOẠCH", "KH"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "CTr"),
        ("KẾT LUẬN", "KL"),
        ("K ÉT LUẬN", "KL"),
        ("THÔNG BÁO", "TB"),
        ("DỰ THẢO KẾ HOẠCH", "KH"),
        ("KẾ HOẠCH\nKẾ HOẠCH", "KH"),
    ],
)
def test_the_kind_is_known_even_where_its_letters_stand_apart(kind, code):
    reading = plan("1. Mở lớp", head=HEAD.replace("KẾ HOẠCH", kind, 1))

    assert reading.doc_type.code == code
    assert reading.title.text == "Thông tin đối ngoại tỉnh Mường Hoa năm 2025"


def test_a_title_in_the_line_of_its_kind_is_kept_apart_from_it():
    head = HEAD.replace("KẾ HOẠCH\nThông tin", "KẾ HOẠCH Thông tin", 1)

    assert plan("1. Mở lớp", head=head).title.text == "Thông tin đối ngoại tỉnh Mường Hoa năm 2025"


def test_a_kind_that_names_its_officer_is_followed_by_the_title():
    head = HEAD.replace("KẾ HOẠCH\n", "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ DU LỊCH\n", 1)

    title = plan("1. Mở lớp", head=head).title.text

    assert title == "CỦA BỘ TRƯỞNG BỘ DU LỊCH Thông tin đối ngoại tỉnh Mường Hoa năm 2025"


def test_the_standing_body_of_two_authorities_is_one_name():
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH", "THƯỜNG TRỰC\nHĐND - UBND TỈNH", 1)

    body = plan("1. Mở lớp", head=head).issuing_body.text

    assert body == "THƯỜNG TRỰC HĐND - UBND TỈNH MƯỜNG HOA"


def test_a_text_without_a_head_is_told_by_its_opening():
    reading = plan(
        "1. Mở lớp",
        head="Thực hiện Kế hoạch số 8/KH-UBND ngày 12/3/2021 của UBND tỉnh, Ủy ban nhân dân huyện Vân Hải xây dựng Kế hoạch tuyên truyền năm 2021 như sau:\n",
    )

    assert (reading.doc_type.code, reading.issuing_body.text) == (
        "KH",
        "Ủy ban nhân dân huyện Vân Hải",
    )
    assert reading.doc_type.words.confidence < 0.7


def test_an_authority_that_begins_a_line_issues_where_nothing_else_says_who():
    text = f"Số 70/KH-UBND\nĐồi Chè, ngày 05 tháng 9 năm 2025\n# KẾ HOẠCH Dân vận thành phố Đồi Chè\n\nỦy ban nhân dân thành phố ở cơ sở trên đó, cụ thể như sau:\n{BODY}"

    assert read_text(text).issuing_body.text == "Ủy ban nhân dân thành phố Đồi Chè"


def test_a_cited_number_in_the_title_is_not_the_documents():
    head = HEAD.replace(
        "Thông tin đối ngoại tỉnh",
        "Thực hiện Kế hoạch số 149-KH/TU, ngày 29/01/2024 về thông tin đối ngoại tỉnh",
    )

    reading = plan("1. Mở lớp", head=head)

    assert (reading.number.text, reading.symbol.text, reading.date.iso) == (
        "37",
        "KH-UBND",
        "2025-02-14",
    )


def test_a_letter_has_no_kind_but_a_subject():
    reading = read_text(
        "UBND TỈNH MƯỜNG HOA\nSỞ NGOẠI VỤ\nSố: 88/SNgV-LTĐN\nV/v cung cấp ảnh tư liệu\n"
        "Mường Hoa, ngày 03 tháng 4 năm 2025\n\nKính gửi:\n- Các sở, ngành;\n- UBND các xã.\n\n"
        "Thực hiện Công văn số 7/UBND-VX ngày 01/4/2025 của UBND tỉnh, Sở Ngoại vụ đề nghị gửi ảnh.\n"
        + CLOSING
    )

    assert (reading.doc_type.code, reading.title.text) == ("CV", "cung cấp ảnh tư liệu")
    assert [words.text for words in reading.addressees] == ["Các sở, ngành", "UBND các xã"]
    assert (reading.parent_body.text, reading.issuing_body.text) == (
        "UBND TỈNH MƯỜNG HOA",
        "SỞ NGOẠI VỤ",
    )


@pytest.mark.parametrize(
    ("printed", "opening", "expected"),
    [
        ("ỦY BAN NHÂN DÂN", "UBND tỉnh Mường Hoa ban hành Kế hoạch", "UBND tỉnh Mường Hoa"),
        ("", "UBND tỉnh xây dựng Kế hoạch trên địa bàn tỉnh Mường Hoa", "UBND tỉnh Mường Hoa"),
        ("UBND THÀNH PHỐ SAO MAI", "UBND thành phố ban hành Kế hoạch", "UBND THÀNH PHỐ SAO MAI"),
        (
            "BỘ TÀI CHÍNH\nCỤC THÔNG TIN VÀ\nTHỐNG KÊ",
            "Cục ban hành Kế hoạch",
            "CỤC THÔNG TIN VÀ THỐNG KÊ",
        ),
    ],
)
def test_a_general_name_is_completed_from_the_opening(printed, opening, expected):
    text = f"{printed}\nSố: 3/KH-X\nSao Mai, ngày 02 tháng 5 năm 2024\n\nKẾ HOẠCH\nTuyên truyền\n\nThực hiện Kế hoạch số 1/KH-BCĐ ngày 02/01/2024, {opening} như sau:\n{BODY}"

    assert read_text(text).issuing_body.text == expected


@pytest.mark.parametrize(
    ("mark", "draft"), [("DỰ THẢO", True), ("(Dự thảo lần 2)", True), ("", False)]
)
def test_only_a_printed_mark_makes_a_draft(mark, draft):
    reading = plan(
        "1. Trình dự thảo Quy chế", head=HEAD.replace("\nKẾ HOẠCH\n", f"\n{mark}\nKẾ HOẠCH\n", 1)
    )

    assert reading.is_draft is draft


def test_the_title_of_a_web_page_above_the_head_is_not_the_title():
    page = "KẾ HOẠCH Tuyên truyền trên trang tin\nNgày 06/04/2025 23:23:18\n\n"

    reading = plan("1. Mở lớp", head=page + HEAD)

    assert reading.number.text == "37"
    assert reading.title.text == "Thông tin đối ngoại tỉnh Mường Hoa năm 2025"


def test_the_menus_of_a_web_page_are_passed_over():
    menus = "".join(f"Mục {nth} của trang\n" for nth in range(90))

    reading = plan("1. Mở lớp", head=menus + HEAD)

    assert said(reading) == (
        "37",
        "KH-UBND",
        "ỦY BAN NHÂN DÂN TỈNH MƯỜNG HOA",
        "Mường Hoa",
        "2025-02-14",
    )


def test_what_a_law_portal_says_of_a_document_is_not_the_document():
    facts = (
        "Kế hoạch 36/KH-UBND năm 2024 của tỉnh khác\n"
        "Số hiệu: | 36/KH-UBND | Loại văn bản: | Kế hoạch |\n"
        "Nơi ban hành: | Tỉnh Khác | Người ký: | Vi Văn Khác |\n"
        "Ngày ban hành: | 01/02/2024 | Ngày hiệu lực: | Đã biết |\n"
        "Tình trạng: | Đã biết |"
    )
    reading = plan("1. Mở lớp", head=f"{facts}\n{HEAD}")

    assert (reading.number.text, reading.date.iso) == ("37", "2025-02-14")
    assert reading.title.text == "Thông tin đối ngoại tỉnh Mường Hoa năm 2025"


def test_a_title_goes_on_until_its_quotation_marks_are_closed():
    head = HEAD.replace(
        "Thông tin đối ngoại tỉnh Mường Hoa năm 2025",
        "TRUYỀN THÔNG “CẦU NỐI GIỮA\nCHÍNH PHỦ VÀ\nNGƯỜI DÂN”",
    )

    assert plan("1. Mở lớp", head=head).title.text == (
        "TRUYỀN THÔNG “CẦU NỐI GIỮA CHÍNH PHỦ VÀ NGƯỜI DÂN”"
    )


def test_a_name_that_the_head_breaks_off_is_completed_further_on():
    head = (
        "BỘ THÔNG TIN VÀ |\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 22/TT-BTTTT |\nHà Nội, ngày 19 tháng 10 năm 2016 |\n"
        "THÔNG TƯ\nHƯỚNG DẪN CÔNG TÁC ĐỐI NGOẠI\nCăn cứ Luật Báo chí ngày 05 tháng 4 năm 2016;\n"
        "Bộ trưởng Bộ Thông tin và Truyền thông ban hành Thông tư như sau:\n"
    )

    body = plan("1. Mở lớp", head=head).issuing_body

    assert body.text == "BỘ THÔNG TIN VÀ Truyền thông"
    assert body.confidence < 0.8


def test_a_kind_that_is_not_printed_is_told_by_the_symbol():
    reading = plan("1. Mở lớp", head=HEAD.replace("\nKẾ HOẠCH\n", "\n", 1))

    assert (reading.doc_type.code, reading.title.text) == (
        "KH",
        "Thông tin đối ngoại tỉnh Mường Hoa năm 2025",
    )
