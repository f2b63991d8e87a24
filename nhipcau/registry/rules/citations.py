"""The numbers of official documents: six grammars, one normal form, and when two citations agree.

Grammars (Decree 30/2020, annex I; Party numbers have their own): ``51/KH-UBND`` with a type,
``968/STTTT-TTBCXB`` a letter without one, ``60/2017/QĐ-UBND`` and ``117/2025/QH15`` normative,
``149-KH/TU`` of the Party. A draft leaves the number blank: ``/KH-UBND``. Before numbers were ruled
(until the nineties) the State's own bodies wrote theirs behind a dash or a stroke, with no type:
``206-CP``, ``08/TTg``, ``115-HĐBT``, ``12-LCT/HĐNN8``. National technical regulations have the year
behind a colon, and their amendments a number of their own before them (Circular 26/2019/TT-BKHCN):
``QCVN 102:2016/BTTTT``, ``Sửa đổi 1:2022 QCVN 102:2016/BTTTT``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from nhipcau.kernel.folding import unaccented
from nhipcau.registry.enums import DocumentType

LONGEST_CITATION = 120
DASHES = re.compile(r"[‐‑‒–—−]")
LEAD_WORDS = re.compile(r"^(?:số|so|sỐ)\s*[:.]?\s*", re.IGNORECASE)
LETTERS = r"A-ZĐÂÊÔƠƯĂa-zđâêôơưăảạáàãêếềểễệỷủỦ"
NUMBER = r"(?P<number>\d{1,6}[a-zđ]?(?:bis)?)?"
NORMATIVE = re.compile(
    rf"^{NUMBER}/(?P<year>(?:19|20)\d\d)/(?P<symbol>[{LETTERS}]+\d*(?:-[{LETTERS}0-9&]+)*)$"
)
PARTY = re.compile(rf"^{NUMBER}-(?P<symbol>[{LETTERS}]+/[{LETTERS}0-9-]+)$")
PLAIN = re.compile(rf"^{NUMBER}/(?P<symbol>[{LETTERS}]+\d*(?:-[{LETTERS}0-9&,()]+)*)$")
# Government, its Prime Minister, the Council of Ministers and its chairman, the President's orders
# on laws, the standing committee of the National Assembly, decrees of 1945-1959.
OLD = re.compile(
    r"^(?P<number>\d{1,6}[a-zđ]?)[-/]"
    r"(?P<symbol>CP|TTg|H[ĐD]BT|H[ĐD]CP|CT|SL|L/?CTN?(?:/H[ĐD]NN\d*)?|(?:NQ/)?(?:UB)?TVQH\d*)$",
    re.IGNORECASE,
)
# Without spaces; whose it is comes last, and is a ministry.
REGULATION = re.compile(
    r"^(?:s[ửư]ađổi(?P<change>\d{1,3}):(?P<changed>(?:19|20)\d\d))?"
    r"QCVN(?P<number>\d{1,4}(?:-\d{1,3})?):(?P<year>(?:19|20)\d\d)/(?P<body>B[A-ZĐ&]{1,8})$",
    re.IGNORECASE,
)
CENTRAL_BODIES = re.compile(
    r"^(?:CP|H[ĐD]BT|H[ĐD]CP|SL|L/?CTN?(?:/H[ĐD]NN\d*)?|TVQH\d*|NQ/(?:UB)?TVQH\d*|TTG|QH\d*|UBTVQH\d*|TW|BCT|BBT|CTN|TTCP|VPCP|UBDT|TANDTC|VKSNDTC|B[A-ZĐ]{1,8})$"
)
# Codes of ours that begin with B and name no ministry.
NO_MINISTRY = frozenset(
    {"BCĐ", "BCD", "BQL", "BTG", "BTGDV", "BDT", "BTC", "BCH", "BCHQS", "BTV", "BTL", "BQLKKT"}
)
TYPES = {unaccented(member.value): member for member in DocumentType if member.value}


class Grammar(StrEnum):
    TYPED = "typed"
    LETTER = "letter"
    NORMATIVE = "normative"
    PARTY = "party"
    OLD = "old"
    REGULATION = "regulation"


@dataclass(frozen=True, slots=True)
class Citation:
    """A document's number as read; `number` is empty where the draft left it blank."""

    grammar: Grammar
    number: str
    year: int | None
    type: DocumentType
    body: str
    symbol: str

    @property
    def key(self) -> str:
        """The normal form under which it is stored; empty for a draft without a number."""
        if not self.number:
            return ""
        symbol = unaccented(self.symbol).upper()
        if self.grammar == Grammar.PARTY:
            return f"{self.number}-{symbol}".upper()
        if self.grammar in {Grammar.NORMATIVE, Grammar.REGULATION}:
            return f"{self.number}/{self.year}/{symbol}".upper()
        return f"{self.number}/{symbol}".upper()

    @property
    def names_its_issuer(self) -> bool:
        """Whether the symbol alone says who issued it: CP, TTg, QH15, a ministry, the Centre."""
        body = self.body.upper()
        return body not in NO_MINISTRY and CENTRAL_BODIES.match(body) is not None


