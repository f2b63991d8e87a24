"""Reading what an Exif block holds: only its orientation stays, the rest is told by its sort."""

from __future__ import annotations

import struct

from nhipcau.media.intake.cleaned import Private

ORIENTATION = 0x0112
_SUB_DIRECTORIES = {0x8769, 0xA005}
# Tag -> what it tells. Exif 2.32, tables 3 to 15; 0xC000 and up: DNG.
_SORTS = {
    0x8825: Private.PLACE,
    **dict.fromkeys(
        (0x010F, 0x0110, 0xA431, 0xA433, 0xA434, 0xA435, 0x927C, 0xC62F, 0xC614), Private.DEVICE
    ),
    **dict.fromkeys((0x013B, 0x8298, 0xA430, 0x9C9D), Private.PERSON),
    **dict.fromkeys((0x0132, 0x9003, 0x9004), Private.TIME),
    **dict.fromkeys((0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F), Private.WORDS),
    **dict.fromkeys((0x0131, 0x000B, 0x013C), Private.TRACES),
}


def look_into(block: bytes) -> tuple[int, set[Private]]:
    """The orientation (1 to 8) and the sorts of what a TIFF-shaped Exif block tells.

    A block that cannot be read is taken as upright, and as telling something all the same.
    """
    told: set[Private] = set()
    orientation = 1
    try:
        order = {b"II": "<", b"MM": ">"}[block[:2]]
        pending, seen = [(struct.unpack_from(order + "I", block, 4)[0], True)], set[int]()
        while pending and len(seen) < 20:
            at, is_main = pending.pop()
            if at in seen or at == 0:
                continue
            seen.add(at)
            (count,) = struct.unpack_from(order + "H", block, at)
            for entry in range(at + 2, at + 2 + 12 * count, 12):
                tag, kind = struct.unpack_from(order + "HH", block, entry)
                if tag == ORIENTATION and is_main and kind == 3 and len(seen) == 1:
                    (orientation,) = struct.unpack_from(order + "H", block, entry + 8)
                elif tag in _SORTS:
                    told.add(_SORTS[tag])
                elif tag in _SUB_DIRECTORIES:
                    pending.append((struct.unpack_from(order + "I", block, entry + 8)[0], False))
            (after,) = struct.unpack_from(order + "I", block, at + 2 + 12 * count)
            if is_main and after and after not in seen:
                told.add(Private.THUMBNAIL)
    except (KeyError, struct.error):
        told.add(Private.TRACES)
    return (orientation if 1 <= orientation <= 8 else 1), told


def upright(orientation: int) -> bytes:
    """An Exif block that tells the orientation and nothing else."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)


def look_into_xmp(packet: bytes) -> set[Private]:
    """The sorts of what an XMP packet tells, by the names in it."""
    named = {
        Private.PLACE: (b"GPS", b"Location", b"City"),
        Private.PERSON: (b"creator", b"Owner", b"Artist", b"rights"),
        Private.DEVICE: (b"SerialNumber", b"tiff:Model", b"LensModel"),
        Private.TIME: (b"CreateDate", b"ModifyDate", b"DateTime"),
    }
    told = {sort for sort, names in named.items() if any(name in packet for name in names)}
    return told | {Private.TRACES}
