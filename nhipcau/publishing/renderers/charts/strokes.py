"""The pieces of a drawing as SVG: words, marks, patterns. Everything is escaped here."""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape, quoteattr

from nhipcau.paper.linebreaks import pieces
from nhipcau.translation.manuscript import clean

INK, MUTED, LINE = "#1e2a3a", "#5a6472", "#d9d3c4"
COLOURS = ("#23407a", "#b02a57", "#2b6a4d", "#7a4a2b", "#5a6472")
FONT = "Be Vietnam Pro, Noto Sans, Noto Sans CJK SC, Noto Sans Lao, Noto Sans Khmer, sans-serif"
_DASHES = ("", "7 4", "2 4", "10 4 2 4", "4 2")
_WIDE = {"W", "F"}


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def width_of(text: str, size: float) -> float:
    """About how wide words are: enough to place them, never to justify them."""
    return size * sum(map(_width, text))


def _width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Cf"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in _WIDE else 0.57


def wrapped(text: str, language: str, *, size: float, room: float, most: int = 3) -> list[str]:
    """Lines that fit the room, broken where the language allows; the last one may end in “…”."""
    # Nothing beyond this could be shown, however narrow its letters.
    text = " ".join(clean(text).split())[: int(most * room)]
    lines = [""]
    for piece in pieces(text, language):
        if lines[-1] and width_of(lines[-1] + piece.rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece
    fitting = [_fitted(line.strip(), size, room) for line in lines]
    if len(fitting) > most:
        fitting = [*fitting[: most - 1], _fitted(fitting[most - 1] + " …", size, room)]
    return fitting


def _fitted(line: str, size: float, room: float) -> str:
    if width_of(line, size) <= room:
        return line
    left = room / size - _width("…")
    for place, letter in enumerate(line):
        left -= _width(letter)
        if left < 0:
            return line[:place].rstrip() + "…"
    return line


def say(
    x: float, y: float, text: str, *, size: float = 13, anchor: str = "start", fill: str = INK,
    bold: bool = False,
) -> str:  # fmt: skip
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}" '
        f'text-anchor="{anchor}"{weight}>{escape(clean(text))}</text>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = LINE, width: float = 1
) -> str:
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
        f'stroke="{stroke}" stroke-width="{number(width)}"/>'
    )


def bar(x: float, y: float, width: float, height: float, *, series: int, prefix: str) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(max(width, 0))}" '
        f'height="{number(max(height, 0))}" fill={quoteattr(fill_of(series, prefix))} '
        f'stroke="{COLOURS[series]}" stroke-width="1.2"/>'
    )


def fill_of(series: int, prefix: str) -> str:
    return COLOURS[0] if series == 0 else f"url(#{prefix}-{series})"


def dash_of(series: int) -> str:
    return f' stroke-dasharray="{_DASHES[series]}"' if _DASHES[series] else ""


def line_sample(x: float, y: float, series: int) -> list[str]:
    """How a line looks, for the legend."""
    colour = COLOURS[series]
    stroke = (
        f'<path d="M{number(x)} {number(y)}h18" stroke="{colour}" stroke-width="2.6" '
        f'fill="none"{dash_of(series)}/>'
    )
    return [stroke, marker(x + 9, y, series)]


def marker(x: float, y: float, series: int) -> str:
    """A point of a line: circle, square, triangle, diamond, ring."""
    colour = COLOURS[series]
    at = f"{number(x)} {number(y)}"
    centre = f'cx="{number(x)}" cy="{number(y)}"'
    shapes = (
        f'<circle {centre} r="4" fill="{colour}"/>',
        f'<path d="M{at}m-4-4h8v8h-8z" fill="{colour}"/>',
        f'<path d="M{at}m0-5l5 9h-10z" fill="{colour}"/>',
        f'<path d="M{at}m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z" fill="{colour}"/>',
        f'<circle {centre} r="4" fill="#fff" stroke="{colour}" stroke-width="2"/>',
    )
    return shapes[series]


def patterns(count: int, prefix: str) -> str:
    """What tells series apart in print without colour: stripes, dots, counter-stripes, squares."""
    marks = (
        "",
        '<path d="M0 8L8 0M-2 2L2-2M6 10L10 6" stroke="{c}" stroke-width="2.2"/>',
        '<circle cx="4" cy="4" r="1.9" fill="{c}"/>',
        '<path d="M0 0L8 8M-2 6L2 10M6-2L10 2" stroke="{c}" stroke-width="1.4"/>',
        '<path d="M0 4H8M4 0V8" stroke="{c}" stroke-width="1.2"/>',
    )
    made = [
        f'<pattern id="{prefix}-{series}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="#fff"/>{marks[series].format(c=COLOURS[series])}'
        "</pattern>"
        for series in range(1, count)
    ]
    return f"<defs>{''.join(made)}</defs>" if made else ""
