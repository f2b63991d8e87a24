"""Binds a process that reads one file: its size, its memory, its time, its parent."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from nhipcau.plans.reading.errors import ReadingInterrupted
from nhipcau.plans.reading.sources import refusals

if TYPE_CHECKING:
    from nhipcau.plans.reading.errors import NotReadable
    from nhipcau.plans.reading.limits import Limits

_PR_SET_PDEATHSIG = 1
# A machine short of memory, an operator, a service that is being stopped.
FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


def refuse_size(stream: BinaryIO, limits: Limits) -> None:
    """Refuse by the size that the file system tells, before a byte is read."""
    status = os.fstat(stream.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_size > limits.bytes:
        raise refusals.too_large(limits)


def read_bytes(stream: BinaryIO, limits: Limits) -> bytes:
    """All of a stream; one that has no size of its own is read no further than the limit."""
    data = stream.read(limits.bytes + 1)
    if len(data) > limits.bytes:
        raise refusals.too_large(limits)
    return data


def confine(limits: Limits) -> None:
    """Bind this very process: memory, processor time, no core file, no file written."""
    seconds = max(1, int(limits.seconds) + 1)
    for what, ceiling in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        wanted = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
        # Time ends with a signal of its own (SIGXCPU), so that SIGKILL always means somebody else.
        last = wanted + 1 if what == resource.RLIMIT_CPU else wanted
        if hard != resource.RLIM_INFINITY:
            last = min(last, hard)
        resource.setrlimit(what, (wanted, last))


def follow_into_death(parent: int) -> None:
    """End this process together with `parent`, however that one ends (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was quicker
        os.kill(os.getpid(), signal.SIGKILL)


def refusal_of_death(status: int, limits: Limits) -> NotReadable:
    """What to say of a file whose reading ended by a signal: `status` is its number, negated.

    Raises ReadingInterrupted when somebody else ended it: that says nothing about the file.
    """
    if -status in FROM_OUTSIDE:
        raise ReadingInterrupted
    if -status in {signal.SIGXCPU, signal.SIGALRM}:
        return refusals.too_slow(limits)
    # Out of memory or worse, in a library that cannot say so: no document of an office does that.
    return refusals.bomb()
