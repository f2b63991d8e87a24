"""The web page: one article of semantic HTML, and as a file a page that needs nothing beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.renderers.contract import (
    HousePart,
    MediaReader,
    Purpose,
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
from nhipcau.registry.rules.colours import on_dark
from nhipcau.translation.manuscript import (
    Chart,
    Figure,
    FileLink,
    Manuscript,
    Recording,
    RecordingKind,
)

_HTML = "text/html; charset=utf-8"
_SIZES = "(min-width: 50em) 44rem, 100vw"
_STYLE = Path(__file__).with_name("page.css")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class WebPage:
    """A page to keep: one file with its style and its pictures in it, which loads nothing.

    It opens on any machine, from a stick or a letter, and says where the newest version stands;
    sound, film and files are reached there. For `Purpose.DRAFT` it is the article alone, for a
    page of the house that frames it; `lang` stands on it, whatever the frame's language is.
    """

    slug = "web-page"
    name = _("Web page")
    media_type = _HTML
    sources = 1
    kinds: frozenset[str] = frozenset()
    shows = frozenset({HousePart.NAME, HousePart.COLOUR})

    def render(
        self, sources: tuple[Manuscript, ...], media: MediaReader, options: RenderOptions
    ) -> Rendered:
        require_sources(len(sources), self.sources)
        [source] = sources
        if options.purpose is Purpose.DRAFT:
            dialect = WebDialect(source.language, media)
            page = article(source, dialect)
        else:
            dialect = WebDialect(source.language, media, home=options.address)
            page = _whole(source, article(source, dialect), options)
        name = f"{self.slug}-{source.language.lower()}.html"
        return Rendered((RenderedFile(name, _HTML, page.encode()),), tuple(dialect.findings))


def article(source: Manuscript, dialect: WebDialect) -> str:
    """The words of a page without frame, styles and scripts."""
    return element(
        "article",
        element(
            "header",
            element("h1", dialect.words(source.title)) if source.title.strip() else "",
            element("p", dialect.words(source.summary), class_="summary") if source.summary else "",
        ),
        body_html(evened(source.blocks), dialect),
        imprint_html(source, dialect),
        class_="work",
        lang=language_of(source.language),
    )


def _whole(source: Manuscript, words: str, options: RenderOptions) -> str:
    """The page around the article; XHTML as well, so that strict readers take it."""
    language = language_of(source.language) or "vi"
    names = labels(source.language)
    colour = options.house.colour if _COLOUR.fullmatch(options.house.colour) else "#23407a"
    link = element("a", escaped(options.address), href=options.address)
    home = element("p", escaped(names["newest"]), " ", link)
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", escaped(source.title or options.house.name or options.address)),
        element(
            "style", f":root{{--house:{colour};--house-on-dark:{on_dark(colour)}}}\n{_style()}"
        ),
    )
    body = element(
        "body",
        element("p", escaped(options.house.name), class_="house") if options.house.name else "",
        element("main", words),
        element("footer", home, class_="home") if options.address else "",
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=language)}\n"


@lru_cache(maxsize=1)
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


class WebDialect:
    """`home` is where a page that is kept as a file sends its readers for what no file holds.

    Such a page is whole or not released: a picture that is not in it is a flaw.
    """

    def __init__(self, language: str, media: MediaReader, *, home: str = "") -> None:
        self.language = language
        self.media = media
        self.home = home
        self.findings: list[RenditionFinding] = []
        self.charts = 0

    def words(self, text: str) -> str:
        return escaped(text)

    def image(self, figure: Figure) -> str:
        found = self.media.address(figure.media) if figure.media else None
        if found is None:
            self._note(
                RenditionFindingKind.MISSING_PICTURE,
                figure.alt or figure.caption,
                blocking=bool(self.home),
            )
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
        names = labels(self.language)
        title = block.title or names["listen" if _is_sound(block) else "watch"]
        words = [element("strong", self.words(title))]
        words += [self.words(part) for part in (block.caption, block.credit) if part]
        parts = [self._player(block, title), element("figcaption", " · ".join(words))]
        if block.transcript:
            lines = (
                element("p", self.words("".join(run.text for run in paragraph.runs)))
                for paragraph in block.transcript
            )
            said = element("summary", names["transcript"])
            # Who keeps the page cannot play the film in it: what is said stands open.
            parts.append(element("details", said, *lines, open="open" if self.home else None))
        return element("figure", *parts, class_=f"recording {block.kind.value}")

    def _player(self, block: Recording, title: str) -> str:
        """What plays it; in a file that is kept its poster, and where it can be played."""
        poster = self.media.address(block.poster) if block.poster else None
        if self.home:
            still = poster and void(
                "img", src=poster.address, alt="", width=poster.width or None,
                height=poster.height or None,
            )  # fmt: skip
            verb = labels(self.language)["listen" if _is_sound(block) else "watch"]
            words = self.words(f"{verb}: {self.home}")
            return element("a", still or "", element("span", words), href=self.home)
        found = self.media.address(block.media) if block.media else None
        if found is None:
            self._note(RenditionFindingKind.MISSING_PICTURE, title)
            return ""
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
        return element(
            block.kind.value,
            void("source", src=found.address, type=found.media_type),
            *tracks,
            controls="controls",
            preload="none",
            poster=poster.address if poster else None,
            aria_label=title,
        )

    def file(self, block: FileLink) -> str:
        label = f"{labels(self.language)['file']}: "
        if self.home:
            link = element("a", self.words(block.title or self.home), href=self.home)
            return element("p", label, link, class_="file")
        found = self.media.address(block.media) if block.media else None
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

    def _note(self, kind: RenditionFindingKind, shown: str, *, blocking: bool = False) -> None:
        self.findings.append(RenditionFinding(kind, shown[:200], blocking=blocking))


def _is_sound(block: Recording) -> bool:
    return block.kind == RecordingKind.AUDIO


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} KB"
