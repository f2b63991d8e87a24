"""`nhipcau plan read FILE`: the JSON of a plan, or one sentence why there is none.

Exit status 0: read; 1: refused; 2: called wrongly. The file is read in a forked process under
the same limits as everywhere else, so no file can do more than end with a sentence.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import select
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from nhipcau.plans.reading.errors import NotReadable, ReadingInterrupted
from nhipcau.plans.reading.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.plans.reading.source import Source

_REFUSED, _MISUSED = 1, 2


def main(argv: Sequence[str]) -> int:
    """Run the command; the exit status is the process's."""
    options = _parser().parse_args(argv)
    limits = DEFAULT if options.seconds is None else replace(DEFAULT, seconds=options.seconds)
    language = options.language or _language_of_terminal()
    sys.stdout.flush()
    sys.stderr.flush()
    ours, theirs = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os._exit(_child(options, limits, language, parent))
    os.close(theirs)
    # The pipe ends with the child: nothing is ever written to it.
    ready, _, _ = select.select([ours], [], [], limits.seconds)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ours)
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    return _refuse(_why_it_ended(os.WTERMSIG(status), limits, in_time=bool(ready)), language)


def _why_it_ended(number: int, limits: Limits, *, in_time: bool) -> NotReadable:
    from nhipcau.plans.reading.confinement import refusal_of_death  # noqa: PLC0415 -- seldom needed
    from nhipcau.plans.reading.sources import refusals  # noqa: PLC0415 -- as above

    if not in_time:
        return refusals.too_slow(limits)
    try:
        return refusal_of_death(-number, limits)
    except ReadingInterrupted:
        return refusals.interrupted()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nhipcau plan read",
        description="Read an official plan (.docx, .pdf with text, .html, .txt, .md) and print "
        "its header, tasks, parties, times and products as JSON.",
    )
    parser.add_argument("file", help="the plan; - reads standard input")
    parser.add_argument(
        "--spans", action="store_true", help="add every value's place in the text and confidence"
    )
    parser.add_argument(
        "--text", action="store_true", help="print the normalised text in place of JSON"
    )
    parser.add_argument(
        "--language", choices=("vi", "en"), help="of refusals; as the terminal's, else Vietnamese"
    )
    parser.add_argument(
        "--seconds", type=_seconds, help=f"give up after so long (default {DEFAULT.seconds:g})"
    )
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError("more than 0, at most 3600")
    return seconds


def _language_of_terminal() -> str:
    # The command runs without settings, which is where the environment is read otherwise.
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((v for n in names if (v := os.environ.get(n))), "")  # noqa: TID251 -- see above
    return "en" if chosen.lower().startswith("en") else "vi"


def _refuse(refusal: NotReadable, language: str) -> int:
    _say(refusal.en if language == "en" else refusal.vi)
    return _REFUSED


def _say(sentence: str) -> None:
    # In UTF-8 whatever the terminal says it speaks.
    sys.stderr.buffer.write(f"{sentence}\n".encode())
    sys.stderr.flush()


def _child(options: argparse.Namespace, limits: Limits, language: str, parent: int) -> int:
    """Everything that touches the file; the exit status."""
    from nhipcau.plans.reading.confinement import (  # noqa: PLC0415 -- after the fork
        confine,
        follow_into_death,
    )
    from nhipcau.plans.reading.sources import refusals  # noqa: PLC0415 -- after the fork

    try:
        follow_into_death(parent)
        confine(limits)
        gc.disable()  # the process lives a fraction of a second, within its memory limit
        return _write(_printed(options, limits))
    except NotReadable as refusal:
        return _refuse(refusal, language)
    except MemoryError:
        return _refuse(refusals.too_long(), language)
    except OSError as error:
        if language == "en":
            _say(f"The file {options.file} cannot be opened: {error.strerror}.")
        else:
            _say(f"Không mở được tệp {options.file}: {error.strerror}.")
        return _MISUSED


def _printed(options: argparse.Namespace, limits: Limits) -> str:
    from nhipcau.plans.reading import read  # noqa: PLC0415 -- bad usage answers without it

    source = _source(options.file, limits)
    reading = read(source)
    if options.text:
        return reading.text
    answer = reading.as_json(spans=options.spans)
    answer["file"] = {
        "format": source.format,
        "pages": source.pages,
        "notices": [_in_vietnamese(notice) for notice in source.notices],
    }
    # Indented output is written by Python, letter by letter: only for human eyes.
    return json.dumps(answer, ensure_ascii=False, indent=1 if sys.stdout.isatty() else None)


def _in_vietnamese(notice: str) -> str:
    return str(getattr(notice, "vi", notice))


def _source(name: str, limits: Limits) -> Source:
    from nhipcau.plans.reading.confinement import read_bytes, refuse_size  # noqa: PLC0415 -- as above
    from nhipcau.plans.reading.sources import load  # noqa: PLC0415 -- as above

    if name == "-":
        return load(read_bytes(sys.stdin.buffer, limits), limits=limits)
    with open(name, "rb") as stream:  # noqa: PTH123 -- pathlib costs a tenth of the whole start
        refuse_size(stream, limits)
        return load(read_bytes(stream, limits), name, limits)


def _write(words: str) -> int:
    try:
        sys.stdout.buffer.write(words.rstrip("\n").encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
