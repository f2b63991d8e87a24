"""What a file is, by its first bytes and its inner directory; names are never asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.plans.reading.sources import refusals

if TYPE_CHECKING:
    from nhipcau.plans.reading.errors import NotReadable

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "programme"),
    (b"\x7fELF", "programme"),
    (b"\xca\xfe\xba\xbe", "programme"),
    (b"\xcf\xfa\xed\xfe", "programme"),
    (b"\xce\xfa\xed\xfe", "programme"),
    (b"dex\n", "programme"),
    (b"\0asm", "programme"),
    (b"#!", "programme"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\0\0\0\x0cjP  ", "picture"),
    (b"AT&TFORM", "picture"),
    (b"8BPS", "picture"),
    (b"\0\0\1\0", "picture"),
    (b"{\\rtf", "rtf"),
    (b"%!PS", "postscript"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF", "archive"),
    (b"SQLite format 3\0", "database"),
    (b"\0\1\0\0Standard", "database"),
    (b"ID3", "sound"),
    (b"\xff\xfb", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"\x1aE\xdf\xa3", "sound"),
    (b"\0\0\1\xba", "sound"),
)
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # compound file: Office before 2007, and locks
_STREAMS = (
    ("EncryptedPackage", None),
    ("WordDocument", "old_doc"),
    ("Workbook", "spreadsheet"),
    ("Book", "spreadsheet"),
    ("PowerPoint Document", "slides"),
    ("__properties_version1.0", "email"),
)
_MIME_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    b"application/vnd.oasis.opendocument.presentation": "slides",
    b"application/epub+zip": "ebook",
}
_EMAIL = re.compile(
    rb"(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID): ", re.IGNORECASE
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>", re.IGNORECASE)


def refusal_of(data: bytes) -> NotReadable | None:
    """The refusal of a file that is plainly something else, or None."""
    if data.startswith(_CONTAINER):
        return _container(data)
    kind = _by_magic(data) or _by_text(data[:4000])
    return refusals.wrong_kind(kind) if kind else None


def zip_kind(names: set[str], mime: bytes) -> str:
    """What kind of archive one is that holds no Word document."""
    for prefix, kind in _MIME_TYPES.items():
        if mime.strip().startswith(prefix):
            return kind
    for part, kind in (
        ("xl/workbook.xml", "spreadsheet"),
        ("xl/workbook.bin", "spreadsheet"),
        ("ppt/presentation.xml", "slides"),
        ("META-INF/MANIFEST.MF", "programme"),
        ("AndroidManifest.xml", "programme"),
    ):
        if part in names:
            return kind
    return "archive"


def _container(data: bytes) -> NotReadable:
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return refusals.wrong_kind(kind) if kind else refusals.encrypted()
    return refusals.damaged()


def _by_magic(data: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF":
        return "picture" if data[8:12] == b"WEBP" else "sound"
    if data[4:8] == b"ftyp":
        return "picture" if data[8:12] in {b"heic", b"heix", b"mif1", b"avif"} else "sound"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "picture"
    return "archive" if data[257:262] == b"ustar" else None


def _by_text(head: bytes) -> str | None:
    if _EMAIL.match(head):
        whole = head.lower()
        return "web_archive" if b"multipart/related" in whole else "email"
    if match := _XML.match(head):
        rest = head[match.end() :].lstrip()
        lower = head.lower()
        if b"<svg" in lower:
            return "picture"
        if b"wordml" in lower or b"schemas.microsoft.com/office/2006/xmlpackage" in lower:
            return "word_xml"
        if b"urn:schemas-microsoft-com:office:spreadsheet" in lower:
            return "spreadsheet"
        return None if b"<html" in lower or b"<!doctype html" in rest.lower() else "xml"
    return "picture" if head.lstrip().startswith(b"<svg") else None
