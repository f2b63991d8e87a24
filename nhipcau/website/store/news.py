"""Which tags a piece of news touches; another room's rule may be named in PAGE_STORE_NEWS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nhipcau.translation.models import Subject

# Whoever changes what pages show beside releases puts this, with {"tags": [...]} and, for what must
# not stand any longer, {"withdrawn": [...]}.
CHANGED = "website.changed"


@dataclass(frozen=True, slots=True)
class Touching:
    """What pages must be made again for; pages with `withdrawn` may not even stand aside."""

    tags: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()


def touching(topic: str, payload: Mapping[str, Any]) -> Touching:
    """A release touches its subject and the lists of its languages; a withdrawal the same.

    One query: pages name a subject by its key.
    """
    if topic == CHANGED:
        return Touching(tuple(payload.get("tags", ())), tuple(payload.get("withdrawn", ())))
    found = Subject.objects.filter(uuid=payload["subject"]).values_list("pk", flat=True)
    subjects = tuple(f"subject:{pk}" for pk in found)
    lists = ("releases", *(f"releases:{tag.lower()}" for tag in payload["languages"]))
    if topic == "publishing.release.withdrawn":
        return Touching(lists, withdrawn=subjects)
    return Touching((*subjects, *lists))
