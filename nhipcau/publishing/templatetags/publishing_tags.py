"""Files as people know them: name, kind, size."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import filesizeformat

from nhipcau.publishing.phrases import kind_of_file

register = template.Library()


@register.filter
def file_kind(media_type: str) -> str:
    """“picture (PNG)” for “image/png”."""
    return kind_of_file(media_type)


@register.simple_tag
def file_facts(media_type: str, size_bytes: int | None) -> str:
    """“picture (PNG) · 12 KB”; the kind alone of a file whose size is not on record."""
    kind = kind_of_file(media_type)
    return f"{kind} · {filesizeformat(size_bytes)}" if size_bytes else kind
