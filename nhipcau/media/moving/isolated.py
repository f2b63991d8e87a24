"""One piece of work on one file in a process of its own, under limits of memory, time and disk.

The libraries that decode sound and film are large and written in C; whatever a hostile file does
to them ends that process and no other. The process is started afresh, never forked.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.limits import DEFAULT, Limits
from nhipcau.media.moving.looks import Look
from nhipcau.media.moving.orders import Order, Outcome, Work, look_from
from nhipcau.media.moving.recipes import Recipe

logger = logging.getLogger(__name__)
_MODULE = "nhipcau.media.moving.working"
_ROOT = Path(__file__).resolve().parents[3]
_BEAT_SECONDS = 0.5

Beat = Callable[[float], None]


def _quietly(share: float) -> None:
    return None


def examine(path: Path, limits: Limits = DEFAULT, beat: Beat = _quietly) -> Look:
    """What the file is. Raises NotPlayable."""
    return perform(Order(Work.LOOK, path, limits=limits), beat).look


def make(
    path: Path, target: Path, recipe: Recipe, limits: Limits = DEFAULT, beat: Beat = _quietly
) -> Outcome:
    """Make what the recipe says. Raises NotPlayable; then nothing is left at `target`."""
    return perform(Order(Work.MAKE, path, target, recipe, limits), beat)


def perform(order: Order, beat: Beat = _quietly) -> Outcome:
    """Do the work in a process of its own.

    `beat` hears twice a second how much is done (0 to 1); what it raises ends the process and is
    raised here. Raises NotPlayable for whatever the file or the machine did, FileNotFoundError
    where there is no file.
    """
    if not order.source.is_file():
        raise FileNotFoundError(order.source)
    command = [sys.executable, "-m", _MODULE, str(os.getpid())]
    with subprocess.Popen(  # noqa: S603 -- our own module, no words of the file
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=_ROOT,
    ) as process:
        try:
            answer = _conversation(process, order, beat)
            status = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            _remove(order.target)
            raise
    if answer is None:
        _remove(order.target)
        raise _of_death(status)
    if "trouble" in answer:
        _remove(order.target)
        raise NotPlayable(Trouble(answer["trouble"]), **answer["details"])
    told = answer["outcome"]
    return Outcome(look_from(told["look"]), told["facts"])


def _conversation(
    process: subprocess.Popen[str], order: Order, beat: Beat
) -> dict[str, Any] | None:
    """Send the order, listen to the end; the answer, or None when there was none."""
    if process.stdin is None or process.stdout is None:
        raise ValueError(order.work)
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(json.dumps(order.as_plain()) + "\n")
        process.stdin.close()
    lines = _lines(process.stdout)
    began, share = time.monotonic(), 0.0
    seconds = order.limits.seconds
    while True:
        try:
            line = lines.get(timeout=_BEAT_SECONDS)
        except queue.Empty:
            line = ""
        if line is None:
            return None
        if line:
            try:
                told = json.loads(line)
            except ValueError:
                return None
            if "seconds" in told:
                seconds = order.limits.seconds_for(float(told["seconds"]))
            elif "share" in told:
                share = float(told["share"])
            else:
                return dict(told)
        if time.monotonic() - began > seconds:
            raise NotPlayable(Trouble.TOO_SLOW, seconds=seconds)
        beat(share)


def _lines(stream: IO[str]) -> queue.Queue[str | None]:
    """The lines of a stream, to be waited for with a limit; None is its end."""
    waiting: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        with contextlib.suppress(ValueError, OSError):
            for line in stream:
                waiting.put(line)
        waiting.put(None)

    threading.Thread(target=read, daemon=True).start()
    return waiting


def _remove(target: Path | None) -> None:
    if target is not None:
        target.unlink(missing_ok=True)
        target.with_suffix(".sound").unlink(missing_ok=True)


def _of_death(status: int) -> NotPlayable:
    logger.error(
        "work on a sound or film ended with status %s",
        status,
        extra={"event": "media.moving.died", "status": status},
    )
    if -status in {signal.SIGXCPU, signal.SIGALRM}:
        return NotPlayable(Trouble.TOO_SLOW)
    return NotPlayable(Trouble.DIED)
