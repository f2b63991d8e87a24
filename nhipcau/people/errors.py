"""What the people room refuses."""

from __future__ import annotations

from collections.abc import Sequence

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Obstacle


class PeopleRuleBroken(RuleBroken):
    """Roles, delegations or departures that may not be so; `obstacles` holds every reason."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(" ".join(str(obstacle.label) for obstacle in obstacles))
        self.obstacles = tuple(obstacles)


class InvitationUnusable(RuleBroken):
    """The link is damaged, expired, cancelled, replaced by a newer one, or was used."""


class ContactTaken(RuleBroken):
    """Another person already has this e-mail address."""


class NotPermitted(RuleBroken):
    """The person may not do this in this unit."""
