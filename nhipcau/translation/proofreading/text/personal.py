"""Numbers and addresses by which a person can be reached or known, as Việt Nam writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    PHONE = "phone"
    IDENTITY = "identity"
    ACCOUNT = "account"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Personal:
    kind: Kind
    start: int
    end: int


# The first three digits of an identity number: the province of birth's registration (Circular
# 07/2016/TT-BCA, annex; kept by persons after provinces merged).
PROVINCES = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 "
    "036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 "
    "074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096".split()
)
_GAP = r"[ .\u00a0\u202f-]?"
_DIGITS = re.compile(rf"(?<![\w.,/])(?<!\d[ -])(?:\d{_GAP}){{8,21}}\d(?!\d)(?![.,]\d)")
_PHONE = re.compile(
    rf"(?<![\w/+])(?:(?:\+|00){_GAP}84{_GAP}(?:\(0\))?{_GAP}|0)"
    rf"(?:[35789](?:{_GAP}\d){{8}}|2(?:{_GAP}\d){{9}})(?![\d])(?!{_GAP}\d{{3}})"
)
_IDENTITY_WORDS = re.compile(
    r"(?:CCCD|CMND|CMT|căn cước|chứng minh (?:nhân dân|thư)|định danh|identity|ID card|身份证"
    r"|mã số thuế cá nhân|BHXH|bảo hiểm xã hội)[^\d\n]{0,40}$",
    re.IGNORECASE,
)
_ACCOUNT_WORDS = re.compile(
    r"(?:STK|TK|số tài khoản|tài khoản(?: số| ngân hàng)?|bank account|account (?:no|number)|账号"
    r"|账户)[^\d\n]{0,60}$",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"(?:hộ chiếu|passport|护照)[^\d\n]{0,20}?(?P<number>\b[A-Z]\d{7}\b)", re.IGNORECASE
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}", re.IGNORECASE)
_OFFICIAL_HOST = re.compile(r"(?:^|\.)(?:gov|edu|org|mil)\.vn$|\.vn\.gov$", re.IGNORECASE)
_MONEY_BEHIND = re.compile(r"\s?(?:đồng|VND|VNĐ|USD|lượt|người|tấn|km|m2|m²|ha\b|%)", re.IGNORECASE)
_LOOK_BACK = 80


def contact_key(text: str) -> str:
    """An official number or address in the one way in which it is compared."""
    if "@" in text:
        return text.strip().casefold()
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return "0" + digits[2:] if digits.startswith("84") and len(digits) > 10 else digits


def personal_in(text: str) -> Iterator[Personal]:
    """Everything in a text that tells of a person, in order."""
    found = [*_mail(text), *_passports(text)]
    if any(letter.isdigit() for letter in text):
        found += _numbers(text)
    found.sort(key=lambda each: (each.start, -each.end))
    end = -1
    for each in found:
        if each.start >= end:
            end = each.end
            yield each


def _mail(text: str) -> Iterator[Personal]:
    if "@" not in text:
        return
    for found in _MAIL.finditer(text):
        host = found.group().rpartition("@")[2]
        if not _OFFICIAL_HOST.search(host):
            yield Personal(Kind.MAIL, *found.span())


def _passports(text: str) -> Iterator[Personal]:
    for found in _PASSPORT.finditer(text):
        yield Personal(Kind.IDENTITY, *found.span("number"))


def _numbers(text: str) -> Iterator[Personal]:
    taken: list[tuple[int, int]] = []
    for found in _DIGITS.finditer(text):
        kind = _kind_of_number(text, found)
        if kind is not None:
            taken.append(found.span())
            yield Personal(kind, *found.span())
    spans = iter(taken)
    span = next(spans, None)
    for found in _PHONE.finditer(text):
        while span is not None and span[1] <= found.start():
            span = next(spans, None)
        if span is None or found.end() <= span[0]:
            yield Personal(Kind.PHONE, *found.span())


def _kind_of_number(text: str, found: re.Match[str]) -> Kind | None:
    digits = re.sub(r"\D", "", found.group())
    before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
    if _ACCOUNT_WORDS.search(before) and 8 <= len(digits) <= 19:
        return Kind.ACCOUNT
    named = _IDENTITY_WORDS.search(before) is not None
    if named and len(digits) in {9, 10, 12}:
        return Kind.IDENTITY
    parted = len(re.findall(r"\D", found.group()))
    if len(digits) == 12 and parted in {0, 3} and digits[:3] in PROVINCES and digits[3] in "0123":
        return None if _MONEY_BEHIND.match(text, found.end()) else Kind.IDENTITY
    return None
