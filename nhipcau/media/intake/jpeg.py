"""JPEG (ISO 10918-1): the segments that carry the picture stay, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path

from nhipcau.media.intake.cleaned import Cleaned, Private, refuse_size, turned, whole
from nhipcau.media.intake.exif import look_into, look_into_xmp, upright
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_KEPT = _FRAMES | {0xC4, 0xCC, 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}
# The next marker in coded data: stuffed zeros and restart markers belong to the data.
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    data, cleaned = clean_bytes(whole(source, limits.picture_bytes), limits)
    target.write_bytes(data)
    return cleaned


def clean_bytes(data: bytes, limits: Limits, *, keep_turn: bool = True) -> tuple[bytes, Cleaned]:
    """The picture without its private segments, its orientation kept unless told otherwise."""
    cleaned, orientation = Cleaned(), 1
    kept, size = [], (0, 0)
    at = 2
    while True:
        marker, at = _marker(data, at)
        if marker == _END:
            break
        if marker in {0x01, _START} or 0xD0 <= marker <= 0xD7:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            raise Refused(Refusal.CUT_OFF)
        body = data[at + 2 : at + length]
        at += length
        if marker in _FRAMES:
            size = (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
            refuse_size(*size, limits)
        if marker == 0xE1 and body[:6] == b"Exif\0\0":
            orientation, told = look_into(body[6:])
            cleaned.taken_out |= told
        kept_body = _kept(marker, body, cleaned)
        if kept_body is not None:
            length_bytes = (len(kept_body) + 2).to_bytes(2, "big")
            kept.append(b"\xff" + bytes([marker]) + length_bytes + kept_body)
        if marker == _SCAN:
            found = _MARKER.search(data, at)
            if found is None:
                raise Refused(Refusal.CUT_OFF)
            kept.append(data[at : found.start()])
            at = found.start()
    if size == (0, 0):
        raise Refused(Refusal.DAMAGED)
    if data[at:].strip(b"\0\r\n "):
        cleaned.taken_out.add(Private.ATTACHED)
    if orientation != 1 and keep_turn:
        exif = b"Exif\0\0" + upright(orientation)
        segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
        kept.insert(1 if kept[:1] and kept[0][1] == 0xE0 else 0, segment)
    cleaned.width, cleaned.height = turned(*size, orientation)
    return b"\xff\xd8" + b"".join(kept) + b"\xff\xd9", cleaned


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at this place, fill bytes skipped, and the place behind it."""
    if data[at : at + 1] != b"\xff":
        raise Refused(Refusal.CUT_OFF if at >= len(data) else Refusal.DAMAGED)
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise Refused(Refusal.CUT_OFF)
    return data[at], at + 1


def _kept(marker: int, body: bytes, cleaned: Cleaned) -> bytes | None:
    """What stays of a segment; None where nothing does."""
    if marker in _KEPT:
        return body
    if marker == 0xE0 and body[:5] == b"JFIF\0" and len(body) >= 14:
        if body[12:14] != b"\0\0":
            cleaned.taken_out.add(Private.THUMBNAIL)
        return body[:12] + b"\0\0"
    if marker == 0xE2 and body[:12] == b"ICC_PROFILE\0":
        return body
    if marker == 0xEE and body[:5] == b"Adobe":
        return body[:12]
    if marker == 0xE1 and body[:6] != b"Exif\0\0":
        cleaned.taken_out |= look_into_xmp(body)
    elif marker == 0xED:
        cleaned.taken_out |= {Private.WORDS, Private.PERSON}
    elif marker == 0xFE:
        cleaned.taken_out.add(Private.WORDS)
    elif marker != 0xE1:
        cleaned.taken_out.add(Private.TRACES)
    return None
