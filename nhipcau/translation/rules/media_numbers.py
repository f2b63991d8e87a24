"""Which items of the library a body shows, told by its raw blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# The parts of blocks that hold the number of a media item.
PARTS = ("picture", "video", "audio", "file")


def media_in(raw: Any) -> Iterator[tuple[int, str]]:
    """All media that a raw body shows, wherever they stand in it: their numbers and their keys.

    The key ("picture/12", "file/7") is the one of the manuscript, by the block and not by what
    the library calls the item: a recording that is offered as a file is a file there.
    """
    if isinstance(raw, Mapping):
        for name, value in raw.items():
            if name in PARTS and isinstance(value, int):
                yield value, f"{name}/{value}"
            else:
                yield from media_in(value)
    elif isinstance(raw, list):
        for each in raw:
            yield from media_in(each)


def numbers_in(raw: Any) -> Iterator[int]:
    """The numbers of all media items that a raw body shows."""
    return (number for number, _key in media_in(raw))
