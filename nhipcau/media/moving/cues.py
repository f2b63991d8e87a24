"""Subtitles as cues: read from WebVTT and SubRip, written, checked. Pure values, milliseconds.

The readers are strict and tell every fault with its line: nothing of a file that somebody trusts
may vanish without a word. WebVTT: W3C Candidate Recommendation of 4 April 2019, section 4;
SubRip has no standard, so what common programs write is read.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MOST_CUES = 20_000
MOST_CHARACTERS = 1_000  # of one cue
LONGEST_MS = 360_000_000  # a hundred hours: what a timestamp of the writer may say


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """One or more lines of plain text, shown from `start` to `end` (milliseconds)."""

    start: int
    end: int
    text: str


class Odd(StrEnum):
    """What is wrong with a line of a file; the first group keeps the cue out, the second not."""

    NO_HEADER = "no_header"  # a .vtt that does not begin with WEBVTT
    NO_TIMING = "no_timing"  # a block of lines without a time
    BAD_TIME = "bad_time"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    TOO_LONG = "too_long"  # details: most
    TOO_MANY = "too_many"
    NOT_TEXT = "not_text"
    EMPTY = "empty"
    OUT_OF_ORDER = "out_of_order"
    MARKUP = "markup"  # colours, places, italics: taken off
    STYLE = "style"  # a STYLE or REGION block: left out
    GUESSED_ENCODING = "guessed_encoding"


HARMLESS = frozenset({Odd.EMPTY, Odd.OUT_OF_ORDER, Odd.MARKUP, Odd.STYLE, Odd.GUESSED_ENCODING})


@dataclass(frozen=True, slots=True)
class Fault:
    """Something odd in line `line` (from 1; 0: of the file), with the words in question."""

    line: int
    odd: Odd
    words: str = ""

    @property
    def is_harmless(self) -> bool:
        return self.odd in HARMLESS


@dataclass(slots=True)
class Read:
    """The cues of a file, in order, and everything that was odd."""

    cues: list[Cue] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return all(fault.is_harmless for fault in self.faults)


_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s+(.*))?\s*\Z")
_SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_NUMBER = re.compile(r"\s*\d+\s*\Z")


def decoded(data: bytes) -> tuple[str, list[Fault]]:
    """The text of a file, composed (NFC); what is not UTF is read as Windows-1258, and told."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _composed(data.decode(name, errors="replace")), []
    if b"\0" in data[:2000]:
        return "", [Fault(0, Odd.NOT_TEXT)]
    try:
        return _composed(data.decode("utf-8")), []
    except UnicodeDecodeError:
        told = data.decode("cp1258", errors="replace")
    return _composed(told), [Fault(0, Odd.GUESSED_ENCODING)]


def _composed(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return unicodedata.normalize("NFC", plain)


def read(data: bytes) -> Read:
    """The cues of a .vtt or .srt file; which it is, its first line says."""
    text, faults = decoded(data)
    found = Read(faults=faults)
    if not found.is_sound:
        return found
    lines = text.split("\n")
    is_web = lines[0].startswith("WEBVTT")
    if is_web and len(lines[0]) > 6 and lines[0][6] not in " \t":
        found.faults.append(Fault(1, Odd.NO_HEADER, lines[0][:80]))
    number = 1 if is_web else 0
    if is_web:
        while number < len(lines) and lines[number].strip():
            number += 1  # the header may go on
    _read_blocks(lines, number, found)
    if not any("-->" in line for line in lines) and found.is_sound:
        found.faults.append(Fault(1, Odd.NO_HEADER, lines[0][:80]))
    in_order = sorted(found.cues, key=lambda cue: cue.start)
    if in_order != found.cues:
        found.faults.append(Fault(0, Odd.OUT_OF_ORDER))
        found.cues = in_order
    return found


def _read_blocks(lines: Sequence[str], number: int, found: Read) -> None:
    while number < len(lines):
        if not lines[number].strip():
            number += 1
            continue
        start = number
        while number < len(lines) and lines[number].strip():
            number += 1
        _read_block(lines[start:number], start + 1, found)
        if len(found.cues) > MOST_CUES:
            found.faults.append(Fault(start + 1, Odd.TOO_MANY))
            return


def _read_block(block: Sequence[str], line: int, found: Read) -> None:
    """One block of lines without an empty one between; `line` is the number of its first."""
    head = block[0].strip()
    if head.startswith("NOTE"):
        return
    if head in {"STYLE", "REGION"}:
        found.faults.append(Fault(line, Odd.STYLE))
        return
    at = next((place for place, words in enumerate(block[:2]) if "-->" in words), None)
    if at is None:
        if not (len(block) == 1 and _NUMBER.match(block[0])):
            found.faults.append(Fault(line, Odd.NO_TIMING, head[:80]))
        return
    timing = _TIMING.match(block[at])
    times = None if timing is None else (_moment(timing, 1), _moment(timing, 5))
    if timing is None or times is None or None in times:
        found.faults.append(Fault(line + at, Odd.BAD_TIME, block[at].strip()[:80]))
        return
    start, end = times[0] or 0, times[1] or 0
    if end <= start:
        found.faults.append(Fault(line + at, Odd.ENDS_BEFORE_IT_STARTS, block[at].strip()[:80]))
        return
    text, has_markup = plain("\n".join(block[at + 1 :]))
    if has_markup or timing[9]:
        found.faults.append(Fault(line + at, Odd.MARKUP))
    if not text:
        found.faults.append(Fault(line + at, Odd.EMPTY))
    elif len(text) > MOST_CHARACTERS:
        found.faults.append(Fault(line + at, Odd.TOO_LONG, text[:40]))
    else:
        found.cues.append(Cue(start, end, text))


def _moment(timing: re.Match[str], first: int) -> int | None:
    hours, minutes, seconds, parts = (timing[first + place] or "0" for place in range(4))
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    total = (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000
    return total + int(parts.ljust(3, "0"))


def plain(words: str) -> tuple[str, bool]:
    """The text without its markup, and whether there was any; a speaker's name stays in front."""
    words = unicodedata.normalize("NFC", words)
    spoken = _SPEAKER.sub(lambda name: f"{name[1].strip()}: ", words)
    bare = _TAG.sub("", spoken)
    text = html.unescape(bare)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(line for line in lines if line), bare != words


def as_vtt(cues: Iterable[Cue]) -> str:
    """The cues as WebVTT; one that has no words yet is left out, as in every form."""
    parts = ["WEBVTT"]
    for cue in _with_words(cues):
        text = html.escape(cue.text, quote=False)
        parts.append(f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{text}")
    return "\n\n".join(parts) + "\n"


def as_srt(cues: Iterable[Cue]) -> str:
    """The cues as SubRip; its first character is a mark by which old players know UTF-8."""
    parts = [
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{cue.text}"
        for number, cue in enumerate(_with_words(cues), 1)
    ]
    return "\ufeff" + "\n\n".join(parts) + "\n"


def as_words(cues: Iterable[Cue], *, pause_ms: int = 2_000) -> str:
    """The words one after another; after a pause a new paragraph begins."""
    paragraphs: list[list[str]] = []
    last: int | None = None
    for cue in _with_words(cues):
        if last is None or cue.start - last >= pause_ms:
            paragraphs.append([])
        paragraphs[-1].append(" ".join(cue.text.split("\n")))
        last = cue.end
    return "\n\n".join(" ".join(words) for words in paragraphs)


def _with_words(cues: Iterable[Cue]) -> Iterable[Cue]:
    return (cue for cue in cues if cue.text)


def _stamp(milliseconds: int, point: str) -> str:
    seconds, parts = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{parts:03}"
