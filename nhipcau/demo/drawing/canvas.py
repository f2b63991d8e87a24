"""Flat pictures from a few shapes: sky, ridges, water, houses, trees. The same call, same bytes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from io import BytesIO
from typing import TypeAlias

from PIL import Image, ImageDraw

Point: TypeAlias = tuple[float, float]
WIDTH, HEIGHT = 1440, 900  # in which shapes are told
KEPT = (1080, 675)
FINER = 1.5  # drawn twice as large as it is kept, so that edges are smooth


class Canvas:
    """A picture in the making, kept as KEPT; colours as “#rrggbb”."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (round(WIDTH * FINER), round(HEIGHT * FINER)), ground)
        self.draw = ImageDraw.Draw(self.image)

    def png(self) -> bytes:
        written = BytesIO()
        small = self.image.resize(KEPT, Image.Resampling.BOX)
        small.save(written, "PNG", compress_level=6)
        return written.getvalue()

    def polygon(self, points: Sequence[Point], colour: str) -> None:
        self.draw.polygon([(x * FINER, y * FINER) for x, y in points], fill=colour)

    def box(
        self, x: float, y: float, wide: float, high: float, colour: str, *, round_: float = 0
    ) -> None:
        corners = (x * FINER, y * FINER, (x + wide) * FINER, (y + high) * FINER)
        self.draw.rounded_rectangle(corners, round_ * FINER, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self.oval(x, y, radius, radius, colour)

    def oval(self, x: float, y: float, across: float, along: float, colour: str) -> None:
        corners = (x - across, y - along, x + across, y + along)
        self.draw.ellipse([each * FINER for each in corners], fill=colour)

    def line(self, points: Sequence[Point], colour: str, thick: float) -> None:
        scaled = [(x * FINER, y * FINER) for x, y in points]
        self.draw.line(scaled, fill=colour, width=round(thick * FINER), joint="curve")

    def sky(self, top: str, bottom: str, *, to: int = HEIGHT) -> None:
        """Bands that go from one colour to the other."""
        bands = 48
        for band in range(bands):
            y = to * band / bands
            self.box(0, y, WIDTH, to / bands + 1, mixed(top, bottom, band / (bands - 1)))

    def ridge(
        self, height: float, swing: float, length: float, colour: str, *, shift: float = 0
    ) -> None:
        """A range of hills whose top swings around `height`; all below is filled."""
        self.polygon(
            [*ridge_line(height, swing, length, shift), (WIDTH, HEIGHT), (0, HEIGHT)], colour
        )

    def rows(
        self, height: float, swing: float, length: float, colour: str, *, shift: float = 0
    ) -> None:
        """Rows of a planted slope, following its ridge down the hill, wider towards the eye."""
        gap, thick, down = 16.0, 3.0, 18.0
        while height + down < HEIGHT:
            flatter = swing * max(0.25, 1 - down / 500)
            self.line(ridge_line(height + down, flatter, length, shift), colour, thick)
            down += gap
            gap *= 1.13
            thick *= 1.12

    def tree(self, x: float, y: float, size: float, leaves: str, trunk: str = "#5b4636") -> None:
        self.box(x - size * 0.06, y - size * 0.5, size * 0.12, size * 0.5, trunk)
        self.disc(x, y - size * 0.75, size * 0.34, leaves)
        self.disc(x - size * 0.22, y - size * 0.58, size * 0.25, leaves)
        self.disc(x + size * 0.22, y - size * 0.58, size * 0.25, leaves)

    def stilt_house(
        self, x: float, y: float, size: float, *, roof: str, wall: str, post: str
    ) -> None:
        """A house on posts; `x`, `y` where its left post stands on the ground."""
        floor = y - size * 0.42
        for part in range(5):
            self.box(x + size * (0.04 + part * 0.235), floor, size * 0.035, size * 0.42, post)
        self.box(x, floor - size * 0.36, size, size * 0.4, wall)
        for across in (0.16, 0.44, 0.72):
            self.box(x + size * across, floor - size * 0.28, size * 0.13, size * 0.2, post)
        top = floor - size * 0.84
        corners = [(-0.12, 0), (0.14, 1), (0.86, 1), (1.12, 0)]
        self.polygon(
            [(x + size * across, floor - size * 0.32 if not up else top) for across, up in corners],
            roof,
        )
        self.line([(x + size * 1.02, floor), (x + size * 1.22, y)], post, size * 0.05)

    def stall(self, x: float, y: float, size: float, cloth: Sequence[str], *, table: str) -> None:
        """A market stall with a striped awning and goods; `y` is the ground."""
        for across in (0.03, 0.93):
            self.box(x + size * across, y - size * 0.9, size * 0.04, size * 0.9, "#6b5440")
        stripes = 8
        for stripe in range(stripes):
            left, right = x + size * stripe / stripes, x + size * (stripe + 1) / stripes
            slope = size * 0.08
            colour = cloth[stripe % len(cloth)]
            self.polygon(
                [
                    (left + (slope if not stripe else 0), y - size * 1.08),
                    (right - (slope if stripe == stripes - 1 else 0), y - size * 1.08),
                    (right, y - size * 0.82),
                    (left, y - size * 0.82),
                ],
                colour,
            )
            self.disc((left + right) / 2, y - size * 0.82, size / stripes / 2, colour)
        self.box(x + size * 0.03, y - size * 0.38, size * 0.94, size * 0.38, table)
        goods = ("#c8553d", "#e0a030", "#7d9b4e", "#b5651d", "#d9c27a")
        for place in range(7):
            self.disc(
                x + size * (0.14 + place * 0.12), y - size * 0.41, size * 0.055, goods[place % 5]
            )


def ridge_line(height: float, swing: float, length: float, shift: float = 0) -> list[Point]:
    return [
        (
            float(x),
            height
            + swing * math.sin((x + shift) * math.tau / length)
            + swing * 0.35 * math.sin((x + shift) * math.tau * 2.3 / length + 1.1),
        )
        for x in range(0, WIDTH + 12, 12)
    ]


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two; `share` is that of the other one."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()
