"""What is said of sound and film: troubles, figures, broken lines of subtitles, flaws of cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from nhipcau.media.moving.cue_checks import Flaw, Remark
from nhipcau.media.moving.cues import Fault, Odd
from nhipcau.media.moving.errors import Trouble

TROUBLES: Mapping[str, str | Promise] = {
    Trouble.EMPTY: gettext_lazy("The file is empty."),
    Trouble.UNKNOWN_FORMAT: gettext_lazy("This is no sound or video that the house can play."),
    Trouble.UNFINISHED: gettext_lazy(
        "The file is not complete: its index, which stands at the end, is missing, so that nothing "
        "of it can be played. Bring it again from the camera or the program that made it."
    ),
    Trouble.CUT_OFF: gettext_lazy(
        "The file breaks off after %(at)s; it should last %(of)s. Bring it again, or have it used "
        "up to there."
    ),
    Trouble.DAMAGED: gettext_lazy("Too much of the file is damaged. Bring another copy of it."),
    Trouble.NO_STREAM: gettext_lazy("There is neither sound nor picture in this file."),
    Trouble.NO_PICTURE: gettext_lazy("There is no picture in this file."),
    Trouble.NO_SOUND: gettext_lazy("There is no sound in this file."),
    Trouble.TOO_LONG: gettext_lazy(
        "It lasts %(seconds)s; the house takes at most %(limit)s. Cut it into parts."
    ),
    Trouble.TOO_LARGE: gettext_lazy("Its picture is %(width)d by %(height)d points: too large."),
    Trouble.TOO_SLOW: gettext_lazy(
        "It took longer than one file may take. Try it again when the machine is less busy."
    ),
    Trouble.TOO_HUNGRY: gettext_lazy("It needed more memory than one file may have."),
    Trouble.DISK_FULL: gettext_lazy(
        "The disk is full. Nothing half was kept; when the operator has made room, try it again."
    ),
    Trouble.LOST: gettext_lazy(
        "The original is not where it should be. The operator sees it in “nhipcau media verify”."
    ),
    Trouble.DIED: gettext_lazy("The program that works on sound and video broke down over it."),
}
_OF_UNKNOWN = gettext_lazy(
    "The file breaks off after %(at)s. Bring it again, or have it used up to there."
)
_TIMES = ("at", "of", "seconds", "limit")

ODD: Mapping[Odd, str | Promise] = {
    Odd.NO_HEADER: gettext_lazy("Line %(line)d: this is neither WebVTT nor SubRip."),
    Odd.NO_TIMING: gettext_lazy("Line %(line)d: words without a time: “%(words)s”."),
    Odd.BAD_TIME: gettext_lazy("Line %(line)d: the time “%(words)s” cannot be read."),
    Odd.ENDS_BEFORE_IT_STARTS: gettext_lazy(
        "Line %(line)d: the subtitle ends before it starts: “%(words)s”."
    ),
    Odd.TOO_LONG: gettext_lazy("Line %(line)d: the subtitle “%(words)s…” is too long."),
    Odd.TOO_MANY: gettext_lazy("Line %(line)d: there are too many subtitles in this file."),
    Odd.NOT_TEXT: gettext_lazy("This is no file of text."),
    Odd.EMPTY: gettext_lazy("Line %(line)d: a subtitle without words was left out."),
    Odd.OUT_OF_ORDER: gettext_lazy("The subtitles were not in the order of their times."),
    Odd.MARKUP: gettext_lazy("Line %(line)d: colour, place or italics were taken off."),
    Odd.STYLE: gettext_lazy("Line %(line)d: a block of styles was left out."),
    Odd.GUESSED_ENCODING: gettext_lazy(
        "The file is not in Unicode and was read as Windows-1258: look whether the accents are "
        "right."
    ),
}

FLAWS: Mapping[Flaw, str | Promise] = {
    Flaw.NO_WORDS: gettext_lazy("no words yet"),
    Flaw.OVERLAP: gettext_lazy("begins %(figure)s s before the one above has gone"),
    Flaw.TOO_FAST: gettext_lazy("%(figure)s letters a second: too fast to read"),
    Flaw.TOO_BRIEF: gettext_lazy("stands only %(figure)s s"),
    Flaw.TOO_LASTING: gettext_lazy("stands %(figure)s s"),
    Flaw.LINE_TOO_LONG: gettext_lazy("a line of %(figure)s letters"),
    Flaw.TOO_MANY_LINES: gettext_lazy("%(figure)s lines"),
    Flaw.NO_GAP: gettext_lazy("only %(figure)s s after the one above"),
    Flaw.BEYOND_THE_END: gettext_lazy("%(figure)s s beyond the end"),
}


def trouble_sentence(trouble: str, values: Mapping[str, Any]) -> str:
    """One whole sentence; "" where there is no trouble."""
    if not trouble:
        return ""
    told = TROUBLES.get(trouble, TROUBLES[Trouble.DIED])
    if trouble == Trouble.CUT_OFF and values.get("of") is None:
        told = _OF_UNKNOWN
    words = {
        name: clock(float(value)) if name in _TIMES and value is not None else value
        for name, value in values.items()
    }
    return str(told) % words


def clock(seconds: float) -> str:
    """“1:02:03” or “2:03”."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def fault_sentences(faults: Sequence[Fault]) -> list[str]:
    """A sentence for each line, the broken ones first."""
    ordered = sorted(faults, key=lambda fault: (fault.is_harmless, fault.line))
    return [str(ODD[fault.odd]) % {"line": fault.line, "words": fault.words} for fault in ordered]


def remark_words(remark: Remark) -> str:
    figure = f"{remark.figure:g}".replace(".", get_format("DECIMAL_SEPARATOR"))
    return str(FLAWS[remark.flaw]) % {"figure": figure}
