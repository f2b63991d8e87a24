"""Whether a colour of the province can carry text for everybody's eyes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

HEX = re.compile(r"^#[0-9a-f]{6}$")
# WCAG 2.2, success criterion 1.4.3: text against its background.
LEAST_CONTRAST = 4.5
# As 1.4.6 asks: in the dark the house lightens a colour itself, so there is no need to be mean.
CONTRAST_IN_THE_DARK = 7.0


class Ground(StrEnum):
    """What stands behind words in a colour of the province, or before it: white words on it.

    A test holds these equal to what printed matter and pages as files are drawn with.
    """

    PAPER = "#ffffff"  # paper/house/house.typ; white words on covers and heads of tables
    LIMESTONE = "#f4f1e8"  # tinted fields of printed matter
    PAGE = "#fdfcf9"  # publishing/renderers/web_page/page.css
    WASH = "#f1efe8"  # tinted fields of such a page


class DarkGround(StrEnum):
    """What stands behind words on a page that is read in the dark (page.css)."""

    PAGE = "#151b24"
    WASH = "#1e2631"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two colours of which one cannot be read on the other, and their contrast."""

    colour: str
    ground: str
    ratio: float


def is_colour(text: str) -> bool:
    """Whether the text is a colour as we keep it: # and six lower-case hexadecimal digits."""
    return HEX.fullmatch(text) is not None


def as_colour(typed: str) -> str:
    """What somebody typed, as we keep it where it is a colour: “0B5D7A ” is #0b5d7a."""
    text = typed.strip().lower()
    return f"#{text}" if is_colour(f"#{text}") else text


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 (black) to 1 (white)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21; the order does not matter."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def carries_text(colour: str, ground: str) -> bool:
    """Whether words of one colour on the other can be read by everybody."""
    return contrast(colour, ground) >= LEAST_CONTRAST


def clash(colour: str) -> Clash | None:
    """The ground on which this colour reads worst, where it cannot be read by everybody there."""
    ratio, ground = min((contrast(colour, ground.value), ground.value) for ground in Ground)
    return Clash(colour, ground, ratio) if ratio < LEAST_CONTRAST else None


def on_dark(colour: str) -> str:
    """The colour, as much lighter as it has to be for words on a page that is read in the dark."""
    parts = _parts(colour)
    for step in range(26):
        share = step / 25
        lighter = "#" + "".join(f"{round(each + (255 - each) * share):02x}" for each in parts)
        if all(contrast(lighter, ground.value) >= CONTRAST_IN_THE_DARK for ground in DarkGround):
            return lighter
    return "#ffffff"


def _parts(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
