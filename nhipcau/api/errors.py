"""What a caller is refused, as RFC 9457 has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Problem(Exception):
    """A question that cannot be answered.

    `name` is its permanent name, in the documentation too; `title` and `detail` say what is wrong
    and `step` what to do next, in the caller's language. `more` are further members of the answer.
    """

    def __init__(
        self,
        status: int,
        name: str,
        *,
        title: str,
        detail: str = "",
        step: str = "",
        parameters: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.name = name
        self.title = title
        self.detail = detail
        self.step = step
        self.parameters = parameters
        self.more = more
