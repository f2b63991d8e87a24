"""What a consumer is: a name, topics, and one verb."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class News:
    """A message as a consumer sees it; `attempt` counts from 1.

    `heartbeat()` renews the lease during long work; it raises LeaseLost when another worker has
    taken the message over.
    """

    key: str
    topic: str
    about: str
    payload: dict[str, Any]
    written_at: datetime
    attempt: int = 1
    heartbeat: Callable[[], None] = field(default=_nothing, compare=False)


class Handler(ABC):
    """One consumer, listed by its dotted path in OUTBOX_CONSUMERS.

    `handle` may be called more than once for one `key` (a worker may die after the work and
    before the note of it), so doing it twice must come to the same. A consumer that only writes
    to our own database sets `in_transaction`: then the work and the note are one transaction
    and happen once.
    """

    name: ClassVar[str]
    topics: ClassVar[frozenset[str]]  # "works.version.released", or "works." for all that begin so
    per_node: ClassVar[bool] = False  # each node does it for itself (its own search index)
    in_order: ClassVar[bool] = False  # news about one thing strictly one after the other
    in_transaction: ClassVar[bool] = False
    takes_long: ClassVar[bool] = False  # minutes a message: only its own thread works on it
    hears_the_past: ClassVar[bool] = False  # added later, it is told what was written before
    lease: ClassVar[timedelta] = timedelta(minutes=1)
    gives_up_after: ClassVar[int] = 80  # attempts: about three days

    @abstractmethod
    def handle(self, message: News) -> None:
        """Do the part of this consumer; raise DeliveryFailed when it could not be done."""


class TogetherHandler(Handler):
    """A consumer for which many messages cost hardly more than one: it takes them together.

    `handle_together` answers nothing: when it returns, all of its messages are done; when it
    raises, none is, and all come again. It may call the heartbeat of any of them for all.
    """

    at_most: ClassVar[int] = 500

    @abstractmethod
    def handle_together(self, messages: Sequence[News]) -> None:
        """Do the part of this consumer for all; raise DeliveryFailed when it could not be done."""

    def handle(self, message: News) -> None:
        self.handle_together([message])
