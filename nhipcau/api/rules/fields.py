"""Which fields of its items a caller wants."""

from __future__ import annotations

from collections.abc import Collection


def chosen(text: str, known: Collection[str]) -> tuple[frozenset[str], str | None]:
    """The fields that are named in the text, all where it is empty; and what is wrong with it.

    Wrong is the first name that is not known, or that stands there twice.
    """
    if not text:
        return frozenset(known), None
    names = [name.strip() for name in text.split(",")]
    wrong = next(
        (name for place, name in enumerate(names) if name not in known or name in names[:place]),
        None,
    )
    return frozenset(names), None if wrong is None else wrong[:40]
