"""Elements as text. Words and attributes are escaped here and nowhere else."""

from __future__ import annotations

import re
from html import escape

from nhipcau.translation.manuscript import clean

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)


def escaped(text: str) -> str:
    """Words for a page: controls and marks of direction are gone."""
    return escape(clean(text), quote=True)


def element(name: str, /, *children: str, **attributes: str | int | None) -> str:
    """Children are markup already; attributes are plain words, left out when None.

    An underscore at the end of a name keeps it from being Python's own (`class_`); others become
    hyphens (`aria_label`).
    """
    return f"<{name}{_attributes(attributes)}>{''.join(children)}</{name}>"


def void(name: str, /, **attributes: str | int | None) -> str:
    """An element without content, closed so that XML takes it too."""
    return f"<{name}{_attributes(attributes)}/>"


def language_of(tag: str) -> str | None:
    """A tag that may stand in a lang attribute."""
    return tag if _LANGUAGE.fullmatch(tag) else None


def _attributes(attributes: dict[str, str | int | None]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
