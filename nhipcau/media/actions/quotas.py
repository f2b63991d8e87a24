"""Setting how much room a unit has."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media.models import StorageQuota
from nhipcau.registry.models import Unit


@transaction.atomic
def set_quota(
    *, unit: Unit | None, size_bytes: int, start: date, by: Actor, at: datetime
) -> StorageQuota:
    """From `start` on the unit (None: every unit without a quota of its own) has so much room."""
    quota, _is_new = StorageQuota.objects.update_or_create(
        unit=unit,
        valid_from=start,
        defaults={"size_bytes": size_bytes, "set_by_key": by.actor_key},
    )
    record(
        event="media.quota.set",
        target=quota,
        by=by,
        at=at,
        after={"bytes": size_bytes, "from": start, "unit": None if unit is None else unit.key},
    )
    return quota
