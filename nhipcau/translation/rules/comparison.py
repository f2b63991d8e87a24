"""What changed between two versions of words: block by block, word by word, as plain data.

For the difference since the last approval and for comparing saved states. Blocks are known by
their ids, which the editor keeps; what has no twin by id is sought by its words. The time it takes
is bounded: where a passage is too long to be compared word by word, it is compared by sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz.distance import LCSseq

from nhipcau.translation.proofreading.draft import Passage, Role, Version
from nhipcau.translation.proofreading.passages import media_of
from nhipcau.translation.rules.wording import Change, Stretch, linked, stretches_of, tokens_of


@dataclass(frozen=True, slots=True)
class PassageChange:
    """One passage of a block; its stretches in reading order, what went before what came."""

    role: Role
    stretches: tuple[Stretch, ...]

    @property
    def change(self) -> Change:
        kinds = {stretch.change for stretch in self.stretches}
        return kinds.pop() if len(kinds) == 1 else Change.CHANGED


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block as it was and is: numbers count from 1, None where it is not there.

    `moved` says that it stands in another order among those that stayed; `other_media` that
    another picture, recording or file stands in it.
    """

    change: Change
    before: int | None
    after: int | None
    kind: str
    passages: tuple[PassageChange, ...]
    moved: bool = False
    other_media: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Title, summary, then the blocks in the order of the later version.

    A block that went stands where it stood, behind the one that it followed.
    """

    title: PassageChange | None
    summary: PassageChange | None
    blocks: tuple[BlockChange, ...]

    @property
    def is_same(self) -> bool:
        heads = [head for head in (self.title, self.summary) if head is not None]
        return all(head.change is Change.SAME for head in heads) and all(
            block.change is Change.SAME and not block.moved for block in self.blocks
        )

    @property
    def words_added(self) -> int:
        return self._count(Change.ADDED)

    @property
    def words_removed(self) -> int:
        return self._count(Change.REMOVED)

    def _count(self, change: Change) -> int:
        every = [passage for block in self.blocks for passage in block.passages]
        every += [head for head in (self.title, self.summary) if head is not None]
        return sum(
            len(_WORD.findall(stretch.words))
            for passage in every
            for stretch in passage.stretches
            if stretch.change is change
        )


_WORD = re.compile(r"\w+")
_ALIKE = 0.6  # of the words: less is another block
_MOST_STRANGERS = 200  # blocks without a twin on a side that are sought by their words


def compare(before: Version, after: Version) -> Comparison:
    """Everything that changed from one to the other; `compare(x, x).is_same`."""
    pairs = _paired(before, after)
    kept = sorted((new, old) for old, new in pairs.items())
    in_order = _longest_rise([old for _new, old in kept])
    steady = {new for (new, _old), stays in zip(kept, in_order, strict=True) if stays}
    old_of = {new: old for old, new in pairs.items()}
    blocks: list[BlockChange] = []
    gone = [old for old in range(len(before.parts)) if old not in pairs]
    anchored = _anchored(gone, pairs)
    blocks += [_block(before, after, old, None) for old in anchored.get(None, ())]
    for new in range(len(after.parts)):
        old = old_of.get(new)
        moved = old is not None and new not in steady
        blocks.append(_block(before, after, old, new, moved=moved))
        blocks += [_block(before, after, each, None) for each in anchored.get(new, ())]
    return Comparison(
        _head(before.title, after.title, Role.TITLE),
        _head(before.summary, after.summary, Role.SUMMARY),
        tuple(blocks),
    )


def _anchored(gone: Iterable[int], pairs: dict[int, int]) -> dict[int | None, list[int]]:
    """Blocks that went, by the block of the later version behind which each is told."""
    found: dict[int | None, list[int]] = {}
    for old in gone:
        above = next((pairs[each] for each in range(old - 1, -1, -1) if each in pairs), None)
        found.setdefault(above, []).append(old)
    return found


def _head(before: str, after: str, role: Role) -> PassageChange | None:
    if not before and not after:
        return None
    return PassageChange(role, tuple(stretches_of(tokens_of(before), tokens_of(after))))


# --- blocks -----------------------------------------------------------------------------------


def _paired(before: Version, after: Version) -> dict[int, int]:
    """Twins: place before -> place after. By id, then by the same words, then by alike ones."""
    ids = {part.id: place for place, part in enumerate(after.parts) if _has_id(part.raw)}
    pairs = {
        place: ids[part.id]
        for place, part in enumerate(before.parts)
        if _has_id(part.raw) and part.id in ids
    }
    taken = set(pairs.values())
    lone_before = [place for place in range(len(before.parts)) if place not in pairs]
    lone_after = [place for place in range(len(after.parts)) if place not in taken]
    same: dict[tuple[str, str], list[int]] = {}
    for new in lone_after:
        same.setdefault(_content(after, new), []).append(new)
    for old in lone_before:
        if twins := same.get(_content(before, old)):
            pairs[old] = twins.pop(0)
    taken = set(pairs.values())
    strangers_before = [old for old in lone_before if old not in pairs][:_MOST_STRANGERS]
    strangers_after = [new for new in lone_after if new not in taken][:_MOST_STRANGERS]
    words_after = {new: _counted(after, new) for new in strangers_after}
    for old in strangers_before:
        words = _counted(before, old)
        best = max(
            strangers_after,
            key=lambda new: _alikeness(words, words_after[new]),
            default=None,
        )
        if (
            best is not None
            and _kind(before, old) == _kind(after, best)
            and _alikeness(words, words_after[best]) >= _ALIKE
        ):
            pairs[old] = best
            strangers_after.remove(best)
    return pairs


def _has_id(raw: object) -> bool:
    return isinstance(raw, dict) and isinstance(raw.get("id"), str) and raw["id"] != ""


def _kind(version: Version, place: int) -> str:
    raw = version.parts[place].raw
    kind = raw.get("type") if isinstance(raw, dict) else None
    return kind if isinstance(kind, str) else ""


def _passages(version: Version, place: int) -> list[Passage]:
    return version.passages_of_block.get(version.parts[place].id, [])


def _content(version: Version, place: int) -> tuple[str, str]:
    words = "\n".join(passage.text for passage in _passages(version, place))
    return _kind(version, place), words + "\n" + " ".join(_media(version, place))


def _media(version: Version, place: int) -> list[str]:
    part = version.parts[place]
    lone = Version(version.language, "", "", (part,))
    return [key for _part, key in media_of(lone)]


def _counted(version: Version, place: int) -> Counter[str]:
    return Counter(
        word for passage in _passages(version, place) for word in _WORD.findall(passage.text)
    )


def _alikeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _block(
    before: Version, after: Version, old: int | None, new: int | None, *, moved: bool = False
) -> BlockChange:
    was = [] if old is None else _passages(before, old)
    is_now = [] if new is None else _passages(after, new)
    media = [] if old is None else _media(before, old), [] if new is None else _media(after, new)
    passages = tuple(_passage(mine, its) for mine, its in _passage_pairs(was, is_now))
    if old is None:
        change = Change.ADDED
    elif new is None:
        change = Change.REMOVED
    else:
        same = media[0] == media[1] and all(p.change is Change.SAME for p in passages)
        same = same and _kind(before, old) == _kind(after, new)
        change = Change.SAME if same else Change.CHANGED
    version, place = (after, new) if new is not None else (before, old or 0)
    return BlockChange(
        change=change,
        before=None if old is None else old + 1,
        after=None if new is None else new + 1,
        kind=_kind(version, place),
        passages=passages,
        moved=moved,
        other_media=old is not None and new is not None and media[0] != media[1],
        id=version.parts[place].id,
    )


def _passage_pairs(
    was: Sequence[Passage], is_now: Sequence[Passage]
) -> Iterator[tuple[Passage | None, Passage | None]]:
    """Passages of two states of a block beside each other: equal ones first, the rest in order."""
    olds: list[Passage] = []
    news: list[Passage] = []
    for step in LCSseq.opcodes([p.text for p in was], [p.text for p in is_now]):
        if step.tag == "equal":
            yield from zip_longest(olds, news)
            olds, news = [], []
            yield from zip(
                was[step.src_start : step.src_end],
                is_now[step.dest_start : step.dest_end],
                strict=True,
            )
        else:
            olds += was[step.src_start : step.src_end]
            news += is_now[step.dest_start : step.dest_end]
    yield from zip_longest(olds, news)


def _passage(was: Passage | None, is_now: Passage | None) -> PassageChange:
    known = is_now if is_now is not None else was
    role = known.role if known is not None else Role.PROSE
    return PassageChange(role, tuple(stretches_of(linked(was), linked(is_now))))


def _longest_rise(values: Sequence[int]) -> list[bool]:
    """Which values belong to a longest rising selection: the blocks that did not move."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, value in enumerate(values):
        rank = bisect_left(tails, value)
        before.append(places[rank - 1] if rank else None)
        if rank == len(tails):
            tails.append(value)
            places.append(place)
        else:
            tails[rank], places[rank] = value, place
    chosen = [False] * len(values)
    step = places[-1] if places else None
    while step is not None:
        chosen[step] = True
        step = before[step]
    return chosen
