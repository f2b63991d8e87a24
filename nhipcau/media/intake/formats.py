"""What a file is, told by its first bytes (and, of a container, by what lies in it)."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from nhipcau.media.intake.refusals import Refusal, Refused

HEAD = 64 * 1024
TAIL = 66 * 1024  # a ZIP's end record lies within the last 65,557 bytes


@dataclass(frozen=True, slots=True)
class Format:
    """`kind` is one of the library's kinds; of "film" containers the tracks decide."""

    code: str
    kind: str
    mime: str
    ending: str


_OOXML = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    one.code: one
    for one in (
        Format("jpeg", "picture", "image/jpeg", "jpg"),
        Format("png", "picture", "image/png", "png"),
        Format("gif", "picture", "image/gif", "gif"),
        Format("webp", "picture", "image/webp", "webp"),
        Format("avif", "picture", "image/avif", "avif"),
        Format("svg", "picture", "image/svg+xml", "svg"),
        Format("pdf", "document", "application/pdf", "pdf"),
        Format("docx", "document", _OOXML + "wordprocessingml.document", "docx"),
        Format("xlsx", "document", _OOXML + "spreadsheetml.sheet", "xlsx"),
        Format("pptx", "document", _OOXML + "presentationml.presentation", "pptx"),
        Format("odt", "document", "application/vnd.oasis.opendocument.text", "odt"),
        Format("ods", "document", "application/vnd.oasis.opendocument.spreadsheet", "ods"),
        Format("odp", "document", "application/vnd.oasis.opendocument.presentation", "odp"),
        Format("text", "document", "text/plain", "txt"),
        Format("mp4", "video", "video/mp4", "mp4"),
        Format("mov", "video", "video/quicktime", "mov"),
        Format("m4a", "audio", "audio/mp4", "m4a"),
        Format("webm", "video", "video/webm", "webm"),
        Format("mkv", "video", "video/x-matroska", "mkv"),
        Format("weba", "audio", "audio/webm", "weba"),
        Format("avi", "video", "video/x-msvideo", "avi"),
        Format("wav", "audio", "audio/wav", "wav"),
        Format("mp3", "audio", "audio/mpeg", "mp3"),
        Format("aac", "audio", "audio/aac", "aac"),
        Format("flac", "audio", "audio/flac", "flac"),
        Format("ogg", "audio", "audio/ogg", "ogg"),
        Format("ogv", "video", "video/ogg", "ogv"),
    )
}
_BEGINNINGS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
)
_STRANGERS = (
    (b"II*\0", Refusal.TIFF),
    (b"MM\0*", Refusal.TIFF),
    (b"BM", Refusal.TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refusal.OLD_OFFICE),
    (b"{\\rtf", Refusal.OLD_OFFICE),
    (b"Rar!", Refusal.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Refusal.ARCHIVE),
    (b"\x1f\x8b", Refusal.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Refusal.ARCHIVE),
    (b"MZ", Refusal.PROGRAM),
    (b"\x7fELF", Refusal.PROGRAM),
    (b"#!", Refusal.PROGRAM),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Refusal.WINDOWS_MEDIA),
)
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1"}
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|\?php|iframe)", re.IGNORECASE)
_SVG = re.compile(
    r"\A\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE\s+svg.*?>\s*)*<(?:\w+:)?svg[\s>]",
    re.DOTALL,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN = {FORMATS[code].mime: code for code in ("odt", "ods", "odp")}


def recognise(path: Path) -> Format:
    """What the file is; Refused for a kind that is not taken and for two kinds in one file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    if not head.strip(b"\0"):
        raise Refused(Refusal.EMPTY)
    found = FORMATS[_code(path, head)]
    _refuse_two_in_one(found, head, tail)
    return found


def recognise_part(data: bytes) -> str:
    """The code of a picture inside a paper, "" when it is none of ours."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    for beginning, code in _BEGINNINGS[:4]:
        if data.startswith(beginning):
            return code
    if _SVG.match(data[:HEAD].decode("utf-8", errors="replace")):
        return "svg"
    return ""


def _code(path: Path, head: bytes) -> str:
    for beginning, code in _BEGINNINGS:
        if head.startswith(beginning):
            return code
    if head[:4] in {b"RIFF", b"RF64"}:
        known = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
        if head[8:12] in known:
            return known[head[8:12]]
    if head[4:8] == b"ftyp":
        return _film(head)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm" if b"webm" in head[:64] else "mkv"
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    for beginning, why in _STRANGERS:
        if head.startswith(beginning) and not (why is Refusal.TIFF and _is_text(head)):
            raise Refused(why)
    if head.startswith(b"ID3") or _is_frame(head):
        return "aac" if head[0] == 0xFF and head[1] & 0xF6 == 0xF0 else "mp3"
    return _written(path, head)


def _film(head: bytes) -> str:
    size = int.from_bytes(head[:4], "big")
    brand = head[8:12]
    brands = {brand, *(head[at : at + 4] for at in range(16, min(size, 128), 4))}
    if brands & {b"avif", b"avis"}:
        return "avif"
    if brand in _HEIC:
        raise Refused(Refusal.HEIC)
    if brand == b"qt  ":
        return "mov"
    return "m4a" if brand in {b"M4A ", b"M4B "} else "mp4"


def _is_frame(head: bytes) -> bool:
    """Whether an MPEG audio frame stands at the beginning (ISO 11172-3, 2.4.1.3; ADTS)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    if head[1] & 0xF6 == 0xF0:
        return True
    layer, rate, sampling = head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return layer != 0 and rate != 15 and sampling != 3


def _packed(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if names[:1] == ["mimetype"] and packed.getinfo("mimetype").file_size < 100:
                mime = packed.read("mimetype").decode("ascii", errors="replace")
                if mime in _OPEN:
                    return _OPEN[mime]
            if "[Content_Types].xml" in names:
                for beginning, code in _OFFICE.items():
                    if any(name.startswith(beginning) for name in names):
                        return code
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused(Refusal.DAMAGED) from None
    raise Refused(Refusal.ARCHIVE)


def _is_text(head: bytes) -> bool:
    try:
        words = head.decode("utf-8") if len(head) < HEAD else head[:-4].decode("utf-8", "ignore")
    except UnicodeDecodeError:
        return False
    return _CONTROLS.search(words) is None


def _written(path: Path, head: bytes) -> str:
    if not _is_text(head):
        raise Refused(Refusal.UNKNOWN)
    if _SVG.match(head.decode("utf-8", errors="ignore")):
        return "svg"
    if _MARKUP.search(head) or head.lstrip().startswith((b"<?xml", b"<!DOCTYPE", b"<svg")):
        raise Refused(Refusal.WEB_PAGE)
    return "text"


def _refuse_two_in_one(found: Format, head: bytes, tail: bytes) -> None:
    """A picture that is an archive as well, a sound that a browser would read as a page."""
    is_packed = found.code in {"docx", "xlsx", "pptx", "odt", "ods", "odp"}
    end = tail.rfind(b"PK\x05\x06")
    if end >= 0 and not is_packed and _is_end_record(tail, end):
        raise Refused(Refusal.POLYGLOT, first=found.ending, second="zip")
    if found.code != "pdf" and b"%PDF-" in head[:1024] and found.code != "text":
        raise Refused(Refusal.POLYGLOT, first=found.ending, second="pdf")
    if (
        found.code not in {"text", "svg"}
        and not is_packed
        and (_MARKUP.search(head[:4096]) or _MARKUP.search(tail[-4096:]))
    ):
        raise Refused(Refusal.POLYGLOT, first=found.ending, second="html")


def _is_end_record(tail: bytes, at: int) -> bool:
    """Whether a reader of ZIP would start there: the comment's length fits what follows."""
    record = tail[at : at + 22]
    return len(record) == 22 and at + 22 + int.from_bytes(record[20:22], "little") <= len(tail)
