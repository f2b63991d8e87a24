"""Kinds of official documents, with their abbreviations.

State documents: Decree 30/2020/NĐ-CP, annex III; Party documents: Guideline 36-HD/VPTW of 2018;
laws and decrees: Law 64/2025/QH15. A letter (công văn) has no abbreviation of its own; "CV" is
ours.
"""

from __future__ import annotations

import re
import unicodedata

from nhipcau.plans.reading.expressions import expression

# Longest first where one name begins another.
CODES: dict[str, str] = {
    "chương trình hành động": "CTr",
    "chương trình công tác": "CTr",
    "chương trình": "CTr",
    "kế hoạch hành động": "KH",
    "kế hoạch": "KH",
    "quyết định": "QĐ",
    "hướng dẫn": "HD",
    "báo cáo": "BC",
    "nghị quyết": "NQ",
    "tờ trình": "TTr",
    "thông báo": "TB",
    "chỉ thị": "CT",
    "kết luận": "KL",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "biên bản": "BB",
    "hợp đồng": "HĐ",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
    "thông tri": "TT",
    "thông tư liên tịch": "TTLT",
    "thông tư": "TT",
    "nghị định": "NĐ",
    "bộ luật": "BL",
    "luật": "L",
    "pháp lệnh": "PL",
    "công văn": "CV",
    "quy trình": "QTr",
    "đề cương": "ĐC",
    "lời kêu gọi": "LKG",
}

_MARKS = expression("[\u0300-\u036f]")


def folded(text: str) -> str:
    """Lower case without accents, đ as d; as long as the text where that is in NFC."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return unicodedata.normalize("NFC", plain).replace("đ", "d")


def squeezed(text: str) -> str:
    """Folded letters only, so that "K ÉT LUẬN" still is "KẾT LUẬN"."""
    return "".join(letter for letter in folded(text) if letter.isalpha())


CODES_BY_LETTERS = {squeezed(name): code for name, code in CODES.items()}
_LONGEST = max(map(len, CODES_BY_LETTERS))


def code_of_line(text: str) -> str | None:
    """The kind whose name fills the whole line, however its letters are spaced."""
    if len(text) > 2 * _LONGEST + 8:
        return None
    return CODES_BY_LETTERS.get(squeezed(text))


def code_in_symbol(symbol: str) -> str | None:
    """The kind that a symbol names: "KH-UBND" and "KH/TU" are plans, "UBND-VX" names none."""
    known = {code.casefold(): code for code in CODES.values() if code not in {"CV", "L", "BL"}}
    for part in re.split(r"[/\-–]", symbol)[:2]:
        code = known.get(part.strip().casefold())
        if code is not None:
            return code
        if not part.strip().isdigit():
            break
    return None


# Names under which a document is cited, for patterns; longest first.
CITED = "|".join(
    sorted(
        (
            *(
                name
                for name in CODES
                if name not in {"quy trình", "đề cương", "lời kêu gọi", "phiếu báo"}
            ),
            "chương trình hành động",
            "kế hoạch hành động",
            "hiến pháp",
            "văn bản",
            "thông tư",
            "lệnh",
            "điều lệ",
            "chiến lược",
            "hiệp định",
            "điện",
            "giấy mời",
            "nghị định thư",
            "văn kiện",
        ),
        key=len,
        reverse=True,
    )
)
