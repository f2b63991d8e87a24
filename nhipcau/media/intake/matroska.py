"""Matroska and WebM (RFC 9559): clusters stay where they are; tags, attachments and names go."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from mmap import mmap
from pathlib import Path

from nhipcau.media.intake.cleaned import Cleaned, Private, blank, open_copy
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_SEGMENT, _INFO, _TRACKS, _CLUSTER, _CUES, _SEEK = (
    0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x1C53BB6B, 0x114D9B74,
)  # fmt: skip
_TAGS, _ATTACHMENTS, _CHAPTERS, _VOID, _CRC, _HEADER = (
    0x1254C367, 0x1941A469, 0x1043A770, 0xEC, 0xBF, 0x1A45DFA3,
)  # fmt: skip
_TOP = {_INFO, _TRACKS, _CLUSTER, _CUES, _SEEK, _TAGS, _ATTACHMENTS, _CHAPTERS}
_SCALE, _LENGTH = 0x2AD7B1, 0x4489
# Written over in place: title, file names, date, program names; the name of a track.
_INFO_WORDS = {0x7BA9, 0x7384, 0x3C83AB, 0x3E83BB, 0x4D80, 0x5741}
_DATE, _OWN_NUMBER = 0x4461, 0x73A4
_ENTRY, _KIND, _NAME, _VIDEO, _WIDTH, _HEIGHT = 0xAE, 0x83, 0x536E, 0xE0, 0xB0, 0xBA
_SHOWN = {1, 2, 3, 16, 17}  # video, sound, complex, logo, subtitles

Element = tuple[int, int, int, int]  # id, start, body, end


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    cleaned = Cleaned(has_picture=False)
    with open_copy(source, target) as held:
        segments = [one for one in _elements(held, 0, len(held)) if one[0] == _SEGMENT]
        if len(segments) != 1:
            raise Refused(Refusal.DAMAGED)
        _number, _start, body, end = segments[0]
        if end < len(held) and blank(held, end, len(held)):
            cleaned.taken_out.add(Private.ATTACHED)
        clusters = 0
        for element in list(_elements(held, body, end)):
            number = element[0]
            clusters += number == _CLUSTER
            if number == _INFO:
                _clean_info(held, element, cleaned)
            elif number == _TRACKS:
                _clean_tracks(held, element, cleaned)
            elif number not in {_CLUSTER, _CUES, _SEEK} and _make_void(held, element):
                cleaned.taken_out.add(Private.WORDS if number == _TAGS else Private.TRACES)
        if not clusters:
            raise Refused(Refusal.CUT_OFF)
    return cleaned


def _number(held: mmap, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """An EBML number (RFC 8794, 4): its value and the place behind; -1 for an unknown size."""
    if at >= len(held):
        raise Refused(Refusal.CUT_OFF)
    first = held[at]
    width = 9 - first.bit_length()
    if width > 8 or at + width > len(held):
        raise Refused(Refusal.DAMAGED if width > 8 else Refusal.CUT_OFF)
    value = int.from_bytes(held[at : at + width], "big")
    if keep_mark:
        return value, at + width
    value &= (1 << 7 * width) - 1
    return (-1 if value == (1 << 7 * width) - 1 else value), at + width


def _elements(held: mmap, at: int, end: int) -> Iterator[Element]:
    while at < end:
        start = at
        number, at = _number(held, at, keep_mark=True)
        size, body = _number(held, at, keep_mark=False)
        if size == -1:
            behind = end if number == _SEGMENT else _behind_live_cluster(held, number, body, end)
        else:
            behind = body + size
        if behind > end:
            raise Refused(Refusal.CUT_OFF)
        yield number, start, body, behind
        at = behind


def _behind_live_cluster(held: mmap, number: int, at: int, end: int) -> int:
    """A cluster of unknown size (browsers record so) ends where the next top element begins."""
    if number != _CLUSTER:
        raise Refused(Refusal.CANNOT_CLEAN)
    while at < end:
        inner, behind = _number(held, at, keep_mark=True)
        if inner in _TOP:
            return at
        size, body = _number(held, behind, keep_mark=False)
        if size == -1 or body + size > end:
            raise Refused(Refusal.CUT_OFF)
        at = body + size
    return end


def _make_void(held: mmap, element: Element) -> bool:
    """Make an element an empty one of the same length; whether there was anything in it."""
    _number, start, body, end = element
    something = blank(held, body, end)
    length = end - start
    held[start] = _VOID
    if length - 2 < 127:
        held[start + 1] = 0x80 | (length - 2)
        blank(held, start + 2, body)
    else:
        held[start + 1 : start + 9] = ((1 << 56) | (length - 9)).to_bytes(8, "big")
        blank(held, start + 9, max(body, start + 9))
    return something


def _clean_info(held: mmap, info: Element, cleaned: Cleaned) -> None:
    scale, length = 1_000_000, 0.0
    for element in list(_elements(held, info[2], info[3])):
        number, _start, body, end = element
        if number == _SCALE:
            scale = int.from_bytes(held[body:end], "big")
        elif number == _LENGTH and end - body in {4, 8}:
            (length,) = struct.unpack(">f" if end - body == 4 else ">d", held[body:end])
        elif number in _INFO_WORDS and blank(held, body, end):
            cleaned.taken_out.add(Private.TRACES)
        elif number in {_DATE, _CRC, _OWN_NUMBER} and _make_void(held, element):
            cleaned.taken_out |= {Private.TIME} if number == _DATE else set()
    if 0 < length < 1e15:
        cleaned.duration_ms = int(length * scale / 1_000_000)


def _clean_tracks(held: mmap, tracks: Element, cleaned: Cleaned) -> None:
    for entry in list(_elements(held, tracks[2], tracks[3])):
        if entry[0] == _CRC:
            _make_void(held, entry)
        if entry[0] != _ENTRY:
            continue
        for number, start, body, end in list(_elements(held, entry[2], entry[3])):
            if number == _KIND:
                kind = int.from_bytes(held[body:end], "big")
                if kind not in _SHOWN:
                    raise Refused(Refusal.CANNOT_CLEAN)
                cleaned.has_picture |= kind == 1
            elif number == _NAME:
                if blank(held, body, end):
                    cleaned.taken_out.add(Private.WORDS)
            elif number == _CRC:
                _make_void(held, (number, start, body, end))
            elif number == _VIDEO:
                sides = {
                    inner: int.from_bytes(held[b:e], "big")
                    for inner, _s, b, e in _elements(held, body, end)
                    if inner in {_WIDTH, _HEIGHT}
                }
                cleaned.width, cleaned.height = sides.get(_WIDTH), sides.get(_HEIGHT)
