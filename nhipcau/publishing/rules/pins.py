"""What words show of the library, pinned: which file, what is told of it, and what it says.

A body holds the number of an item, and an item changes: its file is replaced, its title, credit,
licence, poster, subtitles or transcript are made anew. A digest of the words notices nothing of
that. So whatever was looked at (by a reviewer, by the maker of a form) keeps a pin for each item
beside it. Subtitles and transcripts are pinned by language: a text stands for those of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from nhipcau.kernel.canonical import canonical, plain
from nhipcau.publishing.enums import Obstacle

# By the number of an item, as JSON keeps it: {"12": {"file": SHA-256, "told": SHA-256}}; of sound
# and film also "words", a SHA-256 by the number of a language.
Pins = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Told:
    """What leaves with a file beside its bytes; `chosen` is what somebody chose of a film.

    The alternative text is not among it: it stands in the words, whose digest holds it. `words`
    are subtitles and transcript, by the number of their language.
    """

    title: str
    credit: str
    licence: str
    chosen: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[int, Any] = field(default_factory=dict)
    provenance: tuple[str, ...] = ()


def pin(*, sha256: str, told: Told) -> dict[str, Any]:
    """The pin of one item; `sha256` is "" while it has no file."""
    beside = [told.title, told.credit, told.licence, told.chosen]
    # Of most media nothing is told of where they are from: their pins stay what they were.
    said = _digest([*beside, list(told.provenance)] if told.provenance else beside)
    held: dict[str, Any] = {"file": sha256, "told": said}
    if told.words:
        held["words"] = {str(number): _digest(words) for number, words in told.words.items()}
    return held


def _digest(said: Any) -> str:
    return hashlib.sha256(canonical(plain(said))).hexdigest()


def changes(then: Pins, now: Pins, *, languages: Collection[int] = ()) -> dict[str, Obstacle]:
    """What became of the items since, by their numbers; what stayed as it was is left out.

    An item that was not there then is one whose file nobody has seen: as good as replaced. One
    that is gone now is left out too, since that is told of every item that is gone. Subtitles and
    transcripts count in these languages alone: those of others leave with others.
    """
    found = {}
    for number, held in now.items():
        before = then.get(number)
        if before is None or before["file"] != held["file"]:
            found[number] = Obstacle.MEDIA_REPLACED
        elif before["told"] != held["told"] or any(
            _said_in(language, before) != _said_in(language, held) for language in languages
        ):
            found[number] = Obstacle.MEDIA_RETOLD
    return found


def _said_in(language: int, held: Mapping[str, Any]) -> str:
    return str(held.get("words", {}).get(str(language), ""))
