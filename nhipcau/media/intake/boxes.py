"""Boxes of the ISO base media file format (ISO 14496-12) in a file held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

from nhipcau.media.intake.cleaned import blank
from nhipcau.media.intake.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name, where it starts, where its body starts, where it ends."""

    name: bytes
    start: int
    body: int
    end: int


def boxes(held: mmap, start: int, end: int) -> Iterator[Box]:
    """The boxes of a stretch; Refused where one reaches beyond it."""
    at = start
    while at < end:
        if at + 8 > end:
            if any(held[at:end]):
                raise Refused(Refusal.CUT_OFF)
            return  # QuickTime closes a list with four zeros
        size, name, body = number(held, at, 4), held[at + 4 : at + 8], at + 8
        if size == 1:
            size, body = number(held, at + 8, 8), at + 16
        elif size == 0:
            size = end - at
        if size < body - at or at + size > end:
            raise Refused(Refusal.CUT_OFF)
        yield Box(name, at, body, at + size)
        at += size


def children(held: mmap, box: Box, *, skip: int = 0) -> Iterator[Box]:
    return boxes(held, box.body + skip, box.end)


def child(held: mmap, box: Box, name: bytes) -> Box | None:
    return next((one for one in children(held, box) if one.name == name), None)


def number(held: mmap, at: int, size: int) -> int:
    return int.from_bytes(held[at : at + size], "big")


def version(held: mmap, box: Box) -> int:
    return held[box.body]


def free(held: mmap, box: Box) -> bool:
    """Make a box an empty one of the same size; whether there was anything in it."""
    something = blank(held, box.body, box.end)
    held[box.start + 4 : box.start + 8] = b"free"
    return something
