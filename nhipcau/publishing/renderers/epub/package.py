"""Packs the files of a book as EPUB 3: mimetype first, one date for all, always the same bytes."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Sequence
from datetime import datetime, time

from nhipcau.publishing.renderers.contract import RenderOptions
from nhipcau.publishing.renderers.epub.book import Part
from nhipcau.publishing.renderers.labels import labels
from nhipcau.publishing.renderers.markup import element, escaped
from nhipcau.publishing.renderers.markup.elements import language_of
from nhipcau.translation.manuscript import Manuscript

EPUB = "application/epub+zip"
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="book/package.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001 -- what a zip file can say, without a zone


def packed(parts: Sequence[Part], source: Manuscript, options: RenderOptions) -> bytes:
    stream = io.BytesIO()
    moment = max(datetime.combine(options.day, time()), _EARLIEST).timetuple()[:6]
    with zipfile.ZipFile(stream, "w") as archive:

        def put(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> None:
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = method
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)

        put("mimetype", EPUB.encode(), zipfile.ZIP_STORED)
        put("META-INF/container.xml", _CONTAINER.encode())
        put("book/package.opf", _package(parts, source, options).encode())
        put("book/contents.xhtml", _contents(parts, source).encode())
        for part in parts:
            put(f"book/{part.name}", part.content)
    return stream.getvalue()


def _package(parts: Sequence[Part], source: Manuscript, options: RenderOptions) -> str:
    language = language_of(source.language) or "vi"
    # The same work in the same language is the same book, in whatever version.
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{options.address}#{language}")
    issued = (source.revised or source.issued or source.approved or options.day).isoformat()
    title = source.title.strip() or options.house.name or "—"
    described = element("dc:description", escaped(source.summary)) if source.summary.strip() else ""
    publisher = source.issuer.strip() or options.house.name or "—"
    metadata = (
        f'<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>'
        f"<dc:title>{escaped(title)}</dc:title><dc:language>{language}</dc:language>"
        f"<dc:publisher>{escaped(publisher)}</dc:publisher>{described}"
        f"<dc:date>{issued}</dc:date><dc:source>{escaped(options.address)}</dc:source>"
        f'<meta property="dcterms:modified">{options.day.isoformat()}T00:00:00Z</meta>'
        '<meta property="schema:accessMode">textual</meta>'
        '<meta property="schema:accessibilityFeature">alternativeText</meta>'
        '<meta property="schema:accessibilityFeature">tableOfContents</meta>'
        '<meta property="schema:accessibilityHazard">none</meta>'
    )
    items = "".join(
        f'<item id="{_id(part)}" href="{part.name}" media-type="{part.media_type}"'
        + (f' properties="{part.properties}"' if part.properties else "")
        + "/>"
        for part in parts
    )
    spine = "".join(f'<itemref idref="{_id(part)}"/>' for part in parts if part.title)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{language}" prefix="schema: http://schema.org/">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        '<manifest><item id="contents" href="contents.xhtml" properties="nav" '
        f'media-type="application/xhtml+xml"/>{items}</manifest><spine>{spine}</spine></package>\n'
    )


def _contents(parts: Sequence[Part], source: Manuscript) -> str:
    language = language_of(source.language) or "vi"
    heading = labels(source.language)["contents"]
    entries = "".join(
        f'<li><a href="{part.name}">{escaped(part.title)}</a></li>' for part in parts if part.title
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}"><head><meta charset="utf-8"/>'
        f'<title>{escaped(heading)}</title><link rel="stylesheet" type="text/css" '
        f'href="book.css"/></head><body><nav epub:type="toc"><h1>{escaped(heading)}</h1>'
        f"<ol>{entries}</ol></nav></body></html>\n"
    )


def _id(part: Part) -> str:
    return "f-" + part.name.replace("/", "-").replace(".", "-")
