"""Lines of the diary as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.audit.models import Entry
from nhipcau.audit.rules import PERSONAL
from nhipcau.audit.sentences import sentence_of


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One line: the entry, its sentence, and what changed as (name, before, after)."""

    entry: Entry
    sentence: str
    changes: tuple[tuple[str, str, str], ...]


def lines_of(entries: Iterable[Entry]) -> list[DiaryLine]:
    """No query."""
    return [DiaryLine(entry, sentence_of(entry), _changes(entry)) for entry in entries]


def _changes(entry: Entry) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*entry.before, *entry.after])
    return tuple((name, _said(entry.before, name), _said(entry.after, name)) for name in names)


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
