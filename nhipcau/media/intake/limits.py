"""How much of a machine one file may use before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one file; crossing any of them is a refusal, never a crash.

    A poster of 100 megapixels is A0 at 215 dots per inch. `memory` (address space) and `seconds`
    (processor) bind the process that does the work.
    """

    pixels: int = 100 * MEGABYTE
    side: int = 30_000
    frames: int = 1_000
    frame_pixels: int = 2_000 * MEGABYTE  # all frames of an animation together
    picture_bytes: int = 200 * MEGABYTE
    drawing_bytes: int = 10 * MEGABYTE
    paper_bytes: int = 300 * MEGABYTE
    text_bytes: int = 20 * MEGABYTE
    parts: int = 10_000  # files inside a .docx
    part_bytes: int = 150 * MEGABYTE
    unpacked_bytes: int = 1_000 * MEGABYTE
    ratio: int = 250
    pages: int = 5_000
    memory: int = 2_000 * MEGABYTE
    seconds: int = 120


DEFAULT = Limits()
