"""Who may do what with works; when it is possible is a matter of the rules."""

from __future__ import annotations

from collections.abc import Collection

from nhipcau.people.enums import Permission
from nhipcau.people.queries import Rights

# Whoever may do one of these in the unit may change the words of the unit's works.
WRITING = (Permission.WORKS_WRITE, Permission.WORKS_TRANSLATE, Permission.WORKS_REVISE)

# Whoever may do one of these in the unit decides on its words.
CLEARING = (
    Permission.WORKS_APPROVE,
    Permission.WORKS_CLEAR_SECRECY,
    Permission.RELEASES_PUBLISH,
)


def may_read(rights: Rights) -> bool:
    """Everybody with a role in the house sees the works: one province, no second leaflet."""
    return rights.may(Permission.WORKS_READ)


def may_see_stopped(rights: Rights, *, unit_id: int, written_by: Collection[int]) -> bool:
    """Who still sees the words of what was stopped: the unit's secrecy reviewers, nobody else.

    Not even they see what they had a hand in: `written_by` holds the ids of all its writers.
    Every door of such words asks this, and so does the decision on the stop.
    """
    return rights.may_clear(Permission.WORKS_CLEAR_SECRECY, unit_id, written_by=written_by)


def may_decide_on_stops(rights: Rights) -> bool:
    """Secrecy reviewers of some unit; of which one, and of whose words, is asked again."""
    return rights.may(Permission.WORKS_CLEAR_SECRECY)


def may_start(rights: Rights, *, unit_id: int | None) -> bool:
    """Authors of the unit; without a unit, an author of any unit."""
    return rights.may(Permission.WORKS_WRITE, unit_id)


def may_change(rights: Rights, *, unit_id: int) -> bool:
    """Authors of the unit change what is asked of its works, and their money."""
    return rights.may(Permission.WORKS_WRITE, unit_id)


def may_write_words(rights: Rights, *, unit_id: int, is_translation: bool) -> bool:
    """Authors write originals; translators and revisers of the unit write translations."""
    if rights.may(Permission.WORKS_WRITE, unit_id):
        return True
    return is_translation and any(rights.may(permission, unit_id) for permission in WRITING)


def may_see_history(rights: Rights, *, unit_id: int | None, is_translation: bool) -> bool:
    """Whoever writes the words, clears or releases them sees how they came about.

    Earlier drafts may hold what was taken out on purpose, so not everybody in the house. Without
    a unit: somebody who may in any unit.
    """
    return any(rights.may(permission, unit_id) for permission in CLEARING) or (
        any(rights.may(permission) for permission in WRITING)
        if unit_id is None
        else may_write_words(rights, unit_id=unit_id, is_translation=is_translation)
    )


def may_assign(rights: Rights, *, unit_id: int) -> bool:
    """Who writes or approves in the unit gives its works to people."""
    return rights.may(Permission.WORKS_WRITE, unit_id) or rights.may(
        Permission.WORKS_APPROVE, unit_id
    )


def may_keep_template(rights: Rights, *, unit_id: int | None) -> bool:
    """Planners of the unit keep its works as templates, and retire them.

    Without a unit: a planner of any unit.
    """
    return rights.may(Permission.WORKS_TEMPLATES, unit_id)


def may_keep_for_every_unit(rights: Rights) -> bool:
    """Planners of the whole house decide on templates that are offered to every unit."""
    return rights.reaches_every_unit(Permission.WORKS_TEMPLATES)


def may_bring_pictures(rights: Rights, *, unit_id: int) -> bool:
    """Whether pictures of a brought document go into the unit's library; else its words alone."""
    return rights.may(Permission.MEDIA_ADD, unit_id)
