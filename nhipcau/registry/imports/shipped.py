"""The facts that come with the house: CSV files, each row with its source."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of one file in order, values without spaces at their ends."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            {key: (value or "").strip() for key, value in row.items()}
            for row in csv.DictReader(file, strict=True)
        ]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def several(text: str, mark: str = ";") -> list[str]:
    return [part for part in text.split(mark) if part]


def digest() -> str:
    """One hash over all files, to tell which facts a house has loaded."""
    whole = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.csv")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
