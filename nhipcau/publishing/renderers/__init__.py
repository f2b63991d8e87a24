"""The forms in which approved words leave the house: `every_renderer()`, `renderer(slug)`."""

from nhipcau.publishing.renderers.listed import every_renderer, renderer

__all__ = ["every_renderer", "renderer"]
