"""Sums of money, and gaps of templates."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from nhipcau.translation.proofreading.text.gaps import gaps_in

register = template.Library()


@register.filter
def dong(amount: int) -> str:
    """1234567 as “1.234.567 đ”, as money is written in Việt Nam."""
    return f"{amount:,}".replace(",", ".") + "\u00a0đ"


@register.filter
def with_gaps(words: str) -> SafeString:
    """The words with each gap marked; everything else is escaped, line breaks are kept."""
    parts: list[str] = []
    at = 0
    for start, end in gaps_in(words):
        parts += [
            conditional_escape(words[at:start]),
            format_html("<mark>{}</mark>", words[start:end]),
        ]
        at = end
    parts.append(conditional_escape(words[at:]))
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308 -- every part is escaped
