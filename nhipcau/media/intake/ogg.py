"""Ogg (RFC 3533) with Opus, Vorbis, Speex or Theora: the comment packet is emptied in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path

from nhipcau.media.intake.cleaned import Cleaned, Private, open_copy
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

# How the first packet begins -> how the comment packet begins, and what closes it.
_CODECS = (
    (b"OpusHead", b"OpusTags", b""),
    (b"\x01vorbis", b"\x03vorbis", b"\x01"),
    (b"\x80theora", b"\x81theora", b""),
    (b"Speex   ", b"", b""),
)
_POLYNOMIAL = 0x04C11DB7


def _table() -> list[int]:
    found = []
    for byte in range(256):
        rest = byte << 24
        for _ in range(8):
            rest = (rest << 1) ^ (_POLYNOMIAL if rest & 0x80000000 else 0)
        found.append(rest & 0xFFFFFFFF)
    return found


_CRC = _table()


@dataclass(slots=True)
class _Stream:
    """One logical stream: its first two packets, and where the second lies, page by page."""

    first: bytes = b""
    comment: list[tuple[int, int]] = field(default_factory=list)
    packets: int = 0
    last_position: int = 0
    pages: set[tuple[int, int]] = field(default_factory=set)


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    cleaned = Cleaned(has_picture=False)
    streams: dict[int, _Stream] = {}
    with open_copy(source, target) as held:
        for start, segments, body, end in _pages(held):
            serial = int.from_bytes(held[start + 14 : start + 18], "little")
            stream = streams.setdefault(serial, _Stream())
            position = int.from_bytes(held[start + 6 : start + 14], "little", signed=True)
            stream.last_position = max(stream.last_position, position)
            _follow(held, stream, segments, body, (start, end))
        for stream in streams.values():
            _empty_comment(held, stream, cleaned)
    return cleaned


def _pages(held: mmap) -> Iterator[tuple[int, bytes, int, int]]:
    at = 0
    while at < len(held):
        if held[at : at + 4] != b"OggS" or at + 27 > len(held):
            raise Refused(Refusal.CUT_OFF if at else Refusal.DAMAGED)
        count = held[at + 26]
        segments = held[at + 27 : at + 27 + count]
        body = at + 27 + count
        end = body + sum(segments)
        if len(segments) < count or end > len(held):
            raise Refused(Refusal.CUT_OFF)
        yield at, segments, body, end
        at = end


def _follow(held: mmap, stream: _Stream, segments: bytes, at: int, page: tuple[int, int]) -> None:
    for length in segments:
        if stream.packets == 0:
            stream.first += held[at : at + length]
        elif stream.packets == 1:
            stream.comment.append((at, at + length))
            stream.pages.add(page)
        else:
            return
        at += length
        stream.packets += length < 255


def _empty_comment(held: mmap, stream: _Stream, cleaned: Cleaned) -> None:
    codec = next((one for one in _CODECS if stream.first.startswith(one[0])), None)
    if codec is None:
        raise Refused(Refusal.CANNOT_CLEAN)
    beginning, comment, closing = codec
    if beginning == b"\x80theora":
        cleaned.has_picture = True
        cleaned.width = int.from_bytes(stream.first[14:17], "big")
        cleaned.height = int.from_bytes(stream.first[17:20], "big")
    elif beginning == b"OpusHead":
        cleaned.duration_ms = stream.last_position * 1000 // 48_000
    elif beginning == b"\x01vorbis":
        rate = int.from_bytes(stream.first[12:16], "little")
        cleaned.duration_ms = stream.last_position * 1000 // rate if rate else None
    old = b"".join(held[start:end] for start, end in stream.comment)
    room = len(old) - len(comment) - len(closing) - 8
    if stream.packets < 2 or not old.startswith(comment) or room < 0:
        raise Refused(Refusal.CUT_OFF if stream.packets < 2 else Refusal.DAMAGED)
    # A vendor's name of nothing but spaces fills the packet; then: no comments.
    new = comment + room.to_bytes(4, "little") + b" " * room + bytes(4) + closing
    if new == old:
        return
    cleaned.taken_out.add(Private.WORDS)
    at = 0
    for start, end in stream.comment:
        held[start:end] = new[at : at + end - start]
        at += end - start
    for start, end in stream.pages:
        held[start + 22 : start + 26] = bytes(4)
        held[start + 22 : start + 26] = _checksum(held[start:end]).to_bytes(4, "little")


def _checksum(page: bytes) -> int:
    rest = 0
    for byte in page:
        rest = (rest << 8 & 0xFFFFFFFF) ^ _CRC[rest >> 24 ^ byte]
    return rest
