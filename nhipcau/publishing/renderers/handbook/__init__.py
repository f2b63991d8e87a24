"""A5 handbook with cover and contents, as PDF."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.renderers.contract import (
    ALL_OF_HOUSE,
    MediaReader,
    Rendered,
    RenderOptions,
)
from nhipcau.publishing.renderers.errors import require_sources
from nhipcau.publishing.renderers.pages.data import PageData
from nhipcau.publishing.renderers.pages.setting import PDF, pages_of, pdf_job, printed, set_pages
from nhipcau.translation.manuscript import Heading, Manuscript, plain_text, word_count

_TEMPLATE = Path(__file__).with_name("handbook.typ")
_WORDS_OF_A_CHAPTER = 150  # shorter ones follow each other on the page
_WIDEST = 1400  # pixels over 114 mm: 300 dots per inch


class Handbook:
    slug = "handbook"
    name = _("Handbook, A5 (PDF)")
    media_type = PDF
    sources = 1
    kinds = frozenset({"handbook", "topical", "book", "feature"})
    shows = ALL_OF_HOUSE

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        collected = PageData(media, options, widest=_WIDEST, chart=430)
        chapters = sum(1 for block in source.blocks if isinstance(block, Heading))
        words = word_count(plain_text(source))
        data = collected.document(
            source,
            contents=chapters > 0,
            new_pages=chapters > 0 and words // chapters >= _WORDS_OF_A_CHAPTER,
        )
        made = set_pages(pdf_job(_TEMPLATE, data, collected, options, source.script), collected)
        files = printed(f"{self.slug}-{source.language.lower()}", made, options)
        return Rendered(files, tuple(collected.findings), {"pages": pages_of(files)})
