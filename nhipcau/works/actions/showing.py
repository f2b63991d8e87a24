"""What works repeat of their releases, for lists.

Called in the transactions that release and withdraw, which have their lines in the diary.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from nhipcau.kernel.actor import Actor
from nhipcau.works.models import Work


def note_public(*, subjects: Collection[int], by: Actor, at: datetime) -> None:
    """From now on the public reads something of these works; of those that it read, still."""
    Work.objects.filter(pk__in=subjects, public_since__isnull=True).update(public_since=at)


def note_not_public(*, subjects: Collection[int], by: Actor, at: datetime) -> None:
    """The public reads nothing of these works any more."""
    Work.objects.filter(pk__in=subjects).update(public_since=None)
