"""Names of files as people send them, made harmless. Pure and idempotent."""

from __future__ import annotations

import re
import unicodedata

MOST = 200
# Marks that turn the direction of what follows, so that “exe” reads as the beginning of a name.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def harmless(name: str, *, ending: str = "") -> str:
    """The last part of a path, without what turns, hides or means something to a file system.

    With `ending` (no dot) the file gets the ending of what it really is; the old one goes.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(
        " " if unicodedata.category(letter) in {"Zs", "Zl", "Zp"} else letter
        for letter in _UNSEEN.sub("", _TURNING.sub("", last))
        if unicodedata.category(letter) not in {"Cc", "Cs", "Co", "Cn"}
    )
    plain = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", plain)).strip(" .")
    stem, dot, old = plain.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", old):
        stem, old = plain, ""
    ending = ending or old.lower()
    stem = stem.strip(" .")[: MOST - len(ending) - 1].rstrip(" .") or "tep"
    return f"{stem}.{ending}" if ending else stem


def title_from(name: str) -> str:
    """What a thing is called until somebody gives it a name: the file's, as words."""
    stem, dot, ending = name.rpartition(".")
    words = (stem if dot and len(ending) <= 8 else name).replace("_", " ").replace("-", " ")
    return re.sub(r"\s+", " ", words).strip()[:300] or name[:300]
