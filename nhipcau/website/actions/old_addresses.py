"""The paths of the portal that was here before come in as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.website.actions.telling import tell_pages
from nhipcau.website.models import OldAddress
from nhipcau.website.rules.redirects import Row, refusal_of
from nhipcau.website.rules.tags import OLD_ADDRESSES

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Brought:
    """How many came in or were corrected, and what was refused, by line, with a sentence."""

    taken: int
    refused: tuple[tuple[int, str], ...]


@transaction.atomic
def bring_old_addresses(*, rows: Iterable[Row], by: Actor, at: datetime) -> Brought:
    """Keep where old paths lead; what is refused is told by its line and holds back nothing else.

    Bringing a list again corrects what it says otherwise and doubles nothing.
    """
    taken: dict[str, OldAddress] = {}
    refused: list[tuple[int, str]] = []
    for row in rows:
        trouble = refusal_of(row)
        if trouble:
            refused.append((row.line, trouble))
            continue
        taken[row.path] = OldAddress(path=row.path, target=row.target, brought_at=at)
    OldAddress.objects.bulk_create(
        taken.values(),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["target", "brought_at"],
    )
    if taken:
        last = OldAddress.objects.get(path=next(reversed(taken)))
        record(
            event="website.old_addresses.brought",
            target=last,
            by=by,
            at=at,
            after={"taken": len(taken), "refused": len(refused)},
        )
        tell_pages(tags=[OLD_ADDRESSES], key="old-addresses", by=by, at=at)
    return Brought(len(taken), tuple(refused))
