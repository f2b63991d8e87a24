"""Licences under which the house may show something: shipped, dated data (data/licences.csv).

Codes are those of SPDX where it knows the licence, else its form for others ("LicenseRef-…"). A
licence that has a successor stays valid for what was put under it; it is no longer offered.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_SHIPPED = Path(__file__).resolve().parent.parent / "data" / "licences.csv"


@dataclass(frozen=True, slots=True)
class Licence:
    code: str
    name_vi: str
    name_en: str
    address: str
    valid_from: date | None
    valid_to: date | None
    may_be_public: bool

    def name_in(self, language: str) -> str:
        """Its name in Vietnamese, or in English for every other language of the interface."""
        return self.name_vi if language.startswith("vi") else self.name_en


@cache
def licences() -> dict[str, Licence]:
    """Every licence that the house knows, by its code, in the order of the file."""
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Licence(
                code=row["code"],
                name_vi=row["name_vi"],
                name_en=row["name_en"],
                address=row["url"],
                valid_from=date.fromisoformat(row["from"]) if row["from"] else None,
                valid_to=date.fromisoformat(row["to"]) if row["to"] else None,
                may_be_public=row["may_be_public"] == "yes",
            )
            for row in csv.DictReader(file)
        }


def offered_on(day: date) -> list[Licence]:
    """Those under which something new may be put on the day."""
    return [
        licence
        for licence in licences().values()
        if (licence.valid_from is None or licence.valid_from <= day)
        and (licence.valid_to is None or day < licence.valid_to)
    ]
