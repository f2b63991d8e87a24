"""MP4, MOV and M4A (ISO 14496-12, QuickTime): picture and sound stay where they are.

What tells of place, device, people and time is overwritten in place; a data track (the position
second by second, as action cameras and drones write it) goes with its samples, and so do bytes of
the media that no track asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from mmap import mmap
from pathlib import Path

from nhipcau.media.intake.boxes import Box, boxes, child, children, free, number, version
from nhipcau.media.intake.cleaned import Cleaned, Private, blank, open_copy, turned
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_TOP = {b"ftyp", b"moov", b"mdat", b"moof", b"styp", b"sidx", b"mfra"}
_MOVIE = {b"mvhd", b"trak", b"mvex", b"iods"}
_TRACK = {b"tkhd", b"mdia", b"edts", b"tref", b"tapt", b"clip", b"matt", b"load"}
_MEDIA = {b"mdhd", b"hdlr", b"minf", b"elng"}
_SHOWN = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp"}
_COMPRESSOR = (50, 82)  # of a visual sample entry: the encoder's name, 32 bytes


@dataclass(slots=True)
class _Found:
    """What the walk through the movie learns."""

    kept: list[tuple[int, int]]  # stretches of media that a kept track asks for
    is_whole: bool = True  # every kept track told its stretches
    has_fragments: bool = False
    has_lost_track: bool = False


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    cleaned, found = Cleaned(has_picture=False), _Found(kept=[])
    with open_copy(source, target) as held:
        top = list(boxes(held, 0, len(held)))
        movies = [box for box in top if box.name == b"moov"]
        if len(movies) != 1 or not any(box.name == b"mdat" for box in top):
            raise Refused(Refusal.CUT_OFF)
        found.has_fragments = any(box.name == b"moof" for box in top)
        _clean_movie(held, movies[0], cleaned, found)
        if found.has_lost_track and found.has_fragments:
            raise Refused(Refusal.CANNOT_CLEAN)
        for box in top:
            if box.name not in _TOP and free(held, box):
                cleaned.taken_out.add(_sort(box.name))
        if found.is_whole and not found.has_fragments:
            for box in top:
                if box.name == b"mdat" and _blank_gaps(held, box, found.kept):
                    cleaned.taken_out.add(Private.TRACES)
    return cleaned


def _clean_movie(held: mmap, movie: Box, cleaned: Cleaned, found: _Found) -> None:
    tracks = []
    for box in children(held, movie):
        if box.name == b"mvhd":
            cleaned.duration_ms = _duration(held, box)
            _forget_times(held, box, cleaned)
        elif box.name == b"trak":
            tracks.append(box)
        elif box.name not in _MOVIE:
            sorts = _sorts_within(held, box)
            if free(held, box):
                cleaned.taken_out |= sorts
    for track in tracks:
        _clean_track(held, track, cleaned, found)
    if found.has_lost_track:
        for track in tracks:
            for box in (
                children(held, track) if held[track.start + 4 : track.body] == b"trak" else ()
            ):
                if box.name == b"tref":
                    free(held, box)


def _clean_track(held: mmap, track: Box, cleaned: Cleaned, found: _Found) -> None:
    media = child(held, track, b"mdia")
    handler = None if media is None else child(held, media, b"hdlr")
    if media is None or handler is None:
        raise Refused(Refusal.DAMAGED)
    kind = held[handler.body + 8 : handler.body + 12]
    stretches = _stretches(held, media)
    if kind not in _SHOWN:
        if stretches is None and not found.has_fragments:
            raise Refused(Refusal.CANNOT_CLEAN)
        for start, end in stretches or ():
            blank(held, start, min(end, len(held)))
        free(held, track)
        cleaned.taken_out.add(Private.TRACK)
        found.has_lost_track = True
        return
    if stretches is None:
        found.is_whole = False
    else:
        found.kept += stretches
    for box in children(held, track):
        if box.name == b"tkhd":
            _forget_times(held, box, cleaned)
            if kind == b"vide":
                cleaned.has_picture = True
                cleaned.width, cleaned.height = _shown_size(held, box)
        elif box.name not in _TRACK and free(held, box):
            cleaned.taken_out.add(_sort(box.name))
    for box in children(held, media):
        if box.name == b"mdhd":
            _forget_times(held, box, cleaned)
        elif box.name == b"hdlr":
            blank(held, box.body + 24, box.end)
        elif box.name not in _MEDIA and free(held, box):
            cleaned.taken_out.add(_sort(box.name))
    if kind == b"vide":
        _forget_encoder(held, media, cleaned)


def _forget_times(held: mmap, box: Box, cleaned: Cleaned) -> None:
    """Creation and modification, the first two values of every header."""
    wide = 8 if version(held, box) else 4
    if blank(held, box.body + 4, box.body + 4 + 2 * wide):
        cleaned.taken_out.add(Private.TIME)


def _forget_encoder(held: mmap, media: Box, cleaned: Cleaned) -> None:
    descriptions = _table(held, media, b"stsd")
    for entry in () if descriptions is None else children(held, descriptions, skip=8):
        start, end = (entry.start + at for at in _COMPRESSOR)
        if end <= entry.end and blank(held, start, end):
            cleaned.taken_out.add(Private.DEVICE)


def _duration(held: mmap, box: Box) -> int | None:
    if version(held, box):
        scale, length = number(held, box.body + 20, 4), number(held, box.body + 24, 8)
    else:
        scale, length = number(held, box.body + 12, 4), number(held, box.body + 16, 4)
    unknown = {0, 2**32 - 1, 2**64 - 1}
    return None if not scale or length in unknown else length * 1000 // scale


def _shown_size(held: mmap, box: Box) -> tuple[int | None, int | None]:
    at = box.body + (52 if version(held, box) else 40)
    upright = number(held, at, 4) != 0  # the matrix's first value: zero when turned by 90 degrees
    width, height = number(held, at + 36, 4) >> 16, number(held, at + 40, 4) >> 16
    if not width or not height:
        return None, None
    return turned(width, height, 1 if upright else 6)


def _table(held: mmap, media: Box, name: bytes) -> Box | None:
    within: Box | None = media
    for step in (b"minf", b"stbl", name):
        within = None if within is None else child(held, within, step)
    return within


def _stretches(held: mmap, media: Box) -> list[tuple[int, int]] | None:
    """Where a track's chunks lie in the file (ISO 14496-12, 8.7); None where it is not told."""
    sizes, runs = _table(held, media, b"stsz"), _table(held, media, b"stsc")
    places, wide = _table(held, media, b"stco"), 4
    if places is None:
        places, wide = _table(held, media, b"co64"), 8
    if sizes is None or runs is None or places is None:
        return None
    uniform, samples = number(held, sizes.body + 4, 4), number(held, sizes.body + 8, 4)
    chunks = number(held, places.body + 4, 4)
    entries = number(held, runs.body + 4, 4)
    if (
        places.body + 8 + wide * chunks > places.end
        or runs.body + 8 + 12 * entries > runs.end
        or (not uniform and sizes.body + 12 + 4 * samples > sizes.end)
    ):
        raise Refused(Refusal.DAMAGED)
    steps = [
        (number(held, at, 4), number(held, at + 4, 4))
        for at in range(runs.body + 8, runs.body + 8 + 12 * entries, 12)
    ]
    found, sample = [], 0
    for (first, per_chunk), (behind, _per) in pairwise([*steps, (chunks + 1, 0)]):
        for chunk in range(first - 1, min(behind - 1, chunks)):
            start = number(held, places.body + 8 + wide * chunk, wide)
            count = min(per_chunk, samples - sample)
            if uniform:
                length = uniform * count
            else:
                table = held[sizes.body + 12 + 4 * sample : sizes.body + 12 + 4 * (sample + count)]
                length = sum(
                    int.from_bytes(table[at : at + 4], "big") for at in range(0, len(table), 4)
                )
            sample += count
            if start + length > len(held):
                raise Refused(Refusal.CUT_OFF)
            found.append((start, start + length))
    return found


def _blank_gaps(held: mmap, media: Box, kept: list[tuple[int, int]]) -> bool:
    """Overwrite what no track asks for; whether there was anything."""
    something, at = False, media.body
    for start, end in sorted(kept):
        if end <= media.body or start >= media.end:
            continue
        if start > at:
            something |= blank(held, at, start)
        at = max(at, end)
    return something | blank(held, min(at, media.end), media.end)


def _sorts_within(held: mmap, box: Box) -> set[Private]:
    """What metadata in a movie tells of, by the names in it."""
    words = held[box.body : min(box.end, box.body + (1 << 20))]
    named = {
        Private.PLACE: (b"\xa9xyz", b"location", b"loci", b"GPS"),
        Private.DEVICE: (b"\xa9mod", b"\xa9mak", b"model", b"make", b"serial", b"CAME"),
        Private.PERSON: (b"\xa9aut", b"\xa9ART", b"author", b"artist", b"cprt"),
    }
    told = {sort for sort, names in named.items() if any(name in words for name in names)}
    return told or {_sort(box.name)}


def _sort(name: bytes) -> Private:
    return Private.PLACE if name in {b"gps ", b"GPS "} else Private.TRACES
