"""Marks of secrecy in a text, in whatever spelling a stamp may have.

A mark is a stamp (Law on the Protection of State Secrets): it stands alone on its line, after
“Độ mật:”, in brackets behind the number of a document, or in capitals where nothing around it is.
The syllable “mật” is also honey, gall, density, a password and a name; those are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    SURE = "sure"
    DOUBT = "doubt"  # a person has to say


@dataclass(frozen=True, slots=True)
class Stamp:
    start: int
    end: int
    certainty: Certainty


# Letters may be parted (M Ậ T, M.Ậ.T), joined by invisible marks, typed as letter and mark, or
# taken from another alphabet that looks the same.
_APART = "[\\s.\u00b7_*\u00ad\u200b-\u200d\u2060\ufeff-]{0,3}"
_LETTERS = {
    "M": "[MＭМ]",
    "Ậ": "(?:Ậ|Â\u0323|Ạ\u0302|A\u0302\u0323|A\u0323\u0302)",
    "T": "[TＴТ]",
    "Ố": "(?:Ố|Ô\u0301|O\u0302\u0301|Ó\u0302)",
    "I": "[IＩІ]",
    "U": "[UＵ]",
    "Y": "[YＹУ]",
    "Ệ": "(?:Ệ|Ê\u0323|Ẹ\u0302|E\u0302\u0323|E\u0323\u0302)",
}


def _spread(word: str) -> str:
    return _APART.join(_LETTERS[letter] for letter in word)


_MAT = _spread("MẬT")
_HIGHER = f"(?:{_spread('TỐI')}|{_spread('TUYỆT')}){_APART}{_MAT}"
_GRADE = f"(?:{_HIGHER}|{_MAT})"
_EDGE = r"[^\w]*"
_PAPERS = r"(?:TÀI LIỆU|VĂN BẢN|CÔNG VĂN|HỒ SƠ|BÁO CÁO|KẾ HOẠCH|ĐIỆN|THÔNG TIN)"
_LEVEL = r"(?:(?:MỨC\s+)?ĐỘ\s+(?:BẢO\s+)?MẬT|CẤP\s+(?:ĐỘ\s+)?MẬT|DẤU\s+MẬT)"

_ALONE = re.compile(rf"{_EDGE}(?:{_PAPERS}\s+)?(?P<mark>{_HIGHER}){_EDGE}", re.IGNORECASE)
_ALONE_LOWEST = re.compile(rf"{_EDGE}(?P<mark>(?:{_PAPERS}\s+)?{_MAT}){_EDGE}")
_ALONE_SMALL = re.compile(rf"{_EDGE}(?P<mark>(?:{_PAPERS}\s+)?{_MAT}){_EDGE}", re.IGNORECASE)
_HANDLING = re.compile(
    rf"{_EDGE}(?P<mark>TÀI LIỆU THU HỒI|CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ){_EDGE}", re.IGNORECASE
)
# The same stamps in fonts from before Unicode: TCVN3 and VNI.
_LEGACY = re.compile(
    rf"{_EDGE}(?P<mark>(?:TèI |TÈI |TUYÖT |TUYöT )?MËT|(?:TOÁI |TUYEÄT )?MAÄT){_EDGE}"
)
_FOREIGN = re.compile(
    rf"{_EDGE}(?P<mark>TOP SECRET|SECRET|STRICTLY CONFIDENTIAL|CONFIDENTIAL|绝密|机密|秘密|絕密"
    rf"|機密|ລັບສຸດຍອດ|ລັບສຸດ|ລັບ|សម្ងាត់បំផុត|សម្ងាត់|(?:DO MAT\s*:?\s*)?(?:TOI |TUYET )?MAT){_EDGE}"
)
_LEVELLED = re.compile(rf"{_LEVEL}\s*[:：.–-]?\s*{_GRADE}(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"(?<!\d)\d{{1,6}}\s*[-/]\s*[A-ZĐ][\wĐ/-]{{0,60}}\s*[(\[]\s*(?P<mark>{_GRADE})\s*[)\]]",
    re.IGNORECASE,
)
_CAPITALS = re.compile(rf"(?<!\w)(?P<mark>{_HIGHER}|{_MAT})(?!\w)")
_NAMED_PAPER = re.compile(
    rf"(?<!\w){_PAPERS}\s+(?-i:(?:(?:tối|tuyệt)\s+)?mật)(?!\w)(?!\s+(?:ong|mía|độ|khẩu|mã|thiết))",
    re.IGNORECASE,
)
_NAMED_GRADE = re.compile(r"(?<!\w)(?:Tối|Tuyệt) mật(?!\w)")

# What may stand before or behind MẬT in a line of capitals without making it a mark.
_BEFORE = frozenset(
    "BÍ BẢO CƠ THÂN TRĂNG ONG LẤY LÀM NẤU ĐƯỜNG MÍA TÚI ỐNG GAN SỎI NGỌT NGỌN NGON HŨ CHAI DÒNG "
    "GIỌT HƯƠNG RỈ RỐT DỊCH HÚT NGẬM NẾM NẰM THU VẮT QUAY TRỮ HOA SẢN CHỨA VỊ".split()
)
_AFTER = frozenset(
    "ONG MÍA ĐỘ KHẨU MÃ THIẾT NGỮ TÔNG VỤ THÁM NGỌT THƯ HOA NGHỊ PHỤC DANH ƯỚC CHỈ RỪNG BẠC ĐẠO "
    "DỪA THỐT RUỒI GẤU NHÂN HỒNG VÀNG CAO".split()
)
_MARKED = frozenset("LIỆU BẢN VĂN SƠ TỐC ĐIỆN DẤU CÁO HOẠCH".split())
_ABOUT_THE_LAW = re.compile(r"BẢO VỆ BÍ MẬT|ĐỘ MẬT|DANH MỤC|LUẬT|PHÁP LỆNH", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"(\w+)\W{1,3}$")
_WORD_BEHIND = re.compile(r"^\W{1,3}(\w+)")
_HINT = re.compile(
    "[ậẬ\u0302\u0323]|MAT|SECRET|CONFIDENTIAL|[密ັ់]|MËT|MAÄ|THU HỒI|BÓC BÌ", re.IGNORECASE
)


def stamps(text: str, *, titled: bool = False) -> list[Stamp]:
    """Every mark, in order, none inside another.

    `titled`: the text is a title, which may be about anything, so that words in other languages
    alone on it mean nothing.
    """
    if not _HINT.search(text):
        return []
    found: list[Stamp] = []
    at = 0
    for line in text.split("\n"):
        for stamp in _in_line(line, titled=titled) if _HINT.search(line) else ():
            moved = Stamp(at + stamp.start, at + stamp.end, stamp.certainty)
            if not found or moved.start >= found[-1].end:
                found.append(moved)
        at += len(line) + 1
    return found


def _in_line(line: str, *, titled: bool) -> Iterator[Stamp]:
    for pattern, certainty in (
        (_ALONE, Certainty.SURE),
        (_ALONE_LOWEST, Certainty.SURE),
        (_HANDLING, Certainty.SURE),
        (_LEGACY, Certainty.SURE),
        (_ALONE_SMALL, Certainty.DOUBT),
        (_FOREIGN, Certainty.DOUBT),
    ):
        if titled and pattern is _FOREIGN:
            continue
        if whole := pattern.fullmatch(line):
            yield Stamp(whole.start("mark"), whole.end("mark"), certainty)
            return
    within = [*_levelled(line), *_capitals(line), *_named(line)]
    # The graver first where two begin together.
    yield from sorted(within, key=lambda s: (s.start, s.certainty is Certainty.DOUBT, -s.end))


def _levelled(line: str) -> Iterator[Stamp]:
    for found in _LEVELLED.finditer(line):
        yield Stamp(found.start(), found.end(), Certainty.SURE)
    for found in _NUMBERED.finditer(line):
        yield Stamp(found.start("mark"), found.end("mark"), Certainty.SURE)


def _capitals(line: str) -> Iterator[Stamp]:
    for found in _CAPITALS.finditer(line):
        start, end = found.span("mark")
        before = _WORD_BEFORE.search(line[max(0, start - 30) : start])
        behind = _WORD_BEHIND.search(line[end : end + 30])
        first = before[1] if before and before[1].isupper() else ""
        last = behind[1] if behind and behind[1].isupper() else ""
        higher = not _fullmatches_lowest(found["mark"])
        if not higher and (first in _BEFORE or last in _AFTER or first == "ĐỘ"):
            continue
        if higher:
            doubt = bool(_ABOUT_THE_LAW.search(line))
        else:
            doubt = bool(first or last) and first not in _MARKED
        yield Stamp(start, end, Certainty.DOUBT if doubt else Certainty.SURE)


def _fullmatches_lowest(mark: str) -> bool:
    return _LOWEST.fullmatch(mark) is not None


def _named(line: str) -> Iterator[Stamp]:
    for pattern in (_NAMED_PAPER, _NAMED_GRADE):
        for found in pattern.finditer(line):
            yield Stamp(found.start(), found.end(), Certainty.DOUBT)


_LOWEST = re.compile(_MAT)
