"""Where the documents of a graph are drawn: what one of them implements above, what follows below.

Pure. A layered drawing for a desk: the document in the middle, each other one as many rows above
or below it as links lie between, rows ordered by date, links as curves between the boxes. For a
phone the same boxes one below the other, links as arcs along their left side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BOX_WIDTH, BOX_HEIGHT = 232, 88
GAP_X, GAP_Y = 28, 56
MARGIN = 24
MOST_IN_A_ROW = 10
# On a phone of 360 pixels, 16 of them left free on either side.
NARROW_WIDTH, GUTTER, NARROW_GAP = 328, 56, 20


@dataclass(frozen=True, slots=True)
class Box:
    """A document's place in the drawing, in pixels from its upper left corner."""

    key: int
    x: int
    y: int
    layer: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A link, from the lower document up to the one it names; `path` is SVG."""

    lower: int
    upper: int
    kind: str
    path: str
    middle: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawing:
    """`left_out` counts the documents for which a row had no room."""

    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    width: int
    height: int
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT
    left_out: int = 0


def layers(centre: int, links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The layer of each document: 0 for the centre, -1 for what it names, 1 for what names it.

    `links` are (lower, upper). A document reached on several ways stands on the nearest; cycles
    (two plans that cite each other) end there as well.
    """
    links = list(links)
    placed = {centre: 0}
    for step, is_up in ((-1, True), (1, False)):
        frontier = [centre]
        while frontier:
            following: list[int] = []
            for lower, upper in links:
                here, there = (lower, upper) if is_up else (upper, lower)
                if here in frontier and there not in placed:
                    placed[there] = placed[here] + step
                    following.append(there)
            frontier = following
    return placed


def rows_around(
    centre: int,
    links: Iterable[tuple[int, int, str]],
    order: Mapping[int, tuple[object, ...]],
    *,
    most: int = MOST_IN_A_ROW,
) -> tuple[dict[int, list[int]], int]:
    """The documents of each layer in their order, the last `most` of them; how many had no room.

    Documents that hang on neither side are left out uncounted.
    """
    placed = layers(centre, [(lower, upper) for lower, upper, _kind in links])
    rows: dict[int, list[int]] = {}
    for key, layer in placed.items():
        rows.setdefault(layer, []).append(key)
    for keys in rows.values():
        keys.sort(key=lambda key: order.get(key, ()))
    left_out = sum(max(0, len(keys) - most) for keys in rows.values())
    return {layer: rows[layer][-most:] for layer in sorted(rows)}, left_out


def drawing(
    centre: int,
    links: Iterable[tuple[int, int, str]],
    order: Mapping[int, tuple[object, ...]],
    *,
    most: int = MOST_IN_A_ROW,
) -> Drawing:
    """Boxes and curves for the documents around `centre`; `order` sorts a layer's boxes.

    `links` are (lower, upper, kind).
    """
    links = list(links)
    rows, left_out = rows_around(centre, links, order, most=most)
    top = min(rows)
    widest = max(len(keys) for keys in rows.values())
    width = 2 * MARGIN + widest * BOX_WIDTH + (widest - 1) * GAP_X
    boxes: dict[int, Box] = {}
    for layer, keys in rows.items():
        taken = len(keys) * BOX_WIDTH + (len(keys) - 1) * GAP_X
        for place, key in enumerate(keys):
            boxes[key] = Box(
                key=key,
                x=(width - taken) // 2 + place * (BOX_WIDTH + GAP_X),
                y=MARGIN + (layer - top) * (BOX_HEIGHT + GAP_Y),
                layer=layer,
            )
    curves = [
        _curve(boxes[lower], boxes[upper], kind)
        for lower, upper, kind in links
        if lower in boxes and upper in boxes
    ]
    height = 2 * MARGIN + len(rows) * BOX_HEIGHT + (len(rows) - 1) * GAP_Y
    return Drawing(tuple(boxes.values()), tuple(curves), width, height, left_out=left_out)


def narrow_drawing(
    centre: int,
    links: Iterable[tuple[int, int, str]],
    order: Mapping[int, tuple[object, ...]],
    *,
    most: int = MOST_IN_A_ROW,
) -> Drawing:
    """The same for a phone: one box below the other, a link as an arc along their left side."""
    links = list(links)
    rows, left_out = rows_around(centre, links, order, most=most)
    stacked = [(key, layer) for layer, keys in rows.items() for key in keys]
    step = BOX_HEIGHT + NARROW_GAP
    boxes = {
        key: Box(key=key, x=GUTTER, y=place * step, layer=layer)
        for place, (key, layer) in enumerate(stacked)
    }
    curves = [
        _arc(boxes[lower], boxes[upper], kind)
        for lower, upper, kind in links
        if lower in boxes and upper in boxes
    ]
    return Drawing(
        tuple(boxes.values()),
        tuple(curves),
        NARROW_WIDTH,
        len(boxes) * step - NARROW_GAP,
        box_width=NARROW_WIDTH - GUTTER,
        left_out=left_out,
    )


def _arc(lower: Box, upper: Box, kind: str) -> Curve:
    start, end = lower.y + BOX_HEIGHT // 2, upper.y + BOX_HEIGHT // 2
    # The further apart, the wider; a little apart where they end, so that the tips can be told.
    steps = abs(start - end) // (BOX_HEIGHT + NARROW_GAP)
    bend = GUTTER - min(GUTTER - 4, 14 + 9 * steps)
    end += 8 if start > end else -8
    path = f"M{GUTTER} {start} C{bend} {start} {bend} {end} {GUTTER} {end}"
    return Curve(lower.key, upper.key, kind, path, (bend, (start + end) // 2))


def _curve(lower: Box, upper: Box, kind: str) -> Curve:
    start = (lower.x + BOX_WIDTH // 2, lower.y)
    end = (upper.x + BOX_WIDTH // 2, upper.y + BOX_HEIGHT)
    if lower.layer <= upper.layer:  # side by side, or a citation downwards
        start = (lower.x + BOX_WIDTH // 2, lower.y + BOX_HEIGHT)
        end = (upper.x + BOX_WIDTH // 2, upper.y + BOX_HEIGHT)
    bend = GAP_Y * 2 // 3
    turn = -bend if lower.layer > upper.layer else bend
    path = (
        f"M{start[0]} {start[1]} C{start[0]} {start[1] + turn} "
        f"{end[0]} {end[1] + (bend if lower.layer > upper.layer else turn)} {end[0]} {end[1]}"
    )
    middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
    return Curve(lower.key, upper.key, kind, path, middle)
