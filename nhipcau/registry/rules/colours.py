"""Whether a colour of the province can carry text for everybody's eyes."""

from __future__ import annotations

import re

HEX = re.compile(r"^#[0-9a-f]{6}$")
# WCAG 2.2, success criterion 1.4.3: text against its background.
LEAST_CONTRAST = 4.5


def is_colour(text: str) -> bool:
    """Whether the text is a colour as we keep it: # and six lower-case hexadecimal digits."""
    return HEX.fullmatch(text) is not None


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 (black) to 1 (white)."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21; the order does not matter."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def carries_white_text(colour: str) -> bool:
    """Whether white words on this colour, and words of it on white, can be read by everybody."""
    return contrast(colour, "#ffffff") >= LEAST_CONTRAST
