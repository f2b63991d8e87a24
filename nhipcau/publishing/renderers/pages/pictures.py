"""A picture as a page can carry it: checked, upright, not larger than needed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from nhipcau.kernel.errors import RuleBroken
from nhipcau.paper.errors import TypesettingFailed
from nhipcau.paper.typesetting import Form, Job, typeset
from nhipcau.publishing.renderers.contract import PictureFile

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_PIXELS: Final = 100_000_000
_SLACK: Final = 1.25
_QUALITY: Final = 86
_HERE: Final = Path(__file__).parent
_KEPT: Final = {"JPEG": ("jpg", ("RGB", "L")), "PNG": ("png", ("RGB", "L", "RGBA", "P", "1"))}


class NotAPicture(Exception):
    """It cannot be read as one."""


def page_picture(picture: PictureFile, *, widest: int) -> tuple[str, bytes]:
    """Its ending and bytes: JPEG or PNG, at most about `widest` pixels wide, upright, in RGB.

    A picture that already is so keeps its bytes. Raises NotAPicture.
    """
    if picture.media_type == "image/svg+xml":
        return "png", _drawn(picture.content)
    try:
        with Image.open(io.BytesIO(picture.content), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise NotAPicture
            image.load()
            turned = image.getexif().get(0x0112, 1) != 1
            ending, modes = _KEPT.get(image.format or "", ("", ()))
            if ending and image.mode in modes and not turned and image.width <= widest * _SLACK:
                return ending, picture.content
            return _rewritten(ImageOps.exif_transpose(image), widest)
    except (
        UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError,
    ):  # fmt: skip
        raise NotAPicture from None


def _rewritten(image: Image.Image, widest: int) -> tuple[str, bytes]:
    translucent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    image = image.convert("RGBA" if translucent else "RGB")
    if image.width > widest:
        height = max(1, round(image.height * widest / image.width))
        image = image.resize((widest, height), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    if translucent:
        image.save(stream, "PNG")
        return "png", stream.getvalue()
    image.save(stream, "JPEG", quality=_QUALITY)
    return "jpg", stream.getvalue()


def _drawn(content: bytes) -> bytes:
    """A drawing as pixels, by a process that may fail over it."""
    from datetime import date  # noqa: PLC0415 -- a picture has no day; any will do

    job = Job(
        (_HERE,),
        "drawing.typ",
        {"drawing": "drawing.svg"},
        day=date(2000, 1, 1),
        pictures={"drawing.svg": content},
        form=Form.PNG,
        density=200,
    )
    try:
        return typeset(job).pages[0]
    except (TypesettingFailed, RuleBroken):
        raise NotAPicture from None
