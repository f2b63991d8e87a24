"""The few words that forms add themselves, in the language of the manuscript.

They belong to what readers read, so they stand in `labels.csv` and not in the catalogues of the
interface. A language that is not listed uses Vietnamese: its readers live in the province.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

_FALLBACK: Final = "vi"
_FILE: Final = Path(__file__).with_name("labels.csv")
_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    languages = [column for column in rows[0] if column != "name"]
    return {language: {row["name"]: row[language] for row in rows} for language in languages}


def labels_language(language: str) -> str:
    """The language in which the labels of a manuscript in this language are."""
    if language in _table():
        return language
    primary = language.partition("-")[0]
    if primary == "zh":
        traditional = any(part in language for part in ("Hant", "TW", "HK"))
        return "zh-Hant" if traditional else "zh-Hans"
    return primary if primary in _table() else _FALLBACK


def labels(language: str) -> Mapping[str, str]:
    """All labels in the language by their names."""
    return _table()[labels_language(language)]


def language_name(tag: str, language: str) -> str:
    """What readers of `language` call the language `tag`; the tag itself where unknown."""
    return labels(language).get(f"language:{tag.partition('-')[0]}", tag)


def written_date(day: date, language: str) -> str:
    """A day as readers of the language write it in a line of facts."""
    if language.startswith(("zh", "ja")):
        return f"{day.year}年{day.month}月{day.day}日"
    if language.startswith("en"):
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day:02}/{day.month:02}/{day.year}"
