"""What an examination answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Health(StrEnum):
    """How one thing is: well; to be looked at some day; wrong now."""

    WELL = "well"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer: a sentence, and the command or the step that mends it ("" when well)."""

    name: str
    health: Health
    words: str
    mend: str = ""


Examination = Callable[[datetime], Finding]


def well(name: str, words: str) -> Finding:
    return Finding(name, Health.WELL, words)


def warning(name: str, words: str, *, mend: str) -> Finding:
    return Finding(name, Health.WARNING, words, mend)


def wrong(name: str, words: str, *, mend: str) -> Finding:
    return Finding(name, Health.WRONG, words, mend)
