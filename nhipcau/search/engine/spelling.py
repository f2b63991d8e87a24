"""The words and pairs that an index holds, as what may have been meant is looked for in them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from nhipcau.search.engine.store import Store, panics_as_errors
from nhipcau.search.engine.trees import EXACT, GRAMS, Tree
from nhipcau.search.text import Vocabulary
from nhipcau.search.text.terms import folded_term

MOST_WORDS, MOST_PAIRS = 40_000, 120_000
HOLDS = 600.0  # seconds; new words of an index are suggested after that
GROWN = 1.2  # or at once, when the index has grown by so much
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Kept:
    generation: str
    rows: int
    at: float
    vocabulary: Vocabulary


_kept: dict[str, _Kept] = {}


def vocabulary_of(tree: Tree) -> Vocabulary:
    """The most frequent words of the tree's index, with their neighbours; remembered for a while.

    Reading them takes up to a second of a large index. Raises IndexNotReady.
    """
    store = Store(tree)
    place, generation = str(store.folder), str(store.current())
    searcher = store.snapshot().searcher
    rows, now = int(searcher.num_docs), time.monotonic()
    with _lock:
        known = _kept.get(place)
        if (
            known is None
            or known.generation != generation
            or now - known.at > HOLDS
            or rows > known.rows * GROWN
        ):
            known = _kept[place] = _Kept(generation, rows, now, _read(searcher))
    return known.vocabulary


def _read(searcher: Any) -> Vocabulary:
    with panics_as_errors():
        words = searcher.terms_with_prefix(EXACT, "", limit=MOST_WORDS)
        pairs = Counter(dict(searcher.terms_with_prefix(GRAMS, "", limit=MOST_PAIRS)))
    # A pair with marks is in the index without them as well: that is no pair of its own.
    bare = {pair: "_".join(map(folded_term, pair.split("_"))) for pair in pairs}
    for pair, folded in bare.items():
        if folded != pair:
            pairs[folded] -= pairs[pair]
    return Vocabulary([*words, *((pair, count) for pair, count in pairs.items() if count > 0)])
