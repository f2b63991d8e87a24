"""Reads a Word document in a process of its own, under limits of memory, time and size.

Bound as the plan reader's process is (`plans.reading.confinement`): what a hostile document does
to the libraries that take it apart, it does to nobody else.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from nhipcau.plans.reading.confinement import (
    confine,
    follow_into_death,
    read_bytes,
    refusal_of_death,
    refuse_size,
)
from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.limits import DEFAULT, MEGABYTE, Limits
from nhipcau.translation.intake import marks
from nhipcau.translation.intake.brought import Brought
from nhipcau.translation.intake.errors import NotTaken, Reason

logger = logging.getLogger(__name__)
# Pictures lie in the answer as well, so it takes more memory than a plan.
LIMITS = replace(DEFAULT, bytes=100 * MEGABYTE, tree_bytes=30 * MEGABYTE, memory=900 * MEGABYTE)
_NAME = "nhipcau.translation.intake.isolated"
_ROOT = Path(__file__).resolve().parents[3]
_BROUGHT, _STAMPED, _REFUSED = b"+", b"s", b"-"


def read_word(path: Path, limits: Limits = LIMITS) -> Brought:
    """Raises NotTaken for every document that is not taken in, OSError where there is none.

    ReadingInterrupted (plans.reading.errors) says that something outside ended the reading.
    """
    try:
        with path.open("rb") as stream:
            refuse_size(stream, limits)
            command = [sys.executable, "-m", _NAME, json.dumps(asdict(limits)), str(os.getpid())]
            finished = subprocess.run(  # noqa: S603 -- our own module, no words of the file
                command,
                stdin=stream,
                capture_output=True,
                timeout=limits.seconds,
                check=False,
                cwd=_ROOT,
            )
        return _understood(finished, limits)
    except subprocess.TimeoutExpired:
        raise NotTaken(Reason.TOO_SLOW) from None
    except NotReadable as refusal:
        raise NotTaken.because(refusal.reason) from None


def _understood(finished: subprocess.CompletedProcess[bytes], limits: Limits) -> Brought:
    kind, answer = finished.stdout[:1], finished.stdout[1:]
    if finished.returncode == 0 and kind == _STAMPED:
        raise NotTaken(Reason.STAMPED)
    if finished.returncode == 0 and kind == _REFUSED:
        raise NotTaken.because(Refusal(answer.decode()))
    if finished.returncode == 0 and kind == _BROUGHT:
        try:
            return Brought.unpacked(answer)
        except (ValueError, KeyError, TypeError):
            raise NotTaken(Reason.DAMAGED) from None
    logger.error(
        "taking in a document ended with status %s",
        finished.returncode,
        extra={
            "event": "translation.intake.died",
            "tail": finished.stderr[-2000:].decode(errors="replace"),
        },
    )
    raise refusal_of_death(finished.returncode, limits)


def _answer(limits: Limits) -> bytes:
    from nhipcau.translation.intake.word import (  # noqa: PLC0415 -- the parent needs no reader
        from_word,
    )

    try:
        return _BROUGHT + from_word(read_bytes(sys.stdin.buffer, limits), limits).packed()
    except marks.Stamped:
        return _STAMPED
    except MemoryError:
        return _REFUSED + Refusal.TOO_LARGE.encode()
    except NotReadable as refusal:
        return _REFUSED + refusal.reason.encode()


def main() -> int:
    """The other side of `read_word`: the file on standard input; limits and parent."""
    limits = Limits(**json.loads(sys.argv[1]))
    follow_into_death(int(sys.argv[2]))
    confine(limits)
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(_answer(limits))
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
