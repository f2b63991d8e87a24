"""Reading the chain from its first link to its last and naming whatever is wrong. Pure.

One pass, constant memory: only links that do not hold are remembered, and no more than
REMEMBERED of them. Reading always goes on from what is stored, so that one flaw does not drag
everything after it along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from nhipcau.audit.enums import Flaw
from nhipcau.audit.rules import GENESIS, link

REMEMBERED = 200
COMPARED = 40  # of these, how many are tried in each other's places: the cost is the cube of it
FURTHEST_SHIFT = 8


class Link(NamedTuple):
    """A seal as stored, and the digest of its entry as computed now; None where it is missing."""

    position: int
    entry_id: int
    digest: str
    hash: str
    found: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw and its place; `last` is the last position of a stretch."""

    flaw: Flaw
    entry_id: int | None = None
    position: int | None = None
    last: int | None = None


class Broken(NamedTuple):
    """A link that does not follow from the one before it."""

    link: Link
    before: Link


@dataclass(slots=True)
class Reading:
    """Reads links, which come by position, and remembers how far it came."""

    links: int = 0
    last: Link = field(default_factory=lambda: Link(0, 0, "", GENESIS, None))
    _one_before: Link | None = None
    _shift: int = 0  # by how much positions are off, after links were slipped in or taken out
    _broken: list[Broken] = field(default_factory=list)
    _strange: list[Link] = field(default_factory=list)

    def read(self, links: Iterable[Link]) -> Iterator[Finding]:
        """Flaws that can be named at once; `conclusions` names the rest after the last link."""
        for each in links:
            self.links += 1
            if each.position != self.last.position + 1:
                yield Finding(
                    Flaw.SEAL_MISSING, position=self.last.position + 1, last=each.position - 1
                )
            elif not self._follows(each, self._shift):
                yield from self._shifted_or_broken(each)
            if each.found is None:
                yield Finding(Flaw.ENTRY_MISSING, each.entry_id, each.position)
            elif each.found != each.digest:
                if len(self._strange) < REMEMBERED:
                    self._strange.append(each)
                else:
                    yield Finding(Flaw.ENTRY_CHANGED, each.entry_id, each.position)
            self._one_before, self.last = self.last, each

    def conclusions(self) -> Iterator[Finding]:
        """Changed, re-ordered: to be told once everything was seen."""
        found = chain(_of_the_chain(self._broken), _of_the_entries(self._strange, self._broken))
        yield from sorted(found, key=lambda finding: finding.position or 0)

    def _follows(self, each: Link, shift: int) -> bool:
        return each.hash == _linked(self.last.hash, each, each.position - shift)

    def _shifted_or_broken(self, each: Link) -> Iterator[Finding]:
        for by in chain(range(1, FURTHEST_SHIFT + 1), range(-1, -FURTHEST_SHIFT - 1, -1)):
            if not self._follows(each, self._shift + by):
                continue
            self._shift += by
            # The link just read was the first that sat off its place: it is innocent.
            self._broken = [
                broken
                for broken in self._broken
                if not each.position - 1 - max(by, 0) <= broken.link.position < each.position
            ]
            self._strange = [
                strange
                for strange in self._strange
                if not each.position - 1 - max(by, 0) <= strange.position < each.position - 1
            ]
            if by > 0:
                entry = self._one_before.entry_id if self._one_before and by == 1 else None
                yield Finding(Flaw.SEAL_INSERTED, entry, each.position - 1 - by, each.position - 2)
            else:
                yield Finding(Flaw.SEAL_MISSING, position=each.position - 1)
            return
        if len(self._broken) < REMEMBERED:
            self._broken.append(Broken(each, self.last))
        else:
            yield Finding(Flaw.SEAL_CHANGED, each.entry_id, each.position)


def _linked(before: str, each: Link, position: int, entry_id: int | None = None) -> str:
    return link(
        before=before,
        position=position,
        entry_id=each.entry_id if entry_id is None else entry_id,
        digest=each.digest,
    )


def _of_the_chain(broken: list[Broken]) -> Iterator[Finding]:
    by_position = {each.link.position: each for each in broken}
    hashes = {h for each in broken[:COMPARED] for h in (each.link.hash, each.before.hash)}
    positions = list(by_position)[:COMPARED]
    named = set()
    for each, before in broken:
        if each.position in named or _is_innocent(each, before, by_position, hashes):
            continue
        if _belongs_elsewhere(each, before, broken, positions, hashes):
            yield Finding(Flaw.REORDERED, each.entry_id, each.position)
            continue
        itself = (
            each.found != each.digest
            or before.position == 0
            or each.position + 1 in by_position
            or before.position in named
        )
        culprit = each if itself else before
        if culprit.position not in named:
            named.add(culprit.position)
            yield Finding(Flaw.SEAL_CHANGED, culprit.entry_id, culprit.position)


def _is_innocent(
    each: Link, before: Link, by_position: dict[int, Broken], hashes: set[str]
) -> bool:
    """Whether it only seems broken because the link before it is."""
    if before.position not in by_position:
        return False
    culprit = by_position[before.position]
    should = _linked(culprit.before.hash, culprit.link, culprit.link.position)
    return each.hash in {
        _linked(before_it, each, each.position) for before_it in chain([should], hashes)
    }


def _belongs_elsewhere(
    each: Link, before: Link, broken: list[Broken], positions: list[int], hashes: set[str]
) -> bool:
    """Whether it would hold in another broken link's place, or with another's entry."""
    entries = [other.link.entry_id for other in broken[:COMPARED]]
    if any(
        _linked(before.hash, each, each.position, entry) == each.hash
        for entry in entries
        if entry != each.entry_id
    ):
        return True
    return any(
        _linked(before_it, each, position) == each.hash
        for position in positions
        if position != each.position
        for before_it in hashes
    )


def _of_the_entries(strange: list[Link], broken: list[Broken]) -> Iterator[Finding]:
    """Entries that are not what was sealed, where the seal itself still holds."""
    told_by_the_chain = {each.link.position for each in broken}
    for each in strange:
        if each.position not in told_by_the_chain:
            yield Finding(Flaw.ENTRY_CHANGED, each.entry_id, each.position)
