"""Plain text and Markdown, in whatever encoding an office has kept it."""

from __future__ import annotations

import codecs
import re
import unicodedata

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.limits import DEFAULT, Limits
from nhipcau.plans.reading.source import PAGE, Format, Source
from nhipcau.plans.reading.sources import legacy, refusals
from nhipcau.plans.reading.sources.notices import Notice

FORMAT = Format.TEXT
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = expression("[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff]")
_ENDS = expression("\r\n|[\r\v\x85\u2028\u2029]")
_BLANK_LINES = expression(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+\n")
_PAGES = expression(r"[ \t]*\n?[ \t]*\f[ \t]*\n?[ \t]*")
_BROKEN_SHARE = 0.002  # of all characters; above this it is no text


def recognises(data: bytes) -> bool:
    """Anything that decodes to letters with next to no control characters."""
    try:
        decode(data[:20_000])
    except UnicodeDecodeError:
        return False
    return True


def load(data: bytes, limits: Limits = DEFAULT) -> Source:
    try:
        text, notices = decode(data)
    except UnicodeDecodeError:
        raise refusals.unknown_format() from None
    if len(text) > limits.characters:
        raise refusals.too_long()
    if not any(character.isalnum() for character in text):
        raise refusals.empty()
    text = _BLANK_LINES.sub("\n\n", _ENDS.sub("\n", text))
    text, boundaries = _PAGES.subn(f"\n{PAGE}\n", text)
    return Source(
        text=text.strip("\n") + "\n",
        format=FORMAT,
        pages=boundaries + 1 if boundaries else None,
        notices=notices,
    )


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """The text in Unicode (not normalised); raises UnicodeDecodeError for what is no text."""
    text, notices = _decode_bytes(data)
    broken = len(_CONTROLS.findall(text))
    if broken > max(2, len(text) * _BROKEN_SHARE) or (broken and len(text) < 50):
        raise UnicodeDecodeError("text", data[:1], 0, 1, "control characters")
    if broken:
        text = _CONTROLS.sub("", text)
        notices = (*notices, Notice.BROKEN_CHARACTERS)
    found = legacy.encoding_of(text)
    if found is legacy.Encoding.UNICODE:
        return text, notices
    notice = Notice.TCVN3 if found is legacy.Encoding.TCVN3 else Notice.VNI
    return legacy.to_unicode(text, found), (*notices, notice)


def _decode_bytes(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), ()
    if wide := _wide_encoding(data):
        return data.decode(wide, errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", errors="replace")
    if lenient.count("\ufffd") <= max(2, len(lenient) * _BROKEN_SHARE):
        return lenient, ()
    # One byte a letter. Windows-1258 is judged by its own syllables; the legacy alphabets come
    # as Western letters and are told apart by `legacy`.
    western = data.decode("latin-1")
    if re.search("[\x00-\x08\x0e-\x1f]", western[:2000]):
        raise UnicodeDecodeError("text", data[:1], 0, 1, "control characters")
    if legacy.encoding_of(western) is not legacy.Encoding.UNICODE:
        return western, ()
    vietnamese = data.decode("cp1258", errors="replace")
    composed = unicodedata.normalize("NFC", vietnamese)
    if legacy.syllable_share(composed[:100_000]) >= 0.6:
        return vietnamese, (Notice.WINDOWS_1258,)
    raise UnicodeDecodeError("text", data[:1], 0, 1, "no known encoding")


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of its spaces and line ends is zero."""
    sample = data[:4000]
    if b"\0" not in sample or len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 8 and even < odd // 8:
        return "utf-16-le"
    if even > len(sample) // 8 and odd < even // 8:
        return "utf-16-be"
    return None
