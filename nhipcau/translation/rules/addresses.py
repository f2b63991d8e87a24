"""Permanent addresses: /{language}/{slug}-{id}/ and the short /{id}."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from nhipcau.kernel.folding import canonical, unaccented

# Neither vowels, so that no word comes about by chance, nor letters and digits that look alike.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
SHORT_ID_LENGTH = 7  # 28 ** 7, about 13 thousand million
SLUG_LENGTH = 80
_SHORT_ID = re.compile(f"[{ALPHABET}]{{{SHORT_ID_LENGTH}}}")


def new_short_id(choose: Callable[[str], str]) -> str:
    """A short id; `choose` picks one letter at random."""
    return "".join(choose(ALPHABET) for _ in range(SHORT_ID_LENGTH))


def is_short_id(text: str) -> bool:
    return _SHORT_ID.fullmatch(text) is not None


def slug_of(title: str) -> str:
    """The title as part of an address: without accents in Latin script, else in its own script.

    At most 80 characters, cut between words; empty when no letter is left.
    """
    bare = unaccented(title) if _is_latin(title) else canonical(title).casefold()
    kept = "".join(
        letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in bare
    ).split()
    slug = ""
    for word in kept:
        longer = f"{slug}-{word}" if slug else word[:SLUG_LENGTH]
        if len(longer) > SLUG_LENGTH:
            break
        slug = longer
    return slug


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return 2 * latin >= len(letters)
