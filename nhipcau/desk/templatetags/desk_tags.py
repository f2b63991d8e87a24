"""How the desk says days, and where facts come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.translation import ngettext

from nhipcau.desk import phrases, queries
from nhipcau.registry.queries.sources import source_named

register = template.Library()


@register.simple_tag
def house_mark() -> queries.HouseMark | None:
    return queries.house_mark()


@register.filter
def days_late(due: date, today: date) -> str:
    """“3 days late”, counted from the last day."""
    days = (today - due).days
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


@register.filter
def word_of(words: Mapping[str, str], key: str) -> str:
    """What stands above a column of the workbook."""
    return words.get(key, key)


@register.filter
def as_written(value: Any) -> str:
    """A day as 12/02/2026, nothing as nothing, and words as they are."""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return "" if value is None else str(value)


@register.filter
def country(code: str) -> str:
    """A neighbour by its name, any other country by its code."""
    return str(phrases.country_name(code))


@register.filter
def script(code: str) -> str:
    return str(phrases.script_name(code))


@register.filter
def sample(script_code: str) -> str:
    """A few words in the script, with the marks that a font has to place well."""
    return phrases.SAMPLES.get(script_code, "")


@register.filter
def source_called(source: str) -> str:
    """The title of a shipped source behind its key; an editor's own words as they are."""
    return source_named(source).title
