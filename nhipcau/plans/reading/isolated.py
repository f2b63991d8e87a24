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
import pickle
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
_READ, _REFUSED = b"+", b"-"
_ANSWER_MODULES = ("nhipcau.plans.reading.reading", "nhipcau.plans.reading.source")
_ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class FileReading:
    """The text of a file and what was read in it."""

    source: Source
    reading: Reading


def read_file(path: Path, limits: Limits = DEFAULT) -> FileReading:
    """Raises NotReadable for every file that cannot be read, OSError where there is none."""
    with path.open("rb") as stream:
        refuse_size(stream, limits)
        command = [sys.executable, "-m", _NAME, json.dumps(asdict(limits))]
        try:
            finished = subprocess.run(  # noqa: S603 -- our own module, no words of the file
                command, stdin=stream, capture_output=True, timeout=limits.seconds, check=False,
                cwd=_ROOT,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise refusals.too_slow(limits) from None
    answer = finished.stdout
    if finished.returncode == 0 and answer[:1] == _READ:
        return _unpacked(answer[1:])
    if finished.returncode == 0 and answer[:1] == _REFUSED:
        told = json.loads(answer[1:])
        raise NotReadable(Refusal(told["reason"]), vi=told["vi"], en=told["en"])
    logger.error(
        "reading a file ended with status %s",
        finished.returncode,
        extra={
            "event": "plans.reading.died",
            "tail": finished.stderr[-2000:].decode(errors="replace"),
        },
    )
    raise refusal_of_death(finished.returncode, limits)


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


def _answer(limits: Limits) -> bytes:
    from nhipcau.plans.reading import read  # noqa: PLC0415 -- the parent needs no grammar

    try:
        source = load(read_bytes(sys.stdin.buffer, limits), limits=limits)
        return _READ + pickle.dumps(FileReading(source, read(source)))
    except MemoryError:
        refusal = refusals.too_long()
    except NotReadable as refused:
        refusal = refused
    told = {"reason": refusal.reason, "vi": refusal.vi, "en": refusal.en}
    return _REFUSED + json.dumps(told).encode()


def main() -> int:
    """The other side of `read_file`: limits as JSON, the file on standard input."""
    limits = Limits(**json.loads(sys.argv[1]))
    confine(limits)
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(_answer(limits))
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    # Run under its own name, by which the parent knows the classes of the answer.
    from nhipcau.plans.reading import isolated  # noqa: PLW0406 -- see the line above

    sys.exit(isolated.main())
