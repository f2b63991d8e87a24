"""What words show of the library, pinned: which file, and what is told of it.

A body holds the number of an item, and an item changes: its file is replaced, its title, credit,
licence or subtitles are written anew. A digest of the words notices nothing of that. So whatever
was looked at (by a reviewer, by the maker of a form) keeps a pin for each item beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nhipcau.kernel.canonical import canonical, plain
from nhipcau.publishing.enums import Obstacle

# By the number of an item, as JSON keeps it: {"12": {"file": SHA-256, "told": SHA-256}}.
Pins = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What leaves with a file beside its bytes; `subtitles` by language and kind.

    The alternative text is not among it: it stands in the words, whose digest holds it.
    """

    title: str
    credit: str
    licence: str
    subtitles: Mapping[str, Any]


def pin(*, sha256: str, told: Told) -> dict[str, str]:
    """The pin of one item; `sha256` is "" while it has no file."""
    said = [told.title, told.credit, told.licence, told.subtitles]
    return {"file": sha256, "told": hashlib.sha256(canonical(plain(said))).hexdigest()}


def changes(then: Pins, now: Pins) -> dict[str, Obstacle]:
    """What became of the items since, by their numbers; what stayed as it was is left out.

    An item that was not there then is one whose file nobody has seen: as good as replaced. One
    that is gone now is left out too, since that is told of every item that is gone.
    """
    found = {}
    for number, held in now.items():
        before = then.get(number)
        if before is None or before["file"] != held["file"]:
            found[number] = Obstacle.MEDIA_REPLACED
        elif before["told"] != held["told"]:
            found[number] = Obstacle.MEDIA_RETOLD
    return found
