"""Every write of the outbox, by what it is about."""

from __future__ import annotations

from nhipcau.outbox.actions.background import rescue_tasks, retry_task
from nhipcau.outbox.actions.delivering import work
from nhipcau.outbox.actions.keeping import check_in, check_out, tidy
from nhipcau.outbox.actions.mending import drop, retry, retry_all
from nhipcau.outbox.actions.putting import put
from nhipcau.outbox.actions.registering import hand_over_the_past, register_consumers, retire

__all__ = [
    "check_in",
    "check_out",
    "drop",
    "hand_over_the_past",
    "put",
    "register_consumers",
    "rescue_tasks",
    "retire",
    "retry",
    "retry_all",
    "retry_task",
    "tidy",
    "work",
]
