"""Goes through a text once and says at each place what the first fitting rule says."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nhipcau.publishing.renderers.radio.spoken.expressions import RULES, roman_value
from nhipcau.publishing.renderers.radio.spoken.numbers import number_in_words

_FILE = Path(__file__).with_name("abbreviations.csv")
# Capitals, also joined: “UBND”, “KT-XH”, “NĐ-CP”. A word in capitals with a vowel mark is shouted,
# not shortened.
_CAPITALS = re.compile(r"(?<!\w)[A-ZĐ][A-ZĐ&]*(?:[-–][A-ZĐ]+)*\d*(?!\w)")
_SHOUTED = 7
_SYMBOLS = {"&": " và ", "=": " bằng ", "→": ", ", "≥": " từ ", "≤": " đến ", "+": " cộng "}


@dataclass(frozen=True, slots=True)
class Spoken:
    """`unknown` are abbreviations that nobody has said how to read."""

    text: str
    unknown: tuple[str, ...]


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["short"]: row["spoken"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _everything() -> re.Pattern[str]:
    """One pattern: each rule in a group of its own name, and the abbreviations."""
    shorts = "|".join(re.escape(short) for short in sorted(abbreviations(), key=len, reverse=True))
    parts = [rf"(?P<rule{n}>{_unnamed(rule.pattern)})" for n, rule in enumerate(RULES)]
    paper = r"(?P<paper>\b\d{1,5}(?:/\d{4})?/[A-ZĐ]{1,6}(?:-[A-ZĐ]{2,8})*(?!\w))"
    return re.compile(rf"{paper}|(?P<short>(?<!\w)(?:{shorts})(?!\w))|{'|'.join(parts)}")


def _unnamed(pattern: str) -> str:
    """The pattern without names of groups, which several rules share.

    A group that is named again in it becomes what it names.
    """
    pattern = pattern.replace("(?P=s)", "[/-]")
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def spoken(text: str) -> Spoken:
    """The text as it is read aloud. Words stay; only what is no word is spelt out."""
    unknown: dict[str, None] = {}
    said = re.sub(r"[ \u00a0]{2,}", " ", _read(text, unknown))
    said = re.sub(r" +([,.;:!?])", r"\1", said).strip()
    return Spoken(said[:1].upper() + said[1:], tuple(unknown))


def _read(text: str, unknown: dict[str, None]) -> str:
    pieces: list[str] = []
    end = 0
    for match in _everything().finditer(text):
        pieces.append(_between(text[end : match.start()], unknown))
        pieces.append(_said(match, text, unknown))
        end = match.end()
    pieces.append(_between(text[end:], unknown))
    return "".join(pieces)


def _said(match: re.Match[str], text: str, unknown: dict[str, None]) -> str:
    found = match.group()
    if match["paper"]:
        return _paper(found)
    if match["short"]:
        return abbreviations()[found]
    for rule in RULES[int((match.lastgroup or "").removeprefix("rule")) :]:
        # The rule itself may refuse (31/2 is no day); then a later one that fits here decides.
        again = _compiled(rule.pattern).match(text, match.start(), match.end())
        if again and (said := rule.say(again)) is not None:
            return said + _read(text[again.end() : match.end()], unknown)
    return found


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _paper(number: str) -> str:
    """18/KH-UBND, 72/2015/NĐ-CP: number, year, kind and issuer in words where they are known."""
    first, *rest = number.split("/")
    said = [number_in_words(int(first))]
    for part in rest:
        if part.isdigit():
            said.append(f"năm {number_in_words(int(part))}")
        else:
            known = abbreviations()
            whole = known.get(part)
            said.append(whole or " ".join(known.get(piece, piece) for piece in part.split("-")))
    return ", ".join(said)


def _between(text: str, unknown: dict[str, None]) -> str:
    for symbol, name in _SYMBOLS.items():
        text = text.replace(symbol, name)

    def capitals(match: re.Match[str]) -> str:
        found = match.group()
        value = roman_value(found)
        if value is not None and len(found) > 1:
            return number_in_words(value)
        if 2 <= len(found) <= _SHOUTED:
            unknown[found] = None
        return found

    return _CAPITALS.sub(capitals, text)
