"""Numbers as people type them into a table."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

# Languages that write 1.234,5; the others write 1,234.5.
_COMMA_IS_DECIMAL = frozenset({"vi", "lo", "km", "fr", "de", "ru", "es"})
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"}
_LONGEST = 30


def read_number(value: object, language: str) -> Decimal | None:
    """The number in a cell; None when it is none.

    “1.234,5” in Vietnamese and “1,234.5” in English are one number. Where a single mark could be
    either, three digits behind it make it a mark of thousands in the languages that use it so.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _finite(repr(value))
    if not isinstance(value, str):
        return None
    text = _SPACES.sub("", value).replace("\u2212", "-")
    if not text or len(text) > _LONGEST:
        return None
    sign, text = ("-", text[1:]) if text[0] == "-" else ("", text)
    primary = language.partition("-")[0]
    decimal, group = (",", ".") if primary in _COMMA_IS_DECIMAL else (".", ",")
    whole, found, rest = text.partition(decimal)
    if found and decimal not in rest and group not in rest:
        if _GROUPED[group].fullmatch(whole):
            whole = whole.replace(group, "")
        return _finite(f"{sign}{whole}.{rest}")
    if _GROUPED[group].fullmatch(text):
        return _finite(sign + text.replace(group, ""))
    # The other language's decimal mark, where it can be nothing else: “12.5” in Vietnamese.
    return _finite(sign + text.replace(group, "."))


def _finite(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
