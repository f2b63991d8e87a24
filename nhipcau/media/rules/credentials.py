"""What a credential of provenance says of a file that leaves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """The file's title, the body that issues it, and its licence's code ("" for none)."""

    title: str
    issuer: str
    licence: str = ""
