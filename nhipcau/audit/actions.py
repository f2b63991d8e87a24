"""Writing the diary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from nhipcau.audit.models import Entry
from nhipcau.audit.requests import current_request_id
from nhipcau.kernel.actor import Actor


def record(
    *,
    event: str,
    target: models.Model,
    by: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """Write one line of the diary, in the caller's transaction.

    `event` is dotted and in the past tense: "plans.plan.accepted". `before` and `after` hold
    only what changed; personal values go in wrapped in `Personal`. `target` must have been
    saved.
    """
    unit_key, unit_name = by.actor_unit
    return Entry.objects.create(
        at=at,
        event=event,
        by_key=by.actor_key,
        by_name=by.actor_name,
        unit_key=unit_key,
        unit_name=unit_name,
        target_kind=target._meta.label_lower,
        target_key=str(target.pk),
        target_name=str(target)[:300],
        before=dict(before or {}),
        after=dict(after or {}),
        request_id=current_request_id.get(),
    )
