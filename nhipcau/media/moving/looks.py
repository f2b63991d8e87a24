"""What a file of sound or film turned out to hold, as plain values.

Apart from the looking itself: whoever only knows of films does not load FFmpeg.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Makeup(StrEnum):
    """What a file is to the person who brought it."""

    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Look:
    """What a file holds. Seconds, pixels as shown (upright, square), Hz.

    `duration_seconds` is what can be played; `promised_seconds` what the container says where it
    says more. `rotation` (0, 90, 180, 270) is what a player turns the stored picture by.
    """

    makeup: Makeup
    container: str
    duration_seconds: float
    promised_seconds: float | None = None
    is_cut_off: bool = False
    video_codec: str = ""
    width: int = 0
    height: int = 0
    rotation: int = 0
    frames_per_second: float = 0.0
    is_high_dynamic_range: bool = False
    audio_codec: str = ""
    channels: int = 0
    sample_rate: int = 0

    @property
    def has_sound(self) -> bool:
        return bool(self.audio_codec)

    @property
    def has_picture(self) -> bool:
        return bool(self.video_codec)

    @property
    def short_side(self) -> int:
        """Pixels of the shorter side: the “720” of 720p, also of a film taken upright."""
        return min(self.width, self.height)
