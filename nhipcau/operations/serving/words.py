"""The interface's catalogue without Django, in the language of the terminal."""

from __future__ import annotations

from gettext import translation
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"


def _(sentence: str) -> str:
    """The sentence in the language that LC_ALL or LANG asks for; English where there is none."""
    return translation("django", LOCALE, fallback=True).gettext(sentence)
