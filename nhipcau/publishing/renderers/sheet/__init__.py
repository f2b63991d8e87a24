"""A4 sheet, one leaf with two sides, as PDF."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.renderers.contract import (
    ALL_OF_HOUSE,
    MediaReader,
    Rendered,
    RenderOptions,
)
from nhipcau.publishing.renderers.errors import require_room, require_sources
from nhipcau.publishing.renderers.pages.data import PageData
from nhipcau.publishing.renderers.pages.setting import PDF, pages_of, pdf_job, printed, set_to_fit
from nhipcau.translation.manuscript import Manuscript, plain_text, word_count

_TEMPLATE = Path(__file__).with_name("sheet.typ")
_SIZES = (10.5, 9.5, 8.5)
_FEW_WORDS = 260  # one wide column in large type, instead of two half empty ones
_LARGE = 13.0
_MOST_WORDS = 3000  # more can never fit, so no page is set in vain
_WIDEST = 1000


class Sheet:
    slug = "sheet"
    name = _("Sheet, A4 (PDF)")
    media_type = PDF
    sources = 1
    kinds = frozenset(
        {
            "news",
            "article",
            "feature",
            "bulletin",
            "topical",
            "leaflet",
            "branded",
            "dataset",
            "map",
        }
    )
    shows = ALL_OF_HOUSE

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        require_room(source, words=_MOST_WORDS)
        collected = PageData(media, options, widest=_WIDEST, chart=400)
        few = word_count(plain_text(source)) < _FEW_WORDS
        data = collected.document(source, columns=1 if few else 2)
        job = pdf_job(_TEMPLATE, data, collected, options, source.script)
        made = set_to_fit(job, collected, (_LARGE, *_SIZES) if few else _SIZES)
        files = printed(f"{self.slug}-{source.language.lower()}", made, options)
        return Rendered(files, tuple(collected.findings), {"pages": pages_of(files)})