def parsed(text: str) -> Citation | None:
    """The number that `text` consists of, or nothing when it follows none of the grammars."""
    if len(text) > LONGEST_CITATION:
        return None
    compact = unicodedata.normalize("NFC", DASHES.sub("-", text)).strip(" .,;*_")
    compact = "".join(LEAD_WORDS.sub("", compact).split())
    if match := NORMATIVE.match(compact):
        symbol = match["symbol"]
        kind, body = _type_and_body(symbol)
        if kind is None:
            # 117/2025/QH15 is a law, 202/2025/QH15 a resolution: the number does not tell.
            kind = DocumentType.OTHER
        return Citation(
            Grammar.NORMATIVE, _number(match["number"]), int(match["year"]), kind, body, symbol
        )
    if match := PARTY.match(compact):
        kind_text, body = match["symbol"].split("/", 1)
        kind = TYPES.get(unaccented(kind_text))
        if kind is not None:
            return Citation(
                Grammar.PARTY, _number(match["number"]), None, kind, body, match["symbol"]
            )
    if match := PLAIN.match(compact):
        symbol = match["symbol"]
        kind, body = _type_and_body(symbol)
        if kind is None:
            if "-" not in symbol:
                return _of_former_times(compact)
            kind, body = DocumentType.LETTER, symbol.split("-", 1)[0]
            return Citation(Grammar.LETTER, _number(match["number"]), None, kind, body, symbol)
        return Citation(Grammar.TYPED, _number(match["number"]), None, kind, body, symbol)
    return _of_a_regulation(compact) or _of_former_times(compact)


def _of_a_regulation(compact: str) -> Citation | None:
    match = REGULATION.match(compact)
    if match is None:
        return None
    body, name = match["body"], f"QCVN{match['number']}:{match['year']}/{match['body']}"
    if match["change"]:
        number, year, symbol = match["change"], int(match["changed"]), f"SĐ-{name}"
    else:
        number, year, symbol = match["number"], int(match["year"]), f"QCVN/{body}"
    return Citation(Grammar.REGULATION, _number(number), year, DocumentType.OTHER, body, symbol)


def _of_former_times(compact: str) -> Citation | None:
    match = OLD.match(compact)
    if match is None:
        return None
    symbol = match["symbol"]
    # 115-HĐBT is a decree, a decision or a directive: the number does not tell.
    return Citation(Grammar.OLD, _number(match["number"]), None, DocumentType.OTHER, symbol, symbol)


def _number(printed: str | None) -> str:
    """05 and 5 are one number."""
    return (printed or "").lstrip("0")


def _type_and_body(symbol: str) -> tuple[DocumentType | None, str]:
    head, dash, body = symbol.partition("-")
    kind = TYPES.get(unaccented(head)) if dash else None
    return (kind, body) if kind is not None else (None, symbol)


def issuer_key(issuer: str) -> str:
    """Folded words of the issuer, so that one body is one key however it is printed."""
    words = re.findall(r"[^\W_]+", unaccented(unicodedata.normalize("NFC", issuer)))
    text = " ".join(words)
    for long, short in (
        ("uy ban nhan dan", "ubnd"),
        ("hoi dong nhan dan", "hdnd"),
        ("thong tin va truyen thong", "tttt"),
        ("thong tin truyen thong", "tttt"),
    ):
        text = text.replace(long, short)
    return text[:200]


@dataclass(frozen=True, slots=True)
class Cited:
    """What is known of a document when it is looked for among others."""

    citation_key: str
    issuer_key: str = ""
    year: int | None = None


def may_be_the_same(one: Cited, other: Cited) -> bool:
    """Same number, and nothing known of both contradicts: an unknown issuer or year fits any."""
    if not one.citation_key or one.citation_key != other.citation_key:
        return False
    if one.issuer_key and other.issuer_key and one.issuer_key != other.issuer_key:
        return False
    return not (one.year and other.year and one.year != other.year)
