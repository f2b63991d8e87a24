"""Where shipped facts come from, by the keys that stand in the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nhipcau.registry.imports.shipped import rows


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source as people cite it; `address` may be empty."""

    title: str
    address: str
    note: str


@cache
def named_sources() -> Mapping[str, NamedSource]:
    """Every source that came with the house, by its key. Read once from the file, no query."""
    return {
        row["key"]: NamedSource(row["title"], row["address"], row["note"])
        for row in rows("sources")
    }


def source_named(source: str) -> NamedSource:
    """The source behind a row's words: a shipped one by its key, else the editor's own words."""
    return named_sources().get(source, NamedSource(source, "", ""))
