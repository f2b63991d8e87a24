"""A draft as proofreaders see it: its words with their places, and what is known around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from nhipcau.translation.manuscript import Block, Finding, Medium, Resolve, from_body
from nhipcau.translation.proofreading.context import Machine, NameBook, Rights, Visit
from nhipcau.translation.proofreading.text.figures import Figures, figures_in

TITLE, SUMMARY, BODY = "title", "summary", "body"


class Place(NamedTuple):
    """Where something stands: the block's id ("title", "summary"), its part, the span in it."""

    block: str
    part: str = ""
    start: int = 0
    end: int = 0


class Role(StrEnum):
    """What a passage is to its reader."""

    TITLE = "title"
    SUMMARY = "summary"
    HEADING = "heading"
    PROSE = "prose"  # paragraphs and entries of lists
    QUOTE = "quote"
    NAME = "name"  # who said it
    SOURCE = "source"
    ALT = "alt"
    CAPTION = "caption"
    LABEL = "label"  # titles inside blocks, labels of facts and charts
    HEAD = "head"  # of a table's column
    CELL = "cell"
    CONTACT = "contact"  # the words of a contact call-out
    AREAS = "areas"  # what a map shows, in words
    TRANSCRIPT = "transcript"
    SUBTITLES = "subtitles"  # one line of a film under the other, few of them whole sentences


RUNNING = frozenset({Role.SUMMARY, Role.PROSE, Role.QUOTE, Role.CONTACT, Role.TRANSCRIPT})
"""Passages made of sentences."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A stretch of a passage that names its own language, or is a link."""

    start: int
    end: int
    language: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a film or sound says in one language: its transcript, or the lines of its subtitles.

    `film` is its title; `starts` are where each line begins in `text`, with its milliseconds, in
    order; a transcript has no times.
    """

    film: str
    role: Role
    language: str
    text: str
    starts: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of_lines(cls, film: str, language: str, lines: Sequence[tuple[int, str]]) -> Self:
        """Subtitles of lines with their milliseconds, in order."""
        starts, at = [], 0
        for milliseconds, text in lines:
            starts.append((at, milliseconds))
            at += len(text) + 1
        text = "\n".join(text for _start, text in lines)
        return cls(film, Role.SUBTITLES, language, text, tuple(starts))

    def time_at(self, offset: int) -> str:
        """“1:05:09” of the line in which a character stands; "" in a transcript."""
        if not self.starts:
            return ""
        before = bisect_right(self.starts, offset, key=lambda start: start[0]) - 1
        minutes, seconds = divmod(self.starts[max(before, 0)][1] // 1000, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that belong together, at one place. Spans count in `text`.

    `spoken` is set where a film says them: they stand in its subtitles or transcript, not in the
    block that shows it.
    """

    block: str
    part: str
    role: Role
    text: str
    hints: tuple[Hint, ...] = ()
    spoken: Spoken | None = None

    def place_of(self, start: int, end: int) -> Place:
        return Place(self.block, self.part, start, end)

    @property
    def place(self) -> Place:
        return self.place_of(0, len(self.text))


@dataclass(frozen=True, slots=True)
class Part:
    """One block as the editor saved it, what it became, and what was lost on the way."""

    id: str
    raw: Any
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.id)


@dataclass(frozen=True)
class Version:
    """The words of one language version.

    `spoken` are the words that leave with it in its films and sounds, by media key.
    """

    language: str
    title: str
    summary: str
    parts: tuple[Part, ...]
    spoken: Mapping[str, tuple[Spoken, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def read(
        cls,
        *,
        language: str,
        title: str,
        summary: str,
        body: object,
        resolve: Resolve,
        spoken: Mapping[str, tuple[Spoken, ...]] | None = None,
    ) -> Self:
        """`body` is raw StreamField JSON. A block without an id is known by its number."""
        raws = body if isinstance(body, list) else [body]
        parts = []
        for number, raw in enumerate(raws, 1):
            own = raw.get("id") if isinstance(raw, dict) else None
            found = from_body([raw], resolve, language=language)
            name = own if isinstance(own, str) and own else str(number)
            parts.append(Part(name, raw, found.blocks, found.findings))
        return cls(language, title, summary, tuple(parts), spoken or {})

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All words in reading order; made once, whatever number of checks reads them."""
        from nhipcau.translation.proofreading.passages import (  # noqa: PLC0415 -- it needs Version
            passages_of,
        )

        return tuple(passages_of(self))

    @cached_property
    def passages_of_block(self) -> dict[str, list[Passage]]:
        """The passages by the block in which they stand."""
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.block, []).append(passage)
        return found

    @cached_property
    def _figures(self) -> dict[Passage, Figures]:
        return {}

    def figures_of(self, passage: Passage) -> Figures:
        """Numbers, days and times of a passage; looked for once, whoever asks."""
        if passage not in self._figures:
            self._figures[passage] = figures_in(passage.text, self.language)
        return self._figures[passage]

    @property
    def running(self) -> tuple[Passage, ...]:
        """The passages that are made of sentences, headings and titles left out."""
        return tuple(passage for passage in self.passages if passage.role in RUNNING)


@dataclass(frozen=True)
class Draft(Version):
    """A version that somebody is about to submit, and what is known around it.

    `rights` by the media keys of its blocks; `made_from` is the approved revision that it was
    translated from, `others` are the work's other language versions; `visits` by address, as the
    worker found them; `contacts` are official numbers and addresses, normalised by
    `checks.personal_data.contact_key`; `planned` is the day on which it is to go out.
    """

    kind: str = ""
    today: date = date.min
    planned: date | None = None
    rights: Mapping[str, Rights] = field(default_factory=lambda: MappingProxyType({}))
    names: NameBook | None = None
    visits: Mapping[str, Visit] = field(default_factory=lambda: MappingProxyType({}))
    contacts: frozenset[str] = frozenset()
    made_from: Version | None = None
    others: tuple[Version, ...] = ()
    machine: Machine = field(default_factory=Machine)

    @classmethod
    def of(cls, version: Version, **context: Any) -> Self:
        """The draft of a version that was read already."""
        return cls(
            version.language,
            version.title,
            version.summary,
            version.parts,
            version.spoken,
            **context,
        )

    @property
    def day(self) -> date:
        """The day that counts for what may expire: that of the release, if one is planned."""
        return self.today if self.planned is None else max(self.planned, self.today)


def no_media(kind: str, number: int) -> Medium | None:
    """For words whose pictures do not matter."""
    return Medium(f"{kind}/{number}")
