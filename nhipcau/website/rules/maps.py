"""A map of points from their coordinates alone: it draws no boundary, so it claims none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, MARGIN = 640, 90
TALLEST, LOWEST = 460, 240
KM_OF_A_DEGREE = 111.32
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Spot:
    key: int
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A spot on the drawing, with where its name stands."""

    key: int
    name: str
    x: int
    y: int
    label_y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class GateMap:
    """Pixels of a drawing whose north is up; the scale is a line of so many kilometres."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    scale_km: int
    scale_length: int
    scale_from: int = 24

    @property
    def scale_y(self) -> int:
        return self.height - 20

    @property
    def scale_words_y(self) -> int:
        return self.height - 28


def gate_map(spots: Sequence[Spot]) -> GateMap | None:
    """The drawing; None for fewer than two spots, which would show nothing.

    Degrees of longitude are shortened as they are at the middle latitude, so distances hold in
    both directions.
    """
    if len(spots) < 2:
        return None
    middle = math.radians(sum(spot.latitude for spot in spots) / len(spots))
    east = [spot.longitude * KM_OF_A_DEGREE * math.cos(middle) for spot in spots]
    north = [spot.latitude * KM_OF_A_DEGREE for spot in spots]
    across, up = max(east) - min(east), max(north) - min(north)
    by_height = (TALLEST - 2 * MARGIN) / up if up else math.inf
    scale = min((WIDTH - 2 * MARGIN) / max(across, 0.1), by_height)
    height = max(LOWEST, min(TALLEST, round(up * scale) + 2 * MARGIN))
    left = (WIDTH - across * scale) / 2
    top = (height - up * scale) / 2
    dots = []
    for spot, x_km, y_km in zip(spots, east, north, strict=True):
        x = round(left + (x_km - min(east)) * scale)
        y = round(top + (max(north) - y_km) * scale)
        anchor = "start" if x < WIDTH / 3 else "end" if x > 2 * WIDTH / 3 else "middle"
        dots.append(Dot(spot.key, spot.name, x, y, y - 14, anchor))
    kilometres = max((step for step in _STEPS if step * scale <= WIDTH / 4), default=_STEPS[0])
    return GateMap(WIDTH, height, tuple(dots), kilometres, round(kilometres * scale))
