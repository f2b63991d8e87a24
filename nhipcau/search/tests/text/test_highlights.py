"""What a found text shows: hits, the best passage, and where it may be cut."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icu4py.breakers import CharacterBreaker, WordBreaker

from nhipcau.search.text import Synonyms, analyse, marked, parse_query, passages

SYNONYMS = Synonyms.of([["TTĐN", "thông tin đối ngoại"]], language="vi")
LONG = {
    "vi": "Cửa khẩu Hữu Nghị mở cửa từ 7 giờ. Hàng của dân cư biên giới được miễn thuế. " * 9,
    "zh": "谅山省对外宣传信息，友谊关口岸2026年开放。游客可以通过口岸前往越南旅行购物。" * 9,
    "lo": "ການຄ້າຊາຍແດນລະຫວ່າງລາວ ແລະ ຫວຽດນາມ ກໍາລັງພັດທະນາຢ່າງໄວວາ " * 9,
    "km": "ការធ្វើដំណើរទៅខេត្តឡាងសើន និងច្រកព្រំដែនអន្តរជាតិ។ " * 9,
    "th": "การท่องเที่ยวจังหวัดหลั่งเซินกำลังเติบโตอย่างรวดเร็ว " * 9,
    "ja": "ベトナムの国境ゲートへ行く人は旅券を持って行くこと。" * 9,
}
QUERIES = {
    "vi": "biên giới thuế",
    "zh": "越南 购物",
    "lo": "ຫວຽດນາມ",
    "km": "ព្រំដែន",
    "th": "จังหวัด",
    "ja": "旅券",
}


def hits(text, typed, language="vi"):
    query = parse_query(typed, language=language, synonyms=SYNONYMS)
    return [piece.text for piece in marked(text, query, language=language) if piece.is_hit]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        pytest.param("cửa khẩu", "Cửa khẩu của tỉnh", ["Cửa khẩu"], id="“của” is no hit"),
        pytest.param("cua khau", "Cửa khẩu của tỉnh", ["Cửa khẩu"], id="nor without marks"),
        pytest.param("cửa", "Của tỉnh", ["Của"], id="other marks, when nothing else is there"),
        pytest.param("border", "A border; borders", ["border"], id="a whole word"),
        pytest.param("hoà bình", "Hòa  bình", ["Hòa  bình"], id="placing of the tone, two spaces"),
        pytest.param('"cửa khẩu"', "cửa sông, cửa khẩu", ["cửa khẩu"], id="a phrase as a whole"),
        pytest.param("TTĐN", "Thông tin đối ngoại", ["Thông tin đối ngoại"], id="a synonym"),
        pytest.param("chợ -đêm", "chợ đêm", ["chợ"], id="what is excluded is not marked"),
        pytest.param("谅山", "在谅山省", ["谅山"], id="Chinese, a name no dictionary has"),
        pytest.param("ເມ", "ເມືອງ", ["ເມື"], id="Lao: a cluster stays whole"),
        pytest.param("ត្ត", "ខេត្តឡាង", ["ត្ត"], id="Khmer: with the letter under it"),
        pytest.param("ធ្វើដំណើរ", "ធ្វើ\u200bដំណើរ", ["ធ្វើ\u200bដំណើរ"], id="Khmer: across a break"),
        pytest.param("ハンガク", "ﾊﾝｶﾞｸ", ["ﾊﾝｶﾞｸ"], id="halfwidth kana"),
        pytest.param("x", "", [], id="an empty text"),
        pytest.param("", "chợ", [], id="an empty query"),
    ],
)
def test_what_is_marked(typed, text, expected):
    assert hits(text, typed) == expected


def test_decomposed_text_is_marked_with_all_its_marks():
    text = unicodedata.normalize("NFD", "tại cửa khẩu này")

    assert hits(text, "cửa khẩu") == [unicodedata.normalize("NFD", "cửa khẩu")]


def test_markup_in_a_text_stays_text():
    query = parse_query("chợ", language="vi")

    assert [(piece.text, piece.is_hit) for piece in marked("<b>chợ</b>", query, language="vi")] == [
        ("<b>", False),
        ("chợ", True),
        ("</b>", False),
    ]


def test_the_best_passage_has_the_most_words_side_by_side():
    text = (
        "Cửa hàng mở từ sáng. " * 20
        + "Đường lên cửa khẩu Tân Thanh đã thông. "
        + "Trời mưa lớn suốt ngày. " * 20
        + "Khẩu hiệu treo ở cửa. " * 20
    )
    (found,) = passages(text, parse_query("cửa khẩu", language="vi"), language="vi", length=60)

    assert found.text == "Đường lên cửa khẩu Tân Thanh đã thông. Trời mưa lớn suốt"
    assert found.hits == ("cửa khẩu",)
    assert (found.is_begun, found.is_broken_off) == (True, True)


def test_several_passages_come_in_the_order_of_the_text_and_do_not_overlap():
    text = LONG["vi"]
    found = passages(text, parse_query("thuế", language="vi"), language="vi", length=80, most=3)

    places = []
    at = 0
    for passage in found:
        places.append(text.index(passage.text, at))
        at = places[-1] + len(passage.text)
    assert len(found) == 3
    assert all(passage.hits for passage in found)


def test_a_text_without_a_hit_shows_its_beginning():
    (found,) = passages(
        "  " + LONG["vi"], parse_query("tàu thủy", language="vi"), language="vi", length=40
    )

    assert found.text == "Cửa khẩu Hữu Nghị mở cửa từ 7 giờ. Hàng"
    assert (found.is_begun, found.is_broken_off, found.hits) == (False, True, ())


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text_shows_nothing(text):
    assert passages(text, parse_query("chợ", language="vi"), language="vi") == ()


@pytest.mark.parametrize("length", [20, 55, 140])
@pytest.mark.parametrize("language", sorted(LONG))
def test_passages_are_cut_between_words_in_every_script(language, length):
    text = LONG[language]
    query = parse_query(QUERIES[language], language=language)
    (found,) = passages(text, query, language=language, length=length)

    start = text.index(found.text)
    borders = {0}
    for piece in WordBreaker(text, language):
        borders.add(max(borders) + len(piece))
    assert found.hits
    assert {start, start + len(found.text)} <= borders
    assert len(found.text) <= length


def test_what_has_no_words_is_cut_between_clusters():
    family = "👩\u200d👩\u200d👧"
    (found,) = passages(family * 30, parse_query("chợ", language="vi"), language="vi", length=12)

    assert found.text == family * 2


def test_one_endless_word_makes_no_endless_passage():
    (found,) = passages("ạ" * 9_000, parse_query("ạ" * 99, language="vi"), language="vi", length=30)

    assert found.hits == ("ạ" * 30,)


@given(
    st.lists(
        st.sampled_from(
            ["cửa ", "khẩu", " của", "谅山", "省", "ເມືອງ", "ខេត្ត", "\u0301", "\u200b", ". ", "\n"]
        )
        | st.text(max_size=4),
        max_size=30,
    ).map("".join),
    st.sampled_from(["cửa khẩu", '"cua khau"', "谅山", "ເມ", "ត្ត", "x"]),
    st.integers(1, 60),
)
def test_pieces_are_the_text_and_no_cluster_is_parted(text, typed, length):
    query = parse_query(typed, language="vi")
    borders = {0}
    for piece in CharacterBreaker(text, "und"):
        borders.add(max(borders) + len(piece))

    whole = marked(text, query, language="vi")
    found = passages(text, query, language="vi", length=length, most=3)

    assert "".join(piece.text for piece in whole) == text
    assert bool(found) == bool(text.strip())
    for passage in found:
        assert passage.text in text
        assert all(piece.text for piece in passage.pieces)
    if analyse(text, language="vi").folded:
        at = 0
        for piece in whole:
            assert not piece.is_hit or {at, at + len(piece.text)} <= borders
            at += len(piece.text)
