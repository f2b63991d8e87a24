"""The web page's own part: one article of semantic HTML, without frame, styles or scripts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.renderers.contract import (
    MediaReader,
    Rendered,
    RenderedFile,
    RenderOptions,
)
from nhipcau.publishing.renderers.errors import require_sources
from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.publishing.renderers.labels import labels
from nhipcau.publishing.renderers.markup import body_html, element, escaped, imprint_html, void
from nhipcau.publishing.renderers.markup.charts import chart_html
from nhipcau.publishing.renderers.markup.elements import language_of
from nhipcau.publishing.renderers.pages.data import evened
from nhipcau.translation.manuscript import Chart, Figure, FileLink, Manuscript, Recording

_HTML = "text/html; charset=utf-8"
_SIZES = "(min-width: 50em) 44rem, 100vw"


class WebPage:
    """The website puts it into its frame; `lang` stands on it, whatever the frame's language is."""

    slug = "web-page"
    name = _("Web page")
    media_type = _HTML
    sources = 1
    kinds: frozenset[str] = frozenset()

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        dialect = WebDialect(source.language, media)
        page = element(
            "article",
            element(
                "header",
                element("h1", dialect.words(source.title)) if source.title.strip() else "",
                element("p", dialect.words(source.summary), class_="summary")
                if source.summary
                else "",
            ),
            body_html(evened(source.blocks), dialect),
            imprint_html(source, dialect),
            class_="work",
            lang=language_of(source.language),
        )
        file = RenderedFile(f"{self.slug}.html", _HTML, page.encode())
        return Rendered((file,), tuple(dialect.findings))


class WebDialect:
    def __init__(self, language: str, media: MediaReader) -> None:
        self.language = language
        self.media = media
        self.findings: list[RenditionFinding] = []
        self.charts = 0

    def words(self, text: str) -> str:
        return escaped(text)

    def image(self, figure: Figure) -> str:
        found = self.media.address(figure.media) if figure.media else None
        if found is None:
            self._note(RenditionFindingKind.MISSING_PICTURE, figure.alt or figure.caption)
            return element("p", escaped(figure.alt or figure.caption), class_="missing-picture")
        if not figure.alt and not figure.decorative:
            self._note(RenditionFindingKind.MISSING_ALT, figure.caption or figure.media)
        widths = [f"{address} {width}w" for width, address in found.widths]
        if widths and found.width:
            widths.append(f"{found.address} {found.width}w")
        return void(
            "img",
            src=found.address,
            srcset=", ".join(widths) or None,
            sizes=_SIZES if widths else None,
            width=found.width or None,
            height=found.height or None,
            alt="" if figure.decorative else figure.alt or figure.caption,
            loading="lazy",
            decoding="async",
        )

    def recording(self, block: Recording) -> str:
        found = self.media.address(block.media) if block.media else None
        names = labels(self.language)
        title = block.title or names["listen" if block.kind == "audio" else "watch"]
        parts: list[str] = []
        if found:
            poster = self.media.address(block.poster) if block.poster else None
            tracks = (
                void(
                    "track",
                    kind="subtitles",
                    src=track.address,
                    srclang=language_of(track.language),
                    label=track.label,
                )
                for track in found.tracks
            )
            source = void("source", src=found.address, type=found.media_type)
            parts.append(
                element(
                    block.kind.value,
                    source,
                    *tracks,
                    controls="controls",
                    preload="none",
                    poster=poster.address if poster else None,
                    aria_label=title,
                )
            )
        else:
            self._note(RenditionFindingKind.MISSING_PICTURE, title)
        words = [element("strong", self.words(title))]
        words += [self.words(part) for part in (block.caption, block.credit) if part]
        parts.append(element("figcaption", " · ".join(words)))
        if block.transcript:
            lines = (
                element("p", self.words("".join(run.text for run in paragraph.runs)))
                for paragraph in block.transcript
            )
            parts.append(element("details", element("summary", names["transcript"]), *lines))
        return element("figure", *parts, class_=f"recording {block.kind.value}")

    def file(self, block: FileLink) -> str:
        found = self.media.address(block.media) if block.media else None
        label = f"{labels(self.language)['file']}: "
        if found is None:
            self._note(RenditionFindingKind.MISSING_PICTURE, block.title)
            return element("p", label, escaped(block.title), class_="file")
        size = f" ({_size(found.bytes)})" if found.bytes else ""
        link = element(
            "a", escaped(block.title or found.address), href=found.address, type=found.media_type
        )
        return element("p", label, link, size, class_="file")

    def chart(self, block: Chart) -> str:
        self.charts += 1
        return chart_html(block, self, prefix=f"chart{self.charts}")

    def _note(self, kind: RenditionFindingKind, shown: str) -> None:
        self.findings.append(RenditionFinding(kind, shown[:200]))


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} KB"
