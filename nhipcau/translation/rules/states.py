"""When words may be changed, and how a version goes from one state to the next."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.translation.enums import VersionState

S = VersionState

# Saving words of an approved version makes a draft again; the approved revision stays what it is.
WRITABLE = frozenset({S.DRAFT, S.RETURNED, S.APPROVED})

STEPS: Mapping[VersionState, frozenset[VersionState]] = {
    S.DRAFT: frozenset({S.DRAFT, S.IN_CLEARANCE, S.STOPPED}),
    S.RETURNED: frozenset({S.DRAFT, S.IN_CLEARANCE, S.STOPPED}),
    S.IN_CLEARANCE: frozenset({S.RETURNED, S.APPROVED, S.STOPPED}),
    S.APPROVED: frozenset({S.DRAFT, S.STOPPED}),
    S.STOPPED: frozenset({S.DRAFT}),
}


def may_write(state: str) -> bool:
    """Whether words may be changed in this state."""
    return state in WRITABLE


def may_become(state: str, following: VersionState) -> bool:
    """Whether a version may go from one state to the other."""
    return following in STEPS[VersionState(state)]
