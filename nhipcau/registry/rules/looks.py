"""How a province shows itself, what may not be of it, and in what two looks differ."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.registry.rules.colours import LEAST_CONTRAST, clash, is_colour

LONGEST_NAME = 200
LARGEST_EMBLEM = 512 * 1024  # it lies in a row, which is read for every page that is printed


class Part(StrEnum):
    """The parts of a look, by the names of their fields."""

    NAME = "name"
    EMBLEM = "emblem"
    COLOUR = "colour"
    ACCENT = "accent"


CALLED: Mapping[Part, str | Promise] = {
    Part.NAME: gettext_lazy("name"),
    Part.EMBLEM: gettext_lazy("emblem"),
    Part.COLOUR: gettext_lazy("main colour"),
    Part.ACCENT: gettext_lazy("accent colour"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """The name as the public reads it, the emblem (a PNG, or nothing), colours as #rrggbb."""

    name: str
    emblem: bytes
    colour: str
    accent: str


def flaws_of(look: Look) -> dict[Part, str]:
    """Why the province cannot show itself so: a whole sentence for each part that is wrong."""
    flaws: dict[Part, str] = {}
    if not look.name:
        flaws[Part.NAME] = _("The province needs a name.")
    elif len(look.name) > LONGEST_NAME:
        flaws[Part.NAME] = _("The name has %(length)d letters; it may have %(most)d at most.") % {
            "length": len(look.name),
            "most": LONGEST_NAME,
        }
    elif any(unicodedata.category(letter).startswith("C") for letter in look.name):
        flaws[Part.NAME] = _(
            "The name holds a character that nobody can see. Type it anew instead of pasting it."
        )
    for part, colour in ((Part.COLOUR, look.colour), (Part.ACCENT, look.accent)):
        flaw = _flaw_of_colour(colour)
        if flaw:
            flaws[part] = flaw
    return flaws


def _flaw_of_colour(colour: str) -> str:
    if not is_colour(colour):
        return _("“%(colour)s” is no colour; write # and six digits, such as #0b5d7a.") % {
            "colour": colour[:40]
        }
    found = clash(colour)
    if found is None:
        return ""
    return _(
        "Between %(colour)s and %(ground)s the contrast is %(ratio)s to 1, and %(least)s to 1 is "
        "the least at which everybody can read the words. Choose a darker colour."
    ) % {
        "colour": found.colour,
        "ground": found.ground,
        "ratio": ratio_words(found.ratio),
        "least": number_format(LEAST_CONTRAST, 1),
    }


def ratio_words(ratio: float) -> str:
    """A contrast to two places, rounded down: what is too little never reads as enough."""
    return number_format(math.floor(ratio * 100) / 100, 2)


def differing(then: Look, now: Look) -> list[Part]:
    """The parts in which two looks differ."""
    return [part for part in Part if getattr(then, part) != getattr(now, part)]


def told_differences(then: Look, now: Look) -> str:
    """What differs, in words: “name “A” → “B”; emblem”."""
    return "; ".join(
        str(CALLED[part])
        if part is Part.EMBLEM
        else f"{CALLED[part]} “{getattr(then, part)}” → “{getattr(now, part)}”"
        for part in differing(then, now)
    )
