"""Plain text: nothing hides in it; it must be UTF-8 and hold no control characters."""

from __future__ import annotations

import re
from pathlib import Path

from nhipcau.media.intake.cleaned import Cleaned, whole
from nhipcau.media.intake.limits import Limits
from nhipcau.media.intake.refusals import Refusal, Refused

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def clean(source: Path, target: Path, limits: Limits) -> Cleaned:
    data = whole(source, limits.text_bytes)
    try:
        words = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(Refusal.UNKNOWN) from None
    if _CONTROLS.search(words):
        raise Refused(Refusal.UNKNOWN)
    target.write_bytes(data)
    return Cleaned()
