"""Infographic from charts, facts and dates: SVG and PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from django.utils.translation import gettext_lazy as _

from nhipcau.paper.typesetting import Form, Job
from nhipcau.publishing.renderers.contract import (
    ALL_OF_HOUSE,
    MediaReader,
    Rendered,
    RenderedFile,
    RenderOptions,
)
from nhipcau.publishing.renderers.errors import NothingToShow, require_sources
from nhipcau.publishing.renderers.imprint import imprint
from nhipcau.publishing.renderers.pages.choosing import DRAWN, left_out
from nhipcau.publishing.renderers.pages.data import PageData, words
from nhipcau.publishing.renderers.pages.setting import HERE, set_pages
from nhipcau.translation.manuscript import Block, Chart, Facts, Manuscript, Timeline
from nhipcau.translation.manuscript.plain import block_lines

_TEMPLATE = Path(__file__).with_name("infographic.typ")
_SVG, _PNG = "image/svg+xml", "image/png"
_MOST_PARTS = 12
_DENSITY = 144  # 1620 pixels wide
_LONGEST_DESCRIPTION = 3000


class Infographic:
    """A drawing that looks the same everywhere.

    The SVG carries its words as shapes and says them again in its title and description, for
    whoever cannot see it.
    """

    slug = "infographic"
    name = _("Infographic (SVG and PNG)")
    media_type = _SVG
    sources = 1
    kinds = frozenset({"infographic", "dataset", "topical", "article"})
    shows = ALL_OF_HOUSE

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        drawn = [block for block in source.blocks if isinstance(block, DRAWN)]
        if not any(isinstance(block, Chart | Facts | Timeline) for block in drawn):
            raise NothingToShow(
                _("An infographic needs a chart, a box of facts or a timeline in the text.")
            )
        collected = PageData(media, options, widest=1600, chart=700)
        data = collected.document(
            source, shown=[collected.block(block, source) for block in drawn[:_MOST_PARTS]]
        )
        data["works"] = [collected.frame(source)]
        job = Job(
            (HERE, _TEMPLATE.parent),
            _TEMPLATE.name,
            data,
            day=options.day,
            pictures=collected.pictures,
            form=Form.SVG,
            script=source.script,
            density=_DENSITY,
        )
        [svg] = set_pages(job, collected).pages
        [png] = set_pages(replace(job, form=Form.PNG), collected).pages
        name = f"{self.slug}-{source.language.lower()}"
        described = _described(
            svg.decode(), source, drawn[:_MOST_PARTS], collected, source.language
        )
        files = (
            RenderedFile(f"{name}.svg", _SVG, described.encode()),
            RenderedFile(f"{name}.png", _PNG, png, role="png"),
        )
        missed = [b for b in source.blocks if b not in drawn[:_MOST_PARTS]]
        return Rendered(files, (*dict.fromkeys(collected.findings), *left_out(missed)))


def _described(
    svg: str, source: Manuscript, shown: Sequence[Block], collected: PageData, language: str
) -> str:
    """The drawing with its words as title and description, who issued it and when at its end."""
    lines = [source.summary]
    for block in shown:
        if isinstance(block, Chart):
            lines.append(str(collected.chart(block, language)["alt"]))
        else:
            lines += block_lines(block)
    said = words(" ".join(line for line in lines if line))[:_LONGEST_DESCRIPTION]
    issued = words(". ".join(map(str, imprint(source))))
    description = " ".join(part for part in (said, issued) if part)
    head, bracket, rest = svg.partition(">")
    return (
        f'{head} role="img" aria-labelledby="infographic-title infographic-words" '
        f'xml:lang="{escape(words(source.language), {chr(34): "&quot;"})}"{bracket}'
        f'<title id="infographic-title">{escape(words(source.title))}</title>'
        f'<desc id="infographic-words">{escape(description)}</desc>{rest}'
    )
