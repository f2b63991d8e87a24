"""The files inside an e-book: chapters, pictures, fonts, style."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nhipcau.paper.fonts import font_files
from nhipcau.paper.linebreaks import needs_breaks, pieces
from nhipcau.publishing.renderers.contract import MediaReader, RenderOptions
from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.publishing.renderers.labels import labels
from nhipcau.publishing.renderers.markup import (
    body_html,
    element,
    escaped,
    imprint_html,
    void,
)
from nhipcau.publishing.renderers.markup.charts import chart_html
from nhipcau.publishing.renderers.markup.elements import language_of
from nhipcau.publishing.renderers.pages.data import evened
from nhipcau.publishing.renderers.pages.pictures import NotAPicture, page_picture
from nhipcau.translation.manuscript import (
    Block,
    Chart,
    Figure,
    FileLink,
    Heading,
    Manuscript,
    Recording,
    RecordingKind,
)

_STYLE = Path(__file__).with_name("book.css")
_WIDEST = 1200
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One file. `title` for what stands in the contents; `properties` as EPUB calls them."""

    name: str
    media_type: str
    content: bytes
    title: str = ""
    properties: str = ""


class Book:
    """Also the dialect of its chapters: pictures become files of the book."""

    def __init__(self, source: Manuscript, media: MediaReader, options: RenderOptions) -> None:
        self.source = source
        self.media = media
        self.options = options
        self.language = source.language
        self.findings: list[RenditionFinding] = []
        self.chapters = 0
        self._pictures: dict[str, Part | None] = {}
        self._charts = 0
        self._fonts = font_files(source.script)

    def parts(self) -> list[Part]:
        """Every file, chapters first and in order."""
        chapters = [self._front(), *self._chapters()]
        self.chapters = len(chapters) - 1
        pictures = [part for part in self._pictures.values() if part]
        fonts = [Part(f"fonts/{path.name}", "font/ttf", path.read_bytes()) for path in self._fonts]
        style = _STYLE.read_text(encoding="utf-8") + "".join(
            f'@font-face {{ font-family: "Book"; font-weight: {_weight(path)}; '
            f'src: url("fonts/{path.name}"); }}\n'
            for path in self._fonts
        )
        return [*chapters, *pictures, *fonts, Part("book.css", "text/css", style.encode())]

    # The dialect.

    def words(self, text: str) -> str:
        if needs_breaks(text):
            # Many reading devices do not know where words end in these scripts.
            cut = pieces(text, self.language)
            return "<wbr/>".join(escaped(piece) for piece in cut)
        return escaped(text)

    def image(self, figure: Figure) -> str:
        part = self._picture(figure.media) if figure.media else None
        if part is None:
            self._note(RenditionFindingKind.MISSING_PICTURE, figure.alt or figure.caption)
            return element("p", self.words(figure.alt or figure.caption), class_="missing-picture")
        if not figure.alt and not figure.decorative:
            self._note(RenditionFindingKind.MISSING_ALT, figure.caption or figure.media)
        alt = "" if figure.decorative else figure.alt or figure.caption or "—"
        return void("img", src=part.name, alt=alt)

    def recording(self, block: Recording) -> str:
        """Sound and film stay on the web: a link, and what is said in them."""
        names = labels(self.language)
        verb = names["listen" if block.kind == RecordingKind.AUDIO else "watch"]
        title = f"{verb}: {block.title}" if block.title else verb
        lines = [
            element("p", element("a", self.words(title), href=self.options.address)),
            *(element("p", self.words(part)) for part in (block.caption, block.credit) if part),
        ]
        if block.transcript:
            lines.append(element("p", escaped(names["transcript"]), class_="part-title"))
            lines += [
                element("p", self.words("".join(run.text for run in paragraph.runs)))
                for paragraph in block.transcript
            ]
        return element("section", *lines, class_="recording")

    def file(self, block: FileLink) -> str:
        label = f"{labels(self.language)['file']}: "
        link = element("a", self.words(block.title or "—"), href=self.options.address)
        return element("p", escaped(label), link, class_="file")

    def chart(self, block: Chart) -> str:
        self._charts += 1
        return chart_html(block, self, prefix=f"chart{self._charts}")

    # The files.

    def _front(self) -> Part:
        source = self.source
        head = element("h1", self.words(_title(source, self.options)))
        summary = (
            element("p", self.words(source.summary), class_="summary") if source.summary else ""
        )
        house = element("p", escaped(self.options.house.name), class_="house")
        back = element("p", element("a", escaped(self.options.address), href=self.options.address))
        body = element(
            "section", house, head, summary, imprint_html(source, self), back, class_="front"
        )
        return self._page("front.xhtml", _title(source, self.options), body)

    def _chapters(self) -> Iterator[Part]:
        for number, (title, blocks) in enumerate(_chapters(evened(self.source.blocks)), 1):
            body = body_html(blocks, self)
            named = title or _title(self.source, self.options)
            properties = "svg" if "<svg" in body else ""
            yield self._page(f"chapter{number:03}.xhtml", named, body, properties)

    def _page(self, name: str, title: str, body: str, properties: str = "") -> Part:
        language = language_of(self.language) or "vi"
        page = (
            '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
            '<html xmlns="http://www.w3.org/1999/xhtml" '
            f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">'
            f'<head><meta charset="utf-8"/><title>{escaped(title)}</title>'
            '<link rel="stylesheet" type="text/css" href="book.css"/></head>'
            f"<body>{_xml_languages(body)}</body></html>\n"
        )
        return Part(name, "application/xhtml+xml", page.encode(), title, properties)

    def _picture(self, key: str) -> Part | None:
        if key not in self._pictures:
            found = self.media.picture(key, widest=_WIDEST)
            part = None
            if found:
                try:
                    ending, content = page_picture(found, widest=_WIDEST)
                except NotAPicture:
                    pass
                else:
                    name = f"pictures/{len(self._pictures) + 1:03}.{ending}"
                    media_type = mimetypes.types_map[f".{ending}"]
                    part = Part(name, media_type, content)
            self._pictures[key] = part
        return self._pictures[key]

    def _note(self, kind: RenditionFindingKind, shown: str) -> None:
        self.findings.append(RenditionFinding(kind, shown[:_SHOWN]))


def _title(source: Manuscript, options: RenderOptions) -> str:
    return source.title.strip() or options.house.name or "—"


def _chapters(blocks: list[Block]) -> Iterator[tuple[str, list[Block]]]:
    title, chapter = "", list[Block]()
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            if chapter:
                yield title, chapter
            title, chapter = block.text.strip(), []
        chapter.append(block)
    if chapter:
        yield title, chapter


def _weight(path: Path) -> str:
    return "bold" if "Bold" in path.name else "normal"


def _xml_languages(body: str) -> str:
    """XML says the language by its own attribute as well."""
    return re.sub(r' lang="([A-Za-z0-9-]+)"', r' lang="\1" xml:lang="\1"', body)
