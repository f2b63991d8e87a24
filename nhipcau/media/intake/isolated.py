"""Cleans or decodes one file in a process of its own, under limits of memory and time.

The libraries that take pictures, PDF and XML apart are written in C; whatever a hostile file does
to them ends that process and no other. The process is started afresh, never forked, reads the
one file and writes into the one folder that it is told.
"""

from __future__ import annotations

import contextlib
import json
import logging
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhipcau.media.intake.cleaned import Cleaned
from nhipcau.media.intake.formats import FORMATS, Format, recognise
from nhipcau.media.intake.limits import DEFAULT, Limits
from nhipcau.media.intake.refusals import Refusal, Refused

if TYPE_CHECKING:
    from PIL.Image import Image  # each order brings its library, so only where it is needed

logger = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[3]
_WITHOUT_PICTURE = {"mp4": "m4a", "mov": "m4a", "webm": "weba", "mkv": "weba"}
_WITH_PICTURE = {"ogg": "ogv", "m4a": "mp4"}
_DECODED = {"jpeg", "png", "gif", "webp", "avif"}
_CLEANERS = {
    **{code: code for code in ("jpeg", "png", "gif", "webp", "avif", "svg", "pdf", "text")},
    **dict.fromkeys(("docx", "xlsx", "pptx"), "office"),
    **dict.fromkeys(("odt", "ods", "odp"), "opendocument"),
    **dict.fromkeys(("mp4", "mov", "m4a"), "film"),
    **dict.fromkeys(("webm", "mkv", "weba"), "matroska"),
    **dict.fromkeys(("wav", "avi"), "riff"),
    **dict.fromkeys(("ogg", "ogv"), "ogg"),
    **dict.fromkeys(("mp3", "aac"), "sound:clean_frames"),
    "flac": "sound:clean_flac",
}
_GRACE = 30  # seconds on the wall beyond those of the processor
CLEANED = "cleaned"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A cleaned file: where it lies, what it is, what was taken out, what it looks like.

    `sizes` of a picture are those that were wanted, in their order; of anything else none.
    """

    path: Path
    format: Format
    width: int | None
    height: int | None
    duration_ms: int | None
    pages: int | None
    taken_out: tuple[str, ...]
    look: int | None
    sizes: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """One size of a picture: where it lies, its width and height."""

    path: Path
    width: int
    height: int


def take_in(
    source: Path,
    folder: Path,
    limits: Limits = DEFAULT,
    *,
    wanted: Sequence[dict[str, Any]] = (),
) -> TakenIn:
    """Clean a file into an empty folder; Refused with the reason, OSError when the disk is full.

    A picture is decoded here anyway, so the sizes that are `wanted` (fields of `looking.Wanted`)
    are made in the same go.
    """
    told = _run(
        {"verb": "clean", "source": str(source), "folder": str(folder), "wanted": list(wanted)},
        limits,
    )
    return TakenIn(
        path=folder / CLEANED,
        format=FORMATS[told["format"]],
        width=told["width"],
        height=told["height"],
        duration_ms=told["duration_ms"],
        pages=told["pages"],
        taken_out=tuple(told["taken_out"]),
        look=told["look"],
        sizes=_made(folder, told["sizes"]),
    )


def make_sizes(
    source: Path, folder: Path, wanted: Sequence[dict[str, Any]], limits: Limits = DEFAULT
) -> list[Made]:
    """Sizes of a cleaned picture, in the order of `wanted` (fields of `looking.Wanted`)."""
    told = _run(
        {"verb": "sizes", "source": str(source), "folder": str(folder), "wanted": list(wanted)},
        limits,
    )
    return list(_made(folder, told["sizes"]))


def _made(folder: Path, sizes: Sequence[tuple[int, int]]) -> tuple[Made, ...]:
    return tuple(
        Made(folder / f"size-{place}", width, height) for place, (width, height) in enumerate(sizes)
    )


def _run(order: dict[str, Any], limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-m", "nhipcau.media.intake.isolated", json.dumps(asdict(limits))]
    try:
        finished = subprocess.run(  # noqa: S603 -- our own module, no words of the file
            command,
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=limits.seconds + _GRACE,
            check=False,
            cwd=_ROOT,
        )
    except subprocess.TimeoutExpired:
        raise Refused(Refusal.TOO_SLOW) from None
    if finished.returncode == 0:
        told: dict[str, Any] = json.loads(finished.stdout)
        if "refused" in told:
            raise Refused(Refusal(told["refused"]), **told["values"])
        if "errno" in told:
            raise OSError(told["errno"], told["trouble"])
        return told
    logger.error(
        "taking in a file ended with status %s",
        finished.returncode,
        extra={
            "event": "media.intake.died",
            "tail": finished.stderr[-2000:].decode(errors="replace"),
        },
    )
    too_slow = -finished.returncode in {signal.SIGXCPU, signal.SIGKILL}
    raise Refused(Refusal.TOO_SLOW if too_slow else Refusal.DAMAGED)


def _clean(order: dict[str, Any], limits: Limits) -> dict[str, Any]:
    source, target = Path(order["source"]), Path(order["folder"]) / CLEANED
    found = recognise(source)
    cleaned: Cleaned = _cleaner(found.code)(source, target, limits)
    code = found.code
    if not cleaned.has_picture:
        code = _WITHOUT_PICTURE.get(code, code)
    elif found.kind == "audio":
        code = _WITH_PICTURE.get(code, code)
    look, sizes = None, []
    if code in _DECODED:
        from nhipcau.media.intake.looking import look_of, opened

        picture = opened(target, limits)
        look, sizes = look_of(picture), _sizes(picture, order)
    return {
        "format": code,
        "width": cleaned.width,
        "height": cleaned.height,
        "duration_ms": cleaned.duration_ms,
        "pages": cleaned.pages,
        "taken_out": sorted(cleaned.taken_out),
        "look": look,
        "sizes": sizes,
    }


def _cleaner(code: str) -> Callable[[Path, Path, Limits], Cleaned]:
    """The format's own `clean`; each brings its library, so only the one that is needed."""
    module, _colon, function = _CLEANERS[code].partition(":")
    found: Callable[[Path, Path, Limits], Cleaned] = getattr(
        import_module(f"nhipcau.media.intake.{module}"), function or "clean"
    )
    return found


def _make_sizes(order: dict[str, Any], limits: Limits) -> dict[str, Any]:
    from nhipcau.media.intake.looking import opened

    return {"sizes": _sizes(opened(Path(order["source"]), limits), order)}


def _sizes(picture: Image, order: dict[str, Any]) -> list[tuple[int, int]]:
    from nhipcau.media.intake.looking import Wanted, made

    folder = Path(order["folder"])
    return [
        made(picture, Wanted(**one), folder / f"size-{place}")
        for place, one in enumerate(order["wanted"])
    ]


def _confine(limits: Limits) -> None:
    """Bind this very process: memory, processor time, no core file."""
    for what, ceiling in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        wanted = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
        resource.setrlimit(what, (wanted, wanted))


def main() -> int:
    """The other side: limits as the argument, the order as JSON on standard input."""
    limits = Limits(**json.loads(sys.argv[1]))
    order = json.load(sys.stdin)
    _confine(limits)
    told: dict[str, Any]
    try:
        told = _clean(order, limits) if order["verb"] == "clean" else _make_sizes(order, limits)
    except Refused as refused:
        told = {"refused": refused.why, "values": refused.values}
    except MemoryError:
        told = {"refused": Refusal.TOO_SLOW, "values": {}}
    except OSError as trouble:
        told = {"errno": trouble.errno or 5, "trouble": str(trouble.strerror)}
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(told))
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
