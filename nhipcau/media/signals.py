"""News of the media room, sent in the action's transaction, and what it asks of the rooms above.

`file_added` (item, file, by, at): an item has its first file or a newer one; `file.number` tells.
`item_replaced` (item, before, after, by, at): as `file_added`, for those who show the old one.
`usage_asked` (item): whoever uses items answers with a list of `Usage`.
`used_items_asked` (): whoever uses items answers with a query of their numbers, for lists.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class Usage:
    """One place where an item is used: what it is, its name, its address at the desk.

    An item that something public shows (`is_public`) cannot go into the trash.
    """

    kind: str
    name: str
    address: str = ""
    is_public: bool = False


file_added = Signal()
item_replaced = Signal()
usage_asked = Signal()
used_items_asked = Signal()
