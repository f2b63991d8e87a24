"""The number grammars and when two citations may be one document."""

import pytest

from nhipcau.registry.enums import DocumentType
from nhipcau.registry.rules.citations import Cited, Grammar, issuer_key, may_be_the_same, parsed


@pytest.mark.parametrize(
    ("printed", "grammar", "key", "kind", "names_its_issuer"),
    [
        pytest.param("51/KH-UBND", Grammar.TYPED, "51/KH-UBND", "KH", False, id="plan"),
        pytest.param("Số: 05/KH-UBND", Grammar.TYPED, "5/KH-UBND", "KH", False, id="padded"),
        pytest.param("1191/QĐ-TTg", Grammar.TYPED, "1191/QD-TTG", "QĐ", True, id="of the PM"),
        pytest.param("47/NQ-CP", Grammar.TYPED, "47/NQ-CP", "NQ", True, id="of the Government"),
        pytest.param(
            "968/STTTT-TTBCXB", Grammar.LETTER, "968/STTTT-TTBCXB", "CV", False, id="letter"
        ),
        pytest.param(
            "3737/BTTTT-TTĐN", Grammar.LETTER, "3737/BTTTT-TTDN", "CV", True, id="of a ministry"
        ),
        pytest.param(
            "12/BTGTU-TT", Grammar.LETTER, "12/BTGTU-TT", "CV", True, id="looks like a ministry"
        ),
        pytest.param(
            "60/2017/QĐ-UBND", Grammar.NORMATIVE, "60/2017/QD-UBND", "QĐ", False, id="normative"
        ),
        pytest.param(
            "22/2016/TT-BTTTT", Grammar.NORMATIVE, "22/2016/TT-BTTTT", "TT", True, id="circular"
        ),
        pytest.param(
            " 72 / 2015 / NĐ – CP", Grammar.NORMATIVE, "72/2015/ND-CP", "NĐ", True, id="spaced"
        ),
        pytest.param(
            "117/2025/QH15", Grammar.NORMATIVE, "117/2025/QH15", "", True, id="no type printed"
        ),
        pytest.param("149-KH/TU", Grammar.PARTY, "149-KH/TU", "KH", False, id="party"),
        pytest.param("445-KL/TƯ", Grammar.PARTY, "445-KL/TU", "KL", False, id="party, misspelt"),
        pytest.param("57-KL/TW", Grammar.PARTY, "57-KL/TW", "KL", True, id="of the Centre"),
        pytest.param("206-CP", Grammar.OLD, "206/CP", "", True, id="of 1961"),
        pytest.param("Số 206/CP", Grammar.OLD, "206/CP", "", True, id="of 1961, with a stroke"),
        pytest.param("08/TTg", Grammar.OLD, "8/TTG", "", True, id="of a former PM"),
        pytest.param("115-HĐBT", Grammar.OLD, "115/HDBT", "", True, id="Council of Ministers"),
        pytest.param("84-CT", Grammar.OLD, "84/CT", "", False, id="of a chairman"),
        pytest.param(
            "12-LCT/HĐNN8", Grammar.OLD, "12/LCT/HDNN8", "", True, id="order on an ordinance"
        ),
        pytest.param(
            "QCVN 102:2016/BTTTT",
            Grammar.REGULATION,
            "102/2016/QCVN/BTTTT",
            "",
            True,
            id="technical regulation",
        ),
        pytest.param(
            "Sửa đổi 1:2022 QCVN 102:2016/BTTTT",
            Grammar.REGULATION,
            "1/2022/SD-QCVN102:2016/BTTTT",
            "",
            True,
            id="amendment of a technical regulation",
        ),
        pytest.param("/KH-UBND", Grammar.TYPED, "", "KH", False, id="draft without a number"),
    ],
)
def test_a_number_is_read_by_its_grammar(printed, grammar, key, kind, names_its_issuer):
    citation = parsed(printed)

    assert (citation.grammar, citation.key, citation.type, citation.names_its_issuer) == (
        grammar,
        key,
        DocumentType(kind),
        names_its_issuer,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xin chào",
        "51",
        "51/",
        "ngày 5/1/2026",
        "/",
        "-CP",
        "206",
        "206-XYZ",
        "9" * 500,
        "QCVN 102:2016",
    ],
)
def test_what_is_no_number_is_not_read_as_one(text):
    assert parsed(text) is None


def test_one_issuer_has_one_key_however_it_is_printed():
    assert issuer_key("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN") == issuer_key("UBND tỉnh Lạng Sơn")
    assert issuer_key("UBND tỉnh Lạng Sơn") != issuer_key("UBND tỉnh Hà Tĩnh")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(
            Cited("51/KH-UBND"), Cited("51/KH-UBND", "ubnd tinh a", 2022), True, id="less known"
        ),
        pytest.param(
            Cited("51/KH-UBND", "ubnd tinh a"),
            Cited("51/KH-UBND", "ubnd tinh b"),
            False,
            id="other body",
        ),
        pytest.param(
            Cited("51/KH-UBND", "", 2021), Cited("51/KH-UBND", "", 2022), False, id="other year"
        ),
        pytest.param(Cited(""), Cited(""), False, id="two drafts are never one"),
    ],
)
def test_when_two_citations_may_be_one_document(one, other, expected):
    assert may_be_the_same(one, other) is expected
    assert may_be_the_same(other, one) is expected
