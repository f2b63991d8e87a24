"""Pictures of a file: a poster from one moment of a film, the waveform of a sound."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame

from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.filming import size_for, upright
from nhipcau.media.moving.limits import Limits
from nhipcau.media.moving.listening import Progress
from nhipcau.media.moving.looking import picture_stream, sound_stream
from nhipcau.media.moving.looks import Look
from nhipcau.media.moving.loudness import beginning
from nhipcau.media.moving.opening import opened
from nhipcau.media.moving.recipes import Recipe
from nhipcau.media.moving.sound import RATE, Tally, shaped
from nhipcau.media.moving.writing import writing_bytes

# Twenty peaks a second let a cue be set by eye; a long recording gets fewer, so that its
# waveform stays small.
_PER_SECOND = 20
_MOST_PEAKS = 12_000
_HIGHEST = 100
_QUIETEST_DB = -60.0
_SVG_WIDTH = 1000
_SVG_HEIGHT = 100


@dataclass(frozen=True, slots=True)
class Peaks:
    """The loudest sample of each stretch, 0 to 100 (100 is full scale), `per_second` of them."""

    per_second: float
    peaks: tuple[int, ...]

    def as_json(self) -> str:
        told = {"per_second": self.per_second, "highest": _HIGHEST, "peaks": list(self.peaks)}
        return json.dumps(told, separators=(",", ":"))


def make_poster(
    source: Path, target: Path, recipe: Recipe, found: Look, limits: Limits
) -> tuple[int, int]:
    """The picture that stands at `recipe.moment_ms`, or the last before it; its size.

    Written as JPEG without any metadata. Raises NotPlayable; then no file is left.
    """
    if not found.has_picture:
        raise NotPlayable(Trouble.NO_PICTURE)
    size = size_for(found, recipe.height)
    moment = min(recipe.moment_ms / 1000, max(0.0, found.duration_seconds - 0.05))
    with opened(source) as container:
        film = picture_stream(container)
        if film is None or film.time_base is None:
            raise NotPlayable(Trouble.NO_PICTURE)
        begins = beginning(container)
        if moment > 0:
            # To the key frame before it; the pictures between are decoded and passed over.
            # A file without an index is read from its beginning instead.
            with suppress(av.error.FFmpegError):
                container.seek(int((moment + begins) / film.time_base), stream=film)
        tally, best = Tally(), None
        for frame in upright(container, film, tally, size, begins=begins, limits=limits):
            if best is not None and (frame.time or 0.0) > moment:
                break
            best = frame
    if best is None:
        raise NotPlayable(Trouble.DAMAGED)
    _write_jpeg(best, target)
    return size


def _write_jpeg(frame: VideoFrame, target: Path) -> None:
    picture = frame.to_image()
    with writing_bytes(target):
        picture.save(target, "JPEG", quality=82, optimize=True, progressive=True)


def make_waveform(
    source: Path, target: Path, recipe: Recipe, found: Look, progress: Progress
) -> Peaks:
    """The peaks of the sound, written as JSON or as SVG, as the recipe says."""
    if not found.has_sound:
        raise NotPlayable(Trouble.NO_SOUND)
    found_peaks = peaks(source, found, progress)
    told = found_peaks.as_json() if recipe.suffix == "json" else svg(found_peaks.peaks)
    with writing_bytes(target):
        target.write_text(told, encoding="utf-8")
    progress(1.0)
    return found_peaks


def peaks(source: Path, found: Look, progress: Progress) -> Peaks:
    seconds = max(found.duration_seconds, 0.1)
    per_second = min(float(_PER_SECOND), _MOST_PEAKS / seconds)
    samples = max(1, round(RATE / per_second))
    levels: list[int] = []
    tally = Tally()
    with opened(source) as container:
        stream = sound_stream(container)
        if stream is None:
            raise NotPlayable(Trouble.NO_SOUND)
        for frame in shaped(
            container,
            stream,
            tally,
            ("asetnsamples", f"n={samples}:p=0"),
            ("astats", "metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level"),
            begins=beginning(container),
        ):
            levels.append(_level(frame.metadata.get("lavfi.astats.Overall.Peak_level")))
            if len(levels) % 200 == 0:
                progress(min(1.0, len(levels) / per_second / seconds))
    tally.settle()
    return Peaks(round(RATE / samples, 4), tuple(levels))


def _level(decibels: str | None) -> int:
    value = -math.inf if decibels is None else float(decibels)
    if not math.isfinite(value) or value < _QUIETEST_DB:
        return 0
    return max(0, min(_HIGHEST, round(10 ** (value / 20) * _HIGHEST)))


def svg(levels: Sequence[int]) -> str:
    """The waveform as one path, mirrored about the middle, as high as its loudest place."""
    columns = _columns(levels, _SVG_WIDTH // 2)
    highest = max(1, *columns, 1)
    middle = _SVG_HEIGHT / 2
    step = Fraction(_SVG_WIDTH, max(1, len(columns)))
    above = [
        f"{float(step * number):.0f} {middle - max(0.5, level * middle / highest):.1f}"
        for number, level in enumerate(columns)
    ]
    below = [
        f"{float(step * number):.0f} {middle + max(0.5, level * middle / highest):.1f}"
        for number, level in reversed(list(enumerate(columns)))
    ]
    points = "L".join([*above, *below])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SVG_WIDTH} {_SVG_HEIGHT}" '
        f'preserveAspectRatio="none"><path fill="currentColor" d="M{points}Z"/></svg>'
    )


def _columns(levels: Sequence[int], most: int) -> list[int]:
    """At most `most` levels, each the loudest of those that it stands for."""
    if len(levels) <= most:
        return list(levels) or [0]
    edges = [number * len(levels) // most for number in range(most + 1)]
    return [max(levels[start:end]) for start, end in itertools.pairwise(edges)]
