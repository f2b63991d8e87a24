"""What cleaning a file answers, and small tools of the formats."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from mmap import mmap
from pathlib import Path

from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused


class Private(StrEnum):
    """What was taken out, by its sort; the values themselves are kept nowhere."""

    PLACE = "place"
    DEVICE = "device"
    PERSON = "person"
    TIME = "time"
    WORDS = "words"
    THUMBNAIL = "thumbnail"
    TRACES = "traces"  # of editing programs
    TRACK = "track"  # a data track beside picture and sound
    ATTACHED = "attached"  # bytes behind the end


@dataclass(slots=True)
class Cleaned:
    """What the cleaned file is. Width and height as shown; a duration in milliseconds."""

    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    pages: int | None = None
    has_picture: bool = True  # of a film container: false when it holds sound alone
    taken_out: set[Private] = field(default_factory=set)


def refuse_size(width: int, height: int, limits: Limits) -> None:
    """Refuse a picture by the size that its header tells, before anything is decoded."""
    if width < 1 or height < 1:
        raise Refused(Refusal.DAMAGED)
    if width * height > limits.pixels or max(width, height) > limits.side:
        raise Refused(Refusal.BOMB, width=width, height=height, most=limits.pixels // 1_000_000)


def refuse_animation(frames: int, width: int, height: int, limits: Limits) -> None:
    if frames > limits.frames or frames * width * height > limits.frame_pixels:
        raise Refused(Refusal.TOO_MANY_FRAMES, frames=frames, most=limits.frames)


def turned(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Width and height as shown: orientations 5 to 8 lie on their side (Exif 2.32, 4.6.4)."""
    return (height, width) if orientation in {5, 6, 7, 8} else (width, height)


def whole(source: Path, most: int) -> bytes:
    """All of a file that is held in memory; Refused when it is larger than `most`."""
    size = source.stat().st_size
    if size > most:
        raise Refused(Refusal.TOO_LARGE, size=size // 1_000_000, most=most // 1_000_000)
    return source.read_bytes()


@contextmanager
def open_copy(source: Path, target: Path) -> Iterator[mmap]:
    """A copy of the file, to be overwritten in place."""
    with source.open("rb") as read, target.open("wb") as written:
        while chunk := read.read(1 << 20):
            written.write(chunk)
        written.flush()
    with target.open("r+b") as file, mmap(file.fileno(), 0) as held:
        yield held
        held.flush()
        os.fsync(file.fileno())


def blank(held: mmap, start: int, end: int) -> bool:
    """Overwrite with zeros, a megabyte at a time; whether there was anything else."""
    something = False
    for at in range(start, end, 1 << 20):
        upto = min(at + (1 << 20), end)
        zeros = bytes(upto - at)
        if held[at:upto] != zeros:
            something = True
            held[at:upto] = zeros
    return something
