"""What people type, taken apart; hostile input is a query like any other."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.search.text import QUERY_LENGTH, WORD_LIMIT, Synonyms, parse_query

SYNONYMS = Synonyms.of(
    [
        ["TTĐN", "thông tin đối ngoại"],
        ["UBND", "Ủy ban nhân dân"],
        ["ĐN", "Đà Nẵng", "đối ngoại"],
        ["…", "không có từ"],
        ["谅山", "Lạng Sơn"],
    ],
    language="vi",
)


def asked(text, language="vi", synonyms=SYNONYMS):
    query = parse_query(text, language=language, synonyms=synonyms)
    return [
        " ".join(word.exact for word in clause.words)
        + (" side by side" if clause.is_phrase else "")
        for clause in query.clauses
    ]


def test_words_phrases_and_what_is_excluded():
    query = parse_query('cửa khẩu "Hữu Nghị" -"hải quan" -phí', language="vi")

    assert asked('cửa khẩu "Hữu Nghị" -"hải quan" -phí') == [
        "cửa",
        "khẩu",
        "hữu nghị side by side",
    ]
    assert [[word.folded for word in clause.words] for clause in query.excluded] == [
        ["hai", "quan"],
        ["phi"],
    ]
    assert [(one.folded, other.folded) for one, other in query.neighbours] == [
        ("cua", "khau"),
        ("huu", "nghi"),
    ]


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        pytest.param("“hữu nghị”", ["hữu nghị side by side"], id="typographic quotes"),
        pytest.param("＂hữu nghị＂", ["hữu nghị side by side"], id="fullwidth quotes"),
        pytest.param("「谅山省」", ["谅山省"], id="a quotation in Chinese is one word"),
        pytest.param('"nghị"', ["nghị"], id="one word is no phrase"),
        pytest.param("Hà Nội - Nam Định", ["hà", "nội", "nam", "định"], id="a dash is no minus"),
        pytest.param("Việt-Trung", ["việt", "trung"], id="a hyphen is no minus"),
        pytest.param("chợ chợ chợ", ["chợ"], id="said three times"),
        pytest.param('"cửa khẩu', ["cửa", "khẩu"], id="a quote that is not closed"),
        pytest.param("ｃửａ\u3000khẩu", ["cửa", "khẩu"], id="fullwidth letters and space"),
        pytest.param(unicodedata.normalize("NFD", "Đồng"), ["đồng"], id="NFD"),
        pytest.param("c\u200bửa", ["cửa"], id="zero-width"),
    ],
)
def test_ways_of_typing(typed, clauses):
    assert asked(typed) == clauses


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("谅山", ["谅山"], id="two characters of a name are one word"),
        pytest.param("谅山省对外宣传", ["谅山省", "对外", "宣传"], id="Chinese"),
        pytest.param("ປາ", ["ປາ"], id="Lao"),
        pytest.param("ឆា", ["ឆា"], id="Khmer"),
        pytest.param("ปู", ["ปู"], id="Thai"),
        pytest.param("行く", ["行く"], id="Japanese"),
        pytest.param("山", ["山"], id="one character"),
    ],
)
def test_words_of_scripts_without_spaces(typed, words):
    assert asked(typed, "und") == words


def test_a_particle_between_words_ranks_and_is_not_required():
    words = parse_query("中国的边境", language="zh").words

    assert [(word.folded, word.is_optional) for word in words] == [
        ("中国", False),
        ("的", True),
        ("边境", False),
    ]


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        pytest.param("TTĐN", [["thong tin doi ngoai"]], id="abbreviation"),
        pytest.param("ttdn", [["thong tin doi ngoai"]], id="abbreviation without marks"),
        pytest.param("thong tin doi ngoai", [["ttdn"]], id="the long form, without marks"),
        pytest.param("thông tin đối nội", [[], [], [], []], id="another word"),
        pytest.param("thông tin đội ngoại", [[], [], [], []], id="other marks are other words"),
        pytest.param('"TTĐN"', [[]], id="a quotation is meant to the letter"),
        pytest.param("ĐN", [["da nang", "doi ngoai"]], id="one of three"),
        pytest.param("谅山", [["lang son"]], id="across languages"),
    ],
)
def test_synonyms(typed, others):
    query = parse_query(typed, language="vi", synonyms=SYNONYMS)

    assert [
        [" ".join(word.folded for word in wording) for wording in clause.others]
        for clause in query.clauses
    ] == others


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        '"',
        '""',
        "-",
        "- -- +",
        '"-"',
        "😀👩‍👩‍👧",
        "\u200b\ufeff",
        "()[]{}~^*?:\\",
        "-chợ",
        "\ud800",
    ],
)
def test_what_asks_for_nothing_is_an_empty_query(typed):
    assert parse_query(typed, language="vi").is_empty


def test_operators_of_other_engines_and_sql_are_words():
    assert asked("x AND y* field:z '; DROP TABLE users; --") == [
        "x", "and", "y", "field", "z", "drop", "table", "users",
    ]  # fmt: skip


@pytest.mark.parametrize("piece", ["chợ đêm ", "谅山", "ຊາຍແດນ", '"a b" ', "-x ", "a", "😀", '"'])
def test_a_query_of_100_kb_is_cut_and_says_so(piece):
    words = parse_query(piece * (100_000 // len(piece)), language="vi")

    assert len(words.words) <= WORD_LIMIT
    assert len(words.text) <= QUERY_LENGTH
    assert words.is_cut


def test_words_over_the_limit_are_left_out():
    query = parse_query(" ".join(f"tu{number}" for number in range(40)), language="vi")

    assert [word.folded for word in query.words] == [f"tu{number}" for number in range(WORD_LIMIT)]
    assert query.is_cut


@given(
    st.text()
    | st.lists(st.sampled_from(['"', "-", " ", "a", "谅", "ປ", "\u0301", "“"])).map("".join)
)
def test_any_text_is_a_query(text):
    query = parse_query(text, language="vi", synonyms=SYNONYMS)

    assert all(word.folded and word.exact for word in query.words)
    assert all(clause.words for clause in (*query.clauses, *query.excluded))
    assert len(query.words) <= WORD_LIMIT
