"""What became of units and areas: who follows whom, and which changes make sense."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nhipcau.registry.enums import ENDS_WHAT_IT_CHANGES, ChangeKind, ChangeObstacle


@dataclass(frozen=True, slots=True)
class Change:
    """One change of units or of areas, by id; `function` only for a transfer."""

    kind: str
    on: date
    from_ids: frozenset[int]
    to_ids: frozenset[int]
    function: str = ""


def obstacles_to_change(
    *,
    kind: str,
    from_ids: Collection[int],
    to_ids: Collection[int],
    function: str = "",
    on: date,
    lifetimes: Mapping[int, tuple[date | None, date | None]],
) -> list[ChangeObstacle]:
    """Everything wrong with a proposed change, so that it can be mended in one go.

    `lifetimes` gives first day and first day after the end of every unit named on either side.
    """
    before, after = frozenset(from_ids), frozenset(to_ids)
    obstacles = []
    if not before:
        obstacles.append(ChangeObstacle.NOTHING_CHANGES)
    if kind == ChangeKind.MERGE:
        if len(after) != 1:
            obstacles.append(ChangeObstacle.MERGER_NEEDS_ONE_RESULT)
        if len(before | after) < 2 or (len(before) < 2 and not before - after):
            obstacles.append(ChangeObstacle.MERGER_NEEDS_TWO)
    elif kind == ChangeKind.SPLIT:
        if len(before) > 1:
            obstacles.append(ChangeObstacle.SPLIT_NEEDS_ONE_ORIGIN)
        if len(after) < 2:
            obstacles.append(ChangeObstacle.SPLIT_NEEDS_TWO)
    elif kind == ChangeKind.RENAME:
        if before != after or len(before) != 1:
            obstacles.append(ChangeObstacle.RENAMING_KEEPS_THE_UNIT)
    elif kind == ChangeKind.DISSOLVE:
        if after:
            obstacles.append(ChangeObstacle.DISSOLUTION_HAS_NO_RESULT)
    else:
        if not after or before & after:
            obstacles.append(ChangeObstacle.TRANSFER_NEEDS_BOTH_SIDES)
        if not function.strip():
            obstacles.append(ChangeObstacle.TRANSFER_NEEDS_A_FUNCTION)
    for member in sorted(before | after):
        begins, ends = lifetimes.get(member, (None, None))
        if ends is not None and ends < on and ChangeObstacle.ENDED_BEFORE not in obstacles:
            obstacles.append(ChangeObstacle.ENDED_BEFORE)
        late = begins is not None and begins > on
        if late and ChangeObstacle.NOT_YET_BEGUN not in obstacles:
            obstacles.append(ChangeObstacle.NOT_YET_BEGUN)
    if any(
        lifetimes.get(member, (None, None))[0] == on
        for member in ended_by(Change(kind, on, before, after))
    ):
        obstacles.append(ChangeObstacle.ENDS_AS_IT_BEGINS)
    return obstacles


def ended_by(change: Change) -> frozenset[int]:
    """Who is no more after the change; one that is also a result goes on."""
    if change.kind not in ENDS_WHAT_IT_CHANGES:
        return frozenset()
    return change.from_ids - change.to_ids


def successors(
    start: int,
    changes: Iterable[Change],
    *,
    as_of: date,
    function: str | None = None,
    since: date | None = None,
) -> frozenset[int]:
    """Who stands for `start` on the day: itself while it lasts, else what it became, link by link.

    With `function`, a transfer of that function (folded words contained) is followed as well, so
    that a duty goes where its function went although the unit was merged elsewhere. `since` leaves
    out what happened before the day the figure or duty dates from.
    """
    ordered = sorted(
        (
            change
            for change in changes
            if change.on <= as_of and (since is None or change.on > since)
        ),
        key=lambda change: change.on,
    )
    standing = {start}
    for day in sorted({change.on for change in ordered}):
        todays = [change for change in ordered if change.on == day]
        moved: dict[int, set[int]] = {}
        for change in todays:
            if change.kind == ChangeKind.TRANSFER_FUNCTION:
                if function is None or not _covers(change.function, function):
                    continue
                for member in change.from_ids & standing:
                    moved.setdefault(member, set()).update(change.to_ids)
        for change in todays:
            for member in (change.from_ids & standing) - moved.keys():
                if change.kind in {ChangeKind.MERGE, ChangeKind.SPLIT}:
                    moved[member] = set(change.to_ids)
                elif change.kind == ChangeKind.DISSOLVE:
                    moved[member] = set()
        for member, result in moved.items():
            standing.discard(member)
            standing |= result
    return frozenset(standing)


@dataclass(frozen=True, slots=True)
class Forebear:
    """One whose place another took: since when, and whether it lasted beside the other."""

    id: int
    until: date
    goes_on: bool


def forebears(of: Collection[int], changes: Iterable[Change], *, as_of: date) -> list[Forebear]:
    """Whose place those named have taken by the day, link by link, the latest change first.

    Themselves are left out. One that goes on (a commune out of which another was split) handed
    over what it had on that day, and nothing that came to it later.
    """
    found = set(of)
    told = []
    passed = (change for change in changes if change.on <= as_of)
    for change in sorted(passed, key=lambda change: change.on, reverse=True):
        if change.kind in {ChangeKind.MERGE, ChangeKind.SPLIT} and change.to_ids & found:
            told += [
                Forebear(member, change.on, goes_on=member in change.to_ids)
                for member in sorted(change.from_ids - found)
            ]
            found |= change.from_ids
    return told


def followers(of: Collection[int], changes: Iterable[Change], *, as_of: date) -> frozenset[int]:
    """Who has taken the place of one of those named by the day, link by link."""
    found = set(of)
    passed = (change for change in changes if change.on <= as_of)
    for change in sorted(passed, key=lambda change: change.on):
        if change.kind in {ChangeKind.MERGE, ChangeKind.SPLIT} and change.from_ids & found:
            found |= change.to_ids
    return frozenset(found.difference(of))


def _covers(transferred: str, wanted: str) -> bool:
    return wanted.casefold().strip() in transferred.casefold()


def rolled_up(
    figures: Mapping[int, int], changes: Collection[Change], *, as_of: date
) -> tuple[dict[int, int], dict[int, int]]:
    """Figures of old units added to the one that follows each, and those that cannot be placed.

    A figure whose unit was split or dissolved belongs to no single successor: it is handed back
    for a person to place, never divided by guess.
    """
    placed: dict[int, int] = {}
    open_figures: dict[int, int] = {}
    for unit_id, figure in figures.items():
        heirs = successors(unit_id, changes, as_of=as_of)
        if len(heirs) == 1:
            (heir,) = heirs
            placed[heir] = placed.get(heir, 0) + figure
        else:
            open_figures[unit_id] = figure
    return placed, open_figures
