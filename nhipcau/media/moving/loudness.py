"""Loudness by EBU R 128: measured first, then brought to the target, then measured again.

Pass one measures the original. Pass two applies one gain to the whole; where that would drive
peaks over the ceiling, a limiter that works at 192 kHz (and so sees the peaks between samples)
holds them. A lossy encoder moves both figures a little, so what counts is measured in the
finished rendition, and the numbers are corrected when they miss.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from av.audio.frame import AudioFrame
from av.container import InputContainer

from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.looking import picture_stream, sound_stream
from nhipcau.media.moving.opening import opened
from nhipcau.media.moving.sound import RATE, Tally, shaped

# Below this nothing passes the absolute gate of ITU-R BS.1770: there is nothing to make louder.
SILENCE_LUFS = -60.0
# More would lift the noise of a room to the loudness of speech.
MOST_GAIN_DB = 30.0
_NOTHING = -70.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness (LUFS), highest true peak (dBTP), loudness range (LU)."""

    lufs: float
    true_peak: float
    range: float

    @property
    def is_silence(self) -> bool:
        return self.lufs <= SILENCE_LUFS


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to the sound: one gain in dB, and a ceiling in dBTP where peaks need one."""

    gain: float
    ceiling: float | None = None

    @property
    def filters(self) -> list[tuple[str, str]]:
        steps = [("volume", f"{self.gain:.3f}dB:precision=float")] if self.gain else []
        if self.ceiling is not None:
            limit = 10 ** (self.ceiling / 20)
            steps += [
                ("aresample", "192000"),
                ("alimiter", f"limit={limit:.6f}:attack=5:release=80:level=0:latency=1"),
                ("aresample", str(RATE)),
            ]
        return steps


def treatment(measured: Loudness, *, target: float, ceiling: float) -> Treatment:
    """How to bring the sound to `target` LUFS without a peak over `ceiling` dBTP."""
    if measured.is_silence:
        return Treatment(0.0)
    gain = min(target - measured.lufs, MOST_GAIN_DB)
    is_held = measured.true_peak + gain > ceiling
    return Treatment(round(gain, 3), ceiling if is_held else None)


def corrected(
    tried: Sequence[tuple[Treatment, Loudness]], *, target: float, true_peak: float
) -> Treatment:
    """The treatment once more, after results of earlier ones were measured; oldest first.

    A limiter answers a gain with less than that gain; how much less, the last two tries tell.
    """
    given, measured = tried[-1]
    slope = 1.0
    if len(tried) > 1 and given.ceiling is not None:
        before, then = tried[-2]
        if abs(given.gain - before.gain) > 0.1:
            slope = (measured.lufs - then.lufs) / (given.gain - before.gain)
    gain = given.gain + (target - measured.lufs) / min(1.0, max(0.25, slope))
    ceiling = given.ceiling
    if measured.true_peak > true_peak:
        over = measured.true_peak - true_peak
        ceiling = (true_peak if ceiling is None else ceiling) - over - 0.2
    elif ceiling is None and measured.true_peak + gain - given.gain > true_peak:
        ceiling = true_peak - 0.5
    return Treatment(round(min(gain, MOST_GAIN_DB), 3), ceiling)


def measure(
    path: Path,
    *,
    duration: float = 0.0,
    progress: Callable[[float], None] = lambda _: None,
) -> Loudness:
    """The loudness of a file's sound; NotPlayable when it has none."""
    with opened(path) as container:
        stream = sound_stream(container)
        if stream is None:
            raise NotPlayable(Trouble.NO_SOUND)
        begins = beginning(container)
        tally = Tally()
        measured = metered(
            shaped(
                container,
                stream,
                tally,
                ("ebur128", "metadata=1:peak=true"),
                begins=begins,
            ),
            duration=duration,
            progress=progress,
        )
        tally.settle()
    return measured


def beginning(container: InputContainer) -> float:
    """The first moment of the streams that are used, in seconds."""
    streams = [picture_stream(container), sound_stream(container)]
    moments = [
        float(each.start_time * each.time_base)
        for each in streams
        if each is not None and each.start_time is not None and each.time_base is not None
    ]
    return min(moments, default=0.0)


def metered(
    measured: Iterator[AudioFrame], *, duration: float, progress: Callable[[float], None]
) -> Loudness:
    """What the meter has written on the frames that passed it."""
    words: dict[str, str] = {}
    peak = -math.inf
    for number, frame in enumerate(measured):
        words = frame.metadata or words
        for channel in range(2):
            told = words.get(f"lavfi.r128.true_peaks_ch{channel}")
            if told is not None:
                peak = max(peak, float(told))
        if duration and frame.time is not None and number % 50 == 0:
            progress(min(1.0, frame.time / duration))
    lufs = _number(words.get("lavfi.r128.I"), _NOTHING)
    # The meter writes peaks as amplitudes.
    decibels = 20 * math.log10(peak) if peak > 0 and math.isfinite(peak) else -math.inf
    return Loudness(
        round(lufs, 2),
        round(max(decibels, -100.0), 2),
        round(_number(words.get("lavfi.r128.LRA"), 0.0), 2),
    )


def _number(told: str | None, otherwise: float) -> float:
    value = otherwise if told is None else float(told)
    return value if math.isfinite(value) else otherwise
