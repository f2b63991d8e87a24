"""Whether cues can be read in the time that they stand; advice, never a refusal.

The measures are the house's own, taken from what subtitlers commonly keep to: a reader of an
alphabet takes in about 17 letters a second and 42 a line, a reader of Chinese 9 and 16.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nhipcau.media.moving.cues import Cue


class Flaw(StrEnum):
    NO_WORDS = "no_words"
    OVERLAP = "overlap"  # begins before the one before it has gone
    TOO_FAST = "too_fast"  # letters a second
    TOO_BRIEF = "too_brief"
    TOO_LASTING = "too_lasting"
    LINE_TOO_LONG = "line_too_long"
    TOO_MANY_LINES = "too_many_lines"
    NO_GAP = "no_gap"  # flickers into the next one
    BEYOND_THE_END = "beyond_the_end"


@dataclass(frozen=True, slots=True)
class Measures:
    """What a reader of a script can take in."""

    letters_a_second: float = 17.0
    letters_a_line: int = 42
    lines: int = 2
    shortest_ms: int = 800
    longest_ms: int = 7_000
    smallest_gap_ms: int = 80  # two pictures at 25 a second; cues that touch need none


ALPHABET = Measures()
CHINESE = Measures(letters_a_second=9.0, letters_a_line=16)
_BY_SCRIPT = {"Hans": CHINESE, "Hant": CHINESE, "Jpan": CHINESE}


@dataclass(frozen=True, slots=True)
class Remark:
    """A flaw of cue number `cue` (from 0) and its figure: letters a second, letters, seconds."""

    cue: int
    flaw: Flaw
    figure: float


def measures_of(script: str) -> Measures:
    """By ISO 15924."""
    return _BY_SCRIPT.get(script, ALPHABET)


def letters(text: str) -> int:
    """What the eye counts: a letter with its marks is one, the end of a line none."""
    return sum(
        1
        for character in unicodedata.normalize("NFC", text)
        if character != "\n" and not unicodedata.combining(character)
    )


def remarks(
    cues: Sequence[Cue], *, script: str = "Latn", duration_ms: int | None = None
) -> list[Remark]:
    """Everything that may be hard to read, in the order of the cues."""
    measures = measures_of(script)
    found: list[Remark] = []
    for number, cue in enumerate(cues):
        before = cues[number - 1] if number else None
        found += [Remark(number, flaw, figure) for flaw, figure in _of_one(cue, measures)]
        if before is not None:
            gap = cue.start - before.end
            if gap < 0:
                found.append(Remark(number, Flaw.OVERLAP, round(-gap / 1000, 2)))
            elif 0 < gap < measures.smallest_gap_ms:
                found.append(Remark(number, Flaw.NO_GAP, round(gap / 1000, 2)))
        if duration_ms is not None and cue.end > duration_ms + 500:
            found.append(
                Remark(number, Flaw.BEYOND_THE_END, round((cue.end - duration_ms) / 1000, 1))
            )
    return found


def _of_one(cue: Cue, measures: Measures) -> list[tuple[Flaw, float]]:
    lines = cue.text.split("\n")
    lasts = cue.end - cue.start
    longest = max(letters(line) for line in lines)
    speed = letters(cue.text) * 1000 / max(1, lasts)
    tests = [
        (Flaw.NO_WORDS, not cue.text, 0.0),
        (Flaw.TOO_FAST, speed > measures.letters_a_second, round(speed, 1)),
        (Flaw.TOO_BRIEF, lasts < measures.shortest_ms, round(lasts / 1000, 1)),
        (Flaw.TOO_LASTING, lasts > measures.longest_ms, round(lasts / 1000, 1)),
        (Flaw.LINE_TOO_LONG, longest > measures.letters_a_line, float(longest)),
        (Flaw.TOO_MANY_LINES, len(lines) > measures.lines, float(len(lines))),
    ]
    return [(flaw, figure) for flaw, is_so, figure in tests if is_so]
