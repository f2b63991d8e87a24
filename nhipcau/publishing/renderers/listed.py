"""The renderers that settings list, in their order."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from nhipcau.publishing.renderers.contract import Renderer


@lru_cache(maxsize=1)
def every_renderer() -> tuple[Renderer, ...]:
    return tuple(import_string(path)() for path in settings.RENDERERS)


def renderer(slug: str) -> Renderer:
    """Raises KeyError for a slug that settings do not list (any more)."""
    return {listed.slug: listed for listed in every_renderer()}[slug]
