"""When a message is due, how long to wait after a failure, when to stop. No rows, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

SHORTEST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_LEASE = timedelta(hours=1)
WORKER_GONE_AFTER = timedelta(minutes=2)
TASK_GIVES_UP_AFTER = 12  # failures: about two hours and a half


def hears(topics: Iterable[str], topic: str) -> bool:
    """Whether a consumer of `topics` hears `topic`; a topic that ends with a dot is a beginning."""
    return any(
        topic.startswith(heard) if heard.endswith(".") else topic == heard for heard in topics
    )


def pause_after(attempts: int, *, chance: float) -> timedelta:
    """How long to wait after failure number `attempts` (1, 2, …).

    5 s, 10 s, 20 s … to at most an hour, less up to a third of it: `chance` (0 to 1, drawn by
    the caller) spreads the retries of many messages that failed together.
    """
    if attempts < 1 or not 0 <= chance <= 1:
        raise ValueError(f"No pause after {attempts} attempts by chance {chance}.")
    # Twenty doublings are past the cap; larger powers would overflow a timedelta.
    doublings = min(attempts - 1, 20)
    pause = min(SHORTEST_PAUSE * (1 << doublings), LONGEST_PAUSE)
    return pause - pause * chance / 3


def is_ready(*, due_at: datetime, leased_until: datetime | None, at: datetime) -> bool:
    """Whether an owed message may be taken at `at`.

    No pause and no lease is longer than an hour: whatever lies further ahead was written by a
    clock that was wrong, and does not hold.
    """
    is_due = due_at <= at or due_at > at + LONGEST_PAUSE
    is_free = leased_until is None or leased_until <= at or leased_until > at + LONGEST_LEASE
    return is_due and is_free


def days_kept(topic: str, keepings: Iterable[tuple[str, int]]) -> int | None:
    """For how many days finished messages of `topic` stay: the longest beginning that fits.

    None when nothing is said about it: then they stay.
    """
    fitting = [(len(begins), days) for begins, days in keepings if topic.startswith(begins)]
    return max(fitting)[1] if fitting else None
