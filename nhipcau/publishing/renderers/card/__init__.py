"""Card for social pages: PNG, 1200 x 630."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from nhipcau.paper.typesetting import Form, Job
from nhipcau.publishing.renderers.contract import (
    ALL_OF_HOUSE,
    MediaReader,
    Rendered,
    RenderedFile,
    RenderOptions,
)
from nhipcau.publishing.renderers.errors import require_sources
from nhipcau.publishing.renderers.findings import RenditionFindingKind
from nhipcau.publishing.renderers.pages.choosing import lead_figure
from nhipcau.publishing.renderers.pages.data import PageData
from nhipcau.publishing.renderers.pages.setting import HERE, set_pages
from nhipcau.translation.manuscript import Manuscript

_TEMPLATE = Path(__file__).with_name("card.typ")
_PNG = "image/png"
_LONGEST_TITLE = 180  # fits at the smallest size of type, in every script


class Card:
    slug = "card"
    name = _("Card for social pages (PNG)")
    media_type = _PNG
    sources = 1
    kinds: frozenset[str] = frozenset()
    shows = ALL_OF_HOUSE

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        collected = PageData(media, options, widest=960, chart=400)
        lead = lead_figure(source)
        data = collected.document(lead=collected.figure(lead) if lead else None)
        frame = collected.frame(source)
        title = frame["title"]
        if len(title) > _LONGEST_TITLE:
            frame["title"] = title[: _LONGEST_TITLE - 1].rstrip() + "…"
            collected.note(RenditionFindingKind.SHORTENED, title[_LONGEST_TITLE - 1 :])
        data["works"] = [frame]
        job = Job(
            (HERE, _TEMPLATE.parent),
            _TEMPLATE.name,
            data,
            day=options.day,
            pictures=collected.pictures,
            form=Form.PNG,
            script=source.script,
            density=72,
        )
        [content] = set_pages(job, collected).pages
        file = RenderedFile(f"{self.slug}-{source.language.lower()}.png", _PNG, content)
        return Rendered((file,), tuple(collected.findings))
