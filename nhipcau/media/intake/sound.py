"""FLAC, MP3 and AAC in a row of frames: tags before, behind and inside go."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from nhipcau.media.intake.cleaned import Cleaned, Private, blank, open_copy
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_STREAM, _PADDING, _SEEK = 0, 1, 3  # blocks of FLAC (RFC 9639, 8.1)
_CHUNK = 1 << 20


def clean_flac(source: Path, target: Path, limits: Limits) -> Cleaned:
    cleaned = Cleaned(has_picture=False)
    with open_copy(source, target) as held:
        at, is_last = 4, False
        while not is_last:
            if at + 4 > len(held):
                raise Refused(Refusal.CUT_OFF)
            is_last, kind = bool(held[at] & 0x80), held[at] & 0x7F
            end = at + 4 + int.from_bytes(held[at + 1 : at + 4], "big")
            if end > len(held):
                raise Refused(Refusal.CUT_OFF)
            if kind == _STREAM:
                bits = int.from_bytes(held[at + 14 : at + 22], "big")
                rate, samples = bits >> 44, bits & (1 << 36) - 1
                cleaned.duration_ms = samples * 1000 // rate if rate and samples else None
            elif kind != _SEEK:
                held[at] = held[at] & 0x80 | _PADDING
                if blank(held, at + 4, end):
                    cleaned.taken_out.add(Private.WORDS)
            at = end
        if held[at : at + 1] != b"\xff":
            raise Refused(Refusal.CUT_OFF)
    return cleaned


def clean_frames(source: Path, target: Path, limits: Limits) -> Cleaned:
    """MP3 and ADTS: ID3v2 before, ID3v1, APE and Lyrics3 tags behind are left out."""
    cleaned = Cleaned(has_picture=False)
    size = source.stat().st_size
    with source.open("rb") as file:
        start = 0
        while (head := _read(file, start, 10))[:3] == b"ID3":
            length = 0
            for part in head[6:10]:
                length = length << 7 | part & 0x7F
            start += 10 + length + (10 if head[5] & 0x10 else 0)
            cleaned.taken_out.add(Private.WORDS)
        end = size
        if _read(file, end - 128, 3) == b"TAG":
            end -= 128
        lyrics = _read(file, end - 15, 15)
        if lyrics[6:] == b"LYRICS200" and lyrics[:6].isdigit():
            end -= 15 + int(lyrics[:6])
        footer = _read(file, end - 32, 32)
        if footer[:8] == b"APETAGEX":
            has_header = int.from_bytes(footer[20:24], "little") & 0x80000000
            end -= int.from_bytes(footer[12:16], "little") + (32 if has_header else 0)
        if end < size:
            cleaned.taken_out.add(Private.WORDS)
        first = _read(file, start, 2)
        if end <= start or len(first) < 2 or first[0] != 0xFF or first[1] & 0xE0 != 0xE0:
            raise Refused(Refusal.DAMAGED)
        file.seek(start)
        with target.open("wb") as written:
            left = end - start
            while left and (chunk := file.read(min(_CHUNK, left))):
                written.write(chunk)
                left -= len(chunk)
    return cleaned


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    if at < 0:
        return b""
    file.seek(at)
    return file.read(length)
