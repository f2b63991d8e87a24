"""Who keeps the words that mean the same."""

from __future__ import annotations

from nhipcau.people.enums import Permission
from nhipcau.people.queries import Rights


def may_keep_synonyms(rights: Rights) -> bool:
    """Editors: whoever approves or publishes in any unit; readers search everything at once."""
    return rights.may(Permission.SEARCH_WORDS)
