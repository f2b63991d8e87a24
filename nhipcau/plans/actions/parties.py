"""Who has to do a task, and what it is to bring forth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from nhipcau.people.models import Person
from nhipcau.plans.actions.importing import BATCH
from nhipcau.plans.models import Party, ProposedTask, Task, TaskProduct
from nhipcau.registry.actions.groups import freeze_group
from nhipcau.registry.errors import GroupRefused
from nhipcau.registry.models import Area, GroupSnapshot, UnitGroup


@dataclass(frozen=True, slots=True)
class Frozen:
    """Groups as of the day `on`; each is frozen once for all tasks that name it."""

    on: date
    within: Area | None
    known: dict[int, GroupSnapshot | None] = field(default_factory=dict)

    def members_of(self, key: int, *, by: Person, at: datetime) -> GroupSnapshot | None:
        """The group's members; None for one that names nobody (“các đơn vị liên quan”)."""
        if key not in self.known:
            group = UnitGroup.objects.get(pk=key)
            try:
                self.known[key] = freeze_group(
                    group=group, on=self.on, within=self.within, by=by, at=at
                )
            except GroupRefused:
                self.known[key] = None
        return self.known[key]


def write_parties(
    *,
    tasks: Iterable[tuple[ProposedTask, Task]],
    written_before: Iterable[int],
    frozen: Frozen,
    by: Person,
    at: datetime,
) -> None:
    """Write parties and products of some tasks as their proposals say, in the caller's transaction.

    Those of the tasks `written_before` (their keys) are written anew.
    """
    before = list(written_before)
    if before:
        Party.objects.filter(task__in=before).delete()
        TaskProduct.objects.filter(task__in=before).delete()
    parties: list[Party] = []
    products: list[TaskProduct] = []
    for proposal, task in tasks:
        for place, party in enumerate(proposal.body.get("parties") or ()):
            group = party["name"].get("group")
            parties.append(
                _party(
                    task, place, party, frozen.members_of(group, by=by, at=at) if group else None
                )
            )
        products += [
            _product(task, place, product)
            for place, product in enumerate(proposal.body.get("products") or ())
        ]
    Party.objects.bulk_create(parties, batch_size=BATCH)
    TaskProduct.objects.bulk_create(products, batch_size=BATCH)


def _party(
    task: Task, place: int, party: Mapping[str, Any], members: GroupSnapshot | None
) -> Party:
    start, end = party.get("span") or (None, None)
    return Party(
        task_id=task.pk,
        role=party["role"],
        order=place,
        words=party["words"][:500],
        unit_id=party["name"].get("unit"),
        group_id=party["name"].get("group"),
        group_members_id=None if members is None else members.pk,
        qualifier=(party.get("qualifier") or "")[:300],
        span_start=start,
        span_end=end,
    )


def _product(task: Task, place: int, product: Mapping[str, Any]) -> TaskProduct:
    return TaskProduct(
        task_id=task.pk,
        order=place,
        words=product["words"][:500],
        kind=product.get("kind") or "",
        at_least=product.get("at_least"),
        at_most=product.get("at_most"),
        counted_in=(product.get("counted_in") or "")[:60],
        languages=product.get("languages") or [],
    )
