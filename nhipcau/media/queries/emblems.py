"""A file that somebody brought, as the emblem that the house keeps: a plain PNG, whatever it was.

The library's own examination decides what is taken. A picture is decoded and written anew, a
drawing is drawn once, each in a process of its own with limits. So nothing of what was brought
is ever served or printed: no drawing that acts, no second format behind the picture.
"""

from __future__ import annotations

import html
import io
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image

from nhipcau.media import store
from nhipcau.media.errors import EmblemRefused
from nhipcau.media.intake.isolated import TakenIn, make_sizes, take_in
from nhipcau.media.intake.limits import DEFAULT, MEGABYTE
from nhipcau.media.intake.refusals import Refusal, Refused
from nhipcau.media.rules.refusals import REFUSALS
from nhipcau.paper.errors import TooMuchToSet, TypesettingFailed
from nhipcau.paper.typesetting import Form, Job, typeset
from nhipcau.paper.typesetting import Limits as DrawingLimits
from nhipcau.registry.rules.looks import LARGEST_EMBLEM

LARGEST_BROUGHT = 2 * MEGABYTE
_LIMITS = replace(
    DEFAULT,
    pixels=25 * MEGABYTE,
    picture_bytes=LARGEST_BROUGHT,
    drawing_bytes=LARGEST_BROUGHT,
    seconds=20,
)
_DRAWING_LIMITS = DrawingLimits(memory=2_000 * MEGABYTE, processor=10, seconds=20.0)
# The longest side: 1024 points are 300 to the inch on a poster. The last fits whatever it shows.
_SIDES = (1024, 640, 320)
_WANTED = [{"form": "png", "width": side, "height": side} for side in _SIDES]
# Reasons that speak of the picture itself; what else is refused is no picture at all.
_OF_PICTURES = frozenset(
    {
        Refusal.EMPTY,
        Refusal.POLYGLOT,
        Refusal.BOMB,
        Refusal.TOO_MANY_FRAMES,
        Refusal.CUT_OFF,
        Refusal.DAMAGED,
        Refusal.ACTIVE_DRAWING,
        Refusal.OUTSIDE_DRAWING,
        Refusal.TOO_SLOW,
    }
)
_TAG = re.compile(r"<[^>]*>")


def emblem_from(content: bytes) -> bytes:
    """The file's picture as a PNG of at most 1024 pixels and 512 KB.

    Raises EmblemRefused with a sentence for a file that is too large, is neither PNG nor SVG by
    its content, acts, reaches outside, is damaged or shows nothing; OSError when the disk is
    full. Two processes at most, about a second.
    """
    refuse_large(len(content))
    with store.scratch() as name:
        folder = Path(name)
        brought = folder / "brought"
        brought.write_bytes(content)
        try:
            made = next(each for each in _sizes(brought, folder) if len(each) <= LARGEST_EMBLEM)
        except Refused as refused:
            raise EmblemRefused(_sentence(refused)) from refused
    _refuse_nothing(made)
    return made


def refuse_large(size: int) -> None:
    """Raise EmblemRefused for a file of so many bytes when it is too large to be looked at."""
    if size > LARGEST_BROUGHT:
        raise EmblemRefused(
            _("The file has %(size)s MB; an emblem may have %(most)d MB at most.")
            % {
                # Rounded up: what is too much never reads as just enough.
                "size": number_format(math.ceil(10 * size / MEGABYTE) / 10, 1),
                "most": LARGEST_BROUGHT // MEGABYTE,
            }
        )


def _sizes(brought: Path, folder: Path) -> Iterator[bytes]:
    """The picture in its sizes, the largest first."""
    taken = take_in(brought, _new(folder, "taken"), _LIMITS, wanted=_WANTED)
    sizes = taken.sizes
    if taken.format.code == "svg":
        drawn = folder / "drawn"
        drawn.write_bytes(_drawn(taken))
        sizes = tuple(make_sizes(drawn, _new(folder, "sizes"), _WANTED, _LIMITS))
    elif taken.format.code != "png":
        raise Refused(Refusal.UNKNOWN)
    for size in sizes:
        yield size.path.read_bytes()


def _new(folder: Path, name: str) -> Path:
    below = folder / name
    below.mkdir()
    return below


def _drawn(taken: TakenIn) -> bytes:
    """The cleaned drawing as a PNG whose longest side is that of the largest size."""
    drawing = taken.path.read_bytes()
    width, height = taken.width or 1, taken.height or 1
    scale = _SIDES[0] / max(width, height)
    job = Job(
        templates=(),
        main="emblem.typ",
        data={
            "width": max(1, round(width * scale)),
            "height": max(1, round(height * scale)),
            # Named so that the fonts of its letters are there.
            "words": html.unescape(_TAG.sub("", drawing.decode())),
        },
        day=date(2000, 1, 1),  # stands nowhere in a picture
        pictures={"emblem.svg": drawing},
        form=Form.PNG,
        density=72,
        limits=_DRAWING_LIMITS,
    )
    try:
        [page] = typeset(job).pages
    except TooMuchToSet:
        raise Refused(Refusal.TOO_SLOW) from None
    except TypesettingFailed:  # the template is sound: it is the drawing that cannot be drawn
        raise Refused(Refusal.DAMAGED) from None
    return page


def _sentence(refused: Refused) -> str:
    if refused.why in _OF_PICTURES:
        return str(REFUSALS[refused.why]) % refused.values
    return _(
        "An emblem is a PNG picture or an SVG drawing; this file is neither, whatever its name is."
    )


def _refuse_nothing(made: bytes) -> None:
    """Our own bytes by now, so they are opened here."""
    with Image.open(io.BytesIO(made), formats=["PNG"]) as picture:
        if "A" in picture.getbands() and picture.getchannel("A").getextrema()[1] == 0:
            raise EmblemRefused(
                _("There is nothing to be seen in this picture: all of it is transparent.")
            )
