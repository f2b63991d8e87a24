"""What a line of the list of old addresses may say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

LONGEST_PATH, LONGEST_TARGET = 500, 300
_CONTROLS = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line: the old path (with what follows its “?”), and where it leads."""

    line: int
    path: str
    target: str


def row_of(line: int, old: str, new: str) -> Row:
    """The line as it is kept: an old address with its host is cut to its path."""
    return Row(line, _path_of(old.strip()), new.strip())


def _path_of(address: str) -> str:
    if "://" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def refusal_of(row: Row) -> str:
    """Why the line is not taken, in a sentence; "" for a good one.

    An old address leads into this house only: a list is no way to send readers elsewhere.
    """
    if not row.path.startswith("/") or row.path.startswith("//") or _CONTROLS.search(row.path):
        return _("“%(path)s” is no path: it begins with / and has no spaces.") % {
            "path": row.path[:80]
        }
    if len(row.path) > LONGEST_PATH or len(row.target) > LONGEST_TARGET:
        return _("This line is too long.")
    if row.path == "/":
        return _("The first page is never an old address.")
    inside = row.target.startswith("/") and not row.target.startswith("//")
    if not inside or _CONTROLS.search(row.target):
        return _("“%(target)s” does not lead into this house; write a path that begins with /.") % {
            "target": row.target[:80]
        }
    if row.path == row.target:
        return _("This address leads to itself.")
    return ""
