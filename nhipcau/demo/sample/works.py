"""The sample's works, read from `data/works/`: a folder for each theme, a file for each text.

`KEY.TAG.md` holds a text: a head of TOML between lines of “+++”, then the body as `bodies.py`
reads it. The text in the work's original language says in its head what the work is and what
becomes of it; a translation says its title, its summary and who made it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "data" / "works"
HEAD = "+++\n"


class Fate(StrEnum):
    """How far the work has come on the day on which the sample is loaded."""

    TRASHED = "trashed"
    DRAFT = "draft"
    WAITING = "waiting"  # handed in, nobody has decided yet
    UNDER_REVIEW = "under_review"  # the unit's head has cleared it
    RETURNED = "returned"
    APPROVED = "approved"
    EMBARGOED = "embargoed"
    RELEASED = "released"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


OUT = frozenset({Fate.RELEASED, Fate.CORRECTED, Fate.WITHDRAWN})
CLEARED = OUT | {Fate.APPROVED, Fate.EMBARGOED}


class WorkBroken(ValueError):
    """A file of the sample's works does not say what it must."""


@dataclass(frozen=True, slots=True)
class Text:
    """One language version. `answers` are reasons, by the check whose findings they overrule."""

    language: str
    title: str
    summary: str
    body: str
    by: str
    mode: str = "written"
    title_vi: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    machine_helped: bool = False
    fate: Fate | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """A sum in whole đồng; item, origin and state by their keys."""

    item: str
    origin: str
    state: str
    amount: int
    words: str
    task: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is read instead of what, some days before the loading, and what the public is told."""

    days_ago: int
    old: str
    new: str
    note: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    days_ago: int
    reason: str
    notice: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One work of the sample. Tasks are told as “18/KH-UBND II.1.1”; days back from the loading.

    `bundle` names what goes out together; empty: the work by itself. `released` is the day of its
    bundle, also of one that waits or is only put together. `forms` are ordered, those
    in `made` are made at once and leave with the release.
    """

    key: str
    theme: str
    kind: str
    unit: str
    begun: int
    fate: Fate
    texts: tuple[Text, ...]
    tasks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    released: int | None = None
    due_in: int | None = None
    of_use_for: int | None = None
    bundle: str = ""
    costs: tuple[Cost, ...] = ()
    permit: Mapping[str, Any] | None = None
    print_run: Mapping[str, Any] | None = None
    forms: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    reason: str = ""
    remark: str = ""
    correction: Correction | None = None
    withdrawal: Withdrawal | None = None

    @property
    def original(self) -> Text:
        return self.texts[0]


def _parted(path: Path) -> tuple[dict[str, Any], str]:
    text = path.read_text(encoding="utf-8")
    empty, head, body = [*text.split(HEAD, 2), "", ""][:3]
    if empty or not body.strip():
        raise WorkBroken(f"{path.name} needs a head between two lines “+++” and a body.")
    return tomllib.loads(head), body


def _text(language: str, head: dict[str, Any], body: str) -> Text:
    own = {
        name: head.pop(name)
        for name in ("title", "summary", "by", "mode", "title_vi", "answers", "machine_helped")
        if name in head
    }
    return Text(language=language, body=body, **own)


def _work(theme: str, key: str, paths: Mapping[str, Path]) -> Plan:
    parted = {language: _parted(path) for language, path in paths.items()}
    originals = [language for language, (head, _body) in parted.items() if "kind" in head]
    if len(originals) != 1:
        raise WorkBroken(f"{key}: one of its texts says of which kind it is.")
    original = originals[0]
    head, body = parted.pop(original)
    texts = [_text(original, head, body)]
    for language, (told, words) in sorted(parted.items()):
        fate = Fate(told.pop("fate")) if "fate" in told else None
        text = _text(language, told, words)
        if told:
            raise WorkBroken(f"{key}.{language} says too much: {', '.join(told)}.")
        texts.append(replace(text, fate=fate))
    correction, withdrawal = head.pop("correction", None), head.pop("withdrawal", None)
    lists: dict[str, Any] = {
        name: tuple(head.pop(name, ()))
        for name in ("tasks", "topics", "audiences", "areas", "forms", "made")
    }
    return Plan(
        key=key,
        theme=theme,
        fate=Fate(head.pop("fate")),
        texts=tuple(texts),
        costs=tuple(Cost(**cost) for cost in head.pop("costs", ())),
        correction=Correction(**correction) if correction else None,
        withdrawal=Withdrawal(**withdrawal) if withdrawal else None,
        **lists,
        **head,
    )


def plans_of_works(folder: Path = FOLDER) -> list[Plan]:
    """Every work of the sample, by theme and key; the same files give the same list."""
    files: dict[tuple[str, str], dict[str, Path]] = {}
    for path in sorted(folder.glob("*/*.md")):
        key, language, _ending = path.name.split(".")
        files.setdefault((path.parent.name, key), {})[language] = path
    return [_work(theme, key, paths) for (theme, key), paths in sorted(files.items())]
