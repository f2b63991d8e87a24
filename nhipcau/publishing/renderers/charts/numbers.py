"""Numbers as readers of a language write them, and the steps of an axis."""

from __future__ import annotations

from decimal import Decimal

_COMMA_IS_DECIMAL = frozenset({"vi", "lo", "km", "fr", "de", "ru", "es"})
_MOST_DECIMALS = 3
_MOST_DIGITS = 20
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def shown(value: Decimal | None, language: str, no_data: str = "–") -> str:
    """1234.5 as “1.234,5” in Vietnamese, “1,234.5” in English; at most three decimals."""
    if value is None:
        return no_data
    if value and abs(value.adjusted()) > _MOST_DIGITS:
        text = f"{value:.3E}"
    else:
        text = f"{round(value, _MOST_DECIMALS):,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    text = text.replace("-", "−")
    if language.partition("-")[0] in _COMMA_IS_DECIMAL:
        text = text.translate({ord(","): ".", ord("."): ","})
    return text


def ticks(lowest: Decimal, highest: Decimal, wanted: int = 4) -> list[Decimal]:
    """Round numbers from at most `lowest` to at least `highest`, nought among them."""
    low, high = min(lowest, Decimal(0)), max(highest, Decimal(0))
    if low == high:
        high = Decimal(1)
    rough = (high - low) / wanted
    scale = Decimal(10) ** rough.adjusted()
    step = next(scale * step for step in _STEPS if scale * step >= rough)
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR")
    last = (high / step).to_integral_value(rounding="ROUND_CEILING")
    return [step * number for number in range(int(first), int(last) + 1)]
