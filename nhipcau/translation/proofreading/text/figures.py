"""Numbers and days in a text, in whichever of our languages, so that two texts can be compared.

What is no quantity is left out: numbers of documents, telephone numbers, addresses of pages,
numbers of list entries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from nhipcau.translation.manuscript.numbers import read_number
from nhipcau.translation.proofreading.text import calendars
from nhipcau.translation.proofreading.text.calendars import Clock, Day

# Both marks are in use for groups of three digits.
_EITHER = frozenset({"lo", "km"})
_GROUPED_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+")
_MULTIPLIERS: dict[str, dict[str, int]] = {
    "vi": {"nghìn tỷ": 12, "nghìn tỉ": 12, "tỷ": 9, "tỉ": 9, "triệu": 6, "nghìn": 3, "ngàn": 3},
    "en": {"trillion": 12, "billion": 9, "million": 6, "thousand": 3},
    "fr": {"milliards": 9, "milliard": 9, "millions": 6, "million": 6, "mille": 3},
    "zh": {"万亿": 12, "萬億": 12, "亿": 8, "億": 8, "百万": 6, "萬": 4, "万": 4, "千": 3},
    "lo": {"ຕື້": 9, "ລ້ານ": 6, "ແສນ": 5, "ໝື່ນ": 4, "ຫມື່ນ": 4, "ພັນ": 3},
    "km": {"ពាន់លាន": 9, "លាន": 6, "សែន": 5, "ម៉ឺន": 4, "ពាន់": 3},
    "ja": {"兆": 12, "億": 8, "万": 4, "千": 3},
    "ko": {"조": 12, "억": 8, "만": 4, "천": 3},
}
# What a number measures, under one name in all languages.
_UNITS: dict[str, tuple[str, ...]] = {
    "%": ("%", "％", "phần trăm", "per cent", "percent", "pour cent", "ສ່ວນຮ້ອຍ", "ភាគរយ"),
    "km": ("km", "ki-lô-mét", "cây số", "kilometres", "kilometers", "kilometre", "kilometer",
           "公里", "千米", "ກິໂລແມັດ", "ກມ", "គីឡូម៉ែត្រ", "គ.ម"),
    "ha": ("ha", "héc-ta", "hectares", "hectare", "公顷", "ເຮັກຕາ", "ហិកតា"),
    "m": ("m", "mét", "metres", "meters", "metre", "meter", "米", "ແມັດ", "ម៉ែត្រ"),
    "t": ("tấn", "tonnes", "tonne", "tons", "ton", "吨", "ໂຕນ", "តោន"),
    "kg": ("kg", "ki-lô-gam", "kilograms", "kilogram", "公斤", "ກິໂລກຣາມ", "គីឡូក្រាម"),
    "°C": ("°c", "độ c", "℃"),
    "VND": ("vnđ", "vnd", "đồng", "dong", "越南盾", "盾", "ດົ່ງ", "ដុង"),
    "USD": ("usd", "đô la mỹ", "đô-la mỹ", "đô la", "us dollars", "dollars", "美元", "ໂດລາ",
            "ដុល្លារ"),
    "CNY": ("nhân dân tệ", "yuan", "cny", "元", "人民币"),
}  # fmt: skip
_NAMED = {word: unit for unit, words in _UNITS.items() for word in words}
_UNIT_LIST = "|".join(sorted((re.escape(word) for word in _NAMED), key=len, reverse=True))

# Addresses, numbers of documents (18/KH-UBND, 57-KL/TW), telephone numbers, articles of laws.
_MASKED = re.compile(
    r"https?://\S+|(?<![\w.+-])[\w.+-]{1,64}@\S{1,200}|www\.\S+"
    r"|(?<!\d)\d{1,6}\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ][\wĐ]{0,40}(?:[-/][\wĐ]{1,40}){0,6}"
    r"|(?<!\d)\d{1,6}-[A-ZĐ]{2,3}/\w{1,40}"
    r"|(?<!\d)(?:\+|00)?(?:84|0)[\d .-]{7,13}\d(?!\d)"
    r"|(?:Điều|khoản|điểm|Khoản|Article|Articles|Decree|No\.?|số)\s+\d{1,6}(?:[/-]\S{0,60})?"
    r"|第\d+[条号]",
)
_ENTRY = re.compile(r"(?m)^\s*\d{1,2}(?:\.\d{1,2})*[.)]\s")
# Latin letters; those of Chinese, Lao and Khmer stand against a number without a space.
_LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff_"
_TOKEN = re.compile(
    rf"(?<![{_LATIN}\d.,])\d+(?:[.,\u00a0\u202f ]\d{{3}})*(?:[.,]\d+)?(?![{_LATIN}]*\d)"
)
_LONGEST_TOKEN = 24
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity: its value and what it measures ("" where nothing is said)."""

    value: Decimal
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything countable in a text, in order."""

    numbers: tuple[Number, ...]
    days: tuple[Day, ...]
    clocks: tuple[Clock, ...] = ()


def western_digits(text: str) -> str:
    """The digits of Lao, Khmer, Thai and full width as 0 to 9, letter for letter."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() and unicodedata.decimal(letter, None)
        is not None else letter
        for letter in text
    )  # fmt: skip


