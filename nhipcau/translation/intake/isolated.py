"""Reads a Word document in a process of its own, under limits of memory, time and size."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from nhipcau.plans.reading.confinement import answer_of, give, refuse_size
from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.limits import MEGABYTE, Limits
from nhipcau.translation.intake import marks
from nhipcau.translation.intake.brought import Brought
from nhipcau.translation.intake.errors import NotTaken, Reason

_NAME = "nhipcau.translation.intake.isolated"
_BROUGHT, _SECRET = b"b", b"s"


def limits() -> Limits:
    """Pictures lie in the answer as well, so it may take more memory than a plan."""
    from nhipcau.translation.intake.word import LIMITS  # noqa: PLC0415 -- the parent needs no reader

    return replace(LIMITS, memory=900 * MEGABYTE)


def read_word(path: Path) -> Brought:
    """Raises NotTaken for every document that is not taken in, OSError where there is none."""
    own = limits()
    try:
        with path.open("rb") as stream:
            refuse_size(stream, own)
            answer = answer_of(_NAME, stream, own)
        if answer[:1] == _SECRET:
            raise NotTaken(Reason.STAMPED)
        return Brought.unpacked(answer[1:])
    except NotReadable as refusal:
        raise NotTaken.because(refusal.reason) from None
    except (ValueError, KeyError, TypeError):
        raise NotTaken.because(Refusal.DAMAGED) from None


def answer(data: bytes, own: Limits) -> bytes:
    """The work of the process apart."""
    from nhipcau.translation.intake.word import from_word  # noqa: PLC0415 -- as above

    try:
        return _BROUGHT + from_word(data, own).packed()
    except marks.Stamped:
        return _SECRET


if __name__ == "__main__":
    sys.exit(give(answer))
