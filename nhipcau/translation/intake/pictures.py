"""Pictures that came with words: each kept once, its type told by its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from nhipcau.plans.reading.limits import MEGABYTE
from nhipcau.translation.intake.brought import BroughtPicture
from nhipcau.translation.intake.notices import NoticeKind, Notices

MOST_PICTURES = 300
MOST_BYTES = 100 * MEGABYTE
_MIMES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_OTHERS = ((b"\x01\x00\x00\x00", "EMF"), (b"\xd7\xcd\xc6\x9a", "WMF"), (b"<", "SVG"))


def mime_of(data: bytes) -> str:
    """The type of a picture that a page can show; "" for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((mime for sign, mime in _MIMES if data.startswith(sign)), "")


@dataclass(slots=True)
class Pictures:
    notices: Notices
    alts: list[str] = field(default_factory=list)
    _taken: list[BroughtPicture] = field(default_factory=list)
    _places: dict[tuple[str, str], int] = field(default_factory=dict)
    _bytes: int = 0

    def place_of(self, name: str, data: bytes, alt: str) -> int | None:
        """Where it stands among the pictures; None where it is not taken, which is then told."""
        mime = mime_of(data)
        if not mime:
            kind = next((kind for sign, kind in _OTHERS if data.startswith(sign)), name)
            self.notices.add(NoticeKind.PICTURE_FORMAT, kind)
            return None
        key = (hashlib.sha256(data).hexdigest(), alt)
        if key in self._places:
            return self._places[key]
        if len(self._taken) >= MOST_PICTURES or self._bytes + len(data) > MOST_BYTES:
            self.notices.add(NoticeKind.PICTURE_LOST, name)
            return None
        self._bytes += len(data)
        self._places[key] = len(self._taken)
        self._taken.append(BroughtPicture(name, mime, data, alt))
        self.alts.append(alt)
        return self._places[key]

    def taken(self) -> tuple[BroughtPicture, ...]:
        return tuple(self._taken)
