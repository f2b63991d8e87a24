"""Writing the diary."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from nhipcau.audit.keys import value_key
from nhipcau.audit.models import Entry, Unsealed
from nhipcau.audit.requests import current_request_id
from nhipcau.audit.rules import SALT_BYTES, Personal, kept
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import unaccented


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
    saved; the diary calls it by its `diary_name` where it has one (a person says "person 41"),
    else by its text. Raises TypeError for a value that has no plain form.
    """
    unit_key, unit_name = by.actor_unit
    target_name = str(getattr(target, "diary_name", None) or target)[:300]
    entry = Entry.objects.create(
        at=at,
        event=event,
        by_key=by.actor_key,
        by_name=by.actor_name,
        unit_key=unit_key,
        unit_name=unit_name,
        target_kind=target._meta.label_lower,
        target_key=str(target.pk),
        target_name=target_name,
        before=_as_kept(before),
        after=_as_kept(after),
        request_id=current_request_id.get(),
        words=unaccented(" · ".join(filter(None, (target_name, by.actor_name, unit_name)))),
    )
    Unsealed.objects.create(entry_id=entry.pk)
    return entry


def _as_kept(values: Mapping[str, Any] | None) -> dict[str, Any]:
    if not values:
        return {}
    personal = [name for name, value in values.items() if isinstance(value, Personal)]
    return kept(
        values,
        key=value_key() if personal else b"",
        salts={name: secrets.token_bytes(SALT_BYTES) for name in personal},
    )
