"""What the outbox refuses, and how a consumer says that it could not."""

from __future__ import annotations

from nhipcau.kernel.errors import RuleBroken


class DeliveryFailed(Exception):
    """The consumer could not do its part; `permanent` when trying again cannot help.

    The sentence is shown to staff and kept: it names no person and no secret.
    """

    def __init__(self, sentence: str, *, permanent: bool = False) -> None:
        super().__init__(sentence)
        self.permanent = permanent


class LeaseLost(Exception):
    """Another worker has taken the message over; whoever hears this stops at once."""


class KeyTaken(RuleBroken):
    """Other news was put under the same key before."""


class NotGivenUp(RuleBroken):
    """Only what was given up can be tried again or dropped by hand."""


class StillListed(RuleBroken):
    """A consumer that the settings list cannot be retired."""
