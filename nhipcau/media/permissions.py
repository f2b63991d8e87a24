"""Who may do what in the library; asked of a person's rights, which are read once per request."""

from __future__ import annotations

from nhipcau.people.enums import Permission
from nhipcau.people.queries import Rights


def may_look(rights: Rights) -> bool:
    """Everybody with a role sees the library; which items, `MediaItem.objects.visible_to` says."""
    return rights.may(Permission.MEDIA_READ)


def may_see(rights: Rights, *, unit_id: int, is_shared: bool) -> bool:
    """People of the item's unit, and everybody with a role where the unit shares it."""
    if is_shared:
        return may_look(rights)
    return rights.may(Permission.MEDIA_READ, unit_id)


def may_add(rights: Rights, *, unit_id: int | None) -> bool:
    """Whoever makes something in the unit (None: in any) brings files for it and keeps them."""
    return rights.may(Permission.MEDIA_ADD, unit_id)


def may_set_quotas(rights: Rights) -> bool:
    """How much room each unit has is the operator's business."""
    return rights.may(Permission.OPERATIONS_WATCH)
