"""Setting right what items repeat of their files, where somebody wrote past the actions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media.models import MediaItem
from nhipcau.media.queries.room import items_out_of_step


@transaction.atomic
def mend_sizes(*, by: Actor, at: datetime) -> int:
    """Note the sizes of items anew from their files; how many were wrong."""
    wrong = list(items_out_of_step())
    for item in wrong:
        told = vars(item)
        MediaItem.objects.filter(pk=item.pk).update(
            size_bytes=told["newest"], kept_bytes=told["every"]
        )
        record(event="media.item.measured", target=item, by=by, at=at)
    return len(wrong)
