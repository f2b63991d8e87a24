"""How an announcer says what is no word."""

import time

import pytest

from nhipcau.publishing.renderers import renderer
from nhipcau.publishing.renderers.radio.spoken import spoken
from nhipcau.publishing.renderers.radio.spoken.expressions import roman_value
from nhipcau.publishing.renderers.radio.spoken.numbers import number_in_words
from nhipcau.publishing.tests import specimens
from nhipcau.translation.manuscript import Manuscript, Paragraph, Run


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (1005, "một nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (10_000, "mười nghìn"),
        (100_000_001, "một trăm triệu không trăm linh một"),
        (1_000_000, "một triệu"),
        (2_500_000_000, "hai tỷ năm trăm triệu"),
        (3_000_000_000_000, "ba nghìn tỷ"),
        (-7, "âm bảy"),
    ],
)
def test_numbers(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # dates
        ("ngày 12/02/2026", "Ngày mười hai tháng hai năm hai nghìn không trăm hai mươi sáu"),
        ("5/4/2026", "Ngày mồng năm tháng tư năm hai nghìn không trăm hai mươi sáu"),
        ("sáng 1/5", "Sáng ngày mồng một tháng năm"),
        ("từ ngày 10-15/3", "Từ ngày mồng mười đến ngày mười lăm tháng ba"),
        ("tháng 4/2026", "Tháng tư năm hai nghìn không trăm hai mươi sáu"),
        ("trong tháng 12", "Trong tháng mười hai"),
        ("31/2/2026 không có", "Ba mươi mốt/hai/hai nghìn không trăm hai mươi sáu không có"),
        # times
        ("lúc 7h30", "Lúc bảy giờ ba mươi"),
        ("7 giờ 05 phút", "Bảy giờ không năm phút"),
        ("từ 07:00 đến 17:30", "Từ bảy giờ đến mười bảy giờ ba mươi"),
        ("trực 24 giờ", "Trực hai mươi tư giờ"),
        # money
        ("giá 50.000đ", "Giá năm mươi nghìn đồng"),
        ("2.000.000 đồng", "Hai triệu đồng"),
        ("1,5 tỷ đồng", "Một phẩy năm tỷ đồng"),
        ("100 USD", "Một trăm đô la Mỹ"),
        ("$20", "Hai mươi đô la Mỹ"),
        ("300 NDT", "Ba trăm nhân dân tệ"),
        # percentages, measures
        ("tăng 12,5%", "Tăng mười hai phẩy năm phần trăm"),
        ("giảm 0,05%", "Giảm không phẩy không năm phần trăm"),
        ("5.400 m²", "Năm nghìn bốn trăm mét vuông"),
        ("dài 3 km", "Dài ba ki lô mét"),
        ("38°C", "Ba mươi tám độ xê"),
        ("ảnh 4 × 6 cm", "Ảnh bốn nhân sáu xăng ti mét"),
        # telephone numbers
        (
            "gọi 0205 3 000 113",
            "Gọi không hai không năm, ba, không không không, một một ba",
        ),
        ("0912345678", "Không chín một hai ba bốn năm sáu bảy tám"),
        ("tổng đài 1900 1234", "Tổng đài một chín không không, một hai ba bốn"),
        ("gọi 113 ngay", "Gọi một một ba ngay"),
        # ranges, fractions, ordinals, Roman numbers
        ("10–15 người", "Mười đến mười lăm người"),
        ("3/4 số hộ", "Ba phần bốn số hộ"),
        ("Quý III", "Quý ba"),
        ("quý IV", "Quý tư"),
        ("thế kỷ XX", "Thế kỷ hai mươi"),
        ("lần thứ I", "Lần thứ nhất"),
        ("thứ 4", "Thứ tư"),
        ("-5 độ", "Âm năm độ"),
        # papers and abbreviations
        ("Kế hoạch số 18/KH-UBND", "Kế hoạch số mười tám, kế hoạch của Ủy ban nhân dân"),
        (
            "số 72/2015/NĐ-CP",
            "Số bảy mươi hai, năm hai nghìn không trăm mười lăm, nghị định của Chính phủ",
        ),
        ("UBND xã, BĐBP", "Ủy ban nhân dân xã, Bộ đội Biên phòng"),
        ("KT-XH, v.v.", "Kinh tế - xã hội, vân vân"),
        # addresses
        ("xem tinhmau.gov.vn/cho", "Xem tinhmau chấm gov chấm vn gạch chéo cho"),
        # years beside numbers stay apart
        ("2021: 6.100", "Hai nghìn không trăm hai mươi mốt: sáu nghìn một trăm"),
        # words stay words
        ("Chợ Đồng Đăng họp phiên.", "Chợ Đồng Đăng họp phiên."),
        ("", ""),
    ],
)  # fmt: skip
def test_what_an_announcer_says(written, said):
    assert spoken(written).text == said


def test_abbreviations_nobody_explained_are_named():
    reading = spoken("Theo BQLKKT và UBND, XYZ")

    assert reading.unknown == ("BQLKKT", "XYZ")
    assert reading.text == "Theo BQLKKT và Ủy ban nhân dân, XYZ"


@pytest.mark.parametrize(
    ("letters", "value"), [("XIV", 14), ("IX", 9), ("MCMXC", 1990), ("IIII", None), ("", None)]
)
def test_roman_numbers(letters, value):
    assert roman_value(letters) == value


def test_no_digit_is_left_to_the_announcer():
    text = (
        "Ngày 2/9, 17.000 lượt khách (tăng 8,2% so với 2024) qua cửa khẩu lúc 6h15–19h; "
        "phí 25.000đ, mã 0012345, tỷ lệ 7:3, 1.234.567.890.123.456.789.012 hạt, lô A12, đường 4B."
    )

    assert not any(character.isdigit() for character in spoken(text).text)


@pytest.mark.parametrize(
    ("pace", "seconds", "length"), [(120, 60, "1:00"), (160, 45, "0:45"), (7, 1029, "17:09")]
)
def test_a_script_says_how_long_it_is_read(pace, seconds, length):
    # 2 words of the title, 118 of the text: the head itself is not read out.
    source = Manuscript(
        language="vi",
        script="Latn",
        title="Chợ phiên",
        summary="",
        blocks=(Paragraph((Run(" ".join(["chợ"] * 118)),)),),
        issuer="",
    )
    made = renderer("radio-script").render(
        (source,), specimens.Shelf(), specimens.options(words_a_minute=pace)
    )

    assert made.measures == {"seconds": seconds, "words": 120}
    head, title, *_said = made.files[0].content.decode().splitlines()[::2]
    assert head == f"[Thời lượng: {length} – 120 từ, {pace} từ/phút]"
    assert title == "Chợ phiên."


@pytest.mark.survey
@pytest.mark.parametrize(
    "piece",
    ["a.", "1", "1.", "1,", "A-", "a@", "1/", "A1", "https://", "12-", "0 ", "gọi ", "UBND-"],
)
def test_no_text_keeps_the_announcer_waiting(piece):
    before = time.process_time()

    spoken(piece * 100_000)

    assert time.process_time() - before < 20
