"""What may be held, given and accepted, and when; who may do what is in permissions.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from nhipcau.kernel.intervals import Interval
from nhipcau.people.enums import InvitationState, Obstacle, Role


def obstacles_to_a_time(start: date, end: date | None, unit: Interval) -> list[Obstacle]:
    """What is wrong with holding something in the unit from `start` up to, not including, `end`."""
    if end is not None and end <= start:
        return [Obstacle.ENDS_BEFORE_IT_BEGINS]
    begins_too_early = unit.start is not None and start < unit.start
    # An open end is no promise: a role ends with its unit.
    ends_too_late = unit.end is not None and (end is not None and end > unit.end)
    begins_too_late = unit.end is not None and start >= unit.end
    if begins_too_early or ends_too_late or begins_too_late:
        return [Obstacle.UNIT_NOT_THERE]
    return []


def overlaps_any(interval: Interval, others: Iterable[Interval]) -> bool:
    return any(interval.overlaps(other) for other in others)


def covers_whole(interval: Interval, held: Iterable[Interval]) -> bool:
    """Whether the held intervals together leave no day of `interval` open."""
    if interval.start is None or interval.end is None:
        raise ValueError("What is asked about has two ends.")
    day = interval.start
    for one in sorted(held, key=lambda each: each.start or date.min):
        if (one.start or date.min) > day:
            break
        if one.end is None or one.end >= interval.end:
            return True
        day = max(day, one.end)
    return False


def state_of_invitation(
    *,
    accepted_at: datetime | None,
    cancelled_at: datetime | None,
    expires_at: datetime,
    at: datetime,
) -> InvitationState:
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if cancelled_at is not None:
        return InvitationState.CANCELLED
    return InvitationState.EXPIRED if at >= expires_at else InvitationState.OPEN


def roles_that_demand_second_factor(roles: Iterable[Role], demanded: Iterable[Role]) -> set[Role]:
    """The person's roles for which a second factor is demanded today."""
    return set(roles) & set(demanded)
