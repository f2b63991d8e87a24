"""Renditions of film: H.264 and AAC in MP4, so that any browser and screen plays them.

The picture is set upright, its pixels square, its lines whole (interlaced ones are woven), 30
pictures a second at most, never larger than it was. The index stands at the front, a key frame
every two seconds, so that a player starts and jumps at once. What any stretch may cost is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.limits import Limits
from nhipcau.media.moving.listening import Progress, Sounding, make_audio
from nhipcau.media.moving.looking import picture_stream
from nhipcau.media.moving.looks import Look
from nhipcau.media.moving.loudness import beginning
from nhipcau.media.moving.opening import opened
from nhipcau.media.moving.recipes import Recipe
from nhipcau.media.moving.sound import Tally, packets
from nhipcau.media.moving.writing import writing

MOST_PICTURES = 30
_KEY_FRAME_SECONDS = 2
# x264 writes its whole recipe into the stream (SEI, type 6 of H.264); nobody needs it to play.
_WITHOUT_SEI = "filter_units=remove_types=6"
_TURNS = {90: "cclock", 180: "", 270: "clock"}  # the display matrix turns against the clock


@dataclass(frozen=True, slots=True)
class Filming:
    """Size of the rendition, what became of its sound, and damaged places passed over."""

    width: int
    height: int
    sounding: Sounding | None
    damaged_places: int


def size_for(found: Look, short_side: int) -> tuple[int, int]:
    """Width and height (even numbers) that keep the proportions and enlarge nothing."""
    scale = min(1.0, short_side / max(1, found.short_side))
    width, height = (max(2, round(side * scale / 2) * 2) for side in (found.width, found.height))
    return width, height


def make_video(
    source: Path,
    target: Path,
    recipe: Recipe,
    *,
    found: Look,
    progress: Progress,
    limits: Limits,
) -> Filming:
    """The film of `source` by the recipe, written to `target`. Raises NotPlayable; then no file."""
    if not found.has_picture:
        raise NotPlayable(Trouble.NO_PICTURE)
    width, height = size_for(found, recipe.height)
    sound_path = target.with_suffix(".sound")
    sounding: Sounding | None = None
    share = 0.0
    try:
        if found.has_sound:
            # Sound first, by itself: its loudness is right before the long work begins.
            sounding = make_audio(
                source, sound_path, recipe, found, lambda done: progress(done * 0.2)
            )
            share = 0.2
        damaged = _film(
            source,
            target,
            recipe,
            size=(width, height),
            sound_path=sound_path if sounding else None,
            progress=lambda done: progress(share + done * (1 - share)),
            seconds=found.duration_seconds,
            limits=limits,
        )
    finally:
        sound_path.unlink(missing_ok=True)
    progress(1.0)
    return Filming(width, height, sounding, damaged)


def _film(
    source: Path,
    target: Path,
    recipe: Recipe,
    *,
    size: tuple[int, int],
    sound_path: Path | None,
    progress: Callable[[float], None],
    seconds: float,
    limits: Limits,
) -> int:
    tally = Tally()
    with (
        opened(source) as container,
        writing(target, "mp4", {"movflags": "+faststart"}) as output,
    ):
        film = picture_stream(container)
        if film is None:
            raise NotPlayable(Trouble.NO_PICTURE)
        film.thread_type = "AUTO"
        film.codec_context.thread_count = limits.threads
        rate = min(
            Fraction(film.average_rate or film.guessed_rate or MOST_PICTURES).limit_denominator(
                1001
            ),
            Fraction(MOST_PICTURES),
        )
        encoder = _encoder(output, recipe, size, rate, limits)
        sound = _Sound(output, sound_path)
        try:
            output.start_encoding()
            clean = BitStreamFilterContext(_WITHOUT_SEI, in_stream=encoder)
            begins = beginning(container)
            for number, frame in enumerate(
                upright(
                    container,
                    film,
                    tally,
                    size,
                    ("fps", f"{rate.numerator}/{rate.denominator}:start_time=0"),
                    begins=begins,
                    limits=limits,
                )
            ):
                frame.pict_type = 0
                for packet in encoder.encode(frame):
                    output.mux(clean.filter(packet))
                sound.follow(frame.time or 0.0)
                if seconds and number % 15 == 0:
                    progress(min(1.0, (frame.time or 0.0) / seconds))
            for packet in encoder.encode(None):
                output.mux(clean.filter(packet))
            output.mux(clean.filter(None))
            sound.follow(None)
        finally:
            sound.close()
        return tally.settle()


def _encoder(
    output: OutputContainer,
    recipe: Recipe,
    size: tuple[int, int],
    rate: Fraction,
    limits: Limits,
) -> VideoStream:
    encoder = output.add_stream("libx264", rate=rate)
    if not isinstance(encoder, VideoStream):
        raise TypeError(recipe.name)
    encoder.width, encoder.height = size
    encoder.pix_fmt = "yuv420p"
    context = encoder.codec_context
    context.time_base = 1 / rate
    context.gop_size = max(1, round(rate * _KEY_FRAME_SECONDS))
    context.thread_count = limits.threads
    context.color_primaries = context.color_trc = context.colorspace = 1  # BT.709
    context.color_range = 1
    encoder.options = {
        "preset": "veryfast",
        "profile": "high",
        "crf": "23",
        "maxrate": f"{recipe.video_kbps}k",
        "bufsize": f"{recipe.video_kbps * 2}k",
        "sc_threshold": "40",
        "flags": "+cgop+bitexact",
    }
    return encoder


class _Sound:
    """The finished sound, laid beside the picture a little at a time as the film goes on."""

    def __init__(self, output: OutputContainer, path: Path | None) -> None:
        self._output = output
        self._container: InputContainer | None = None
        self._waiting: Packet[AudioStream] | None = None
        if path is None:
            return
        self._container = av.open(str(path))
        stream = self._container.streams.audio[0]
        self._track = output.add_stream_from_template(stream)
        self._packets = self._container.demux(stream)
        self._waiting = self._next()

    def _next(self) -> Packet[AudioStream] | None:
        return next((packet for packet in self._packets if packet.size), None)

    def follow(self, seconds: float | None) -> None:
        """Lay down everything up to a moment of the film; None for all the rest."""
        while self._waiting is not None:
            packet = self._waiting
            moment = float((packet.dts or 0) * packet.time_base)
            if seconds is not None and moment > seconds:
                return
            packet.stream = self._track
            self._output.mux_one(packet)
            self._waiting = self._next()

    def close(self) -> None:
        if self._container is not None:
            self._container.close()


def upright(
    container: InputContainer,
    film: VideoStream,
    tally: Tally,
    size: tuple[int, int],
    *filters: tuple[str, str],
    begins: float,
    limits: Limits,
) -> Iterator[VideoFrame]:
    """The film's frames, turned upright, woven, scaled to `size`, as yuv420p in BT.709.

    `begins` is the file's first moment in seconds: there the answer's clock is zero.
    """
    graph: Graph | None = None
    made_for: tuple[int, int, str, int] | None = None
    for frame in _decoded(container, film, tally, limits):
        shape = (
            frame.width,
            frame.height,
            frame.format.name,
            round(frame.rotation / 90) * 90 % 360,
        )
        if graph is None or shape != made_for:
            # A film may change its size in the middle; what came so far is played out first.
            if graph is not None:
                yield from _drained(graph)
            graph, made_for = _graph(shape, film, size, filters), shape
        _place(frame, film, begins)
        graph.push(frame)
        yield from _waiting(graph)
    if graph is not None:
        yield from _drained(graph)


def _place(frame: VideoFrame, film: VideoStream, begins: float) -> None:
    """Count the frame's time from the file's first moment."""
    if frame.pts is None or frame.time_base is None or film.time_base is None:
        return
    moment = frame.pts * frame.time_base - Fraction(begins).limit_denominator(1_000_000)
    frame.pts = round(moment / film.time_base)
    frame.time_base = film.time_base


def _decoded(
    container: InputContainer, film: VideoStream, tally: Tally, limits: Limits
) -> Iterator[VideoFrame]:
    for packet in packets(container, film, tally):
        try:
            for frame in packet.decode():
                if frame.width * frame.height > limits.pixels:
                    raise NotPlayable(Trouble.TOO_LARGE, width=frame.width, height=frame.height)
                tally.count(is_good=not frame.is_corrupt)
                yield frame
        except MemoryError:
            raise NotPlayable(Trouble.TOO_HUNGRY) from None
        except av.error.FFmpegError:
            tally.count(is_good=False)


def _graph(
    shape: tuple[int, int, str, int],
    film: VideoStream,
    size: tuple[int, int],
    filters: tuple[tuple[str, str], ...],
) -> Graph:
    width, height, pixels, turned = shape
    graph = Graph()
    last = graph.add_buffer(
        width=width, height=height, format=av.VideoFormat(pixels), time_base=film.time_base
    )
    steps = [("bwdif", "mode=send_frame:deint=interlaced")]
    if turned == 180:
        steps += [("hflip", ""), ("vflip", "")]
    elif turned in _TURNS:
        steps.append(("transpose", _TURNS[turned]))
    steps += [
        ("scale", f"{size[0]}:{size[1]}:flags=bicubic:out_color_matrix=bt709:out_range=tv"),
        ("setsar", "1"),
        ("format", "yuv420p"),
        *filters,
        ("buffersink", ""),
    ]
    for name, arguments in steps:
        step = graph.add(name, arguments or None)
        last.link_to(step)
        last = step
    graph.configure()
    return graph


def _waiting(graph: Graph) -> Iterator[VideoFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, VideoFrame):
            yield frame


def _drained(graph: Graph) -> Iterator[VideoFrame]:
    graph.push(None)
    yield from _waiting(graph)
