"""Tri-fold leaflet on A4, both sides, as PDF."""

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
from nhipcau.publishing.renderers.pages.choosing import lead_figure, left_out
from nhipcau.publishing.renderers.pages.data import PageData
from nhipcau.publishing.renderers.pages.setting import PDF, pdf_job, printed, set_to_fit
from nhipcau.translation.manuscript import (
    Block,
    CallOut,
    CallOutKind,
    Facts,
    Manuscript,
    Recording,
    Timeline,
    plain_text,
    word_count,
)

_TEMPLATE = Path(__file__).with_name("leaflet.typ")
_SIZES = (10.0, 9.2, 8.4, 7.8)
_FEW_WORDS = 350
_LARGE = (12.5, 11.2)
_MOST_WORDS = 1500
_WIDEST = 1200
_FLAP = (Facts, Timeline)


class Leaflet:
    """What stands on which panel.

    Cover: emblem, title, first picture. Inside: the text. Flap: figures, dates and notes. Back:
    whom to ask, code, imprint.
    """

    slug = "leaflet"
    name = _("Leaflet folded in three, A4 (PDF)")
    media_type = PDF
    sources = 1
    kinds = frozenset({"leaflet"})
    shows = ALL_OF_HOUSE

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        require_room(source, words=_MOST_WORDS)
        collected = PageData(media, options, widest=_WIDEST, chart=330)
        lead = lead_figure(source)
        panels: dict[str, list[Block]] = {"flap": [], "back": [], "inside": []}
        for block in source.blocks:
            if block is not lead:
                panels[_panel(block)].append(block)
        data = collected.document(
            source,
            lead=collected.figure(lead) if lead else None,
            **{
                name: [collected.block(block, source) for block in blocks]
                for name, blocks in panels.items()
            },
        )
        job = pdf_job(_TEMPLATE, data, collected, options, source.script)
        few = word_count(plain_text(source)) < _FEW_WORDS
        made = set_to_fit(job, collected, (*_LARGE, *_SIZES) if few else _SIZES)
        spoken = [b for b in source.blocks if isinstance(b, Recording) and b.transcript]
        files = printed(f"{self.slug}-{source.language.lower()}", made, options)
        findings = (*collected.findings, *left_out(spoken))
        return Rendered(files, findings, {"pages": 2})


def _panel(block: Block) -> str:
    if isinstance(block, CallOut):
        return "back" if block.kind == CallOutKind.CONTACT else "flap"
    return "flap" if isinstance(block, _FLAP) else "inside"
