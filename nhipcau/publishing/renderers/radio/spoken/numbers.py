"""Numbers in Vietnamese words."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", "nghìn", "triệu")
LONGEST = 18
_TEN, _HUNDRED = 10, 100


def digits_in_words(digits: str) -> str:
    """One by one, as telephone numbers are read."""
    return " ".join(_DIGITS[int(digit)] for digit in digits)


def number_in_words(number: int) -> str:
    """1005 → “một nghìn không trăm linh năm”; up to eighteen digits."""
    if number < 0:
        return f"âm {number_in_words(-number)}"
    if number < _TEN:
        return _DIGITS[number]
    # Read in steps of a thousand million (“tỷ”), within each by millions and thousands.
    billions, rest = divmod(number, 10**9)
    words = [f"{number_in_words(billions)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            said = _group(group, first=not words)
            words.append(f"{said} {_THOUSANDS[power]}".strip())
    return " ".join(words)


def decimal_in_words(whole: str, fraction: str) -> str:
    """12,5 → “mười hai phẩy năm”; long fractions and those that begin with 0 digit by digit."""
    if len(fraction) <= 2 and not fraction.startswith("0"):
        said = number_in_words(int(fraction))
    else:
        said = digits_in_words(fraction)
    return f"{number_in_words(int(whole))} phẩy {said}"


def _group(number: int, *, first: bool) -> str:
    """Three digits. Not the first ones of a number: noughts in front are said."""
    hundreds, rest = divmod(number, _HUNDRED)
    words = []
    if hundreds or not first:
        words.append(f"{_DIGITS[hundreds]} trăm")
    tens, ones = divmod(rest, _TEN)
    if tens == 0 and ones and words:
        words.append(f"linh {_DIGITS[ones]}")
    elif tens == 0 and ones:
        words.append(_DIGITS[ones])
    elif tens == 1:
        words.append("mười" + (f" {_after_ten(ones)}" if ones else ""))
    elif tens:
        words.append(f"{_DIGITS[tens]} mươi" + (f" {_after_tens(ones)}" if ones else ""))
    return " ".join(words)


def _after_ten(ones: int) -> str:
    return "lăm" if ones == 5 else _DIGITS[ones]


def _after_tens(ones: int) -> str:
    return {1: "mốt", 4: "tư", 5: "lăm"}.get(ones, _DIGITS[ones])
