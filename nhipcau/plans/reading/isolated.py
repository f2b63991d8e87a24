"""Reads one file in a process of its own, under limits of memory, time and size.

The libraries that take PDF, XML and HTML apart are written in C; whatever a hostile file does to
them ends that process and no other. For the web's workers, and for whoever has threads: the
process is started afresh, never forked.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import Enum, IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from nhipcau.plans.reading.confinement import (
    confine,
    read_bytes,
    refusal_of_death,
    refuse_size,
)
from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.limits import DEFAULT, Limits
from nhipcau.plans.reading.sources import load, refusals

if TYPE_CHECKING:
    from nhipcau.plans.reading.reading import Reading
    from nhipcau.plans.reading.source import Source

logger = logging.getLogger(__name__)
_NAME = "nhipcau.plans.reading.isolated"
# The first thing that the process does, before it loads the grammar (half a second): to end with
# its parent (prctl's PR_SET_PDEATHSIG, SIGKILL; Linux), also when that one was quicker.
_BEGIN = f"""
import ctypes, os, sys
try:
    ctypes.CDLL(None).prctl(1, 9)
except (OSError, AttributeError):
    pass
if os.getppid() != int(sys.argv[2]):
    os.kill(os.getpid(), 9)
import {_NAME} as isolated
sys.exit(isolated.main())
"""
_READ, _REFUSED = b"+", b"-"
_ANSWER_MODULES = ("nhipcau.plans.reading.reading", "nhipcau.plans.reading.source")
_ROOT = Path(__file__).resolve().parents[3]
_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class FileReading:
    """The text of a file and what was read in it."""

    source: Source
    reading: Reading


class Stage(IntEnum):
    """How far a reading has come, as a part of a hundred."""

    BEGUN = 5
    OPENED = 45  # the text is there
    UNDERSTOOD = 80  # tasks, parties, times are found


def _nobody(_stage: Stage) -> None:
    return None


def read_file(
    path: Path, limits: Limits = DEFAULT, *, tell: Callable[[Stage], None] = _nobody
) -> FileReading:
    """Read one file; `tell` hears of each stage that the reading reaches.

    Raises NotReadable for every file that cannot be read, ReadingInterrupted when something
    outside ended the reading, OSError where there is no file. The reading process ends with this
    one, however that ends.
    """
    with path.open("rb") as stream:
        refuse_size(stream, limits)
        status, answer, complaints = _asked(stream, limits, tell)
    if status == 0 and answer[:1] == _READ:
        return _unpacked(answer[1:])
    if status == 0 and answer[:1] == _REFUSED:
        told = json.loads(answer[1:])
        raise NotReadable(Refusal(told["reason"]), vi=told["vi"], en=told["en"])
    logger.error(
        "reading a file ended with status %s",
        status,
        extra={
            "event": "plans.reading.died",
            "tail": complaints[-2000:].decode(errors="replace"),
        },
    )
    raise refusal_of_death(status, limits)


def _asked(
    stream: BinaryIO, limits: Limits, tell: Callable[[Stage], None]
) -> tuple[int, bytes, bytes]:
    """Exit status, answer and complaints of a process that reads the stream."""
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    command = [sys.executable, "-c", _BEGIN, json.dumps(asdict(limits)), str(os.getpid())]
    command.append(str(theirs))
    try:
        with subprocess.Popen(  # noqa: S603 -- our own module, no words of the file
            command, stdin=stream, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=_ROOT,
            pass_fds=[theirs],
        ) as reader:  # fmt: skip
            os.close(theirs)
            theirs = -1
            try:
                return _answered(reader, ours, limits, tell)
            finally:
                reader.kill()  # whatever went wrong here, nobody goes on reading for nobody
    finally:
        os.close(ours)
        if theirs >= 0:
            os.close(theirs)


def _answered(
    reader: subprocess.Popen[bytes], stages: int, limits: Limits, tell: Callable[[Stage], None]
) -> tuple[int, bytes, bytes]:
    until = time.monotonic() + limits.seconds
    while time.monotonic() < until:
        with contextlib.suppress(subprocess.TimeoutExpired):
            answer, complaints = reader.communicate(timeout=_LOOK_SECONDS)
            _pass_on(stages, tell)
            return reader.returncode, answer, complaints
        _pass_on(stages, tell)
    raise refusals.too_slow(limits)


def _pass_on(stages: int, tell: Callable[[Stage], None]) -> None:
    with contextlib.suppress(BlockingIOError):
        for stage in os.read(stages, 16):
            tell(Stage(stage))


class _Pickler(pickle.Pickler):
    """Puts the answer together of classes and values alone.

    Some Pythons, as the 3.11.2 of Debian 12, write an enumeration as a call of `getattr`, which no
    answer may ask for.
    """

    def reducer_override(self, value: object) -> Any:
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


class _Unpickler(pickle.Unpickler):
    """Takes the answer apart; the answering process is trusted with no other class."""

    def find_class(self, module: str, name: str) -> Any:
        if module in _ANSWER_MODULES or (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        if module == _NAME and name == FileReading.__name__:
            return FileReading
        raise pickle.UnpicklingError(f"{module}.{name}")


def _unpacked(answer: bytes) -> FileReading:
    try:
        reading = _Unpickler(io.BytesIO(answer)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError):
        raise refusals.damaged() from None
    if not isinstance(reading, FileReading):
        raise refusals.damaged()
    return reading


def _answer(limits: Limits, stages: int) -> bytes:
    from nhipcau.plans.reading import read  # noqa: PLC0415 -- the parent needs no grammar

    try:
        source = load(read_bytes(sys.stdin.buffer, limits), limits=limits)
        os.write(stages, bytes([Stage.OPENED]))
        found = read(source)
        os.write(stages, bytes([Stage.UNDERSTOOD]))
        answer = io.BytesIO()
        _Pickler(answer).dump(FileReading(source, found))
        return _READ + answer.getvalue()
    except MemoryError:
        refusal = refusals.too_long()
    except NotReadable as refused:
        refusal = refused
    told = {"reason": refusal.reason, "vi": refusal.vi, "en": refusal.en}
    return _REFUSED + json.dumps(told).encode()


def main() -> int:
    """The other side of `read_file`: the file on standard input; limits, parent and a pipe."""
    limits = Limits(**json.loads(sys.argv[1]))
    confine(limits)
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(_answer(limits, int(sys.argv[3])))
        sys.stdout.buffer.flush()
    return 0
