"""In which script a text is written, and in which of our languages it looks to be.

For short texts, such as what stands for a picture: signs are counted, nothing is learnt. Where
the signs do not tell, the answer is None.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_RANGES = (
    ("Hani", 0x3400, 0x4DBF),
    ("Hani", 0x4E00, 0x9FFF),
    ("Hani", 0xF900, 0xFAFF),
    ("Hani", 0x20000, 0x323AF),
    ("Kana", 0x3040, 0x30FF),
    ("Hang", 0x1100, 0x11FF),
    ("Hang", 0xAC00, 0xD7AF),
    ("Laoo", 0x0E80, 0x0EFF),
    ("Thai", 0x0E00, 0x0E7F),
    ("Khmr", 0x1780, 0x17FF),
    ("Khmr", 0x19E0, 0x19FF),
    ("Tavt", 0xAA80, 0xAADF),
    ("Mymr", 0x1000, 0x109F),
    ("Cyrl", 0x0400, 0x052F),
    ("Arab", 0x0600, 0x06FF),
    ("Hebr", 0x0590, 0x05FF),
)
# The scripts that a language's text is made of, by the primary part of its tag; others: Latin.
_OF_LANGUAGE = {
    "zh": {"Hani"},
    "ja": {"Hani", "Kana"},
    "ko": {"Hang", "Hani"},
    "lo": {"Laoo"},
    "th": {"Thai"},
    "km": {"Khmr"},
    "my": {"Mymr"},
    "ru": {"Cyrl"},
}
_OF_SUBTAG = {"hans": "Hani", "hant": "Hani", "tavt": "Tavt", "latn": "Latn", "laoo": "Laoo"}
TELLING = frozenset({"vi", "en", "fr"})
"""Languages in Latin letters that are told from one another by their words."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL_WORDS = {
    "en": frozenset(
        "the of and in with on at for from to a an is are was were by near during their its this "
        "that which who after before over under between people market festival border".split()
    ),
    "fr": frozenset(
        "le la les des du de une un dans avec sur et au aux près pour par est sont qui que leur "
        "pendant marché frontière".split()
    ),
    "vi": frozenset(
        "của và trong những các một người được đang tại với trên ở cho từ là có không này khi "
        "ngày về đến".split()
    ),
}
# Letters that Vietnamese has and neither English nor French.
_VIETNAMESE = re.compile("[ăđơưĩũ\u1ea0-\u1ef9]", re.IGNORECASE)
# A syllable as typed without marks.
_BARE_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    "(?:uye|uya|uyu|oai|oay|oeo|uay|uoi|uou|ieu|yeu|oa|oe|oo|ua|ue|uo|uy|ie|ye|ia|ai|ao|au|ay|eo"
    "|eu|iu|oi|ui|[aeiouy])(?:ng|nh|ch|[cmnpt])?"
)
_FRENCH = re.compile("[çëïœûîù]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def script_of_letter(letter: str) -> str:
    """ISO 15924 code of a letter; "" for what belongs to every script."""
    if not (letter.isalpha() or unicodedata.category(letter) in {"Mn", "Mc"}):
        return ""
    code = ord(letter)
    for script, first, last in _RANGES:
        if first <= code <= last:
            return script
    return "Latn" if unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN")) else ""


def scripts_of(language: str) -> frozenset[str]:
    """The scripts in which a language (BCP-47 tag) is written."""
    primary, *rest = language.lower().split("-")
    for subtag in rest:
        if subtag in _OF_SUBTAG:
            return frozenset({_OF_SUBTAG[subtag]})
    return frozenset(_OF_LANGUAGE.get(primary, {"Latn"}))


def scripts_in(text: str) -> Counter[str]:
    """Letters by script, in the first 20,000 characters."""
    counted = Counter(text[:20_000])
    found: Counter[str] = Counter()
    for letter, times in counted.items():
        if script := script_of_letter(letter):
            found[script] += times
    return found


def main_script(text: str) -> str:
    """The script of most of the letters; "" where there are none."""
    found = scripts_in(text)
    return found.most_common(1)[0][0] if found else ""


def language_by_signs(text: str) -> str | None:
    """One of TELLING for Latin letters whose words tell; None otherwise.

    A text that only names (“Chợ Đồng Đăng”) may stand in any language.
    """
    words = WORD.findall(unicodedata.normalize("NFC", text))[:200]
    lowered = [word.casefold() for word in words]
    small = {
        language: sum(word in known for word in lowered) for language, known in _SMALL_WORDS.items()
    }
    accented = [word for word in words if _VIETNAMESE.search(word)]
    names_only = all(word[0].isupper() for word in accented)
    best = max(small, key=lambda language: small[language])
    if small["vi"] or (accented and not names_only and len(accented) * 5 >= len(words)):
        return "vi" if small["vi"] >= max(small["en"], small["fr"]) or not names_only else best
    if small[best] and sum(times == small[best] for times in small.values()) == 1:
        return best
    if any(_FRENCH.search(word) for word in words):
        return "fr"
    plain = [word for word in lowered if word.isascii() and len(word) > 1]
    if len(plain) >= 3 and len(plain) == len(words):
        strange = sum(not _BARE_SYLLABLE.fullmatch(word) for word in plain)
        if strange * 5 >= len(plain) * 2:
            return "en"
    return None


def bears_small_words(text: str, language: str) -> bool:
    """Whether words without which no sentence of the language is made stand in it.

    Names and abbreviations (“Svay Rieng, Prey Veng”, “TTTT, NgV, CT”) have none.
    """
    return any(word.casefold() in _SMALL_WORDS[language] for word in WORD.findall(text))


def trimmed_to_foreign(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without words at its ends that are as well Vietnamese, spelt without marks."""
    words = list(WORD.finditer(text, start, end))
    while words and _may_be_vietnamese(words[0].group()):
        words.pop(0)
    while words and _may_be_vietnamese(words[-1].group()):
        words.pop()
    return (words[0].start(), words[-1].end()) if words else (start, start)


def _may_be_vietnamese(word: str) -> bool:
    plain = word.casefold()
    return plain not in _SMALL_WORDS["en"] and _BARE_SYLLABLE.fullmatch(plain) is not None


def is_unaccented_vietnamese(text: str) -> bool:
    """Whether it reads as Vietnamese typed without its marks: “cho phien vung bien”."""
    words = [word.casefold() for word in WORD.findall(text)]
    if len(words) < 3 or not all(word.isascii() for word in words):
        return False
    if any(word in _SMALL_WORDS["en"] or word in _SMALL_WORDS["fr"] for word in words):
        return False
    return all(_BARE_SYLLABLE.fullmatch(word) for word in words)
