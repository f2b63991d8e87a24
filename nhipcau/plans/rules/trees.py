"""Who stands above whom when some are left out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def kept_above(kept: Iterable[int], above: Mapping[int, int | None]) -> dict[int, int | None]:
    """For each that is kept the nearest one above it that is kept too; None: none.

    A heading that was left out leaves what stood below it to the one above itself.
    """
    kept = list(kept)
    staying = set(kept)
    found: dict[int, int | None] = {}
    for key in kept:
        parent = above.get(key)
        while parent is not None and parent not in staying:
            parent = above.get(parent)
        found[key] = parent
    return found


def with_those_above(keys: Iterable[int], above: Mapping[int, int | None]) -> set[int]:
    """The keys and all that stand above them; time grows with what is found."""
    found: set[int] = set()
    for key in keys:
        at: int | None = key
        while at is not None and at not in found:
            found.add(at)
            at = above.get(at)
    return found


def depths(parents: Mapping[int, int | None]) -> dict[int, int]:
    """How many stand above each; in time that grows with their number, however deep they stand."""
    found: dict[int, int] = {}
    for key in parents:
        way: list[int] = []
        at: int | None = key
        while at is not None and at not in found:
            way.append(at)
            at = parents[at]
        below = 0 if at is None else found[at] + 1
        found.update(zip(reversed(way), range(below, below + len(way)), strict=True))
    return found
