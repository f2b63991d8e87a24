"""Vietnamese from before Unicode: TCVN3 (ABC) and VNI-Windows, told by the syllables they give.

TCVN3 follows TCVN 5712:1993, third form (one byte a letter, capitals with a tone only by a
capital font); VNI-Windows writes a letter and then a byte for hat and tone together. Text in
either looks like Western European letters to a programme that does not know.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from nhipcau.plans.reading.expressions import expression

_TCVN3_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TCVN3 = {
    start + offset: letter
    for start, letters in _TCVN3_LETTERS.items()
    for offset, letter in enumerate(letters)
}

# Mark after the letter -> what a, e, o, u, y become with it (a dot: no such letter).
_VNI_MARKS = {
    "ù": "áéóúý",
    "ø": "àèòùỳ",
    "û": "ảẻỏủỷ",
    "õ": "ãẽõũỹ",
    "ï": "ạẹọụ.",
    "â": "âêô..",
    "á": "ấếố..",
    "à": "ầềồ..",
    "å": "ẩểổ..",
    "ã": "ẫễỗ..",
    "ä": "ậệộ..",
    "ê": "ă....",
    "é": "ắ....",
    "è": "ằ....",
    "ú": "ẳ....",
    "ü": "ẵ....",
    "ë": "ặ....",
}
_VNI_HORNED = {"ô": ("ơ", "ớờởỡợ"), "ö": ("ư", "ứừửữự")}
_VNI_WHOLE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_WHOLE)
    for mark, letters in _VNI_MARKS.items():
        table |= {b + mark: out for b, out in zip("aeouy", letters, strict=True) if out != "."}
    for horned, (bare, toned) in _VNI_HORNED.items():
        table[horned] = bare
        table |= {horned + m: out for m, out in zip("ùøûõï", toned, strict=True)}
    # Capitals: the mark may be typed small after a capital letter.
    table |= {k[0].upper() + k[1:]: v.upper() for k, v in list(table.items())}
    table |= {k[0] + k[1:].upper(): v for k, v in list(table.items()) if k[0].isupper()}
    return table


VNI = _vni_table()
_VNI_PATTERN = expression("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))

# Windows-1252 gives these bytes other code points than Latin-1; legacy text never needs them.
_WORDS = expression(r"[^\W\d_\u0300-\u036f][\w\u0300-\u036f¨§©®¬­ª«¹¸µ¶·»¼½¾×÷]*")
_MODERN = expression("[\u1ea0-\u1ef9đĐơƠưƯ\u0300\u0301\u0303\u0309\u0323]")
_CAPITALS = expression("[^a-z]*[A-Z][^a-z]*[A-Z][^a-z]*")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE = expression(
    "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    "(?:oai|oay|uây|uôi|ươi|ươu|iêu|yêu|uyê|uya|oa|oă|oe|oo|uâ|uê|uô|uơ|uy|ươ|iê|yê|ia|ua|ưa"
    "|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|uo|ue|[aăâeêioôơuưy])"
    "(?:ng|nh|ch|[cmnpt])?"
)


class Encoding(StrEnum):
    """What letters were written in, whatever bytes carried them."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """`capitals`: the font was a capital one (its name ends in H), all letters are capitals."""
    converted = text.translate(TCVN3)
    if capitals:
        return converted.upper()
    # A capital with a tone does not exist in TCVN3: among capitals it was meant as one.
    return "\n".join(
        line.upper() if _CAPITALS.fullmatch(line) else _WORDS.sub(_raised, line)
        for line in converted.split("\n")
    )


def _raised(match: re.Match[str]) -> str:
    word = match.group()
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    meant = all(p.isupper() for p in plain) and any(c.isascii() and c.isupper() for c in word[1:])
    return word.upper() if meant else word


def from_vni(text: str) -> str:
    return _VNI_PATTERN.sub(lambda match: VNI[match.group()], text)


def syllable_share(text: str) -> float:
    """Of the words with letters beyond ASCII, the share that are syllables of Vietnamese."""
    words = good = 0
    for word in _WORDS.findall(text):
        if word.isascii():
            continue
        words += 1
        bare = unicodedata.normalize("NFD", word.casefold())
        tones = sum(bare.count(tone) for tone in _TONES)
        toneless = unicodedata.normalize("NFC", "".join(c for c in bare if c not in _TONES))
        good += tones <= 1 and _SYLLABLE.fullmatch(toneless) is not None
    return good / words if words else 0.0


def looks_modern(text: str) -> bool:
    """Whether letters that only Unicode has stand in the text."""
    return _MODERN.search(text) is not None


def encoding_of(text: str) -> Encoding:
    """What the letters of a decoded text stand for; UNICODE unless another is plainly better."""
    sample = text[:100_000]
    if len(_MODERN.findall(sample)) > len(sample) // 500 or sample.isascii():
        return Encoding.UNICODE
    foreign = [word for word in _WORDS.findall(sample)[:20_000] if not word.isascii()]
    if len(foreign) < 3:
        return Encoding.UNICODE
    joined = " ".join(foreign)
    scores = {
        Encoding.UNICODE: syllable_share(joined) + 0.15,
        Encoding.TCVN3: syllable_share(from_tcvn3(joined)),
        Encoding.VNI: syllable_share(from_vni(joined)),
    }
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= 0.6 else Encoding.UNICODE


def to_unicode(text: str, encoding: Encoding) -> str:
    if encoding is Encoding.TCVN3:
        return from_tcvn3(text)
    if encoding is Encoding.VNI:
        return from_vni(text)
    return text
