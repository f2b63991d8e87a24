"""How a text travels as short messages, and what that costs: counted in parts, never in letters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# GSM 03.38, basic table without the escape; and the extension, whose letters cost two.
_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
_PLAINER: Final = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-",
    "−": "-", "…": "...", "•": "-", "·": "-", "×": "x", "\u00a0": " ", "đ": "d", "Đ": "D",
    "²": "2", "³": "3", "₫": "d", "\u200b": "",
}  # fmt: skip


class Encoding(StrEnum):
    GSM_7 = "gsm-7"
    UCS_2 = "ucs-2"


# Units of one message, and of each part of a longer one (six octets go to its head).
ROOM: Final = {Encoding.GSM_7: (160, 153), Encoding.UCS_2: (70, 67)}


@dataclass(frozen=True, slots=True)
class Message:
    """`units` are septets or UTF-16 units; `parts` what each part carries."""

    text: str
    encoding: Encoding
    units: int
    parts: tuple[str, ...]


def message(text: str) -> Message:
    """The text as networks carry it: 7 bits where every letter allows it, else UCS-2."""
    plain = all(letter in _BASIC or letter in _EXTENSION for letter in text)
    encoding = Encoding.GSM_7 if plain else Encoding.UCS_2
    costs = [_cost(letter, encoding) for letter in text]
    units = sum(costs)
    single, each = ROOM[encoding]
    if units <= single:
        return Message(text, encoding, units, (text,) if text else ())
    parts, begin, used = [], 0, 0
    for place, cost in enumerate(costs):
        # A letter of two units, an escape or a surrogate pair, is never cut in two.
        if used + cost > each:
            parts.append(text[begin:place])
            begin, used = place, 0
        used += cost
    return Message(text, encoding, units, (*parts, text[begin:]))


def without_accents(text: str) -> str | None:
    """The same words in 7 bits, capitals kept; None where the script has no such form."""
    plainer = "".join(_PLAINER.get(letter, letter) for letter in text)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", plainer)
        if not unicodedata.combining(letter)
    )
    return bare if message(bare).encoding == Encoding.GSM_7 else None


def _cost(letter: str, encoding: Encoding) -> int:
    if encoding == Encoding.GSM_7:
        return 2 if letter in _EXTENSION else 1
    return 2 if ord(letter) > 0xFFFF else 1
