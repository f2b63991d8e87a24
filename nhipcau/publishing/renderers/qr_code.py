"""QR codes that lead to the permanent address."""

from __future__ import annotations

import io

import segno
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.errors import RuleBroken

# A quarter of the code may be damaged: paper is folded, screens are scratched.
_ERROR_LEVEL = "q"
_QUIET_ZONE = 4
_MOST_CHARACTERS = 800


class AddressTooLong(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_("The address is too long for a code that phones can read."))


def qr_svg(address: str, *, dark: str = "#1e2a3a") -> bytes:
    """One drawing with its quiet zone; dark modules on white, for a scanner in poor light."""
    stream = io.BytesIO()
    _code(address).save(
        stream, kind="svg", border=_QUIET_ZONE, dark=dark, light="#ffffff", xmldecl=False, nl=False,
    )  # fmt: skip
    return stream.getvalue()


def qr_png(address: str, *, module: int = 16) -> bytes:
    """Pixels, `module` to a side of each square: sharp at any size that paper uses."""
    stream = io.BytesIO()
    _code(address).save(stream, kind="png", border=_QUIET_ZONE, scale=module, dark="#1e2a3a")
    return stream.getvalue()


def _code(address: str) -> segno.QRCode:
    if len(address) > _MOST_CHARACTERS:
        raise AddressTooLong
    return segno.make(address, error=_ERROR_LEVEL, micro=False)
