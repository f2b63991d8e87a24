"""The process that does one piece of work: bound, told by one line, answering in lines of JSON.

It lives no longer than whoever started it: a worker that is killed takes it along, so that never
two processes write for one order.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from nhipcau.media.moving.drawing import make_poster, make_waveform
from nhipcau.media.moving.errors import NotPlayable, Trouble
from nhipcau.media.moving.filming import make_video
from nhipcau.media.moving.limits import Limits
from nhipcau.media.moving.listening import Progress, Sounding, make_audio
from nhipcau.media.moving.looking import look
from nhipcau.media.moving.looks import Look
from nhipcau.media.moving.orders import Order, Outcome, Work
from nhipcau.media.moving.recipes import Makes

_PARENT_DIED = 1  # PR_SET_PDEATHSIG of prctl(2)
_TELL_EVERY_SECONDS = 0.5


def main() -> int:
    """An order as JSON on the first line of standard input; its parent's id as argument."""
    die_with(int(sys.argv[1]))
    order = Order.from_plain(json.loads(sys.stdin.readline()))
    confine(order.limits)
    try:
        outcome = perform(order, _teller())
        answer: dict[str, Any] = {"outcome": asdict(outcome)}
    except MemoryError:
        answer = {"trouble": Trouble.TOO_HUNGRY, "details": {}}
    except NotPlayable as refused:
        answer = {"trouble": refused.trouble, "details": refused.details}
    _say(answer)
    return 0


def die_with(parent: int) -> None:
    """End this process when its parent ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PARENT_DIED, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def confine(limits: Limits) -> None:
    """Bind this very process: memory, size of files, no core file; and let others go first."""
    for what, ceiling in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.output_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        wanted = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
        resource.setrlimit(what, (wanted, wanted))
    # A file that grows too large is an error of writing, not the end of the process.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    os.nice(10)


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _teller() -> Progress:
    last = -1.0

    def tell(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _TELL_EVERY_SECONDS:
            last = now
            _say({"share": round(max(0.0, min(1.0, share)), 4)})

    return tell


def perform(order: Order, progress: Progress) -> Outcome:
    """Do the work in this process. Raises NotPlayable; then no file is left at the target."""
    found = look(order.source, order.limits)
    _say({"seconds": found.duration_seconds})
    if order.work is Work.LOOK:
        return Outcome(found)
    return Outcome(found, carry_out(order, found, progress))


def carry_out(order: Order, found: Look, progress: Progress) -> dict[str, Any]:
    """Make what is ordered of a file that was looked at, and say its facts; as `perform`."""
    recipe, target = order.recipe, order.target
    if recipe is None or target is None:
        raise ValueError(order.work)
    if found.is_cut_off and not recipe.up_to_cut:
        details = {"at": found.duration_seconds}
        if found.promised_seconds is not None:
            details["of"] = found.promised_seconds
        raise NotPlayable(Trouble.CUT_OFF, **details)
    makers: dict[Makes, Callable[[], dict[str, Any]]] = {
        Makes.AUDIO: lambda: _of_sound(make_audio(order.source, target, recipe, found, progress)),
        Makes.VIDEO: lambda: _of_film(order, found, progress),
        Makes.POSTER: lambda: dict(
            zip(
                ("width", "height"),
                make_poster(order.source, target, recipe, found, order.limits),
                strict=True,
            )
        ),
        Makes.WAVEFORM: lambda: {
            "peaks": len(make_waveform(order.source, target, recipe, found, progress).peaks)
        },
    }
    return makers[recipe.makes]()


def _of_film(order: Order, found: Look, progress: Progress) -> dict[str, Any]:
    if order.recipe is None or order.target is None:
        raise ValueError(order.work)
    made = make_video(
        order.source,
        order.target,
        order.recipe,
        found=found,
        progress=progress,
        limits=order.limits,
    )
    facts: dict[str, Any] = {"width": made.width, "height": made.height}
    if made.sounding is not None:
        facts |= _of_sound(made.sounding)
    facts["damaged_places"] = facts.get("damaged_places", 0) + made.damaged_places
    return facts


def _of_sound(made: Sounding) -> dict[str, Any]:
    return {
        "lufs_before": made.before.lufs,
        "lufs_after": made.after.lufs,
        "true_peak_before": made.before.true_peak,
        "true_peak_after": made.after.true_peak,
        "is_limited": made.is_limited,
        "is_silence": made.before.is_silence,
        "damaged_places": made.damaged_places,
    }


if __name__ == "__main__":
    sys.exit(main())
