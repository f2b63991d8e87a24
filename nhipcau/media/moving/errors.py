"""What can be wrong with an audio or video file, for programs; the room's phrases say it."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why a file could not be used, or what was found odd about one that could."""

    EMPTY = "empty"
    UNKNOWN_FORMAT = "unknown_format"  # not audio nor video that we take, whatever its name says
    UNFINISHED = "unfinished"  # the index at the end never arrived: nothing of it can be played
    CUT_OFF = "cut_off"  # plays up to a moment; details: at, of (seconds; of may be missing)
    DAMAGED = "damaged"  # too much of it cannot be decoded
    NO_STREAM = "no_stream"  # neither sound nor pictures in it
    NO_PICTURE = "no_picture"  # pictures were asked of a sound file
    NO_SOUND = "no_sound"  # sound was asked of a silent film
    TOO_LONG = "too_long"  # details: seconds, limit
    TOO_LARGE = "too_large"  # pixels; details: width, height
    TOO_SLOW = "too_slow"  # the time for one piece of work ran out
    TOO_HUNGRY = "too_hungry"  # the memory for one piece of work was not enough
    DISK_FULL = "disk_full"
    LOST = "lost"  # the kept bytes are not where they must be
    DIED = "died"  # the process ended by a signal


class NotPlayable(Exception):
    """The file cannot be used as asked. Nothing was written.

    `details` are numbers for the sentence: seconds, pixels.
    """

    def __init__(self, trouble: Trouble, **details: float) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.details = details
