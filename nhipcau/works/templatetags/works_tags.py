"""Sums of money."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def dong(amount: int) -> str:
    """1234567 as “1.234.567 đ”, as money is written in Việt Nam."""
    return f"{amount:,}".replace(",", ".") + "\u00a0đ"
