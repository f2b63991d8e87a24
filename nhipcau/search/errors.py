"""What searching can be refused for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.errors import RuleBroken
from nhipcau.search.enums import IndexState

_SENTENCES = {
    IndexState.BUILDING: _(
        "Searching is not possible yet: the index is being built. Everything else works."
    ),
    IndexState.MISSING: _(
        "Searching is not possible at the moment: there is no index yet. Everything else works."
    ),
    IndexState.BROKEN: _(
        "Searching is not possible at the moment: the index cannot be read. Everything else works."
    ),
}


class IndexNotReady(RuleBroken):
    """There is nothing to search in; `state` says why. What was asked for may be asked later."""

    def __init__(self, state: IndexState) -> None:
        super().__init__(_SENTENCES.get(state, _SENTENCES[IndexState.BROKEN]))
        self.state = state


class NotSynonyms(RuleBroken):
    """These are no words that could mean the same."""
