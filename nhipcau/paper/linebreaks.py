"""Where words end in scripts that write no spaces between them.

Typst finds these places by itself; this is for what it does not set: drawings, e-books, counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from icu4py.breakers import LineBreaker, WordBreaker

# Lao, Khmer, Thai, Burmese: ICU finds their words in its dictionaries.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_LETTER = re.compile(r"\w")


def needs_breaks(text: str) -> bool:
    """Whether a line of it can break where no space stands."""
    return _UNSPACED.search(text) is not None


def pieces(text: str, language: str) -> list[str]:
    """The text cut at every place where a line may end; joined, they are the text again."""
    return list(LineBreaker(text, _locale(language))) if text else []


def words(text: str, language: str) -> Iterator[str]:
    """The words of a text in any script, without what stands between them."""
    for word in WordBreaker(text, _locale(language)):
        if _LETTER.search(word):
            yield word


def _locale(language: str) -> str:
    # Private-use and minority tags break as their letters do; ICU wants a name it can parse.
    primary = language.partition("-")[0]
    return primary if primary.isascii() and primary.isalpha() else "und"
