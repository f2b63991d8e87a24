"""Which parts of two language versions say the same.

A translation keeps the order of its source, so the blocks are aligned like two sequences: the same
kind of block costs nothing, the same picture is certain, a gap costs more than unequal length.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from nhipcau.translation.manuscript import Block, Chart, Figure, Heading, Listing, Paragraph, Table
from nhipcau.translation.manuscript.plain import block_lines

_GAP = 1.0
_APART = 10.0  # never beside each other
_BAND = 60  # how far two versions may drift from each other; keeps long books quick
_LOOKED_AT = 200


def aligned(
    left: Sequence[Block], right: Sequence[Block]
) -> list[tuple[Block | None, Block | None]]:
    """Pairs in reading order; None stands where there is no counterpart."""
    shapes = [_shape(block) for block in left], [_shape(block) for block in right]
    sizes = [_size(block) for block in left], [_size(block) for block in right]
    band = max(_BAND, abs(len(left) - len(right)) + 1)
    infinity = float("inf")
    best: list[dict[int, tuple[float, str]]] = [{} for _ in range(len(left) + 1)]
    for i in range(len(left) + 1):
        centre = i * len(right) // max(len(left), 1)
        for j in range(max(0, centre - band), min(len(right), centre + band) + 1):
            if i == j == 0:
                best[0][0] = (0.0, "")
                continue
            options = []
            if i and j and (before := best[i - 1].get(j - 1)):
                apart = _apart(shapes[0][i - 1], shapes[1][j - 1], sizes[0][i - 1], sizes[1][j - 1])
                options.append((before[0] + apart, "both"))
            if i and (before := best[i - 1].get(j)):
                options.append((before[0] + _GAP, "left"))
            if j and (before := best[i].get(j - 1)):
                options.append((before[0] + _GAP, "right"))
            best[i][j] = min(options, default=(infinity, ""))
    pairs: list[tuple[Block | None, Block | None]] = []
    i, j = len(left), len(right)
    while i or j:
        _, step = best[i][j]
        i -= step != "right"
        j -= step != "left"
        pairs.append((None if step == "right" else left[i], None if step == "left" else right[j]))
    return pairs[::-1]


Shape = tuple[str, str]


def _shape(block: Block) -> Shape:
    """Its kind, and what must be the same on both sides where it is known."""
    match block:
        case Heading():
            return ("heading", str(block.level))
        case Figure():
            return ("figure", block.media)
        case Listing():
            return ("listing", str(block.ordered))
        case Table():
            return ("table", str(len(block.head)))
        case Chart():
            return ("chart", block.kind.value)
        case _:
            return (type(block).__name__, "")


def _size(block: Block) -> float:
    if not isinstance(block, Paragraph | Listing):
        return 0.0
    return float(sum(len(line) for line in islice(block_lines(block), _LOOKED_AT)))


def _apart(one: Shape, other: Shape, size: float, size_of_other: float) -> float:
    if one[0] != other[0]:
        return _APART
    if one[0] in ("heading", "figure") and one[1] != other[1]:
        return 1.6
    if not size or not size_of_other:
        return 0.0
    # Chinese needs a third of the letters, so only great differences in length say anything.
    ratio = max(size, size_of_other) / min(size, size_of_other)
    return min(0.9, max(0.0, (ratio - 4) / 20))
