"""Two languages side by side on A4, as PDF."""

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
from nhipcau.publishing.renderers.findings import RenditionFindingKind
from nhipcau.publishing.renderers.pages.choosing import is_same_picture
from nhipcau.publishing.renderers.pages.data import PageData, evened
from nhipcau.publishing.renderers.pages.setting import PDF, pages_of, pdf_job, printed, set_pages
from nhipcau.publishing.renderers.parallel.aligning import aligned
from nhipcau.translation.manuscript import Block, Manuscript
from nhipcau.translation.manuscript.plain import block_lines

_TEMPLATE = Path(__file__).with_name("parallel.typ")
_WIDEST = 1600


class Parallel:
    """Việt-Trung, Việt-Anh, Việt-Lào: each part beside its counterpart, one picture for both."""

    slug = "parallel"
    name = _("Bilingual edition, side by side, A4 (PDF)")
    media_type = PDF
    sources = 2
    kinds = frozenset(
        {"news", "article", "feature", "bulletin", "topical", "handbook", "leaflet", "book"}
    )
    shows = ALL_OF_HOUSE

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        left, right = sources
        collected = PageData(media, options, widest=_WIDEST, chart=340)
        rows = []
        for one, other in aligned(evened(left.blocks), evened(right.blocks)):
            if one is None or other is None:
                lonely: Block | None = one or other
                beginning = next(block_lines(lonely), "") if lonely else ""
                collected.note(RenditionFindingKind.WITHOUT_COUNTERPART, beginning)
            rows.append(
                [
                    collected.block(one, left) if one else None,
                    collected.block(other, right) if other else None,
                    is_same_picture(one, other),
                ]
            )
        data = collected.document(rows=rows)
        data["works"] = [collected.frame(left), collected.frame(right)]
        script = right.script if left.script == "Latn" else left.script
        made = set_pages(pdf_job(_TEMPLATE, data, collected, options, script), collected)
        pair = f"{left.language.lower()}-{right.language.lower()}"
        files = printed(f"{self.slug}-{pair}", made, options)
        return Rendered(files, tuple(collected.findings), {"pages": pages_of(files)})
