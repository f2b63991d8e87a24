"""What is asked of the process that works, and what it answers: plain values, sent as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from nhipcau.media.moving.limits import DEFAULT, Limits
from nhipcau.media.moving.looks import Look, Makeup
from nhipcau.media.moving.recipes import Codec, Makes, Recipe


class Work(StrEnum):
    LOOK = "look"
    MAKE = "make"


@dataclass(frozen=True, slots=True)
class Order:
    """One piece of work. `recipe` and `target`, where no file is yet, are for MAKE."""

    work: Work
    source: Path
    target: Path | None = None
    recipe: Recipe | None = None
    limits: Limits = DEFAULT

    def as_plain(self) -> dict[str, Any]:
        return {
            "work": self.work,
            "source": str(self.source.resolve()),
            "target": None if self.target is None else str(self.target.resolve()),
            "recipe": None if self.recipe is None else asdict(self.recipe),
            "limits": asdict(self.limits),
        }

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> Self:
        return cls(
            Work(told["work"]),
            Path(told["source"]),
            None if told["target"] is None else Path(told["target"]),
            None if told["recipe"] is None else recipe_from(told["recipe"]),
            Limits(**told["limits"]),
        )


def recipe_from(told: dict[str, Any]) -> Recipe:
    """A recipe as `asdict` told it."""
    return Recipe(**{**told, "makes": Makes(told["makes"]), "codec": Codec(told["codec"])})


def look_from(told: dict[str, Any]) -> Look:
    """A look as `asdict` told it."""
    return Look(**{**told, "makeup": Makeup(told["makeup"])})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found and made.

    `facts` are figures of the rendition for people: width, height, lufs_before, lufs_after,
    true_peak_before, true_peak_after, is_limited, is_silence, damaged_places.
    """

    look: Look
    facts: dict[str, Any] = field(default_factory=dict)
