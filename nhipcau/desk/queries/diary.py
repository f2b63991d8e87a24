"""Lines of the diary as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.audit.models import Entry
from nhipcau.audit.rules import PERSONAL
from nhipcau.audit.sentences import sentence_of
from nhipcau.translation.queries import stopped_titles, without_titles


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One line: the entry, its sentence, and what changed as (name, before, after)."""

    entry: Entry
    sentence: str
    changes: tuple[tuple[str, str, str], ...]


def lines_of(entries: Iterable[Entry], *, is_searched: bool = False) -> list[DiaryLine]:
    """One query, another where a text is stopped.

    A line is never changed, but what is shown of it names no title of words that were stopped
    since: their short id stands there. Where words are searched for, such a line is left out, so
    that nobody finds a title by guessing.
    """
    titles = stopped_titles()
    lines = []
    for entry in entries:
        sentence = sentence_of(entry)
        shown = without_titles(sentence, titles)
        if not (is_searched and shown != sentence):
            lines.append(DiaryLine(entry, shown, _changes(entry, titles)))
    return lines


def _changes(entry: Entry, titles: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*entry.before, *entry.after])
    return tuple(
        (
            name,
            without_titles(_said(entry.before, name), titles),
            without_titles(_said(entry.after, name), titles),
        )
        for name in names
    )


def _said(values: Mapping[str, Any], name: str) -> str:
    """A value in words; of a personal one, that it was there."""
    value = values.get(name)
    if value is None or value == "":
        return ""
    if isinstance(value, dict) and set(value) == {PERSONAL}:
        return _("(personal, kept as a hash)")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
