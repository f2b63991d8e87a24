"""Whether an alternative text is written in the language for which it is meant."""

from __future__ import annotations

import unicodedata

# ISO 15924 codes of the registry's languages -> how Unicode names the letters.
_NAMES = {
    "Latn": ("LATIN",),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Laoo": ("LAO",),
    "Khmr": ("KHMER",),
    "Thai": ("THAI",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL", "CJK"),
    "Cyrl": ("CYRILLIC",),
    "Mymr": ("MYANMAR",),
    "Tale": ("TAI LE",),
    "Tavt": ("TAI VIET",),
}
_MARKS_OF_VIETNAMESE = set("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b")


def is_in_script(text: str, script: str) -> bool:
    """Whether most letters belong to the script.

    A text without letters speaks against nothing, nor does a script that is not on our list.
    """
    names = _NAMES.get(script)
    letters = [letter for letter in text if unicodedata.category(letter).startswith("L")]
    if names is None or not letters:
        return True
    fitting = sum(unicodedata.name(letter, "").startswith(names) for letter in letters)
    return fitting * 2 >= len(letters)


def seems_vietnamese(text: str) -> bool:
    """Whether a text in Latin letters bears the marks of Vietnamese: told from four words on."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return (
        len(text.split()) < 4 or "đ" in decomposed or bool(_MARKS_OF_VIETNAMESE & set(decomposed))
    )
