"""PNG (ISO 15948): chunks that carry the picture and its colours stay, byte for byte."""

from __future__ import annotations

import zlib
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

_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP",
    b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    data, cleaned = clean_bytes(whole(source, limits.picture_bytes), limits)
    target.write_bytes(data)
    return cleaned


def clean_bytes(data: bytes, limits: Limits) -> tuple[bytes, Cleaned]:
    cleaned, orientation = Cleaned(), 1
    size: tuple[int, int] = (0, 0)
    kept, at, name = [data[:8]], 8, b""
    while name != b"IEND":
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if len(name) < 4 or end > len(data):
            raise Refused(Refusal.CUT_OFF)
        body = data[at + 8 : end - 4]
        if zlib.crc32(name + body) != int.from_bytes(data[end - 4 : end], "big"):
            raise Refused(Refusal.DAMAGED)
        if (name == b"IHDR") != (at == 8):
            raise Refused(Refusal.DAMAGED)
        if name == b"IHDR":
            size = (int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"))
            refuse_size(*size, limits)
        elif name == b"acTL":
            refuse_animation(int.from_bytes(body[:4], "big"), *size, limits)
        if name in _KEPT:
            kept.append(data[at:end])
        elif name == b"eXIf":
            orientation, told = look_into(body)
            cleaned.taken_out |= told
        else:
            cleaned.taken_out |= _sort_of(name, body)
        at = end
    if data[at:].strip(b"\0\r\n "):
        cleaned.taken_out.add(Private.ATTACHED)
    if orientation != 1:
        body = upright(orientation)
        kept.insert(
            2,
            len(body).to_bytes(4, "big")
            + b"eXIf"
            + body
            + zlib.crc32(b"eXIf" + body).to_bytes(4, "big"),
        )
    cleaned.width, cleaned.height = turned(*size, orientation)
    return b"".join(kept), cleaned


def _sort_of(name: bytes, body: bytes) -> set[Private]:
    if name == b"tIME":
        return {Private.TIME}
    if name in {b"tEXt", b"zTXt", b"iTXt"}:
        return look_into_xmp(body) if b"adobe.xmp" in body else {Private.WORDS}
    return {Private.TRACES}
