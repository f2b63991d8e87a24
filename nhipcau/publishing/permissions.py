"""Who may clear and release. Four eyes are in `Rights.may_clear`: persons, not accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from nhipcau.people.enums import Permission
from nhipcau.people.queries import Rights
from nhipcau.publishing.enums import StepKind

# The role that takes a step, by the permission it brings. Steps are by role, never by name.
TAKEN_BY: Mapping[StepKind, Permission] = {
    StepKind.UNIT_HEAD: Permission.WORKS_APPROVE,
    StepKind.SECRECY: Permission.WORKS_CLEAR_SECRECY,
    StepKind.FOREIGN_AFFAIRS: Permission.WORKS_CLEAR_SECRECY,
    StepKind.PUBLISHER: Permission.RELEASES_PUBLISH,
}


HANDING_IN = (Permission.WORKS_WRITE, Permission.WORKS_TRANSLATE, Permission.WORKS_REVISE)


def may_take(rights: Rights, step: str, *, unit_id: int, written_by: Collection[int]) -> bool:
    """Whether the person may take this step for a text of the unit that these persons wrote."""
    return rights.may_clear(TAKEN_BY[StepKind(step)], unit_id, written_by=written_by)


def may_confirm(
    rights: Rights, right: str, *, unit_id: int, written_by: Collection[int], given_by: int
) -> bool:
    """Whether the person may confirm a reason that needs this right, under four eyes.

    Nobody confirms the own reason, nor one for the own words, nor as a delegate of who did.
    """
    return rights.may_clear(Permission(right), unit_id, written_by={*written_by, given_by})


def may_hand_in(rights: Rights, *, unit_id: int) -> bool:
    """Whoever writes for the unit hands its texts in."""
    return any(rights.may(permission, unit_id) for permission in HANDING_IN)


def may_release(rights: Rights, *, unit_id: int | None) -> bool:
    """Publishers of the unit; without a unit, a publisher of any unit."""
    return rights.may(Permission.RELEASES_PUBLISH, unit_id)


def may_withdraw(rights: Rights, *, unit_id: int) -> bool:
    return rights.may(Permission.RELEASES_WITHDRAW, unit_id)


def may_ask_for_correction(rights: Rights) -> bool:
    """Whoever works in the house and finds a mistake in what is public says so."""
    return rights.may(Permission.WORKS_READ, None)


def may_order_forms(rights: Rights, *, unit_id: int) -> bool:
    """Whoever writes for the unit, or releases for it, has forms made of its approved texts."""
    return may_hand_in(rights, unit_id=unit_id) or may_release(rights, unit_id=unit_id)
