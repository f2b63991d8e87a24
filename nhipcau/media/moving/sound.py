"""Sound as one stream of frames: decoded, placed on the film's clock, in one shape.

Everything that is measured or encoded passes here, so that what is measured is what is encoded:
48 kHz, two channels, beginning at the first moment of the file (silence is put where the sound
begins later than the picture).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeVar

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.stream import VideoStream

from nhipcau.media.moving.errors import NotPlayable, Trouble

S = TypeVar("S", AudioStream, VideoStream)

RATE = 48_000
_SHAPE = "aformat=sample_fmts=flt:sample_rates=48000:channel_layouts=stereo"
# A file of which more than this share cannot be decoded is no recording any more.
_BEARABLE = 0.05
_FEW = 20


class Tally:
    """How much was decoded and how much could not be; refuses when it is too much."""

    def __init__(self) -> None:
        self.good = 0
        self.broken = 0

    def count(self, *, is_good: bool) -> None:
        if is_good:
            self.good += 1
        else:
            self.broken += 1

    def settle(self) -> int:
        """Damaged places that were passed over; NotPlayable when nothing or too little is left."""
        if self.good == 0 or (
            self.broken > _FEW and self.broken > _BEARABLE * (self.good + self.broken)
        ):
            raise NotPlayable(Trouble.DAMAGED)
        return self.broken


def frames(container: InputContainer, stream: AudioStream, tally: Tally) -> Iterator[AudioFrame]:
    """The sound's frames as they are stored, passing over what cannot be decoded."""
    for packet in packets(container, stream, tally):
        try:
            for frame in packet.decode():
                tally.count(is_good=True)
                yield frame
        except av.error.FFmpegError as error:
            _unless_out_of_memory(error)
            tally.count(is_good=False)


def packets(container: InputContainer, stream: S, tally: Tally) -> Iterator[Packet[S]]:
    """The stream's packets to its last one, or to the place where the file breaks off."""
    try:
        yield from container.demux(stream)
    except av.error.FFmpegError as error:
        _unless_out_of_memory(error)
        tally.count(is_good=False)


def _unless_out_of_memory(error: Exception) -> None:
    if isinstance(error, MemoryError):
        raise NotPlayable(Trouble.TOO_HUNGRY) from None


def shaped(
    container: InputContainer,
    stream: AudioStream,
    tally: Tally,
    *filters: tuple[str, str],
    begins: float = 0.0,
) -> Iterator[AudioFrame]:
    """The sound in the one shape, sent through further `filters` (name, arguments).

    `begins` is the file's first moment in seconds: there the answer's clock is zero.
    """
    graph: Graph | None = None
    made_for: tuple[int, str, str] | None = None
    for frame in frames(container, stream, tally):
        if frame.sample_rate <= 0 or frame.samples <= 0:
            continue
        shape = (frame.sample_rate, frame.format.name, frame.layout.name)
        if graph is None:
            graph, made_for = _graph(shape, filters), shape
        elif shape != made_for:
            # A stream that changes its shape in the middle: what came so far is played out.
            yield from _drained(graph)
            graph, made_for = _graph(shape, filters), shape
        _place(frame, begins)
        graph.push(frame)
        yield from _waiting(graph)
    if graph is not None:
        yield from _drained(graph)


def _place(frame: AudioFrame, begins: float) -> None:
    if frame.pts is None or frame.time_base is None:
        return
    moment = frame.pts * frame.time_base - Fraction(begins).limit_denominator(1_000_000)
    frame.pts = round(moment * frame.sample_rate)
    frame.time_base = Fraction(1, frame.sample_rate)


def _graph(shape: tuple[int, str, str], filters: tuple[tuple[str, str], ...]) -> Graph:
    rate, sample_format, layout = shape
    graph = Graph()
    last = graph.add_abuffer(
        sample_rate=rate, format=sample_format, layout=layout, time_base=Fraction(1, rate)
    )
    steps = [
        # Holes are filled with silence and the beginning set to zero, or speech leaves the lips.
        ("aresample", "48000:async=1000:first_pts=0"),
        tuple(_SHAPE.split("=", 1)),
        *filters,
        ("abuffersink", ""),
    ]
    for name, arguments in steps:
        step = graph.add(name, arguments or None)
        last.link_to(step)
        last = step
    graph.configure()
    return graph


def _waiting(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, AudioFrame):
            yield frame


def _drained(graph: Graph) -> Iterator[AudioFrame]:
    graph.push(None)
    yield from _waiting(graph)
