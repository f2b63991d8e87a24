"""Other documents that a text names: kind, number, date, issuer, or a name without a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.kinds import CITED
from nhipcau.plans.reading.reading import Reference, Span, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

DATE = r"(?:(?P<{0}d>\d{{1,2}})\s?[/.-]\s?(?P<{0}m>\d{{1,2}})\s?[/.-]\s?(?P<{0}y>\d{{4}})|(?P<{0}d2>\d{{1,2}})\s*th[áàảãạa]ng\s*(?P<{0}m2>\d{{1,2}})\s*n[ăaâắằẳẵặ]m\s*(?P<{0}y2>\d{{4}}))"
_SYMBOL = r"\d{1,5}[a-zA-Z]?(?:\s?[/\-–]\s?[0-9A-Za-zĐđƯưÂâÊê&.]+){1,5}"
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_KIND = "|".join(rf"{name[0].upper()}{name[1:]}" for name in CITED.split("|"))


def _loosely(names: str) -> str:
    """The names with any letter for each vowel, as a scanner leaves them: "Nghí đinh".

    A class of the vowel's own variants would say it more narrowly, but two hundred such classes
    are a tenth of the time in which a plan of ten pages is read.
    """
    return re.sub(f"[{_VOWELS}]", r"[^\\W\\d_]", names)


# "Quyết định số 12/QĐ-UBND", "Công văn 968/STTTT-TTBCXB", "Luật Báo chí số 103/2016/QH13"
_NUMBERED = expression(
    rf"(?P<kind>{_loosely(_KIND)}|(?i:{CITED})(?=\s+số)|(?:QĐ|KH|CV|NQ|NĐ|KL|CT|CTr|TT|HD|TB)(?=\s+số))(?P<name>(?:\s(?:(?!\bvà (?:{_KIND})\s)[^;:.,\d\n]){{1,120}}?)??)\s+(?:[Ss]ố\s*:?\s*)?(?P<number>{_SYMBOL})(?=[\s,;.):\]]|$)"
)
_DATED = expression(
    rf"\s*[,(]?\s*(?:ký\s|ban hành\s)?ng[àaáảãạ]y\s*:?\s*{DATE.format('')}", re.IGNORECASE
)
_ISSUER = expression(
    r"\s*,?\s*(?:của|do)\s+(?P<issuer>[^;:.\n]{2,90}?)(?=\s+(?:về|phê duyệt|ban hành|quy định|hướng dẫn|thực hiện|triển khai|ngày|sửa đổi|v/v|thông báo|kết luận|giao|đề nghị)\b|[;,.:\n)]|$)"
)
_NAMED = expression(
    rf"(?P<name>(?P<kind>{_KIND})\s(?!này|số\b|nêu trên)[^;:\n]{{3,240}}?)(?=\s*[,(]?\s*(?:được\s[^;,]{{0,30}})?ngày\s*{DATE.format('a')}|\s*[;:\n]|(?:,|\s+và)\s+(?:{_KIND})\s+số\s|,\s+(?:UBND|[ỦU][ỷy] ban nhân dân|Ban |Bộ |Sở |căn cứ|thực hiện|để )(?![^;:,\n]{{0,30}}\sngày\s\d)|\.\s|\.?$)"
)


BEGINS_REFERENCE = expression(rf"\W*(?:{_KIND})\s")


@dataclass(frozen=True, slots=True)
class Found:
    """A reference and where it starts and ends in the searched text.

    The words of the reference may go on to its issuer, behind which another may begin at once.
    """

    reference: Reference
    start: int
    end: int


def _iso(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    day, month, year = (groups.get(name) or groups.get(f"{name}2") for name in "dmy")
    if not (day and month and year):
        return None
    return f"{year}-{int(month):02}-{int(day):02}"


def numbered(text: str, offset: int) -> Iterator[Found]:
    """Every document that is cited with its number, in order. `offset` is that of `text`."""
    for found in _NUMBERED.finditer(text):
        number = re.sub(r"\s", "", found.group("number")).rstrip(".-–/")
        if not any(letter.isalpha() for letter in number):
            continue
        end = said = found.end()
        date = issuer = None
        dated = _DATED.match(text, end)
        if dated is not None:
            date, end = _iso(dated), dated.end()
            said = end
        issued = _ISSUER.match(text, end)
        if issued is not None:
            issuer = issued.group("issuer").strip()
            said = issued.end("issuer")
            later = _DATED.match(text, issued.end()) if date is None else None
            if later is not None:
                date, end = _iso(later), later.end()
                said = end
        name = found.group("name").strip() or None
        kind = found.group("kind")
        yield Found(
            Reference(
                kind[0].upper() + kind[1:],
                number,
                date,
                f"{kind} {name}" if name else None,
                issuer,
                Words(
                    " ".join(text[found.start() : said].split()),
                    Span(offset + found.start(), offset + said),
                    0.92,
                ),
            ),
            found.start(),
            end,
        )


def named(text: str, at: int, offset: int) -> Found | None:
    """The document without a number whose name begins at `at`: "Luật Báo chí ngày 05/4/2016"."""
    found = _NAMED.match(text, at)
    if found is None:
        return None
    end = found.end()
    date = None
    dated = _DATED.match(text, end)
    if dated is not None:
        date, end = _iso(dated), dated.end()
    name = " ".join(found.group("name").split()).rstrip(" .,")
    return Found(
        Reference(
            found.group("kind"),
            None,
            date,
            name,
            None,
            Words(" ".join(text[at:end].split()), Span(offset + at, offset + end), 0.6),
        ),
        at,
        end,
    )
