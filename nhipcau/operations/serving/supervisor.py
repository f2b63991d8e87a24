"""Keeps web and workers running: starts them, restarts what dies, stops all, leaves no orphan."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from nhipcau.operations.serving.words import _

STOP_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 60.0
# Who ran this long was well; the next pause begins small again.
SETTLED_SECONDS = 60.0
TICK_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1


def _follow_the_parent_into_death() -> None:
    """Runs in the child: it is told to stop when the supervisor is killed (Linux only)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def pause_after(failures: int) -> float:
    """Seconds to wait after so many deaths in a row: 1, 2, 4 ... 60."""
    return min(LONGEST_PAUSE_SECONDS, 2.0 ** max(0, failures - 1))


@dataclass
class Child:
    """One program that must run; with `every`, one that is run again so many seconds later."""

    name: str
    command: Sequence[str]
    every: float = 0.0
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    failures: int = 0
    lines: threading.Thread | None = field(default=None, repr=False)


class Supervisor:
    """Runs until it is told to stop by SIGINT or SIGTERM."""

    def __init__(
        self, children: Sequence[Child], *, is_ready: Callable[[], bool], when_ready: str
    ) -> None:
        """The first child starts alone; the others when `is_ready` says so.

        `when_ready` is printed at that moment. Starting them one after the other makes the first
        page appear sooner on a small machine.
        """
        self.children = list(children)
        self.is_ready = is_ready
        self.when_ready = when_ready
        self.ready = False
        self.stopping = False
        self.asked_again = False
        self._printing = threading.Lock()

    def run(self) -> int:
        """0 when all children ended in time, 1 when one had to be killed."""
        signal.signal(signal.SIGINT, self._asked_to_stop)
        signal.signal(signal.SIGTERM, self._asked_to_stop)
        while not self.stopping:
            self._look_after_children()
            if not self.ready and self.is_ready():
                self.ready = True
                self.say("nhipcau", self.when_ready)
            time.sleep(TICK_SECONDS)
        return self._stop()

    def say(self, name: str, text: str) -> None:
        with self._printing:
            for line in text.splitlines():
                sys.stdout.write(f"{name:<8}│ {line}\n")
            sys.stdout.flush()

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_again = self.stopping
        self.stopping = True

    def _look_after_children(self) -> None:
        now = time.monotonic()
        for child in self.children if self.ready else self.children[:1]:
            if child.process is None:
                if now >= child.due_at:
                    self._start(child)
                continue
            status = child.process.poll()
            if status is None:
                continue
            self._sweep(child)
            if child.every and status == 0:
                child.process, child.failures, child.due_at = None, 0, now + child.every
                continue
            settled = now - child.started_at >= SETTLED_SECONDS
            child.failures = 1 if settled else child.failures + 1
            child.due_at = now + pause_after(child.failures)
            child.process = None
            self.say(
                child.name,
                _("ended with status {status}; starts again in {seconds:.0f} s").format(
                    status=status, seconds=pause_after(child.failures)
                ),
            )

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 -- our own programs, no shell
            list(child.command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            bufsize=1,
            # Its own group: the terminal's Ctrl-C reaches us alone, and a kill reaches them all.
            start_new_session=True,
            preexec_fn=_follow_the_parent_into_death,  # noqa: PLW1509 -- only prctl is called there
        )
        child.lines = threading.Thread(target=self._pass_on, args=(child,), daemon=True)
        child.lines.start()

    def _pass_on(self, child: Child) -> None:
        process = child.process
        if process is None or process.stdout is None:
            return
        with suppress(ValueError):  # closed while we read: the child is gone
            for line in process.stdout:
                self.say(child.name, line.rstrip("\n"))

    def _sweep(self, child: Child) -> None:
        """Kill what a dead child left in its group."""
        if child.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)

    def _stop(self) -> int:
        self.say("nhipcau", _("stopping"))
        running = [child for child in self.children if child.process is not None]
        for child in running:
            if child.process is not None:
                with suppress(ProcessLookupError):
                    child.process.terminate()
        until = time.monotonic() + STOP_SECONDS
        alive = running
        while alive and time.monotonic() < until and not self.asked_again:
            time.sleep(TICK_SECONDS / 2)
            alive = [child for child in alive if child.process and child.process.poll() is None]
        for child in running:
            self._sweep(child)
            if child.process is not None:
                child.process.wait()
            if child.lines is not None:
                child.lines.join(timeout=1)
        for child in alive:
            self.say(child.name, _("did not stop in time and was killed"))
        self.say("nhipcau", _("stopped"))
        sys.stdout.flush()
        return 1 if alive else 0
