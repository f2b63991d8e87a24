"""The sample's pictures, each a function that draws one; nobody and no real place is shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random

from nhipcau.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, mixed, ridge_line

WOOD, DARK = "#6b5440", "#3c3128"


def tea_hills() -> Canvas:
    canvas = Canvas("#f6e3c0")
    canvas.sky("#8fb7d6", "#fbe3b5", to=520)
    canvas.disc(1090, 300, 74, "#fff3cf")
    canvas.ridge(380, 60, 900, "#a9bccb", shift=200)
    canvas.ridge(450, 55, 700, "#86a3a6", shift=40)
    canvas.ridge(520, 50, 1000, "#5f8a6b")
    canvas.rows(520, 50, 1000, "#4d7a5a")
    canvas.ridge(650, 60, 1300, "#3f7a4a", shift=500)
    canvas.rows(650, 60, 1300, "#2f6239", shift=500)
    for x, size in ((180, 150), (300, 110), (1180, 130)):
        canvas.tree(x, 640, size, "#2c5a35")
    return canvas


def river() -> Canvas:
    canvas = Canvas("#bfe0e6")
    canvas.sky("#5b93bd", "#d8ecec", to=470)
    canvas.ridge(330, 70, 820, "#7f9fb0")
    canvas.ridge(420, 40, 640, "#55836f", shift=160)
    canvas.polygon([(520, 430), (820, 430), (1440, 900), (0, 900)], "#3d86a6")
    for step in range(14):
        y = 450 + step * 33
        canvas.line([(640 - step * 30, y), (720 + step * 8, y)], "#7fb9cf", 3)
        canvas.line([(760 + step * 6, y + 14), (800 + step * 26, y + 14)], "#6aaac4", 3)
    canvas.polygon([(0, 520), (420, 470), (560, 900), (0, 900)], "#4d7d52")
    canvas.polygon([(1440, 500), (930, 470), (1120, 900), (1440, 900)], "#5c8a55")
    for x, y, size in ((90, 620, 190), (1220, 600, 170)):
        canvas.stilt_house(x, y, size, roof="#7a4b3a", wall="#c79a63", post=DARK)
    canvas.polygon([(650, 660), (900, 660), (850, 705), (690, 705)], "#5a3a26")
    canvas.polygon([(705, 660), (845, 660), (820, 612), (730, 612)], "#d8b26a")
    return canvas


def market() -> Canvas:
    canvas = Canvas("#e9d9b8")
    canvas.sky("#9cc3d9", "#f5e6c6", to=480)
    canvas.ridge(400, 55, 760, "#7f9f93")
    canvas.ridge(470, 30, 900, "#6b8f62", shift=300)
    canvas.box(0, 520, WIDTH, 380, "#d9bf92")
    canvas.stall(120, 640, 300, ("#b02a57", "#f4ead5"), table=WOOD)
    canvas.stall(560, 620, 290, ("#23407a", "#f4ead5"), table=WOOD)
    canvas.stall(990, 645, 310, ("#c9822b", "#f4ead5"), table=WOOD)
    draw = Random(5)  # noqa: S311 -- where baskets stand in a picture
    for place in range(9):
        x, y = 130 + place * 145, 760 + draw.randrange(-25, 60)
        canvas.oval(x, y + 22, 52, 24, "#8a6a45")
        canvas.oval(x, y, 58, 26, "#b98d57")
        for _each in range(9):
            colour = draw.choice(("#c8553d", "#7d9b4e", "#e0a030", "#8e4f7b"))
            canvas.disc(x + draw.randrange(-40, 41), y - draw.randrange(0, 18), 11, colour)
    return canvas


def border_gate() -> Canvas:
    canvas = Canvas("#dfe6ea")
    canvas.sky("#7fa8c9", "#e8eff0", to=520)
    canvas.ridge(380, 80, 940, "#8aa5a0", shift=100)
    canvas.ridge(470, 45, 620, "#66886a")
    canvas.polygon([(560, 520), (880, 520), (1300, 900), (140, 900)], "#767d84")
    for step in range(6):
        y = 560 + step * 56
        canvas.polygon(
            [
                (712 - step * 2, y),
                (728 + step * 2, y),
                (731 + step * 3, y + 30),
                (709 - step * 3, y + 30),
            ],
            "#f0efe6",
        )
    canvas.box(330, 330, 90, 250, "#d9d0bd")
    canvas.box(1020, 330, 90, 250, "#d9d0bd")
    canvas.polygon([(250, 340), (1190, 340), (1110, 250), (330, 250)], "#9c3b34")
    canvas.polygon([(330, 258), (1110, 258), (1030, 190), (410, 190)], "#b5483e")
    canvas.box(420, 340, 600, 56, "#e9e1cd")
    canvas.box(470, 356, 500, 24, "#23407a", round_=6)
    for part in range(8):
        canvas.box(445 + part * 68, 604, 68, 16, "#c0392b" if part % 2 else "#f4f1e8")
    canvas.box(420, 570, 26, 90, "#4b5258")
    canvas.box(900, 640, 260, 130, "#3f6f8f", round_=8)
    canvas.box(1150, 690, 90, 80, "#d4a23a", round_=8)
    canvas.box(1186, 704, 46, 34, "#cfe4ec", round_=4)
    for x in (950, 1030, 1110, 1200):
        canvas.disc(x, 776, 26, "#2b2f33")
        canvas.disc(x, 776, 11, "#8b9298")
    return canvas


def brocade() -> Canvas:
    canvas = Canvas("#2b2440")
    colours = ("#d8433b", "#f0b429", "#2f8f83", "#f4ead5", "#7a4b9a")
    band = 150
    for row in range(6):
        y = row * band
        canvas.box(0, y, WIDTH, 10, colours[(row + 1) % 5])
        canvas.box(0, y + 18, WIDTH, 4, colours[3])
        for column in range(-1, 10):
            x = column * 160 + (80 if row % 2 else 0)
            middle = y + 84
            for turn, size in enumerate((62, 48, 34, 20, 8)):
                colour = colours[(row + turn) % 5]
                canvas.polygon(
                    [
                        (x + 80, middle - size),
                        (x + 80 + size, middle),
                        (x + 80, middle + size),
                        (x + 80 - size, middle),
                    ],
                    colour,
                )
            for side in (0, 160):
                canvas.polygon(
                    [
                        (x + side, middle - 22),
                        (x + side + 16, middle),
                        (x + side, middle + 22),
                        (x + side - 16, middle),
                    ],
                    colours[(row + 2) % 5],
                )
    return canvas


def loudspeaker() -> Canvas:
    canvas = Canvas("#f2c79b")
    canvas.sky("#43507f", "#f5b98a", to=560)
    canvas.disc(360, 470, 86, "#ffd9a0")
    canvas.ridge(470, 60, 880, "#5a4f78")
    canvas.ridge(560, 40, 700, "#3f4260", shift=220)
    canvas.box(0, 700, WIDTH, 200, "#2d3046")
    for x, y, size in ((90, 760, 230), (430, 740, 190), (1130, 770, 240)):
        canvas.stilt_house(x, y, size, roof="#241f31", wall="#7d5a48", post="#1b1826")
    canvas.box(848, 230, 18, 560, "#1b1826")
    for y, way in ((270, -1), (340, 1)):
        canvas.polygon(
            [(857, y - 16), (857 + way * 130, y - 58), (857 + way * 130, y + 58), (857, y + 16)],
            "#cfd3da",
        )
        canvas.oval(857 + way * 130, y, 16, 58, "#9aa1ad")
        for ring in range(3):
            far = 170 + ring * 46
            arc = [
                (857 + way * far * math.cos(angle / 100), y + far * math.sin(angle / 100))
                for angle in range(-34, 35, 4)
            ]
            canvas.line(arc, mixed("#ffe7c2", "#7d6f8f", ring / 3), 7)
    return canvas


def heavy_rain() -> Canvas:
    canvas = Canvas("#6c7a85")
    canvas.sky("#3c4650", "#8a97a0", to=520)
    for x, y, size in (
        (240, 150, 120),
        (380, 120, 150),
        (560, 160, 120),
        (900, 130, 150),
        (1080, 160, 130),
    ):
        canvas.disc(x, y, size, "#4b5660")
    canvas.ridge(430, 70, 860, "#56666a", shift=80)
    canvas.ridge(540, 50, 720, "#3f5550")
    canvas.polygon([(600, 600), (800, 600), (1240, 900), (260, 900)], "#8a6f4e")
    for step in range(8):
        y = 640 + step * 32
        canvas.line([(610 - step * 28, y), (760 + step * 26, y + 8)], "#a58a66", 5)
    canvas.stilt_house(1120, 690, 190, roof="#4a3a33", wall="#8d7355", post="#2c2521")
    for x, size in ((150, 170), (300, 130)):
        canvas.tree(x, 690, size, "#2f4a3c")
    draw = Random(11)  # noqa: S311 -- where drops fall in a picture
    for _drop in range(420):
        x, y, long = draw.randrange(WIDTH + 100), draw.randrange(HEIGHT), draw.randrange(18, 44)
        canvas.line([(x, y), (x - long * 0.35, y + long)], "#c3ccd2", 1.6)
    return canvas


def clean_water() -> Canvas:
    canvas = Canvas("#e6f1ee")
    canvas.sky("#a8d3dc", "#eef6ee", to=620)
    canvas.ridge(470, 50, 900, "#8db79a")
    canvas.ridge(560, 30, 720, "#6ba07f", shift=120)
    canvas.box(0, 660, WIDTH, 240, "#c8b894")
    canvas.box(930, 300, 280, 330, "#d9d3c4", round_=18)
    canvas.oval(1070, 300, 140, 42, "#b9b2a2")
    for y in (400, 500, 600):
        canvas.box(930, y, 280, 8, "#b9b2a2")
    canvas.box(470, 420, 470, 26, "#8a939b", round_=10)
    canvas.box(470, 420, 30, 120, "#8a939b", round_=10)
    canvas.box(452, 400, 66, 18, "#b02a57", round_=8)
    canvas.box(476, 540, 18, 150, "#6fb8dd", round_=8)
    canvas.polygon([(390, 690), (580, 690), (556, 820), (414, 820)], "#23407a")
    canvas.oval(485, 690, 95, 22, "#6fb8dd")
    canvas.disc(250, 250, 64, "#fff0bf")
    for x in (120, 200, 1290):
        canvas.tree(x, 680, 150, "#4f8a5f")
    return canvas


def trade_fair() -> Canvas:
    canvas = Canvas("#f2e6cf")
    canvas.sky("#b7d2e2", "#f7efdc", to=560)
    canvas.box(0, 560, WIDTH, 340, "#cfc3aa")
    for place, colour in enumerate(("#23407a", "#b02a57", "#2f8f83", "#c9822b")):
        x = 70 + place * 335
        canvas.polygon([(x, 420), (x + 150, 300), (x + 300, 420)], colour)
        canvas.box(x + 14, 420, 272, 240, "#f7f3ea")
        canvas.box(x + 14, 420, 272, 40, mixed(colour, "#ffffff", 0.25))
        canvas.box(x + 40, 560, 220, 100, mixed(colour, "#3c3128", 0.45))
        for part in range(5):
            canvas.disc(x + 70 + part * 40, 548, 18, ("#c8553d", "#e0a030", "#7d9b4e")[part % 3])
    line = [(x, 170 + 60 * math.sin(x / 230)) for x in range(0, WIDTH + 20, 20)]
    canvas.line(line, WOOD, 4)
    for place, (x, y) in enumerate(line[1:-1:3]):
        canvas.polygon(
            [(x - 18, y), (x + 18, y), (x, y + 44)],
            ("#b02a57", "#23407a", "#e0a030", "#2f8f83")[place % 4],
        )
    return canvas


def festival() -> Canvas:
    canvas = Canvas("#1d2547")
    canvas.sky("#141a38", "#4a3a6b", to=600)
    draw = Random(3)  # noqa: S311 -- where stars stand in a picture
    for _star in range(110):
        canvas.disc(
            draw.randrange(WIDTH), draw.randrange(380), draw.choice((1.5, 2.2, 3)), "#fdf3d0"
        )
    canvas.disc(1180, 170, 70, "#fbe9b0")
    canvas.ridge(520, 60, 900, "#2c2850")
    canvas.box(0, 690, WIDTH, 210, "#3b2a3a")
    line = [(x, 210 + 50 * math.sin(x / 180)) for x in range(0, WIDTH + 20, 20)]
    canvas.line(line, "#c9a86a", 3)
    for place, (x, y) in enumerate(line[3:-2:6]):
        colour = ("#e0493f", "#f0b429", "#e77c3c")[place % 3]
        canvas.oval(x, y + 56, 34, 42, colour)
        canvas.box(x - 16, y + 10, 32, 10, "#6b3a1f")
        canvas.box(x - 3, y + 96, 6, 34, "#f0b429")
    for x, size in ((330, 130), (720, 170), (1110, 130)):
        canvas.box(x - size, 720 - size * 0.6, size * 2, size * 1.2, "#8f2f2b", round_=size * 0.3)
        canvas.oval(x, 720 - size * 0.6, size, size * 0.28, "#efdcb2")
        canvas.oval(x, 720 - size * 0.6, size * 0.8, size * 0.2, "#e3c98f")
        for part in range(-3, 4):
            canvas.disc(x + part * size * 0.26, 720 - size * 0.2, 8, "#f0b429")
    return canvas


def village() -> Canvas:
    canvas = Canvas("#e4ecd8")
    canvas.sky("#9ac6de", "#eef2dc", to=480)
    canvas.ridge(340, 80, 1000, "#9db8b4", shift=260)
    canvas.ridge(440, 60, 760, "#76a07c")
    for step in range(9):
        shade = mixed("#c7cf6a", "#7ba24c", step / 8)
        top = 500 + step * 46
        canvas.polygon(
            [*ridge_line(top, 18, 900 + step * 60, step * 70), (WIDTH, HEIGHT), (0, HEIGHT)], shade
        )
        canvas.line(ridge_line(top, 18, 900 + step * 60, step * 70), "#eef0b8", 4)
    for x, y, size in ((180, 560, 170), (420, 600, 200), (980, 570, 190), (1200, 620, 160)):
        canvas.stilt_house(x, y, size, roof="#6d4a3a", wall="#c99f6b", post=DARK)
    for x, size in ((120, 140), (720, 120), (880, 150)):
        canvas.tree(x, 600, size, "#4a7a47")
    return canvas


def phone_warning() -> Canvas:
    canvas = Canvas("#22304f")
    canvas.sky("#22304f", "#3d4f7c", to=HEIGHT)
    canvas.box(520, 90, 400, 720, "#10172b", round_=52)
    canvas.box(544, 140, 352, 620, "#eef2f8", round_=18)
    canvas.polygon([(720, 230), (850, 450), (590, 450)], "#e0a030")
    canvas.box(708, 300, 24, 84, "#3c3128", round_=10)
    canvas.disc(720, 416, 15, "#3c3128")
    for place, wide in enumerate((270, 230, 250)):
        canvas.box(585, 500 + place * 44, wide, 20, "#b8c4d8", round_=10)
    canvas.box(585, 660, 270, 60, "#b02a57", round_=30)
    for place, far in enumerate((70, 130, 190)):
        for way in (-1, 1):
            x = 720 + way * (230 + far)
            arc = [
                (x + way * 20 * math.cos(a / 10), 450 + (60 + far) * math.sin(a / 10))
                for a in range(-10, 11)
            ]
            canvas.line(arc, mixed("#8fa6d6", "#3d4f7c", place / 3), 9)
    return canvas


SCENES: Mapping[str, Callable[[], Canvas]] = {
    "tea-hills": tea_hills,
    "river": river,
    "market": market,
    "border-gate": border_gate,
    "brocade": brocade,
    "loudspeaker": loudspeaker,
    "heavy-rain": heavy_rain,
    "clean-water": clean_water,
    "trade-fair": trade_fair,
    "festival": festival,
    "village": village,
    "phone-warning": phone_warning,
}
