"""WebP (RFC 9649): the chunks of the picture stay, Exif and XMP go."""

from __future__ import annotations

from pathlib import Path

from nhipcau.media.intake.cleaned import (
    Cleaned,
    Private,
    refuse_animation,
    refuse_size,
    turned,
    whole,
)
from nhipcau.media.intake.exif import look_into, look_into_xmp, upright
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_KEPT = {b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"}
_HAS_EXIF, _HAS_XMP = 0x08, 0x04  # flags of VP8X


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    data, cleaned = clean_bytes(whole(source, limits.picture_bytes), limits)
    target.write_bytes(data)
    return cleaned


def clean_bytes(data: bytes, limits: Limits) -> tuple[bytes, Cleaned]:
    cleaned, orientation, frames = Cleaned(), 1, 0
    size: tuple[int, int] = (0, 0)
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Refused(Refusal.CUT_OFF)
    kept: list[tuple[bytes, bytes]] = []
    at = 12
    while at + 8 <= end:
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + length]
        if len(body) < length:
            raise Refused(Refusal.CUT_OFF)
        at += 8 + length + length % 2
        size = size if size != (0, 0) else _size(name, body, limits)
        if name == b"ANMF":
            frames += 1
            refuse_animation(frames, *size, limits)
        if name in _KEPT:
            kept.append((name, body))
        elif name == b"EXIF":
            orientation, told = look_into(body.removeprefix(b"Exif\0\0"))
            cleaned.taken_out |= told
        else:
            cleaned.taken_out |= look_into_xmp(body) if name == b"XMP " else {Private.TRACES}
    if size == (0, 0):
        raise Refused(Refusal.DAMAGED)
    if data[end:].strip(b"\0"):
        cleaned.taken_out.add(Private.ATTACHED)
    is_extended = kept[0][0] == b"VP8X"
    if is_extended:
        flags = kept[0][1][0] & ~(_HAS_EXIF | _HAS_XMP)
        if orientation != 1:
            flags |= _HAS_EXIF
            kept.append((b"EXIF", upright(orientation)))
        kept[0] = (b"VP8X", bytes([flags]) + kept[0][1][1:])
    cleaned.width, cleaned.height = turned(*size, orientation if is_extended else 1)
    body = b"WEBP" + b"".join(
        name + len(part).to_bytes(4, "little") + part + b"\0" * (len(part) % 2)
        for name, part in kept
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body, cleaned


def _size(name: bytes, body: bytes, limits: Limits) -> tuple[int, int]:
    """The canvas, told by the first chunk; (0, 0) where this chunk does not tell it."""
    if name == b"VP8X":
        size = (
            int.from_bytes(body[4:7], "little") + 1,
            int.from_bytes(body[7:10], "little") + 1,
        )
    elif name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    elif name == b"VP8 ":
        size = (
            int.from_bytes(body[6:8], "little") & 0x3FFF,
            int.from_bytes(body[8:10], "little") & 0x3FFF,
        )
    else:
        return (0, 0)
    refuse_size(*size, limits)
    return size
