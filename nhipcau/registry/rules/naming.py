"""How the words of a unit's name are compared: spelling, accents, order, acronyms.

Two keys stand for a name. The *accented* key keeps vowels and tones but not where a tone mark was
put (Uỷ, Ủy), nor capitals, punctuation and a joining "và". The *folded* key has no accents at all.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from nhipcau.kernel.folding import unaccented
from nhipcau.registry.enums import AreaKind

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
TOKEN = re.compile(r"[^\W_]+")
BRACKETS = re.compile(r"\([^()]*\)")
LETTER_GROUP = re.compile(r"[A-ZĐÂÊÔƠƯĂ][a-zđâêôơưă]*|\d+")
VOWELS = frozenset("aeiouy")
JOINING = "va"
MOST_READINGS = 32
LONGEST_ACRONYM = 12
LONGEST_NAME = 400
LONGEST_KEY = 160

# Decision 20/2020/QĐ-TTg: groups parted by dots, first a letter A to Y and two digits (Z and
# more for other bodies), 35 characters at most.
ELECTRONIC_CODE = r"^([A-Y]\d{2}|Z[A-Z0-9]{2,})(\.[A-Z0-9]+)*$"
LONGEST_ELECTRONIC_CODE = 35

# Decision 124/2004/QĐ-TTg, kept by 19/2025/QĐ-TTg without the districts: digits by level.
DIGITS_OF_AREAS: dict[str, int] = {AreaKind.PROVINCE: 2, AreaKind.DISTRICT: 3, AreaKind.COMMUNE: 5}

PLACE_FORMS = (
    "thành phố",
    "thị trấn",
    "thị xã",
    "đặc khu",
    "khu phố",
    "tổ dân phố",
    "cửa khẩu",
    "tỉnh",
    "huyện",
    "quận",
    "phường",
    "xã",
    "thôn",
    "bản",
    "ấp",
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, or one letter group of an acronym that stands for a word."""

    accented: str
    folded: str
    is_prefix: bool = False

    def stands_for(self, word: Word, *, accents_count: bool) -> bool:
        """Whether this reading of an alias may stand for that word of a name.

        `accents_count` is false for an alias typed without any accent.
        """
        if not self.is_prefix:
            return self.accented == word.accented or (
                not accents_count and self.folded == word.folded
            )
        # A written đ is a đ; a bare d may be a đ that the keyboard did not have.
        if self.accented[0] == "đ" and word.accented[0] != "đ":
            return False
        return word.folded.startswith(self.folded)


def bears_accents(words: tuple[Word, ...]) -> bool:
    """Whether any written-out word has an accent; the letters of acronyms do not tell."""
    return any(word.accented != word.folded for word in words if not word.is_prefix)


def tone_at_end(word: str) -> str:
    """The word with its tone marks behind it, so that hoá and hóa compare equal."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(char for char in decomposed if char in TONES)
    plain = "".join(char for char in decomposed if char not in TONES)
    return unicodedata.normalize("NFC", plain) + tones


def cleaned(text: str) -> str:
    """Without remarks in brackets, list marks and stray punctuation at the ends."""
    text = unicodedata.normalize("NFC", text)[:LONGEST_NAME]
    text = BRACKETS.sub(" ", text)
    return " ".join(text.split()).strip(" .,;:-–—/*•+")


@lru_cache(maxsize=20_000)  # the same names come again with every text that is handed in
def words_of(text: str) -> tuple[Word, ...]:
    """The words as written, punctuation and a joining "và" left out."""
    words = (Word(tone_at_end(token), unaccented(token)) for token in TOKEN.findall(text))
    return tuple(word for word in words if word.folded != JOINING)


def accented_key(words: tuple[Word, ...]) -> str:
    return " ".join(word.accented for word in words)


def folded_key(words: tuple[Word, ...]) -> str:
    return " ".join(word.folded for word in words)


def initials(words: tuple[Word, ...]) -> str:
    return "".join(word.folded[0] for word in words)


def letter_groups(token: str) -> list[str] | None:
    """The letter groups when the token can be an acronym (TTTT, NgV, tttt), else nothing."""
    if not 2 <= len(token) <= LONGEST_ACRONYM:
        return None
    if set(unicodedata.normalize("NFD", token)) & TONES:
        return None
    groups = LETTER_GROUP.findall(token)
    if len(groups) >= 2 and "".join(groups) == token:
        return groups
    if token.islower() and not set(unaccented(token)) & VOWELS:
        return list(token)
    return None


def readings(text: str) -> list[tuple[Word, ...]]:
    """Every way to read an alias as words and letter groups; the plainest first."""
    choices: list[list[tuple[Word, ...]]] = []
    for token in TOKEN.findall(text):
        word = Word(tone_at_end(token), unaccented(token))
        if word.folded == JOINING and not token.isupper():
            continue
        ways: list[tuple[Word, ...]] = [(word,)]
        if groups := letter_groups(token):
            ways.append(
                tuple(Word(group.casefold(), unaccented(group), is_prefix=True) for group in groups)
            )
        choices.append(ways)
    total = 1
    for choice in choices:
        total *= len(choice)
    if not choices or total > MOST_READINGS:
        return []
    return [
        tuple(word for part in combination for word in part) for combination in product(*choices)
    ]


@lru_cache(maxsize=8192)
def form_and_place(name: str) -> tuple[str, str]:
    """("Tỉnh", "Lạng Sơn") of "Tỉnh Lạng Sơn"; the form is empty where the name bears none."""
    lowered = unicodedata.normalize("NFC", name).casefold()
    for form in PLACE_FORMS:
        if lowered.startswith(form + " "):
            return name[: len(form)], name[len(form) :].strip()
    return "", name


def without_place(
    words: tuple[Word, ...], *, form: tuple[Word, ...], place: tuple[Word, ...]
) -> tuple[Word, ...]:
    """A unit's name without the place at its end: "tỉnh Lạng Sơn", "Lạng Sơn" or "tỉnh"."""
    for ending in (form + place, place, form):
        if ending and len(words) > len(ending) and words[-len(ending) :] == ending:
            return words[: -len(ending)]
    return words


def is_electronic_code(code: str) -> bool:
    return len(code) <= LONGEST_ELECTRONIC_CODE and re.fullmatch(ELECTRONIC_CODE, code) is not None


def is_area_code(code: str, kind: str) -> bool:
    """Whether areas of the kind bear such a code: Decision 124/2004/QĐ-TTg, Article 1."""
    return code.isascii() and code.isdigit() and len(code) == DIGITS_OF_AREAS.get(kind)


def key_of_unit(name: str, area_key: str) -> str:
    """A readable, permanent key for a unit: its first name and where it stands."""
    slug = re.sub(r"[^a-z0-9]+", "-", unaccented(name)).strip("-") or "don-vi"
    ending = f"@{area_key}" if area_key else ""
    return slug[: LONGEST_KEY - len(ending)] + ending
