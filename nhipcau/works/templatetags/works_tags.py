"""Sums of money, gaps of templates, and the cells of the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from nhipcau.translation.proofreading.text.gaps import gaps_in
from nhipcau.works.enums import Mark
from nhipcau.works.queries import Cell

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


@register.simple_tag
def cells_drawn(cells: Sequence[Cell]) -> SafeString:
    """The cells of a work in one language; each look is drawn once, a matrix holds few."""
    shown = tuple((cell.version.mode, cell.marks) for cell in cells)
    return _drawn(shown, get_language())


@lru_cache(maxsize=1_000)
def _drawn(
    shown: tuple[tuple[str, tuple[tuple[Mark, str], ...]], ...], _language: str | None
) -> SafeString:
    cells = [{"mode": mode, "marks": marks} for mode, marks in shown]
    return render_to_string("works/cells.html", {"cells": cells})
