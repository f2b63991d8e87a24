"""EPUB 3 for handbooks and books."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.renderers.contract import (
    HousePart,
    MediaReader,
    Rendered,
    RenderedFile,
    RenderOptions,
)
from nhipcau.publishing.renderers.epub.book import Book
from nhipcau.publishing.renderers.epub.package import EPUB, packed
from nhipcau.publishing.renderers.errors import require_sources
from nhipcau.translation.manuscript import Manuscript


class Epub:
    """One chapter a file, cut at headings of the second level."""

    slug = "epub"
    name = _("E-book (EPUB)")
    media_type = EPUB
    sources = 1
    kinds = frozenset({"handbook", "topical", "book", "feature", "bulletin", "article"})
    shows = frozenset({HousePart.NAME})

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        book = Book(source, media, options)
        content = packed(book.parts(), source, options)
        file = RenderedFile(f"{self.slug}-{source.language.lower()}.epub", EPUB, content)
        return Rendered((file,), tuple(book.findings), {"chapters": book.chapters})
