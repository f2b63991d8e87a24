"""From a text to a query and back: what a recipe finds in analysed texts, without an engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.search.text import (
    Both,
    Either,
    Phrase,
    Synonyms,
    Term,
    Vocabulary,
    analyse,
    parse_query,
    recipe,
    terms_of,
)

SYNONYMS = Synonyms.of([["TTĐN", "thông tin đối ngoại"]], language="vi")
TEXTS = {
    "vi": "Cửa khẩu quốc tế Hữu Nghị, Đồng Đăng mở cửa; thông tin đối ngoại của tỉnh.",
    "zh": "谅山省对外宣传信息，友谊关口岸2026年开放，游客前往越南。",
    "lo": "ການຄ້າຊາຍແດນລະຫວ່າງລາວ ແລະ ຫວຽດນາມ ກິນປາ ນ້ຳ",
    "km": "ការធ្វើដំណើរទៅខេត្តឡាងសើន ឆាបន្លែ",
    "th": "การท่องเที่ยวจังหวัดหลั่งเซิน กินปู",
    "ja": "ベトナムの国境ゲートへ行く",
}


def finds(node, columns):
    """Whether an engine that does what the docstrings say finds a text with these columns."""
    if isinstance(node, Term):
        return node.text in columns[node.field]
    if isinstance(node, Phrase):
        length = len(node.terms)
        terms = columns[node.field]
        return any(terms[at : at + length] == list(node.terms) for at in range(len(terms)))
    if isinstance(node, Either):
        return any(finds(each, columns) for each in node.nodes)
    if isinstance(node, Both):
        return all(finds(each, columns) for each in node.must) and not any(
            finds(each, columns) for each in node.without
        )
    return False


def is_found(typed, text, **options):
    columns = {
        field: terms.split(" ") for field, terms in analyse(text, language="und").fields().items()
    }
    query = parse_query(typed, language="und", synonyms=SYNONYMS)
    return finds(recipe(query, **options), columns)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        pytest.param("谅山", "zh", id="Chinese: a name that no dictionary has"),
        pytest.param("山省", "zh", id="Chinese: across the words of a dictionary"),
        pytest.param("越南", "zh", id="Chinese: a word"),
        pytest.param("ປາ", "lo", id="Lao: a word"),
        pytest.param("ແດ", "lo", id="Lao: inside a word"),
        pytest.param("ຳ", "lo", id="Lao: a vowel that takes marks apart in NFKC"),
        pytest.param("ឆា", "km", id="Khmer: a word of one cluster"),
        pytest.param("្ត", "km", id="Khmer: a letter under another"),
        pytest.param("ปู", "th", id="Thai: a word of one cluster"),
        pytest.param("เท", "th", id="Thai: a vowel and the letter after it"),
        pytest.param("行く", "ja", id="Japanese: a word"),
        pytest.param("国境", "ja", id="Japanese: in a run of three scripts"),
        pytest.param("境", "ja", id="one character"),
    ],
)
def test_two_characters_are_found(typed, language):
    found = [each for each, text in TEXTS.items() if is_found(typed, text)]

    assert found == [language]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dong dang", True),
        ("ĐỒNG ĐĂNG", True),
        ("Đồng Đăng cửa khẩu", True),
        ('"cửa khẩu quốc tế"', True),
        ('"cua khau"', True),
        ('"khẩu cửa"', False),
        ('"của khẩu"', False),
        ("ttdn tinh", True),
        ("cửa khẩu -hữu", False),
        ("cửa khẩu -chợ", True),
        ("cửa chợ", False),
    ],
)
def test_what_finds_a_vietnamese_text(typed, expected):
    assert is_found(typed, TEXTS["vi"]) is expected


def test_one_word_is_enough_when_not_all_are_needed():
    assert is_found("cửa chợ", TEXTS["vi"], needs_all=False)


@given(st.sampled_from(["zh", "lo", "km", "th", "ja"]), st.data())
def test_any_two_or_more_characters_of_a_run_are_found(language, data):
    text = TEXTS[language]
    run = data.draw(
        st.sampled_from([each for each in analyse(text, language="und").unspaced if len(each) > 1])
    )
    start = data.draw(st.integers(0, len(run) - 2))
    end = data.draw(st.integers(start + 2, len(run)))
    typed = run[start:end]

    if analyse(typed, language="und").unspaced == [typed]:  # it may begin with a mark
        assert is_found(typed, text)


@given(st.lists(st.sampled_from(TEXTS["vi"].replace(",", "").split()), min_size=1, max_size=5))
def test_any_words_of_a_text_find_it(words):
    assert is_found(" ".join(words), TEXTS["vi"])


VIETNAMESE = {
    field: terms.split(" ") for field, terms in analyse(TEXTS["vi"], language="vi").fields().items()
}


@pytest.fixture(scope="module")
def vocabulary():
    terms = dict.fromkeys(terms_of(analyse(TEXTS["vi"], language="vi")), 5)
    return Vocabulary(terms.items())


@pytest.mark.parametrize("typed", ["cua khsu", "thong tim doi ngaoi", "dong dnag", "cuakhau"])
def test_a_typing_error_is_forgiven_when_nothing_is_found(vocabulary, typed):
    query = parse_query(typed, language="vi")

    assert not finds(recipe(query), VIETNAMESE)
    assert finds(vocabulary.forgiving(query), VIETNAMESE)


def test_what_is_near_stands_beside_what_was_typed_and_known_neighbours_are_asked(vocabulary):
    loosened = vocabulary.loosened(parse_query("cửa khsu", language="vi"))

    assert [
        [" ".join(word.folded for word in each) for each in clause.others]
        for clause in loosened.clauses
    ] == [[], ["khau"]]
    assert ("cua", "khau") in [(one.folded, other.folded) for one, other in loosened.neighbours]


def test_a_quotation_is_not_loosened(vocabulary):
    query = parse_query('"cửa khsu"', language="vi")

    assert vocabulary.loosened(query).clauses == query.clauses
    assert not finds(vocabulary.forgiving(query), VIETNAMESE)
