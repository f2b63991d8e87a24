"""Every write of the room: the editors' synonyms."""

from __future__ import annotations

from nhipcau.search.actions.synonyms import drop_synonyms, keep_synonyms

__all__ = ["drop_synonyms", "keep_synonyms"]
