"""How the house says no."""

from __future__ import annotations

from django.utils.functional import Promise


class RuleBroken(Exception):
    """A refusal that a person may read: one whole, translatable sentence; nothing was changed.

    `message` says what is wrong and, where there is one, the next step. Everything that is not
    a `RuleBroken` is a defect: it rises and is logged.
    """

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
