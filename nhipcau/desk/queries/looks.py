"""A look of the province as its page shows it: samples, and how well each colour reads."""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.rules.colours import DarkGround, Ground, carries_text, contrast, on_dark
from nhipcau.registry.rules.looks import Look, Part, flaws_of, ratio_words

LETTERS_A_LINE, MOST_LINES = 22, 3


@dataclass(frozen=True, slots=True)
class Reading:
    """How well words of one colour read on another; `what` is the colour's place in the form."""

    label: str | Promise
    what: str
    words: str
    ground: str
    ratio: str
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """What is drawn: `emblem` is an address or the picture as data, "" for none."""

    look: Look
    emblem: str
    lines: Sequence[str]
    dark: str
    readings: Sequence[Reading]


def sample_of(wanted: Look, *, now: Look, emblem: str = "") -> Sample:
    """The samples of a look; what cannot be shown of it is shown as it is now. No query.

    `emblem` is where the picture is to be had; without it the page holds the picture itself.
    """
    flaws = flaws_of(wanted)
    look = replace(wanted, **{part.value: getattr(now, part) for part in flaws})
    if look.emblem and not emblem:
        emblem = "data:image/png;base64," + base64.b64encode(look.emblem).decode()
    return Sample(
        look=look,
        emblem=emblem if look.emblem else "",
        lines=_lines(look.name),
        dark=on_dark(look.colour),
        readings=_readings(look),
    )


def _lines(name: str) -> list[str]:
    lines = textwrap.wrap(name, LETTERS_A_LINE)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + " …"]
    return lines


def _readings(look: Look) -> list[Reading]:
    main, accent = Part.COLOUR.value, Part.ACCENT.value
    rows = (
        (_("Main colour and white"), main, look.colour, Ground.PAPER),
        (_("Main colour on a tinted field"), main, look.colour, Ground.WASH),
        (
            _("Main colour, lightened, on a dark page"),
            "dark",
            on_dark(look.colour),
            DarkGround.WASH,
        ),
        (_("Accent colour and white"), accent, look.accent, Ground.PAPER),
        (_("Accent colour on a tinted field"), accent, look.accent, Ground.WASH),
    )
    return [
        Reading(
            label,
            what,
            words,
            ground.value,
            ratio_words(contrast(words, ground.value)),
            carries_text(words, ground.value),
        )
        for label, what, words, ground in rows
    ]
