"""What was perhaps meant, and how a query may go on."""

import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.search.text import Vocabulary, analyse, parse_query, terms_of

TEXTS = {
    "Cửa khẩu quốc tế Hữu Nghị mở cửa hằng ngày.": 30,
    "Thông tin đối ngoại ở khu vực biên giới.": 20,
    "Du lịch và xuất nhập khẩu của tỉnh; của khách.": 25,
    "Lịch sử và dự án. Du khách xem lễ hội.": 5,
    "Người dân hỏi, ngoài đối tượng ưu tiên.": 5,
    "Border gate and opening hours of the market.": 4,
    "谅山省对外宣传 边境贸易": 3,
    "ການຄ້າຊາຍແດນ": 3,
}


@pytest.fixture(scope="module")
def vocabulary():
    counted = Counter()
    for text, times in TEXTS.items():
        for term in terms_of(analyse(text, language="vi")):
            counted[term] += times
    return Vocabulary(counted.items())


def suggested(vocabulary, typed):
    return [each.text for each in vocabulary.suggest(parse_query(typed, language="vi"))]


def test_terms_are_the_words_and_pairs_of_sentences_without_numbers():
    assert list(terms_of(analyse("Mở 24 giờ. Cửa khẩu", language="vi"))) == [
        "mở", "giờ", "cửa", "khẩu", "cửa_khẩu",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("cử khẩu", "cửa khẩu", id="a letter left out"),
        pytest.param("cuaa khau", "cửa khẩu", id="a letter too many"),
        pytest.param("cua khsu", "cửa khẩu", id="a wrong letter"),
        pytest.param("du lihc", "du lịch", id="two letters exchanged"),
        pytest.param("thông tin đối ngaoi", "thông tin đối ngoại", id="in a longer query"),
        pytest.param("dulich", "du lịch", id="a space forgotten"),
        pytest.param("cuwar khaaur", "cửa khẩu", id="Telex that nothing turned into marks"),
        pytest.param("bie6n gio7i1", "biên giới", id="VNI that nothing turned into marks"),
        pytest.param("boder gate", "border gate", id="English"),
        pytest.param("ການຄ້", None, id="half a word of Lao is no typo of another"),
        pytest.param("边贸", None, id="Chinese has no letters to mistake"),
        pytest.param("cửa khẩu", None, id="as the texts have it"),
        pytest.param("cua khau", None, id="without marks it is found as well"),
        pytest.param("cữa khẫu", None, id="so it is with wrong marks"),
        pytest.param("khẩu", None, id="one known word"),
        pytest.param("qqqqqq", None, id="nothing near"),
        pytest.param('"cử khẩu"', None, id="a quotation is meant to the letter"),
        pytest.param("cử khẩu -chợ", None, id="a query that excludes"),
        pytest.param("", None, id="nothing typed"),
        pytest.param("a b c d e f g h i", None, id="a long query"),
    ],
)
def test_what_was_meant(vocabulary, typed, meant):
    assert (suggested(vocabulary, typed) or [None])[0] == meant


def test_a_suggestion_says_how_often_the_texts_bear_it_out(vocabulary):
    (first, *_) = vocabulary.suggest(parse_query("cua khsu", language="vi"))

    assert (first.text, first.frequency) == ("cửa khẩu", 30)


def test_only_what_the_texts_have_is_suggested(vocabulary):
    known = set(vocabulary._frequency)

    for typed in ("cua khsu", "du lihc", "thong tim doi ngoai", "bien gio"):
        for text in suggested(vocabulary, typed):
            words = text.split()
            assert {*words, *map("_".join, pairwise(words))} <= known


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param("cử", "cửa", id="a word begun"),
        pytest.param("cua k", "cửa khẩu", id="a pair begun without marks"),
        pytest.param("Đến cửa k", "Đến cửa khẩu", id="what stands before is kept as typed"),
        pytest.param("cú", None, id="marks that were typed are meant"),
        pytest.param("bor", "border", id="English"),
        pytest.param("对", "对外", id="Chinese"),
        pytest.param("xuất 边境贸", "xuất 边境贸易", id="no space in Chinese"),
        pytest.param("cửa ", None, id="after a space nothing is begun"),
        pytest.param("", None, id="nothing typed"),
        pytest.param("?!", None, id="no word"),
    ],
)
def test_how_a_query_may_go_on(vocabulary, typed, first):
    assert (vocabulary.complete(typed, language="vi") or [None])[0] == first


def test_most_frequent_first_and_no_more_than_asked(vocabulary):
    assert vocabulary.complete("c", language="vi", most=2) == ["cửa", "của"]
    assert vocabulary.complete("c", language="vi", most=1) == ["cửa"]


def test_an_empty_vocabulary_knows_nothing():
    empty = Vocabulary([])

    assert empty.suggest(parse_query("cửa khẩu", language="vi")) == []
    assert empty.complete("c", language="vi") == []
    assert not empty.knows(parse_query("cửa", language="vi"))


def test_a_hostile_query_costs_little(vocabulary):
    begun = time.process_time()

    for typed in ("ư" * 900, "cu kh " * 200, "x" * 60 + " " + "y" * 60, "a" * 100_000):
        suggested(vocabulary, typed)
        vocabulary.complete(typed[:1_000], language="vi")

    assert time.process_time() - begun < 2


@given(st.text(max_size=40))
def test_any_text_may_be_asked(vocabulary, typed):
    for suggestion in vocabulary.suggest(parse_query(typed, language="vi")):
        assert suggestion.frequency > 0
    for whole in vocabulary.complete(typed, language="vi"):
        assert whole
