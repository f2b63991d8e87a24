"""WAV and AVI (RIFF): sound and picture stay where they are, other chunks become empty ones."""

from __future__ import annotations

from mmap import mmap
from pathlib import Path

from nhipcau.media.intake.cleaned import Cleaned, Private, blank, open_copy
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_SOUND = {b"fmt ", b"data", b"fact", b"ds64", b"smpl"}
_FILM = {b"avih", b"strh", b"strf", b"indx", b"dmlh", b"vprp", b"idx1"}
_LISTS = {b"hdrl", b"strl", b"odml"}
_PERSONAL = {b"bext", b"iXML", b"INFO", b"id3 ", b"ID3 ", b"_PMX"}


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    cleaned = Cleaned()
    with open_copy(source, target) as held:
        is_film = held[8:12] == b"AVI "
        cleaned.has_picture = is_film
        at = 0
        while at + 12 <= len(held) and held[at : at + 4] in {b"RIFF", b"RF64"}:
            length = int.from_bytes(held[at + 4 : at + 8], "little")
            end = len(held) if length in {0, 0xFFFFFFFF} else at + 8 + length
            if end > len(held):
                raise Refused(Refusal.CUT_OFF)
            _clean_chunks(held, at + 12, end, cleaned)
            at = end + end % 2
        if at < len(held) and blank(held, at, len(held)):
            cleaned.taken_out.add(Private.ATTACHED)
        if is_film and cleaned.width is None:
            raise Refused(Refusal.DAMAGED)
    return cleaned


def _clean_chunks(held: mmap, at: int, end: int, cleaned: Cleaned) -> None:
    rate = 0
    while at + 8 <= end:
        name, length = held[at : at + 4], int.from_bytes(held[at + 4 : at + 8], "little")
        if name == b"data" and length == 0xFFFFFFFF:
            length = end - at - 8
        body, behind = at + 8, at + 8 + length
        if behind > end:
            raise Refused(Refusal.CUT_OFF)
        inner = held[body : body + 4] if name == b"LIST" else b""
        if inner in _LISTS:
            _clean_chunks(held, body + 4, behind, cleaned)
        elif name == b"fmt ":
            rate = int.from_bytes(held[body + 8 : body + 12], "little")
        elif name == b"data" and rate:
            cleaned.duration_ms = length * 1000 // rate
        elif name == b"avih":
            frame, frames = (
                int.from_bytes(held[body + n : body + n + 4], "little") for n in (0, 16)
            )
            cleaned.duration_ms = frame * frames // 1000
            cleaned.width = int.from_bytes(held[body + 32 : body + 36], "little")
            cleaned.height = int.from_bytes(held[body + 36 : body + 40], "little")
        elif name not in _SOUND | _FILM and inner != b"movi":
            if blank(held, body, behind):
                is_personal = name in _PERSONAL or inner in _PERSONAL
                cleaned.taken_out.add(Private.PERSON if is_personal else Private.TRACES)
            held[at : at + 4] = b"JUNK"
        at = behind + behind % 2
