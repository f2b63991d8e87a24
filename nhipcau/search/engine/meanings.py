"""The editors' synonyms as searching needs them, read again when they have changed."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from typing import Any

from django.db.models import Count, Max

from nhipcau.search.models import SynonymGroup
from nhipcau.search.text import NO_SYNONYMS, Synonyms

HOLDS = 5.0  # seconds until a process looks whether somebody has changed the list


class _Kept:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.looked_at = float("-inf")
        self.mark: Any = None
        self.by_language: dict[str, Synonyms] = {}

    def forget(self) -> None:
        """The next search looks at once."""
        with self.lock:
            self.looked_at = float("-inf")

    def of(self, language: str) -> Synonyms:
        with self.lock:
            now = time.monotonic()
            if now - self.looked_at > HOLDS:
                mark = SynonymGroup.objects.aggregate(newest=Max("changed_at"), count=Count("pk"))
                if mark != self.mark:
                    self.by_language, self.mark = _read(), mark
                self.looked_at = now
            return self.by_language.get(language) or self.by_language.get("", NO_SYNONYMS)


def _read() -> dict[str, Synonyms]:
    """Synonyms by language; "" are those of every language, which all others hold as well."""
    groups: defaultdict[str, list[list[str]]] = defaultdict(list)
    for group in SynonymGroup.objects.select_related("language"):
        groups[group.language.tag if group.language else ""].append(group.listed)
    everywhere = groups.pop("", [])
    found = {tag: Synonyms.of([*own, *everywhere], language=tag) for tag, own in groups.items()}
    found[""] = Synonyms.of(everywhere, language="und")
    return found


_kept = _Kept()
synonyms_of = _kept.of
forget = _kept.forget
