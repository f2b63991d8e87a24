"""Decoding a cleaned picture: whether it is whole, what it looks like, smaller sizes of it.

Runs only in the process of its own (`isolated`), whose memory and time are bound.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    UnidentifiedImageError,
    Image.DecompressionBombError,
    EOFError,
)
_FORMATS = {"jpeg": "JPEG", "webp": "WEBP", "avif": "AVIF", "png": "PNG"}
# What Pillow does not look for first; asked for by name alone it would bring all forty formats.
_WRITERS = {"webp": "PIL.WebPImagePlugin", "avif": "PIL.AvifImagePlugin"}
_QUALITY = {"jpeg": 82, "webp": 80, "avif": 60}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A size: at most `width` by `height`, or cut to exactly that around the focal point."""

    form: str  # jpeg, webp, avif or png
    width: int
    height: int
    is_cut: bool = False
    focal_x: int = 500  # thousandths
    focal_y: int = 500


def opened(path: Path, limits: Limits) -> Image.Image:
    """The picture, upright and decoded; Refused when it is damaged or cut off."""
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(path)
            picture.load()
            return ImageOps.exif_transpose(picture)
    except Image.DecompressionBombWarning:
        raise Refused(Refusal.BOMB, width=0, height=0, most=limits.pixels // 1_000_000) from None
    except _BROKEN as broken:
        cut = "truncated" in str(broken)
        raise Refused(Refusal.CUT_OFF if cut else Refusal.DAMAGED) from None


def look_of(picture: Image.Image) -> int:
    """A perceptual hash of 64 bits: where a 9 by 8 grey picture grows brighter to the right.

    Pictures that differ in size, compression or a little colour differ in few bits.
    """
    grey = picture.convert("RGB").convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    values = grey.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (values[at] < values[at + 1])
    return bits


def made(picture: Image.Image, wanted: Wanted, target: Path) -> tuple[int, int]:
    """Write the picture in a size; its width and height as they came out."""
    small = _in_srgb(picture)
    if wanted.is_cut:
        small = ImageOps.fit(
            small,
            (wanted.width, wanted.height),
            Image.Resampling.LANCZOS,
            centering=(wanted.focal_x / 1000, wanted.focal_y / 1000),
        )
    else:
        small.thumbnail((wanted.width, wanted.height), Image.Resampling.LANCZOS)
    if wanted.form == "jpeg" and small.mode == "RGBA":
        paper = Image.new("RGB", small.size, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    options: dict[str, object] = {"quality": _QUALITY[wanted.form]} if wanted.form != "png" else {}
    if wanted.form == "jpeg":
        options |= {"optimize": True, "progressive": True}
    if wanted.form == "webp":
        options |= {"method": 4}
    if wanted.form == "avif":
        options |= {"speed": 8}
    if wanted.form in _WRITERS:
        import_module(_WRITERS[wanted.form])
    small.save(target, _FORMATS[wanted.form], **options)
    return small.size


def _in_srgb(picture: Image.Image) -> Image.Image:
    """A copy in sRGB, with transparency where there is any; a profile that is odd is left out."""
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    copy = picture.convert("RGBA" if has_alpha else "RGB") if picture.mode != "CMYK" else picture
    if profile:
        from PIL import ImageCms  # noqa: PLC0415 -- few pictures bear a profile

        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            alpha = copy.getchannel("A") if has_alpha else None
            flat = copy if copy.mode == "CMYK" else copy.convert("RGB")
            moved = ImageCms.profileToProfile(
                flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            copy = moved if moved is not None else flat.convert("RGB")
            if alpha is not None:
                copy.putalpha(alpha)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            copy = copy.convert("RGBA" if has_alpha else "RGB")
    copy = copy.convert("RGBA" if has_alpha else "RGB")
    copy.info = {}
    return copy
