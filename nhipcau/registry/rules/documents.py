"""The state of a document on a day, and who followed it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nhipcau.registry.enums import DocumentState, LinkKind


@dataclass(frozen=True, slots=True)
class Effect:
    """What a later document does to this one, and from when; `whole` is false for a part only."""

    kind: str
    by_id: int
    from_day: date | None
    whole: bool = True


def state_on(
    day: date,
    *,
    in_force_from: date | None,
    in_force_to: date | None,
    effects: Collection[Effect] = (),
) -> DocumentState:
    """The state on `day`, from the document's own dates and from those that replace or amend it.

    A replacement without a known day counts only when the document's own end is not known to be
    later; a document of which neither beginning nor effect is known has no established state.
    """
    if in_force_from is not None and day < in_force_from:
        return DocumentState.NOT_YET
    done = [effect for effect in effects if effect.from_day is not None and effect.from_day <= day]
    replaced = any(effect.kind == LinkKind.REPLACES and effect.whole for effect in done)
    if replaced:
        return DocumentState.REPLACED
    if in_force_to is not None and day >= in_force_to:
        return DocumentState.ENDED
    if any(effect.kind in {LinkKind.AMENDS, LinkKind.REPLACES} for effect in done):
        return DocumentState.AMENDED
    return DocumentState.IN_FORCE if in_force_from is not None else DocumentState.UNKNOWN


def followed_by(
    start: int, replaced_by: Mapping[int, Iterable[tuple[int, date | None]]], *, as_of: date
) -> tuple[int, ...]:
    """The documents that stand in the place of `start` on the day, through every replacement.

    Empty where nothing replaced it. `replaced_by` gives for a document its replacers with the day
    from which they count; one without a day is taken to count.
    """
    found: list[int] = []
    queue, seen = [start], {start}
    while queue:
        current = queue.pop(0)
        heirs = [
            heir
            for heir, day in replaced_by.get(current, ())
            if (day is None or day <= as_of) and heir not in seen
        ]
        if not heirs and current != start:
            found.append(current)
        seen.update(heirs)
        queue.extend(heirs)
    return tuple(found)


def would_close_a_circle(from_id: int, to_id: int, links: Mapping[int, Collection[int]]) -> bool:
    """Whether a new link from → to would let a document replace itself by way of others."""
    queue, seen = [to_id], {to_id}
    while queue:
        current = queue.pop()
        if current == from_id:
            return True
        fresh = set(links.get(current, ())) - seen
        seen |= fresh
        queue.extend(fresh)
    return False
