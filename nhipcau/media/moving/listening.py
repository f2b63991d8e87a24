"""Renditions of sound: AAC in M4A and Opus for the web, MP3 for loudspeakers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from av.audio.stream import AudioStream
from av.codec.context import Flags

from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.looking import sound_stream
from nhipcau.media.moving.looks import Look
from nhipcau.media.moving.loudness import (
    MOST_GAIN_DB,
    Loudness,
    Treatment,
    beginning,
    corrected,
    measure,
    treatment,
)
from nhipcau.media.moving.opening import opened
from nhipcau.media.moving.recipes import TRUE_PEAK_DB, Codec, Recipe
from nhipcau.media.moving.sound import RATE, Tally, shaped
from nhipcau.media.moving.writing import writing

Progress = Callable[[float], None]

# A lossy encoder lifts peaks by about as much; what it lifts beyond is corrected after measuring.
_ENCODERS_LIFT_DB = {Codec.AAC: 0.5, Codec.OPUS: 0.8, Codec.MP3: 0.6}
_TRIES = 6
_NEAR_ENOUGH_LU = 0.3
_SPARE_LU = 0.05  # the meter that checks may round the other way
_CONTAINERS = {
    Codec.AAC: ("mp4", {"movflags": "+faststart"}),
    Codec.OPUS: ("ogg", {}),
    # No tags at all; the frame that tells the duration stays, or players guess it.
    Codec.MP3: ("mp3", {"id3v2_version": "0", "write_xing": "1"}),
}


@dataclass(frozen=True, slots=True)
class Sounding:
    """How loud it was, how loud the rendition is, and in how many places it was damaged."""

    before: Loudness
    after: Loudness
    is_limited: bool
    damaged_places: int


def make_audio(
    source: Path, target: Path, recipe: Recipe, found: Look, progress: Progress
) -> Sounding:
    """The sound of `source` at the recipe's loudness, written to `target`.

    The loudness told is measured in the finished file. Raises NotPlayable; then no file is left.
    """
    if not found.has_sound:
        raise NotPlayable(Trouble.NO_SOUND)
    seconds = found.duration_seconds
    before = measure(source, duration=seconds, progress=lambda share: progress(share * 0.25))
    ceiling = TRUE_PEAK_DB - _ENCODERS_LIFT_DB[recipe.codec]
    given = treatment(before, target=recipe.loudness, ceiling=ceiling)
    tried: list[tuple[Treatment, Loudness]] = []
    for attempt in range(_TRIES):
        # Most need one encoding; the bar waits at its place for those that need a second.
        start = 0.25 if attempt == 0 else 0.85
        damaged = _encode(
            source,
            target,
            recipe,
            given,
            progress=partial(_between, progress, start),
            seconds=seconds,
        )
        after = measure(target)
        if _is_right(after, given, recipe) or attempt == _TRIES - 1:
            break
        tried.append((given, after))
        given = corrected(tried, target=recipe.loudness, true_peak=TRUE_PEAK_DB - _SPARE_LU)
    progress(1.0)
    return Sounding(before, after, given.ceiling is not None, damaged)


def _between(progress: Progress, start: float, share: float) -> None:
    progress(start + share * (0.85 - start))


def _is_right(after: Loudness, given: Treatment, recipe: Recipe) -> bool:
    if after.is_silence or given.gain == 0.0:
        return True
    # Sound that is lifted by all that may be lifted stays quieter than wished.
    is_near = after.lufs - recipe.loudness <= _NEAR_ENOUGH_LU and (
        recipe.loudness - after.lufs <= _NEAR_ENOUGH_LU or given.gain >= MOST_GAIN_DB
    )
    return is_near and after.true_peak <= TRUE_PEAK_DB - _SPARE_LU


def _encode(
    source: Path,
    target: Path,
    recipe: Recipe,
    given: Treatment,
    *,
    progress: Progress,
    seconds: float,
) -> int:
    tally = Tally()
    name, options = _CONTAINERS[recipe.codec]
    with opened(source) as container, writing(target, name, options) as output:
        stream = sound_stream(container)
        if stream is None:
            raise NotPlayable(Trouble.NO_SOUND)
        encoder = output.add_stream(recipe.codec.value, rate=RATE)
        if not isinstance(encoder, AudioStream):
            raise TypeError(recipe.codec)
        # Bit-exact: an encoder that does not write its own name into the sound.
        encoder.codec_context.flags |= Flags.bitexact
        encoder.codec_context.layout = "stereo"
        encoder.codec_context.bit_rate = recipe.audio_kbps * 1000
        sample_format = {Codec.AAC: "fltp", Codec.OPUS: "flt", Codec.MP3: "fltp"}[recipe.codec]
        encoder.codec_context.format = sample_format
        output.start_encoding()
        size = encoder.codec_context.frame_size or 1024
        steps = [
            *given.filters,
            ("aformat", f"sample_fmts={sample_format}:sample_rates={RATE}:channel_layouts=stereo"),
            ("asetnsamples", f"n={size}:p=0"),
        ]
        placed = 0
        for number, frame in enumerate(
            shaped(container, stream, tally, *steps, begins=beginning(container))
        ):
            # The limiter looks ahead: its clock is not ours, the number of samples is.
            frame.pts, frame.time_base = placed, Fraction(1, RATE)
            placed += frame.samples
            output.mux(encoder.encode(frame))
            if seconds and number % 50 == 0:
                progress(min(1.0, placed / RATE / seconds))
        output.mux(encoder.encode(None))
        return tally.settle()
