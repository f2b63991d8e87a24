"""What is made of an original, as data: each recipe with its digest.

The digest is part of a rendition's name: the same original by the same recipe is one rendition,
and a recipe whose numbers change makes new ones beside the old.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from nhipcau.media.moving.looks import Look

# Raised when the work itself changes so that its result would differ.
ENGINE = 1

# EBU R 128 s2 (streaming) keeps the true peak this far below full scale for lossy codecs.
TRUE_PEAK_DB = -1.5


class Makes(StrEnum):
    VIDEO = "video"
    AUDIO = "audio"
    POSTER = "poster"
    WAVEFORM = "waveform"


class Codec(StrEnum):
    """The forms of sound, by FFmpeg's names of their encoders."""

    AAC = "aac"
    OPUS = "libopus"
    MP3 = "libmp3lame"


@dataclass(frozen=True, slots=True)
class Recipe:
    """One thing to make. `height` is the shorter side in pixels and never enlarges.

    `video_kbps` is the most that any second may average, `audio_kbps` what sound gets; `loudness`
    is in LUFS; `moment_ms` is where a poster is taken.
    """

    name: str
    makes: Makes
    suffix: str
    media_type: str
    height: int = 0
    video_kbps: int = 0
    codec: Codec = Codec.AAC
    audio_kbps: int = 0
    loudness: float = -16.0
    moment_ms: int = 0
    up_to_cut: bool = False

    @property
    def key(self) -> str:
        """Name and digest: “video-720.3f2a9c01b7d4”."""
        told = json.dumps([ENGINE, TRUE_PEAK_DB, asdict(self)], sort_keys=True).encode()
        return f"{self.name}.{hashlib.sha256(told).hexdigest()[:12]}"

    @property
    def takes_moments(self) -> bool:
        """Whether it is done in seconds however long the file: such work goes before the rest."""
        return self.makes in {Makes.POSTER, Makes.WAVEFORM}


_SOUND = {
    Codec.AAC: ("audio-aac", "m4a", "audio/mp4"),
    Codec.OPUS: ("audio-opus", "opus", "audio/ogg"),
    Codec.MP3: ("audio-mp3", "mp3", "audio/mpeg"),
}


def video(*, height: int, video_kbps: int, audio_kbps: int, loudness: float) -> Recipe:
    return Recipe(
        f"video-{height}",
        Makes.VIDEO,
        "mp4",
        "video/mp4",
        height=height,
        video_kbps=video_kbps,
        audio_kbps=audio_kbps,
        loudness=loudness,
    )


def audio(*, codec: Codec, kbps: int, loudness: float) -> Recipe:
    name, suffix, media_type = _SOUND[codec]
    return Recipe(
        name,
        Makes.AUDIO,
        suffix,
        media_type,
        codec=codec,
        audio_kbps=kbps,
        loudness=loudness,
    )


def poster(*, moment_ms: int, height: int = 720) -> Recipe:
    return Recipe(
        "poster", Makes.POSTER, "jpg", "image/jpeg", height=height, moment_ms=max(0, moment_ms)
    )


def waveform() -> Recipe:
    """The peaks as numbers, for the editor of subtitles and for players."""
    return Recipe("waveform", Makes.WAVEFORM, "json", "application/json")


def waveform_picture() -> Recipe:
    """The same as a picture, for pages without a player."""
    return Recipe("waveform-picture", Makes.WAVEFORM, "svg", "image/svg+xml")


# Seconds of work per second of film or sound, roughly, on two processors: for taking turns only.
_SLOWNESS = {Makes.POSTER: 0.0, Makes.WAVEFORM: 0.01, Makes.AUDIO: 0.1, Makes.VIDEO: 0.5}


def expected_seconds(recipe: Recipe, found: Look) -> float:
    """About how long the work will take."""
    lines = max(1.0, recipe.height / 480) ** 2 if recipe.makes is Makes.VIDEO else 1.0
    return 1.0 + found.duration_seconds * _SLOWNESS[recipe.makes] * lines


def usual_poster_ms(found: Look) -> int:
    """A moment after the opening: a tenth of the film, ten seconds at most."""
    return round(min(10.0, found.duration_seconds / 10) * 1000)


def wanted(found: Look, offered: Iterable[Recipe]) -> list[Recipe]:
    """What of `offered` to make of a file: sound of sound; pictures no larger than they are.

    A film smaller than every size offered gets the smallest, at its own size.
    """
    offered = list(offered)
    if not found.has_picture:
        return [each for each in offered if each.makes in {Makes.AUDIO, Makes.WAVEFORM}]
    films = sorted(
        (each for each in offered if each.makes is Makes.VIDEO), key=lambda each: each.height
    )
    fitting = [each for each in films if each.height <= found.short_side] or films[:1]
    rest = [each for each in offered if each.makes is Makes.POSTER]
    if found.has_sound:
        rest += [each for each in offered if each.makes is Makes.WAVEFORM]
    return [*rest, *fitting]
