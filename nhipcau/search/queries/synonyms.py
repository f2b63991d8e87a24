"""The editors' list."""

from __future__ import annotations

from collections.abc import Sequence

from nhipcau.kernel.folding import unaccented
from nhipcau.search.models import SynonymGroup


def synonyms_listed(words: str = "") -> Sequence[SynonymGroup]:
    """The groups by their first wording; with words, those that hold them. One query.

    The list is short: it is read whole and looked through here, where marks do not count.
    """
    groups = SynonymGroup.objects.select_related("language")
    wanted = unaccented(words).split()
    return [
        group
        for group in groups
        if all(word in unaccented(f"{group.wordings} {group.note}") for word in wanted)
    ]
