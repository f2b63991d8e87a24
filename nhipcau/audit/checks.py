"""Every event that the code writes into the diary has a sentence for people."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.checks import CheckMessage, Warning, register  # noqa: A004 -- Django's own name

from nhipcau.audit.sentences import sentences

ROOMS = Path(__file__).resolve().parent.parent
_EVENT = re.compile(r"""\bevent=["']([a-z_]+(?:\.[a-z_]+)+)["']""")


def events_in_the_code() -> dict[str, Path]:
    """Every event that is written out in a room's code, and a file in which it stands."""
    return {
        event: path
        for path in sorted(ROOMS.rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
        for event in _EVENT.findall(path.read_text(encoding="utf-8"))
    }


@register("diary")
def every_event_has_a_sentence(**_: object) -> list[CheckMessage]:
    known = sentences()
    return [
        Warning(
            f"The event “{event}” in {path.relative_to(ROOMS)} has no sentence.",
            hint="Add one to the room's diary.py, and list that in DIARY_SENTENCES.",
            id="audit.W001",
        )
        for event, path in events_in_the_code().items()
        if event not in known
    ]
