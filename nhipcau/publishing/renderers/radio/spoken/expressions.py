"""Dates, times, money, telephone numbers: what a number means decides how it is read.

Each rule is a pattern and what an announcer says for it. They are tried in this order at every
place of the text, so the more particular stands before the more general.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

from nhipcau.publishing.renderers.radio.spoken.numbers import (
    LONGEST,
    decimal_in_words,
    digits_in_words,
    number_in_words,
)

Say = Callable[[re.Match[str]], str | None]
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_MONEY = {
    "đồng": "đồng", "đ": "đồng", "₫": "đồng", "vnđ": "đồng", "vnd": "đồng",
    "usd": "đô la Mỹ", "đô la": "đô la", "eur": "ơ rô", "euro": "ơ rô",
    "ndt": "nhân dân tệ", "cny": "nhân dân tệ", "rmb": "nhân dân tệ", "nhân dân tệ": "nhân dân tệ",
    "lak": "kíp Lào", "kíp": "kíp", "khr": "riên Campuchia", "riel": "riên", "thb": "bạt Thái",
}  # fmt: skip
_UNITS = {
    "km/h": "ki lô mét một giờ", "km²": "ki lô mét vuông", "km2": "ki lô mét vuông",
    "m²": "mét vuông", "m2": "mét vuông", "m³": "mét khối", "m3": "mét khối",
    "km": "ki lô mét", "cm": "xăng ti mét", "mm": "mi li mét", "m": "mét", "ha": "héc ta",
    "kg": "ki lô gam", "g": "gam", "tấn": "tấn", "l": "lít", "ml": "mi li lít",
    "°c": "độ xê", "ºc": "độ xê", "kwh": "ki lô oát giờ", "kw": "ki lô oát", "mw": "mê ga oát",
    "kv": "ki lô vôn", "gb": "gi ga bai", "mb": "mê ga bai", "px": "điểm ảnh",
}  # fmt: skip
_FRACTIONS = {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 10)}
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ORDINALS = {1: "nhất", 4: "tư"}
_LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: str
    say: Say


def any_number(written: str) -> str | None:
    """A number as written in Vietnamese: dots for thousands, a comma for decimals."""
    whole, _, fraction = written.replace(".", "").partition(",")
    if len(whole) > LONGEST:
        return digits_in_words(whole + fraction)
    if len(whole) > 1 and whole.startswith("0"):
        return digits_in_words(whole) + (f" phẩy {digits_in_words(fraction)}" if fraction else "")
    return decimal_in_words(whole, fraction) if fraction else number_in_words(int(whole))


def roman_value(letters: str) -> int | None:
    """XIV → 14; None for letters that are no Roman number."""
    if not letters or not _ROMAN.fullmatch(letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def _day(day: int) -> str:
    return f"mồng {number_in_words(day)}" if day <= 10 else number_in_words(day)


def _month(month: int) -> str:
    return "tư" if month == 4 else number_in_words(month)


def _is_day(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _date(match: re.Match[str]) -> str | None:
    lead, day, month, year = match["lead"] or "", int(match["d"]), int(match["m"]), match["y"]
    if year and not 1000 <= int(year) <= _LAST_YEAR:
        return None
    if not _is_day(day, month, int(year or 2000)) or (not year and not lead):
        return None
    said = f"{_day(day)} tháng {_month(month)}"
    if year:
        said += f" năm {number_in_words(int(year))}"
    return f"{lead}{said}" if lead.lower().startswith("ngày") else f"{lead}ngày {said}"


def _days(match: re.Match[str]) -> str | None:
    first, last, month, year = int(match["a"]), int(match["b"]), int(match["m"]), match["y"]
    if first >= last or not _is_day(last, month, int(year or 2000)):
        return None
    lead = (match["lead"] or "").lower()
    begin = "" if lead.startswith("từ") else "từ "
    said = f"{begin}ngày {_day(first)} đến ngày {_day(last)} tháng {_month(month)}"
    said = f"{said} năm {number_in_words(int(year))}" if year else said
    return f"{match['lead'].split()[0]} {said}" if lead.startswith("từ") else said


def _month_of_year(match: re.Match[str]) -> str | None:
    month = int(match["m"])
    if not 1 <= month <= 12:
        return None
    return f"{match['lead']}{_month(month)} năm {number_in_words(int(match['y']))}"


def _time(match: re.Match[str]) -> str | None:
    hour, minute = int(match["h"]), int(match["min"] or match["min2"] or 0)
    if hour > 24 or minute > 59:
        return None
    tail = " phút" if match["tail"] and minute else ""
    said = f"{number_in_words(hour)} giờ"
    return f"{said} {_minutes(minute)}{tail}" if minute else said


def _minutes(minute: int) -> str:
    return f"không {number_in_words(minute)}" if minute < 10 else number_in_words(minute)


def _money(match: re.Match[str]) -> str | None:
    scale = f" {match['scale']}" if match["scale"] else ""
    return f"{any_number(match['n'])}{scale} {_MONEY[match['unit'].lower()]}"


def _dollars(match: re.Match[str]) -> str | None:
    return f"{any_number(match['n'])} đô la Mỹ"


def _percent(match: re.Match[str]) -> str | None:
    return f"{any_number(match['n'])} phần trăm"


def _measure(match: re.Match[str]) -> str | None:
    return f"{any_number(match['n'])} {_UNITS[match['unit'].lower()]}"


def _telephone(match: re.Match[str]) -> str | None:
    written = match.group()
    digits = re.sub(r"\D", "", written)
    if not 8 <= len(digits) <= 13:
        return None
    groups = [digits_in_words(group) for group in re.findall(r"\d+", written)]
    return ("cộng " if written.startswith("+") else "") + ", ".join(groups)


def _short_number(match: re.Match[str]) -> str | None:
    return f"{match['lead']}{digits_in_words(match['n'])}"


def _roman(match: re.Match[str]) -> str | None:
    value = roman_value(match["r"])
    if value is None:
        return None
    return f"{match['lead']}{_ordinal(match['lead'], value)}"


def _ordinal_number(match: re.Match[str]) -> str | None:
    return f"{match['lead']}{_ordinal(match['lead'], int(match['n']))}"


def _ordinal(lead: str, value: int) -> str:
    ordered = lead.rstrip().lower().endswith(("thứ", "quý", "lần thứ"))
    if ordered and value == 4:
        return _ORDINALS[4]
    if lead.rstrip().lower().endswith("lần thứ") and value == 1:
        return _ORDINALS[1]
    return number_in_words(value)


def _span(match: re.Match[str]) -> str | None:
    return f"{any_number(match['a'])} đến {any_number(match['b'])}"


def _times_by(match: re.Match[str]) -> str | None:
    unit = f" {_UNITS[match['unit'].lower()]}" if match["unit"] else ""
    return f"{any_number(match['a'])} nhân {any_number(match['b'])}{unit}"


def _fraction(match: re.Match[str]) -> str | None:
    over, under = int(match["a"]), int(match["b"])
    between = "phần" if (over, under) in _FRACTIONS else "trên"
    return f"{number_in_words(over)} {between} {number_in_words(under)}"


def _negative(match: re.Match[str]) -> str | None:
    return f"âm {any_number(match['n'])}"


def _address(match: re.Match[str]) -> str | None:
    said = re.sub(r"^https?://", "", match.group().rstrip(".,;:"), flags=re.IGNORECASE)
    for mark, name in (("@", "a còng"), (".", "chấm"), ("/", "gạch chéo"), ("-", "gạch ngang")):
        said = said.replace(mark, f" {name} ")
    return " ".join(said.split())


def _alternatives(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_END = r"(?![\w%])"
# Lengths are bounded as in real addresses, so that no text makes the search long.
_HOST = r"(?:[\w-]{1,63}\.){1,6}(?:vn|com|org|net|gov|edu|info|example)"
RULES = (
    Rule(
        "address", rf"https?://\S+|\b[\w.+-]{{1,64}}@{_HOST}\b|\b{_HOST}\b(?:/[\w./-]*)?", _address
    ),
    Rule(
        "days",
        r"(?P<lead>(?:từ |Từ )?(?:ngày |Ngày )?)\b(?P<a>\d{1,2})\s?[-–]\s?(?P<b>\d{1,2})/"
        r"(?P<m>\d{1,2})(?:/(?P<y>\d{4}))?" + _END,
        _days,
    ),
    Rule(
        "date",
        r"(?P<lead>\b(?:[Nn]gày|[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Hh]ôm|[Đđ]ến|[Tt]ừ) )?"
        r"\b(?P<d>\d{1,2})(?P<s>[/-])(?P<m>\d{1,2})(?:(?P=s)(?P<y>\d{4}))?(?![\w/])",
        _date,
    ),
    Rule("month", r"(?P<lead>\b[Tt]háng )(?P<m>\d{1,2})[/-](?P<y>\d{4})" + _END, _month_of_year),
    Rule(
        "month alone",
        r"(?P<lead>\b[Tt]háng )(?P<m>\d{1,2})(?![\w/.,]\d)" + _END,
        lambda m: f"{m['lead']}{_month(int(m['m']))}" if int(m["m"]) <= 12 else None,
    ),
    Rule(
        "time",
        r"\b(?P<h>\d{1,2})(?:\s?(?:giờ|h|g)\s?(?P<min>\d{1,2})?|:(?P<min2>\d{2}))"
        r"(?P<tail>\s?(?:phút|'|p))?" + _END,
        _time,
    ),
    Rule(
        "telephone",
        r"(?:\+\d{1,3}|\b0\d{1,4}|\b1[89]00)(?:[ .\u00a0]\d{1,4}){1,4}\b(?![,.]\d)|\b0\d{8,10}\b",
        _telephone,
    ),
    Rule(
        "short number",
        r"(?P<lead>\b(?:[Gg]ọi|[Tt]ổng đài|[Đđ]ường dây nóng|[Ss]ố máy|[Đđ]iện thoại)"
        r"(?: số)?:? )(?P<n>\d{3,8})(?![ .]?\d)" + _END,
        _short_number,
    ),
    Rule(
        "money",
        rf"(?P<n>{_NUMBER})\s?(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ)?\s?"
        rf"(?P<unit>(?i:{_alternatives(_MONEY)}))(?!\w)",
        _money,
    ),
    Rule("dollars", rf"(?:US)?\$\s?(?P<n>{_NUMBER})", _dollars),
    Rule("percent", rf"(?P<n>{_NUMBER})\s?%", _percent),
    Rule(
        "measure", rf"(?P<n>{_NUMBER})\s?(?P<unit>(?i:{_alternatives(_UNITS)}))(?![\w²³])", _measure
    ),
    Rule(
        "by",
        rf"(?P<a>{_NUMBER})\s?[×x]\s?(?P<b>{_NUMBER})"
        rf"(?:\s?(?P<unit>(?i:{_alternatives(_UNITS)}))(?![\w²³]))?" + _END,
        _times_by,
    ),
    Rule(
        "roman",
        r"(?P<lead>\b(?:[Qq]uý|[Tt]hế kỷ|[Kk]hóa|[Kk]hoá|[Đđ]ại hội|[Ll]ần thứ|[Tt]hứ|[Cc]ấp|"
        r"[Ll]oại|[Hh]ạng|[Gg]iai đoạn|[Pp]hần|[Cc]hương|[Mm]ục|[Kk]ỳ) )(?P<r>[IVXLC]+)\b",
        _roman,
    ),
    Rule("ordinal", r"(?P<lead>\b(?:[Ll]ần )?[Tt]hứ )(?P<n>\d{1,3})" + _END, _ordinal_number),
    Rule("span", rf"(?<![\w-])(?P<a>{_NUMBER})\s?[-–]\s?(?P<b>{_NUMBER})(?![\w/-])", _span),
    Rule("fraction", r"(?<![\w/])(?P<a>\d{1,3})/(?P<b>\d{1,3})(?![\w/])", _fraction),
    Rule("negative", rf"(?<![\w–-])[-−](?P<n>{_NUMBER})(?!\w)", _negative),
    Rule("number", rf"(?P<n>{_NUMBER})", lambda m: any_number(m["n"])),
)
