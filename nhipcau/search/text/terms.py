"""One word, as it stands in the index: as written, and folded. Pure; remembers what it folded.

The folding is the house's own (`kernel.folding`); what is added here is what only a reader of
foreign text meets: fullwidth letters, signs nobody sees, digits of other scripts. A language has
few syllables and a text repeats them, so that a word is nearly always remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from nhipcau.kernel.folding import folded, unaccented
from nhipcau.search.text.scripts import HIDDEN, RUN, WORD

# A term is cut there, in the index as in a query: what is longer is no word.
TERM_LENGTH = 64
_REMEMBERED = 200_000
_WIDE = re.compile("[\uff00-\uffef]+")


class _Memory(dict[str, str]):
    """Word as written -> term; forgets everything when it holds 200,000 words (about 30 MB)."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, written: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        term = self[written] = self._fold(written)
        return term


def _is_word(text: str) -> bool:
    return (WORD.fullmatch(text) or RUN.fullmatch(text)) is not None


def _halved(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


def _plain(written: str) -> str:
    """NFC, halfwidth, Arabic digits, nothing invisible; still one word."""
    text = unicodedata.normalize("NFC", HIDDEN.sub("", written))
    if text.isascii():
        return text[:TERM_LENGTH]
    # NFKC as a whole would take the “am” of Thai and Lao apart.
    plain = _WIDE.sub(_halved, text) if RUN.search(text) else unicodedata.normalize("NFKC", text)
    if not _is_word(plain):  # “½” would become “1⁄2”, “⑴” a number in brackets
        plain = text
    if not plain.isascii() and any(map(str.isdecimal, plain)):
        plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    return plain[:TERM_LENGTH]


def _exact(written: str) -> str:
    plain = _plain(written)
    term = folded(plain)
    return term if _is_word(term) else plain


def _folded(written: str) -> str:
    exact = _exact(written)
    term = unaccented(exact)
    return term if _is_word(term) else exact


# Word as written -> the term that keeps its marks (case, width, place of the tone mark unified).
exact_term = _Memory(_exact).__getitem__
# Word as written -> the term without marks: đ is d.
folded_term = _Memory(_folded).__getitem__
