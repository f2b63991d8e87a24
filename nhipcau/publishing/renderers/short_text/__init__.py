"""Short text for messages to phones.

The sender, the title, the summary if there is room, the way to the whole. The unaccented form is
offered beside it and never takes its place.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.renderers.contract import (
    HousePart,
    MediaReader,
    Rendered,
    RenderedFile,
    RenderOptions,
)
from nhipcau.publishing.renderers.errors import NothingToShow, require_sources
from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.publishing.renderers.short_text.messages import message, without_accents
from nhipcau.translation.manuscript import Manuscript, clean

_TEXT = "text/plain; charset=utf-8"
_MOST_PARTS = 3


class ShortText:
    slug = "short-text"
    name = _("Short message (SMS)")
    media_type = _TEXT
    sources = 1
    kinds = frozenset({"news", "bulletin", "broadcast"})
    shows = frozenset({HousePart.NAME})

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        title, summary = _line(source.title), _line(source.summary)
        if not title and not summary:
            raise NothingToShow(_("A message needs a title or a summary."))
        sender = _line(source.issuer) or _line(options.house.name)
        address = re.sub(r"^https?://", "", options.address)
        findings: list[RenditionFinding] = []

        def composed(*said: str) -> str:
            return " ".join(
                part for part in (f"{sender}:" if sender else "", *said, address) if part
            )

        text = composed(_stopped(title), _stopped(summary))
        if len(message(text).parts) > _MOST_PARTS and title:
            if summary:
                findings.append(_shortened(summary))
            text = composed(_stopped(title))
        while len(message(text).parts) > _MOST_PARTS:
            kept = _cut(text, address)
            findings = [_shortened(title or summary)]
            text = kept
        sent = message(text)
        files = [RenderedFile(f"{self.slug}.txt", _TEXT, text.encode())]
        measures = {"parts": len(sent.parts), "units": sent.units}
        plain = without_accents(text)
        if plain and plain != text:
            cheaper = message(plain)
            measures |= {"unaccented_parts": len(cheaper.parts), "unaccented_units": cheaper.units}
            files.append(
                RenderedFile(
                    f"{self.slug}-unaccented.txt", _TEXT, plain.encode(), role="unaccented"
                )
            )
            if len(cheaper.parts) < len(sent.parts):
                findings.append(
                    RenditionFinding(
                        RenditionFindingKind.LONG_MESSAGE,
                        str(len(sent.parts)),
                        details={"limit": str(len(cheaper.parts))},
                    )
                )
        return Rendered(tuple(files), tuple(findings), measures)


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _stopped(text: str) -> str:
    if not text or text[-1] in ".!?…。！？":
        return text
    return f"{text}."


def _shortened(words: str) -> RenditionFinding:
    return RenditionFinding(RenditionFindingKind.SHORTENED, words[:200])


def _cut(text: str, address: str) -> str:
    """What fits into the most parts, with “…” and the whole address."""
    low, high = 0, min(len(text), _MOST_PARTS * 160)
    while low < high:
        middle = (low + high + 1) // 2
        if len(message(f"{text[:middle].rstrip()}… {address}").parts) <= _MOST_PARTS:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}… {address}"