def figures_in(text: str, language: str) -> Figures:
    """Numbers, days and times of day of a text. Spans count in `text`."""
    if not _DIGIT.search(text):
        return Figures((), ())
    primary = language.lower().split("-")[0]
    plain = western_digits(text)
    plain = _blanked(plain, _MASKED)
    days = tuple(calendars.days_in(plain, primary))
    plain = calendars.without(plain, [(day.start, day.end) for day in days])
    clocks = tuple(calendars.clocks_in(plain, primary))
    plain = calendars.without(plain, [(clock.start, clock.end) for clock in clocks])
    plain = _blanked(plain, _ENTRY)
    return Figures(tuple(_numbers(plain, primary)), days, clocks)


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: " " * len(found.group()), text)


@cache
def _behind(primary: str) -> re.Pattern[str]:
    multipliers = sorted(_MULTIPLIERS.get(primary, {}), key=len, reverse=True)
    times = "|".join(map(re.escape, multipliers)) or "(?!)"
    return re.compile(
        rf"\s?(?P<times>{times})?\s?(?P<unit>{_UNIT_LIST})?(?![{_LATIN}])", re.IGNORECASE
    )


def _numbers(text: str, primary: str) -> Iterator[Number]:
    behind = _behind(primary)
    for found in _TOKEN.finditer(text):
        value = read(found.group(), primary)
        if value is None:
            continue
        end, unit = found.end(), ""
        tail = behind.match(text, end)
        if tail and tail["times"]:
            value = value.scaleb(_MULTIPLIERS[primary][tail["times"].casefold()])
            end = tail.end("times")
        if tail and tail["unit"]:
            unit = _NAMED[tail["unit"].casefold()]
            end = tail.end("unit")
        yield Number(value.normalize(), unit, found.start(), end)


def read(token: str, language: str) -> Decimal | None:
    """The value of a number as the language writes it; None for what is none."""
    if len(token) > _LONGEST_TOKEN:
        return None
    primary = language.lower().split("-")[0]
    if primary in _EITHER and _GROUPED_BY_COMMAS.fullmatch(token):
        token = token.replace(",", "")
    return read_number(token, primary)


_VI_ONES = "không một hai ba bốn năm sáu bảy tám chín".split()
_EN_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_EN_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_ZH_ONES = "零一二三四五六七八九"


def spelt(value: int, language: str) -> tuple[str, ...]:
    """How a whole number below 100 is written in words; empty where we do not know."""
    if not 0 <= value < 100:
        return ()
    tens, ones = divmod(value, 10)
    match language.lower().split("-")[0]:
        case "vi":
            return _spelt_in_vietnamese(tens, ones)
        case "en":
            if value < 20:
                return (_EN_SMALL[value],)
            return (f"{_EN_TENS[tens]}-{_EN_SMALL[ones]}" if ones else _EN_TENS[tens],)
        case "zh":
            if value == 2:
                return ("二", "两")
            head = "" if tens == 0 else ("十" if tens == 1 else _ZH_ONES[tens] + "十")
            return (head + (_ZH_ONES[ones] if ones or not tens else ""),)
        case _:
            return ()


def _spelt_in_vietnamese(tens: int, ones: int) -> tuple[str, ...]:
    if tens == 0:
        return (_VI_ONES[ones],) if ones != 4 else ("bốn", "tư")
    head = "mười" if tens == 1 else f"{_VI_ONES[tens]} mươi"
    if not ones:
        return (head, _VI_ONES[tens] + " chục") if tens > 1 else (head, "một chục")
    endings = {1: ("một",) if tens == 1 else ("mốt",), 4: ("bốn", "tư"), 5: ("lăm", "nhăm")}
    return tuple(f"{head} {word}" for word in endings.get(ones, (_VI_ONES[ones],)))
