"""Poster, A2 upright, as PDF."""

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
from nhipcau.publishing.renderers.pages.choosing import lead_figure, left_out
from nhipcau.publishing.renderers.pages.data import PageData
from nhipcau.publishing.renderers.pages.setting import PDF, pdf_job, printed, set_to_fit
from nhipcau.translation.manuscript import Block, CallOut, CallOutKind, Facts, Manuscript

_TEMPLATE = Path(__file__).with_name("poster.typ")
_SIZES = (1.0, 0.85, 0.7, 0.55, 0.4)
_WIDEST = 2400  # 145 dots per inch, for eyes a metre away


class Poster:
    """Title, summary, first picture, the first facts, warnings and contacts, code.

    Not the text: whoever stands before a poster reads forty words.
    """

    slug = "poster"
    name = _("Poster, A2 (PDF)")
    media_type = PDF
    sources = 1
    kinds = frozenset({"poster", "billboard"})
    shows = ALL_OF_HOUSE

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        collected = PageData(media, options, widest=_WIDEST, chart=520)
        lead = lead_figure(source)
        facts = [block for block in source.blocks if isinstance(block, Facts)][:1]
        notes = [
            block
            for block in source.blocks
            if isinstance(block, CallOut) and block.kind != CallOutKind.NOTE
        ][:2]
        chosen: list[Block] = [*facts, *notes]
        data = collected.document(
            source,
            lead=collected.figure(lead) if lead else None,
            shown=[collected.block(block, source) for block in chosen],
        )
        data["works"] = [collected.frame(source)]
        job = pdf_job(_TEMPLATE, data, collected, options, source.script)
        made = set_to_fit(job, collected, _SIZES)
        missed = [b for b in source.blocks if b is not lead and b not in chosen]
        files = printed(f"{self.slug}-{source.language.lower()}", made, options)
        return Rendered(files, (*collected.findings, *left_out(missed)), {"pages": 1})
