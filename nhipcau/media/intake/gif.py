"""GIF89a: pictures, palettes and the loop stay; comments and application blocks go."""

from __future__ import annotations

from pathlib import Path

from nhipcau.media.intake.cleaned import Cleaned, Private, refuse_animation, refuse_size, whole
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_LOOPS = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    data, cleaned = clean_bytes(whole(source, limits.picture_bytes), limits)
    target.write_bytes(data)
    return cleaned


def clean_bytes(data: bytes, limits: Limits) -> tuple[bytes, Cleaned]:
    cleaned, frames = Cleaned(), 0
    width, height = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    refuse_size(width, height, limits)
    at = 13 + _palette(data[10:11])
    kept = [data[:at]]
    while True:
        start, block = at, data[at : at + 1]
        if block == b"\x3b":
            break
        if block == b"\x2c":
            frames += 1
            refuse_animation(frames, width, height, limits)
            at = _behind_blocks(data, at + 10 + _palette(data[at + 9 : at + 10]) + 1)
            kept.append(data[start:at])
        elif block == b"\x21":
            label = data[at + 1 : at + 2]
            at = _behind_blocks(data, at + 2)
            if label == b"\xf9" or (label == b"\xff" and data[start + 3 : start + 14] in _LOOPS):
                kept.append(data[start:at])
            else:
                cleaned.taken_out.add(Private.WORDS if label == b"\xfe" else Private.TRACES)
        else:
            raise Refused(Refusal.DAMAGED if block else Refusal.CUT_OFF)
    if not frames:
        raise Refused(Refusal.DAMAGED)
    if data[at + 1 :].strip(b"\0\r\n "):
        cleaned.taken_out.add(Private.ATTACHED)
    cleaned.width, cleaned.height = width, height
    return b"".join(kept) + b"\x3b", cleaned


def _palette(flags: bytes) -> int:
    if not flags:
        raise Refused(Refusal.CUT_OFF)
    return 3 << ((flags[0] & 7) + 1) if flags[0] & 0x80 else 0


def _behind_blocks(data: bytes, at: int) -> int:
    """The place behind a chain of sub-blocks and its closing zero."""
    while at < len(data):
        length = data[at]
        at += 1 + length
        if length == 0:
            return at
    raise Refused(Refusal.CUT_OFF)
