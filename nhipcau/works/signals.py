"""News of the works room for the floors above, in the transaction of the change."""

from __future__ import annotations

from django.dispatch import Signal

work_started = Signal()  # work, by, at
work_changed = Signal()  # work, by, at
work_trashed = Signal()  # work, by, at: a receiver may refuse by raising RuleBroken
work_restored = Signal()  # work, by, at
