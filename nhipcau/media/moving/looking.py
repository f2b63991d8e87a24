"""Looking at a file: what it holds, how long it plays, and whether it is whole.

Every packet is read and none decoded, so a film of two hours takes seconds. What the container
promises (its duration, the packets its index names) is compared with what is there.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.limits import DEFAULT, Limits
from nhipcau.media.moving.looks import Look, Makeup
from nhipcau.media.moving.opening import opened

# A container's duration may count a frame that no stream has, or the encoder's padding.
_SLACK_SECONDS = 1.0
_SLACK_SHARE = 0.02
_OGG_TAIL = 131_072  # two of the largest pages that Ogg knows
_OGG_LAST_PAGE = 0x04


def has_decoder(stream: VideoStream | AudioStream) -> bool:
    """Whether FFmpeg knows the codec: PyAV gives other streams no context, against its types."""
    context: object = stream.codec_context
    return context is not None


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The film itself; a cover picture inside a sound file is none."""
    films = [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic and has_decoder(stream)
    ]
    return max(films, key=lambda stream: stream.width * stream.height, default=None)


def sound_stream(container: InputContainer) -> AudioStream | None:
    """The first sound, or the one that the container calls its default."""
    sounds = [stream for stream in container.streams.audio if has_decoder(stream)]
    marked = [stream for stream in sounds if stream.disposition & Disposition.default]
    return next(iter([*marked, *sounds]), None)


def look(path: Path, limits: Limits = DEFAULT) -> Look:
    """What the file is. Raises NotPlayable for what cannot be played at all."""
    with opened(path) as container:
        if len(container.streams) > limits.streams:
            raise NotPlayable(Trouble.UNKNOWN_FORMAT)
        film, sound = picture_stream(container), sound_stream(container)
        if film is None and sound is None:
            raise NotPlayable(Trouble.NO_STREAM)
        found = Look(
            makeup=Makeup.AUDIO if film is None else Makeup.VIDEO,
            container=container.format.name,
            duration_seconds=0.0,
            audio_codec="" if sound is None else sound.codec_context.name,
            channels=0 if sound is None else sound.codec_context.channels,
            sample_rate=0 if sound is None else sound.codec_context.sample_rate,
        )
        if film is not None:
            found = _with_picture(found, path, film, limits)
        promised = _promised(container)
        played, is_broken = _walk(container, [each for each in (film, sound) if each is not None])
    if played <= 0:
        raise NotPlayable(Trouble.DAMAGED)
    if played > limits.longest_seconds:
        raise NotPlayable(Trouble.TOO_LONG, seconds=played, limit=limits.longest_seconds)
    slack = max(_SLACK_SECONDS, _SLACK_SHARE * (promised or 0))
    is_short = promised is not None and played < promised - slack
    is_cut = is_short or is_broken or _ogg_never_ends(path, found.container)
    return replace(
        found,
        duration_seconds=round(played, 3),
        promised_seconds=round(promised, 3) if is_short and promised is not None else None,
        is_cut_off=is_cut,
    )


def _with_picture(found: Look, path: Path, film: VideoStream, limits: Limits) -> Look:
    """What the film shows; width and height as a player shows them."""
    width, height = film.codec_context.width, film.codec_context.height
    if width <= 0 or height <= 0:
        raise NotPlayable(Trouble.DAMAGED)
    if width * height > limits.pixels:
        raise NotPlayable(Trouble.TOO_LARGE, width=width, height=height)
    aspect = film.sample_aspect_ratio
    if aspect:
        width = max(1, round(width * float(aspect)))
    rotation = _rotation(path)
    if rotation in {90, 270}:
        width, height = height, width
    rate = film.average_rate or film.guessed_rate
    return replace(
        found,
        video_codec=film.codec_context.name,
        width=width,
        height=height,
        rotation=rotation,
        frames_per_second=round(float(rate), 3) if rate else 0.0,
        # Transfer functions of ITU-T H.273: 16 is PQ, 18 is HLG.
        is_high_dynamic_range=film.codec_context.color_trc in {16, 18},
    )


def _rotation(path: Path) -> int:
    """Degrees by which a player turns the picture, against the clock, as its first frame says."""
    with opened(path) as container:
        film = picture_stream(container)
        try:
            frame = None if film is None else next(container.decode(film), None)
        except av.error.FFmpegError:
            frame = None
    return round(frame.rotation / 90) * 90 % 360 if isinstance(frame, VideoFrame) else 0


def _promised(container: InputContainer) -> float | None:
    spoken = [float(container.duration) / 1_000_000] if container.duration else []
    spoken += [
        float(stream.duration * stream.time_base)
        for stream in (*container.streams.video, *container.streams.audio)
        if stream.duration and stream.time_base
    ]
    return max(spoken, default=None)


def _walk(
    container: InputContainer, streams: list[VideoStream | AudioStream]
) -> tuple[float, bool]:
    """Seconds from the first moment of any stream to the last, and whether a packet is broken."""
    first: float | None = None
    last, is_broken = 0.0, False
    try:
        for packet in container.demux(streams):
            moment = packet.pts if packet.pts is not None else packet.dts
            if moment is None or packet.size == 0:
                continue
            is_broken = is_broken or packet.is_corrupt
            begins = float(moment * packet.time_base)
            first = begins if first is None else min(first, begins)
            last = max(last, begins + float((packet.duration or 0) * packet.time_base))
    except av.error.FFmpegError:
        is_broken = True
    return (0.0 if first is None else last - max(0.0, first)), is_broken


def _ogg_never_ends(path: Path, container: str) -> bool:
    """Ogg tells no duration, but marks its last page (RFC 3533, section 6)."""
    if container != "ogg":
        return False
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _OGG_TAIL))
        tail = file.read()
    page = tail.rfind(b"OggS")
    return page < 0 or page + 5 >= len(tail) or not tail[page + 5] & _OGG_LAST_PAGE
