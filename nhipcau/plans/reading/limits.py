"""How much of a machine one file may use before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for reading one file; crossing any of them is a refusal, never a crash.

    The defaults carry a plan of several thousand pages and keep a worker of the platform
    under 500 MB. `memory` is address space (bytes) and holds where reading is isolated.
    """

    bytes: int = 50 * MEGABYTE
    characters: int = 10_000_000
    memory: int = 470 * MEGABYTE
    seconds: float = 60.0
    pages: int = 5_000
    parts: int = 10_000  # files inside a .docx
    part_bytes: int = 150 * MEGABYTE  # one inflated part that is read as a stream
    tree_bytes: int = 16 * MEGABYTE  # one inflated part that is held as a tree
    ratio: int = 250  # inflated : packed; a real document.xml seldom passes 40
    depth: int = 200  # elements within elements


DEFAULT = Limits()
