"""AVIF (ISO 23008-12): a picture in boxes; Exif and XMP are overwritten where they lie."""

from __future__ import annotations

from mmap import mmap
from pathlib import Path

from nhipcau.media.intake.boxes import Box, boxes, child, children, free, number, version
from nhipcau.media.intake.cleaned import (
    Cleaned,
    Private,
    blank,
    open_copy,
    refuse_size,
    turned,
)
from nhipcau.media.intake.exif import look_into_xmp
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_TOP = {b"ftyp", b"meta", b"mdat", b"moov", b"free"}
_META = {b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref", b"idat", b"grpl", b"dinf"}


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    if source.stat().st_size > limits.picture_bytes:
        raise Refused(
            Refusal.TOO_LARGE,
            size=source.stat().st_size // 1_000_000,
            most=limits.picture_bytes // 1_000_000,
        )
    cleaned = Cleaned()
    with open_copy(source, target) as held:
        for box in boxes(held, 0, len(held)):
            if box.name == b"meta":
                _clean_meta(held, box, cleaned, limits)
            elif box.name == b"moov":  # a sequence: its pictures repeat what the first one is
                raise Refused(Refusal.CANNOT_CLEAN)
            elif (box.name not in _TOP or box.name == b"free") and free(held, box):
                cleaned.taken_out.add(Private.TRACES)
    if cleaned.width is None:
        raise Refused(Refusal.DAMAGED)
    return cleaned


def _clean_meta(held: mmap, meta: Box, cleaned: Cleaned, limits: Limits) -> None:
    parts = {box.name: box for box in children(held, meta, skip=4)}
    properties = parts.get(b"iprp")
    container = None if properties is None else child(held, properties, b"ipco")
    if container is None or b"iinf" not in parts or b"iloc" not in parts:
        raise Refused(Refusal.DAMAGED)
    size, is_turned = (0, 0), False
    for box in children(held, container):
        if box.name == b"ispe":
            found = (number(held, box.body + 4, 4), number(held, box.body + 8, 4))
            refuse_size(*found, limits)
            size = max(size, found, key=lambda one: one[0] * one[1])
        elif box.name == b"irot":
            is_turned = held[box.body] & 1 == 1
        elif box.name == b"udes":
            blank(held, box.body + 4, box.end)
    refuse_size(*size, limits)
    cleaned.width, cleaned.height = turned(*size, 6 if is_turned else 1)
    for item in _private_items(held, parts[b"iinf"], cleaned):
        for start, end in _extents(held, parts[b"iloc"], parts.get(b"idat"), item):
            cleaned.taken_out |= look_into_xmp(bytes(held[start:end]))
            blank(held, start, end)
    for name, box in parts.items():
        if name not in _META and free(held, box):
            cleaned.taken_out.add(Private.TRACES)


def _private_items(held: mmap, info: Box, cleaned: Cleaned) -> list[int]:
    """Numbers of items that hold Exif, XMP or anything else that is no picture."""
    found = []
    skip = 4 + (2 if version(held, info) == 0 else 4)
    for entry in children(held, info, skip=skip):
        if entry.name != b"infe" or version(held, entry) not in {2, 3}:
            raise Refused(Refusal.CANNOT_CLEAN)
        wide = 2 if version(held, entry) == 2 else 4
        at = entry.body + 4 + wide + 2
        kind = held[at : at + 4]
        if blank(held, at + 4, entry.end) and kind in {b"Exif", b"mime", b"uri "}:
            cleaned.taken_out.add(Private.TRACES)
        if kind in {b"Exif", b"mime", b"uri "}:
            found.append(number(held, entry.body + 4, wide))
            held[at : at + 4] = b"free"
    return found


def _extents(held: mmap, place: Box, inner: Box | None, wanted: int) -> list[tuple[int, int]]:
    """Where an item's bytes lie (ISO 14496-12, 8.11.3)."""
    edition = version(held, place)
    at = place.body + 4
    offset_size, length_size = held[at] >> 4, held[at] & 15
    base_size, index_size = held[at + 1] >> 4, held[at + 1] & 15 if edition else 0
    wide = 2 if edition < 2 else 4
    count, at = number(held, at + 2, wide), at + 2 + wide
    for _ in range(count):
        item, at = number(held, at, wide), at + wide
        method = 0
        if edition:
            method, at = number(held, at, 2) & 15, at + 2
        at += 2
        base, at = number(held, at, base_size), at + base_size
        extents, at = number(held, at, 2), at + 2
        found = []
        for _extent in range(extents):
            at += index_size
            start, at = base + number(held, at, offset_size), at + offset_size
            length, at = number(held, at, length_size), at + length_size
            if method == 1 and inner is not None:
                start += inner.body
            if method > 1 or start + length > len(held):
                raise Refused(Refusal.CANNOT_CLEAN)
            found.append((start, start + length))
        if item == wanted:
            return found
    return []
