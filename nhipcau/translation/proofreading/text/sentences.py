"""Sentences and their length, counted as each script counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from nhipcau.translation.proofreading.text.scripts import scripts_of

# A full stop ends no sentence after these, nor between digits, nor after one capital letter.
_ABBREVIATIONS = frozenset(
    "tp tx tt gs pgs ts ths bs ks cn ông bà đ/c tr số st mr mrs ms dr no vs etc approx art fig "
    "inc ltd gov col gen jan feb mar apr jun jul aug sep sept oct nov dec v.v p q h".split()
)
_END = re.compile(r"[.!?…]+[\"”’)\]]*(?=\s|$)|[。！？；]+[”」』）]*|[។៕]|\n+")
_LAST_WORD = re.compile(r"([\w/.]+)[.]$")
_WORD = re.compile(r"\w[\w'’.,/-]*")
_UNSPACED = frozenset({"Laoo", "Khmr", "Thai", "Tavt", "Mymr"})
_WINDOW = 40


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences, margins left out. A forced line break ends a sentence."""
    start = 0
    for end in _END.finditer(text):
        if _goes_on(text, start, end):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    if not end.group().startswith(".") or len(end.group()) > 1:
        return False
    before = _LAST_WORD.search(text[max(start, end.start() - _WINDOW) : end.start() + 1])
    if before is None:
        return False
    word = before[1].casefold().rstrip(".")
    after = text[end.end() : end.end() + 2].strip()
    if word in _ABBREVIATIONS:
        return after[:1].isalnum() and not (word in {"v.v", "etc"} and after[:1].isupper())
    # "1." that numbers an entry, and the initial of a name.
    return (word.isdecimal() and not text[start : end.start() - len(before[1])].strip()) or (
        len(word) == 1 and before[1].isupper() and after[:1].isupper()
    )


def length(text: str, language: str) -> int:
    """How long it is to a reader: syllables in Vietnamese, where each is written apart; words.

    Chinese and Japanese count characters, Lao, Khmer, Thai and Tai Viet letters without the marks
    above and below them.
    """
    scripts = scripts_of(language)
    if "Hani" in scripts and "Hang" not in scripts:
        return sum(1 for letter in text if letter.isalpha() and not letter.isascii()) + sum(
            1 for _ in re.finditer(r"[A-Za-z0-9]+", text)
        )
    if scripts & _UNSPACED:
        return sum(
            1 for letter in text if letter.isalnum() and unicodedata.category(letter) != "Mn"
        )
    return sum(1 for _ in _WORD.finditer(text))
