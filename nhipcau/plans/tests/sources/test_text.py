"""Plain text: encodings of today and of before Unicode, told by their content."""

import codecs
import unicodedata

import pytest

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.source import Format
from nhipcau.plans.reading.sources import legacy, load
from nhipcau.plans.reading.sources.notices import Notice

PLAN = (
    "ỦY BAN NHÂN DÂN TỈNH\n\nKẾ HOẠCH\nTổ chức tuyên truyền về chủ quyền biên giới\n\n"
    "1. Giao Sở Ngoại vụ chủ trì, phối hợp với Bộ Chỉ huy Bộ đội Biên phòng; "
    "hoàn thành trước ngày 15 tháng 9 năm 2026, kinh phí bảo đảm từ ngân sách.\n"
)
LETTERS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
EVERY_LETTER = [unicodedata.normalize("NFC", x + t) for x in LETTERS for t in TONES] + ["đ"]


def in_tcvn3(text):
    back = {letter: chr(code) for code, letter in legacy.TCVN3.items()}
    lowered = "".join(c if c in back else c.lower() if not c.isascii() else c for c in text)
    return lowered.translate(str.maketrans(back))


def in_vni(text):
    back = {letter: code for code, letter in legacy.VNI.items()}
    return "".join(back.get(c, c) for c in text)


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode(),
        codecs.BOM_UTF8 + PLAN.encode(),
        PLAN.encode("utf-16"),
        PLAN.encode("utf-16-le"),
        PLAN.encode("utf-16-be"),
        PLAN.encode("utf-32"),
        PLAN.replace("\n", "\r\n").encode(),
        PLAN.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "le without bom", "be without bom", "utf-32", "crlf", "cr"],
)
def test_unicode_of_every_kind_gives_the_same_text(data):
    source = load(data)

    assert source.text == PLAN
    assert (source.format, source.pages, source.notices) == (Format.TEXT, None, ())


def test_decomposed_letters_are_left_for_the_normalising_step():
    decomposed = unicodedata.normalize("NFD", PLAN)

    assert load(decomposed.encode()).text == decomposed


def test_windows_1258_is_recognised_and_reported():
    # The code page has whole letters with hats and separate tone marks.
    halves = "".join(
        c
        if (d := unicodedata.normalize("NFD", c)) == c or c in "ăâêôơưđĂÂÊÔƠƯĐ"
        else unicodedata.normalize("NFC", "".join(x for x in d if x not in TONES))
        + "".join(x for x in d if x in TONES)
        for c in PLAN
    )
    source = load(halves.encode("cp1258"))

    assert unicodedata.normalize("NFC", source.text) == PLAN
    assert source.notices == (Notice.WINDOWS_1258,)


@pytest.mark.parametrize("carrier", ["latin-1", "utf-8"])
def test_vni_is_recognised_and_converted_whole(carrier):
    source = load(in_vni(PLAN).encode(carrier))

    assert source.text == PLAN
    assert source.notices == (Notice.VNI,)


@pytest.mark.parametrize("carrier", ["latin-1", "utf-8"])
def test_tcvn3_is_recognised_and_words_of_capitals_get_capitals(carrier):
    source = load(in_tcvn3(PLAN).encode(carrier))

    assert source.text == PLAN
    assert source.notices == (Notice.TCVN3,)


@pytest.mark.parametrize("letter", EVERY_LETTER)
def test_every_vietnamese_letter_survives_both_legacy_alphabets(letter):
    assert legacy.from_tcvn3(in_tcvn3(letter)) == letter
    assert legacy.from_vni(in_vni(letter)) == letter
    assert legacy.from_vni(in_vni(letter.upper())) == letter.upper()


def test_the_first_lines_of_every_official_letter_in_both_alphabets():
    assert legacy.from_tcvn3("Céng hoµ x· héi chñ nghÜa ViÖt Nam") == (
        "Cộng hoà xã hội chủ nghĩa Việt Nam"
    )
    assert legacy.from_vni("Ñoäc laäp - Töï do - Haïnh phuùc") == "Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize(
    "text",
    [
        "The café of naïve résumés, à la carte, is no Vietnamese text at all; señor.\n",
        "Überprüfung der Maßnahmen für größere Städte während des Jahres.\n",
        "ແຜນການ ປະຈຳປີ ຂອງແຂວງ\n",
        "边境宣传工作计划：友谊关口岸\n",
        "ផែនការប្រចាំឆ្នាំ\n",
    ],
)
def test_other_languages_are_not_taken_for_legacy_vietnamese(text):
    source = load(text.encode())

    assert (source.text, source.notices) == (text, ())


def test_blank_lines_shrink_to_one_and_pages_stand_alone():
    source = load(b"a b c\n\n\n \t\n\nd\x0ce\n\x0c\nf")

    assert source.text == "a b c\n\nd\n\x0c\ne\n\x0c\nf\n"
    assert source.pages == 3


def test_line_separators_of_other_programmes_end_lines():
    assert load("một\u2028hai\u2029ba\x0bbốn\x85năm".encode()).text == "một\nhai\nba\nbốn\nnăm\n"


def test_markdown_is_text():
    plan = "# KẾ HOẠCH\n\n**Số: 5/KH-UBND**\n\n| a | b |\n|---|---|\n| 1 | H<sub>2</sub>O |\n"

    assert load(plan.encode()).text == plan


def test_a_few_broken_bytes_in_a_long_text_are_left_out_and_reported():
    whole = PLAN * 20
    data = whole.encode()

    source = load(data[:500] + b"\xff" + data[500:])

    assert source.notices == (Notice.BROKEN_CHARACTERS,)
    assert abs(len(source.text) - len(whole)) <= 2


def test_nul_bytes_in_a_long_text_are_left_out_and_many_make_it_no_text():
    whole = (PLAN * 20).encode()

    source = load(whole[:100] + b"\0" + whole[100:])
    with pytest.raises(NotReadable) as refused:
        load(b"\0a\0\0b" * 500)

    assert "\0" not in source.text
    assert source.notices == (Notice.BROKEN_CHARACTERS,)
    assert refused.value.reason is Refusal.UNKNOWN_FORMAT
