"""Text as terms: the traps of folding, scripts without spaces, and what holds for any text."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icu4py.breakers import CharacterBreaker

from nhipcau.kernel.folding import unaccented
from nhipcau.search.text import Field, analyse
from nhipcau.search.text.scripts import CLUSTER, RUN, WORD
from nhipcau.search.text.terms import TERM_LENGTH, exact_term

SAMPLES = {
    "vi": "Cửa khẩu quốc tế Hữu Nghị, Đồng Đăng (Lạng Sơn)",
    "zh": "谅山省对外宣传信息，友谊关口岸2026年",
    "ja": "ベトナムの国境ゲートへ行く",
    "lo": "ການຄ້າຊາຍແດນລະຫວ່າງລາວ ແລະ ຫວຽດນາມ",
    "km": "ការធ្វើដំណើរទៅខេត្តឡាងសើន",
    "th": "การท่องเที่ยวจังหวัดหลั่งเซิน",
    "my": "နယ်စပ်ကုန်သွယ်ရေး",
}
# Whole texts of many scripts, in pieces that hypothesis puts together, and any characters at all.
PIECES = [
    *SAMPLES.values(),
    *"aÀđĐơ\u0300\u0301\u0323\u200b\u200d\ufeff １２Ａｂ½⑴ﬁß",
    "hoà thuý quý uỷ khoẻ ",
    "İstanbul ŉ ᾳ ͺ ",
    "ໜ້າ ນ້ຳ กำ ",
    "か\u3099ﾊﾟ",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=8).map("".join)


def folded(text, language="vi"):
    return list(analyse(text, language=language).folded)


def test_terms_of_a_sentence_and_where_they_stand():
    text = "Ủy ban – cửa khẩu 20/NĐ-CP"

    analysis = analyse(text, language="vi")

    assert analysis.exact == ("ủy", "ban", "cửa", "khẩu", "20", "nđ", "cp")
    assert analysis.folded == ("uy", "ban", "cua", "khau", "20", "nd", "cp")
    assert analysis.grams == [
        "uy_ban", "ban_cua", "cua_khau", "khau_20", "20_nd", "nd_cp",
        "ủy_ban", "ban_cửa", "cửa_khẩu", "khẩu_20", "20_nđ", "nđ_cp",
    ]  # fmt: skip
    assert [text[start:end] for start, end in analysis.spans] == [
        "Ủy", "ban", "cửa", "khẩu", "20", "NĐ", "CP",
    ]  # fmt: skip
    assert analysis.fields() == {
        Field.FOLDED: "uy ban cua khau 20 nd cp",
        Field.EXACT: "ủy ban cửa khẩu 20 nđ cp",
        Field.GRAMS: " ".join(analysis.grams),
        Field.CHARACTERS: "",
    }


@pytest.mark.parametrize(
    ("written", "term"),
    [
        pytest.param("Đồng", "dong", id="đ is d, though NFD keeps it and FTS5 does"),
        pytest.param(unicodedata.normalize("NFD", "Đường"), "duong", id="typed in pieces (NFD)"),
        pytest.param("hoà", "hoa", id="tone mark the old way"),
        pytest.param("ｃửａ", "cua", id="fullwidth letters"),
        pytest.param("c\u200bửa\ufeff", "cua", id="signs nobody sees"),
        pytest.param("NGHỊ", "nghi", id="capitals"),
        pytest.param("m²", "m2", id="raised digits"),
        pytest.param("໒໐໒໖", "2026", id="Lao digits"),
        pytest.param("២០២៦", "2026", id="Khmer digits"),
        pytest.param("１２", "12", id="fullwidth digits"),
    ],
)
def test_spellings_of_one_word_fold_to_one_term(written, term):
    assert folded(written) == [term]


def test_words_of_two_sentences_are_no_neighbours():
    text = "Mật khẩu không chính xác. Hãy thử lại: 20.000 đồng; TP.HCM\nxong"

    assert analyse(text, language="vi").grams == [
        "mat_khau", "khau_khong", "khong_chinh", "chinh_xac", "hay_thu", "thu_lai",
        "20_000", "000_dong", "tp_hcm",
        "mật_khẩu", "khẩu_không", "không_chính", "chính_xác", "hãy_thử", "thử_lại", "000_đồng",
    ]  # fmt: skip
    assert analyse("友谊关。口岸 A. B", language="zh").grams == ["友谊_关", "口岸_a"]


def test_marks_are_kept_in_exact_terms_and_the_schools_of_placing_them_are_one():
    assert analyse("hoà Thuý uỷ", language="vi").exact == analyse(
        "Hòa thúy ủy", language="vi"
    ).exact == ("hòa", "thúy", "ủy")  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("ດູ", "ດ", id="Lao: a vowel under the letter"),
        pytest.param("ປາ", "ປ່າ", id="Lao: fish and forest"),
        pytest.param("ก็", "ก", id="Thai"),
        pytest.param("ក្រ", "ករ", id="Khmer: a letter under another"),
        pytest.param("ガ", "カ", id="Japanese: voiced"),
        pytest.param("क्ष", "कष", id="Devanagari"),
    ],
)
def test_signs_that_are_vowels_or_consonants_are_never_folded_away(one, other):
    assert unaccented(one) != unaccented(other)
    assert folded(one, "und") != folded(other, "und")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["谅", "山", "省", "对外", "宣传", "信息", "友谊", "关", "口岸", "2026", "年"]),
        ("lo", ["ການຄ້າ", "ຊາຍແດນ", "ລະຫວ່າງ", "ລາວ", "ແລະ", "ຫວຽດນາມ"]),
        ("th", ["การ", "ท่อง", "เที่ยว", "จังหวัด", "หลั่ง", "เซิน"]),
        ("km", ["ការ", "ធ្វើដំណើរ", "ទៅ", "ខេត្ត", "ឡាង", "សើន"]),
        ("ja", ["ベトナム", "の", "国境", "ゲート", "へ", "行く"]),
    ],
)
def test_words_of_scripts_without_spaces_come_from_a_dictionary(language, words):
    assert folded(SAMPLES[language], language) == words


@pytest.mark.parametrize("language", ["zh", "ja", "lo", "km", "th", "my"])
def test_every_two_characters_of_a_run_can_be_found(language):
    text = SAMPLES[language]
    characters = set(analyse(text, language=language).characters)

    for run in RUN.findall(text):
        assert {run[at : at + 2] for at in range(len(run) - 1)} <= characters


def test_a_text_of_several_scripts_is_read_by_its_runs():
    analysis = analyse("Chợ Đông Kinh 东京市场 ຕະຫຼາດ 5G网络", language="vi")

    assert analysis.folded[:4] == ("cho", "dong", "kinh", "东京")
    assert analysis.unspaced == ["东京市场", "ຕະຫຼາດ", "网络"]
    assert "5g" in analysis.folded


def test_a_space_of_no_width_parts_words_of_khmer_but_hides_no_pair_of_characters():
    parted = analyse("ការ\u200bធ្វើ", language="km")

    assert parted.folded == ("ការ", "ធ្វើ")
    assert parted.characters == analyse("ការធ្វើ", language="km").characters


def test_what_is_no_word_is_cut():
    assert folded("a" * 1_000) == ["a" * TERM_LENGTH]
    assert max(map(len, folded("ຮ" * 1_000, "lo"))) <= TERM_LENGTH
    assert "".join(folded("ຮ" * 1_000, "lo")) == "ຮ" * 1_000


@given(texts)
@example("ก\u0e33\u200b")
@example("½\u0301")
def test_places_lie_in_order_inside_the_text_and_hold_one_word_each(text):
    analysis = analyse(text, language="vi")

    assert len(analysis.spans) == len(analysis.folded) == len(analysis.exact)
    end = 0
    for span, term in zip(analysis.spans, analysis.exact, strict=True):
        assert end <= span[0] < span[1] <= len(text)
        end = span[1]
        assert analyse(text[span[0] : span[1]], language="vi").exact in ((term,), ()) or (
            analysis.runs
        )
    for term in (*analysis.folded, *analysis.exact, *analysis.grams, *analysis.characters):
        assert term
        assert not any(sign.isspace() for sign in term)
        assert "_" not in term or term in analysis.grams


@given(st.text(st.characters(max_codepoint=0x2BFF)))
def test_the_fast_way_finds_the_words_that_the_thorough_one_finds(text):
    analysis = analyse(text, language="vi")

    assert [text[start:end] for start, end in analysis.spans] == WORD.findall(text) or analysis.runs
    assert len(analysis.exact) == len(analysis.spans)
    assert analysis.exact == tuple(map(exact_term, WORD.findall(text))) or analysis.runs


@given(texts)
def test_folding_what_was_folded_changes_nothing(text):
    once = analyse(text, language="vi")
    if once.runs:  # a dictionary reads joined words anew
        once = analyse("".join(once.unspaced[:1]), language="vi")
        assert analyse(once.unspaced[0], language="vi").unspaced == once.unspaced
        return

    assert analyse(" ".join(once.folded), language="vi").folded == once.folded
    assert analyse(" ".join(once.exact), language="vi").exact == once.exact


@given(texts)
def test_composed_and_decomposed_text_have_the_same_terms(text):
    composed = analyse(unicodedata.normalize("NFC", text), language="vi")
    decomposed = analyse(unicodedata.normalize("NFD", text), language="vi")

    assert composed.unspaced == decomposed.unspaced
    if not composed.runs:
        assert composed.exact == decomposed.exact


@pytest.mark.parametrize("language", ["zh", "ja", "lo", "km", "th", "my"])
def test_clusters_never_part_what_a_reader_sees_as_one(language):
    text = SAMPLES[language]
    ends = {end for _, end in CharacterBreaker(text, "und").segments()}

    for run in RUN.finditer(text):
        clusters = list(CLUSTER.finditer(text, run.start(), run.end()))
        assert "".join(cluster.group() for cluster in clusters) == run.group()
        assert {cluster.end() for cluster in clusters} <= ends
