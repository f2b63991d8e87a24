"""Files and languages as people know them."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language

from nhipcau.publishing.phrases import kind_of_file
from nhipcau.publishing.renderers.labels import language_name

register = template.Library()


@register.filter
def file_kind(media_type: str) -> str:
    """“picture (PNG)” for “image/png”."""
    return kind_of_file(media_type)


@register.filter
def language_called(tag: str) -> str:
    """“tiếng Lào” for “lo”, to whoever reads Vietnamese; the tag of a language nobody named."""
    return language_name(tag, get_language() or "vi")


@register.filter
def clock(milliseconds: int) -> str:
    """“1:05” or “1:00:05”: how far a film or sound has run."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.simple_tag
def file_facts(media_type: str, size_bytes: int | None) -> str:
    """“picture (PNG) · 12 KB”; the kind alone of a file whose size is not on record."""
    kind = kind_of_file(media_type)
    return f"{kind} · {filesizeformat(size_bytes)}" if size_bytes else kind
