"""Opening a file with FFmpeg's libraries: only containers of audio and video, only this file.

A playlist is a list of other addresses, a “concat” file a list of other paths: a reader that
guesses by content would follow them. So the formats are listed, and no protocol but `file` opens.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer

from nhipcau.media.moving.errors import NotPlayable, Trouble

# Demuxers by FFmpeg's names; one that has several is found under each of them.
FORMATS = (
    "mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "mp3", "wav", "w64", "flac",
    "ogg", "aac", "aiff", "caf", "amr", "avi", "mpegts", "mpeg", "asf", "flv",
)  # fmt: skip
_CONTAINERS_WITH_INDEX = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")

av.logging.set_level(None)


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The file as a container to read.

    Raises NotPlayable for what is no audio or video, OSError where there is no file.
    """
    if path.stat().st_size == 0:
        raise NotPlayable(Trouble.EMPTY)
    options = {
        "format_whitelist": ",".join(FORMATS),
        "protocol_whitelist": "file",
        "enable_drefs": "0",
    }
    try:
        # An address with its protocol: a name that holds a colon is still a name.
        container = av.open(f"file:{path}", options=options, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError) as error:
        raise _refused(path, error) from None
    with container:
        yield container


def _refused(path: Path, error: Exception) -> NotPlayable:
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        return NotPlayable(Trouble.TOO_HUNGRY)
    with path.open("rb") as file:
        head = file.read(12)
    # MP4 and MOV say what lies where in an index that is often written last.
    if head[4:8] in _CONTAINERS_WITH_INDEX:
        return NotPlayable(Trouble.UNFINISHED)
    return NotPlayable(Trouble.UNKNOWN_FORMAT)
