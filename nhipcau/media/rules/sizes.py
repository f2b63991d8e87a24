"""Sizes in which a picture is kept beside the whole: their names, and what a name means."""

from __future__ import annotations

import re
from dataclasses import dataclass

WIDTHS = (160, 320, 480, 800, 1200, 1600, 2400)
COVERS = ((600, 600), (800, 450), (1200, 630), (1600, 900))
FORMS = {"webp": "image/webp", "avif": "image/avif", "jpeg": "image/jpeg", "png": "image/png"}
GRID = "w320.webp"
LARGE = "w1200.webp"
_WITHIN = re.compile(r"w(\d+)\.(\w+)\Z")
_COVER = re.compile(r"cover(\d+)x(\d+)(?:@(\d+)-(\d+))?\.(\w+)\Z")


@dataclass(frozen=True, slots=True)
class Size:
    """What a picture is made into; `spec` is its name with the focal point spelt out."""

    spec: str
    form: str
    width: int
    height: int
    is_cut: bool = False
    focal_x: int = 500
    focal_y: int = 500

    @property
    def mime(self) -> str:
        return FORMS[self.form]

    def as_order(self) -> dict[str, object]:
        """As the process that makes it is asked for it."""
        return {
            "form": self.form,
            "width": self.width,
            "height": self.height,
            "is_cut": self.is_cut,
            "focal_x": self.focal_x,
            "focal_y": self.focal_y,
        }


def size_of(spec: str, *, focal: tuple[int, int] | None = None) -> Size:
    """The size that a name means: “w800.webp”, “cover1200x630.jpeg”; ValueError for any other.

    Only listed sizes exist, so that nobody has the house make a million of them. A cut is made
    around `focal` (thousandths), else around the middle, which its name then tells.
    """
    if (found := _WITHIN.match(spec)) is not None:
        width, form = int(found[1]), found[2]
        if width in WIDTHS and form in FORMS:
            return Size(spec, form, width, width * 4)
    if (found := _COVER.match(spec)) is not None:
        width, height, form = int(found[1]), int(found[2]), found[5]
        x, y = focal or (500, 500)
        if found[3] is not None:
            x, y = int(found[3]), int(found[4])
        if (width, height) in COVERS and form in FORMS and max(x, y) <= 1000:
            whole = f"cover{width}x{height}@{x}-{y}.{form}"
            return Size(whole, form, width, height, is_cut=True, focal_x=x, focal_y=y)
    raise ValueError(f"There is no size “{spec}”.")
