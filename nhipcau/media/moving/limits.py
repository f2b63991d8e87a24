"""How much of a machine one piece of work on audio or video may use."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one piece of work; crossing any of them is a refusal, never a crash.

    `memory` is address space (bytes): the libraries map about 400 MB before the first frame.
    `seconds` is time by the clock, on top of which `times_duration` gives as much per second of
    the file; `output_bytes` bounds any single file that is written.
    """

    memory: int = 2_600 * MEGABYTE
    seconds: float = 600.0
    times_duration: float = 6.0
    output_bytes: int = 8_000 * MEGABYTE
    threads: int = 2
    longest_seconds: float = 12 * 3600.0
    pixels: int = 8192 * 4320
    streams: int = 64

    def seconds_for(self, duration_seconds: float) -> float:
        """The time by the clock that work on a file of that duration may take."""
        return self.seconds + self.times_duration * duration_seconds


DEFAULT = Limits()
