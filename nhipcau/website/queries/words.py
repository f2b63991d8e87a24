"""Public words as markup for a page of the portal, and the table of their contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from nhipcau.publishing.renderers.contract import MediaReader
from nhipcau.publishing.renderers.labels import labels
from nhipcau.publishing.renderers.markup import element
from nhipcau.publishing.renderers.markup.blocks import block_html
from nhipcau.publishing.renderers.pages.data import evened
from nhipcau.publishing.renderers.web_page import WebDialect
from nhipcau.translation.manuscript import (
    Block,
    Figure,
    Heading,
    Recording,
    RecordingKind,
    Table,
)

_THOUSAND, _MILLION = 1_000, 1_000_000
PHONE = 800  # pixels that a phone shows of a picture
OUTLINE_FROM = 3  # sections from which a text is worth a table of contents


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a text, for its table of contents."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Words:
    """The body as markup; `outline` is empty where a text is short."""

    html: SafeString
    outline: Sequence[Part]


class NoMedia:
    """Words of the portal itself show no media: those leave with releases only."""

    def picture(self, key: str, *, widest: int) -> None:
        return None

    def address(self, key: str) -> None:
        return None


NO_MEDIA = NoMedia()


def no_medium(_kind: str, _number: int, /) -> None:
    """What `from_body` is told of any medium in such words."""


class PageDialect(WebDialect):
    """A page of the portal: released copies in all their widths."""


class LightDialect(WebDialect):
    """The same for a bad line: nothing is loaded before somebody asks for it.

    A picture is its description with a link, sound and film are links with what they weigh.
    """

    def image(self, figure: Figure) -> str:
        if figure.decorative:
            return ""
        found = self.media.address(figure.media) if figure.media else None
        said = self.words(figure.alt or figure.caption)
        if found is None:
            return element("p", said, class_="missing-picture")
        weight = f" ({size_words(found.bytes)})" if found.bytes else ""
        narrow = next((each for width, each in found.widths if width >= PHONE), found.address)
        return element(
            "p",
            element("a", self.words(labels(self.language)["picture"]), weight, href=narrow),
            " ",
            said,
            class_="asked-picture",
        )

    def _player(self, block: Recording, title: str) -> str:
        found = self.media.address(block.media) if block.media else None
        if found is None:
            return super()._player(block, title)
        names = labels(self.language)
        verb = names["listen" if block.kind == RecordingKind.AUDIO else "watch"]
        weight = f" ({size_words(found.bytes)})" if found.bytes else ""
        link = element("a", self.words(verb), weight, href=found.address, type=found.media_type)
        return element("p", link)


def words_of(
    blocks: Iterable[Block], *, language: str, media: MediaReader, is_light: bool = False
) -> Words:
    """The body of a text in the language; everything in it is escaped. No query."""
    dialect = (LightDialect if is_light else PageDialect)(language, media)
    parts: list[str] = []
    outline: list[Part] = []
    for block in evened(tuple(blocks)):
        if isinstance(block, Heading):
            anchor = f"p{len(outline) + 1}"
            outline.append(Part(anchor, block.text, block.level))
            parts.append(element(f"h{block.level}", dialect.words(block.text), id=anchor))
        elif isinstance(block, Table):
            parts.append(
                element(
                    "div",
                    block_html(block, dialect),
                    class_="scroll",
                    role="region",
                    tabindex="0",
                    aria_label=block.caption or labels(language)["table"],
                )
            )
        else:
            parts.append(block_html(block, dialect))
    html = mark_safe("\n".join(parts))  # noqa: S308 -- every part is escaped by its dialect
    return Words(html, outline if len(outline) >= OUTLINE_FROM else ())


def size_words(count: int) -> str:
    """What a file weighs: “48 KB”, “1.2 MB”."""
    if count >= _MILLION:
        return f"{count / _MILLION:.1f} MB"
    return f"{max(1, count // _THOUSAND)} KB"
