"""Where an item is used: asked of the rooms above, which know."""

from __future__ import annotations

from typing import Any

from nhipcau.media.models import MediaItem
from nhipcau.media.signals import Usage, usage_asked


def usage_of(item: MediaItem) -> list[Usage]:
    """Every place that uses the item, public ones first. Costs what the answering rooms cost."""
    told: Any = usage_asked.send(sender=MediaItem, item=item)
    found = [usage for _receiver, usages in told for usage in usages or ()]
    return sorted(found, key=lambda usage: (not usage.is_public, usage.kind, usage.name))
