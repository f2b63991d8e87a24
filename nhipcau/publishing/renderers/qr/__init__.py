"""QR code that leads to the permanent address: SVG and PNG."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.renderers.contract import (
    HousePart,
    MediaReader,
    Rendered,
    RenderedFile,
    RenderOptions,
)
from nhipcau.publishing.renderers.errors import require_sources
from nhipcau.publishing.renderers.qr_code import qr_png, qr_svg
from nhipcau.translation.manuscript import Manuscript

_SVG, _PNG = "image/svg+xml", "image/png"


class QR:
    slug = "qr"
    name = _("QR code (SVG and PNG)")
    media_type = _SVG
    sources = 1
    kinds: frozenset[str] = frozenset()
    shows: frozenset[HousePart] = frozenset()

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        return Rendered(
            (
                RenderedFile(f"{self.slug}.svg", _SVG, qr_svg(options.address)),
                RenderedFile(f"{self.slug}.png", _PNG, qr_png(options.address), role="png"),
            )
        )
