"""What a page shows, told while it is made: `shows("work:3f2a")`.

A tag names a thing or a list that a page shows: "work:3f2a9c", "topic:border-gates",
"works:vi:culture". Whoever reads something for a page says so in the same breath; whoever changes
it has every page with that tag made again. Too many tags make too many pages again, a missing one
leaves an old page standing: a list that could show a new thing carries the tag of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST_TAG = 120
_TAG = re.compile(r"[A-Za-z0-9_.~-]+(?::[A-Za-z0-9_.~-]+)*")
_shown: ContextVar[set[str] | None] = ContextVar("nhipcau_shown", default=None)


def is_tag(text: str) -> bool:
    """Words of letters, digits and `_.~-`, parted by colons; at most LONGEST_TAG characters."""
    return len(text) <= LONGEST_TAG and _TAG.fullmatch(text) is not None


def shows(*tags: str) -> None:
    """Say that the page in the making shows these; where no page is made it says nothing.

    Raises ValueError for what is no tag: a page under a wrong name would never be made again.
    """
    for tag in tags:
        if not is_tag(tag):
            raise ValueError(f"not a tag: {tag!r}")
    shown = _shown.get()
    if shown is not None:
        shown.update(tags)


@contextmanager
def collecting() -> Iterator[set[str]]:
    """The set into which `shows` writes inside; what is made within another is shown by both."""
    outer = _shown.get()
    inner: set[str] = set()
    token = _shown.set(inner)
    try:
        yield inner
    finally:
        _shown.reset(token)
        if outer is not None:
            outer.update(inner)
