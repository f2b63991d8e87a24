"""Manuscripts as semantic HTML that is XHTML as well: for web pages and e-books."""

from nhipcau.publishing.renderers.markup.blocks import Dialect, body_html, imprint_html, runs_html
from nhipcau.publishing.renderers.markup.elements import element, escaped, void

__all__ = [
    "Dialect",
    "body_html",
    "element",
    "escaped",
    "imprint_html",
    "runs_html",
    "void",
]
