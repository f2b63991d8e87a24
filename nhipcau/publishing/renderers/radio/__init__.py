"""Radio script: the text prepared for reading aloud, and how long that takes."""

from __future__ import annotations

import math

from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.renderers.contract import (
    HousePart,
    MediaReader,
    Rendered,
    RenderedFile,
    RenderOptions,
)
from nhipcau.publishing.renderers.errors import require_sources
from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.publishing.renderers.labels import labels
from nhipcau.publishing.renderers.radio.script import script_lines
from nhipcau.publishing.renderers.radio.spoken import spoken
from nhipcau.translation.manuscript import Manuscript, clean, word_count

_TEXT = "text/plain; charset=utf-8"


class RadioScript:
    slug = "radio-script"
    name = _("Radio script")
    media_type = _TEXT
    sources = 1
    kinds = frozenset({"news", "article", "feature", "bulletin", "broadcast", "topical", "leaflet"})
    shows: frozenset[HousePart] = frozenset()

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        lines = [clean(line) for line in script_lines(source)]
        findings: list[RenditionFinding] = []
        if source.language.partition("-")[0] == "vi":
            readings = [spoken(line) for line in lines]
            lines = [reading.text for reading in readings]
            unknown = dict.fromkeys(word for reading in readings for word in reading.unknown)
            if unknown:
                findings.append(
                    RenditionFinding(
                        RenditionFindingKind.UNKNOWN_ABBREVIATION, ", ".join(list(unknown)[:30])
                    )
                )
        elif any(character.isdigit() for line in lines for character in line):
            findings.append(
                RenditionFinding(RenditionFindingKind.READ_AS_WRITTEN, source.language[:40])
            )
        lines = [line for line in lines if line]
        words = sum(word_count(line) for line in lines)
        seconds = math.ceil(words * 60 / max(options.words_a_minute, 1))
        names = labels(source.language)
        pace = f"{options.words_a_minute} {names['words']}/{names['minute']}"
        length = f"{seconds // 60}:{seconds % 60:02}"
        head = f"[{names['duration']}: {length} – {words} {names['words']}, {pace}]"
        text = "\n\n".join([head, *lines]) + "\n"
        file = RenderedFile(f"{self.slug}-{source.language.lower()}.txt", _TEXT, text.encode())
        return Rendered((file,), tuple(findings), {"seconds": seconds, "words": words})
