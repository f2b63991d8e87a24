"""What the index is asked for a query."""

import pytest

from nhipcau.search.text import (
    Both,
    Either,
    Field,
    Nothing,
    Phrase,
    Synonyms,
    Term,
    Weights,
    parse_query,
    recipe,
)

WEIGHTS = Weights(folded=1, exact=2, grams=3, exact_grams=4, others=0.5)
SYNONYMS = Synonyms.of([["TTĐN", "thông tin đối ngoại"]], language="vi")


def asked(text, **options):
    query = parse_query(text, language="vi", synonyms=SYNONYMS)
    return recipe(query, weights=WEIGHTS, **options)


def test_marks_that_were_typed_are_asked_for_as_well():
    assert asked("cửa khẩu") == Both(
        must=(Term(Field.FOLDED, "cua", 1), Term(Field.FOLDED, "khau", 1)),
        better=(
            Term(Field.EXACT, "cửa", 2),
            Term(Field.EXACT, "khẩu", 2),
            Term(Field.GRAMS, "cua_khau", 3),
            Term(Field.GRAMS, "cửa_khẩu", 4),
        ),
    )


def test_a_query_without_marks_asks_for_none():
    assert asked("cua khau") == Both(
        must=(Term(Field.FOLDED, "cua", 1), Term(Field.FOLDED, "khau", 1)),
        better=(Term(Field.GRAMS, "cua_khau", 3),),
    )


def test_a_quotation_is_a_phrase_with_its_marks():
    assert asked('"cửa khẩu"').must == (
        Both(
            must=(
                Phrase(Field.FOLDED, ("cua", "khau"), 1),
                Term(Field.GRAMS, "cửa_khẩu", 4),
            )
        ),
    )


def test_a_quotation_may_go_beyond_a_sentence():
    assert asked('"Cảnh báo: lừa đảo, thuế"').must == (
        Both(
            must=(
                Phrase(Field.FOLDED, ("canh", "bao", "lua", "dao", "thue"), 1),
                Term(Field.GRAMS, "cảnh_báo", 4),
                Term(Field.GRAMS, "lừa_đảo", 4),
                Term(Field.GRAMS, "đảo_thuế", 4),
            )
        ),
    )


def test_synonyms_are_phrases_that_count_for_less():
    assert asked("TTĐN").must == (
        Either(
            (
                Term(Field.FOLDED, "ttdn", 1),
                Phrase(Field.FOLDED, ("thong", "tin", "doi", "ngoai"), 0.5),
            )
        ),
    )


def test_what_is_excluded_is_taken_away():
    assert asked("chợ -“chợ đêm” -phí").without == (
        Both(
            must=(
                Phrase(Field.FOLDED, ("cho", "dem"), 1),
                Term(Field.GRAMS, "chợ_đêm", 4),
            )
        ),
        Term(Field.FOLDED, "phi", 1),
    )


def test_any_clause_is_enough_when_not_all_are_needed():
    assert asked("chợ đêm", needs_all=False).must == (
        Either((Term(Field.FOLDED, "cho", 1), Term(Field.FOLDED, "dem", 1))),
    )


@pytest.mark.parametrize(
    ("typed", "must"),
    [
        pytest.param("谅山", [Term(Field.CHARACTERS, "谅山", 1)], id="two characters, Chinese"),
        pytest.param("ປາ", [Term(Field.CHARACTERS, "ປາ", 1)], id="two characters, Lao"),
        pytest.param("ឆា", [Term(Field.CHARACTERS, "ឆា", 1)], id="two characters, Khmer"),
        pytest.param("ปู", [Term(Field.CHARACTERS, "ปู", 1)], id="two characters, Thai"),
        pytest.param("行く", [Term(Field.CHARACTERS, "行く", 1)], id="two characters, Japanese"),
        pytest.param("山", [Term(Field.CHARACTERS, "山", 1)], id="one character"),
        pytest.param(
            "谅山省", [Phrase(Field.CHARACTERS, ("谅山", "山省"), 1)], id="a name of three"
        ),
        pytest.param(
            "中国的边境",
            [Term(Field.CHARACTERS, "中国", 1), Term(Field.CHARACTERS, "边境", 1)],
            id="a particle is not required",
        ),
    ],
)
def test_scripts_without_spaces_are_asked_by_characters(typed, must):
    assert list(asked(typed).must) == must


def test_words_of_a_dictionary_rank_higher():
    assert asked("对外宣传").better == (
        Term(Field.FOLDED, "对外", 2),
        Term(Field.FOLDED, "宣传", 2),
        Phrase(Field.CHARACTERS, ("对外", "外宣", "宣传"), 3),
        Phrase(Field.CHARACTERS, ("对外", "外宣", "宣传"), 2),
    )


@pytest.mark.parametrize("typed", ["", '"', "-chợ", "😀"])
def test_an_empty_query_finds_nothing(typed):
    assert asked(typed) == Nothing()
