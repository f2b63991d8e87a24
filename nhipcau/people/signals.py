"""News of the people room, sent in the action's transaction.

`responsibilities_asked` (person, on): higher rooms answer with a list of `Responsibility`, the
open things that hang on the person. `responsibilities_handed_over` (giver, taker, by, at): they
pass them on. `person_left` (person, by, at) and `person_erased` (person, by, at): afterwards.
`letter_leaves` (about): before a letter about a thing of theirs ("subject:41") is carried, which
may be days after it was written, higher rooms are asked once more; False keeps it back for good.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One open thing that somebody has to take over: its kind and name in words, and its key."""

    kind: str
    name: str
    key: str


responsibilities_asked = Signal()
responsibilities_handed_over = Signal()
person_left = Signal()
person_erased = Signal()
letter_leaves = Signal()
