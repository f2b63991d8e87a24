"""Who has to do a task, and what it is to bring forth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from nhipcau.people.models import Person
from nhipcau.plans.actions.importing import BATCH
from nhipcau.plans.models import Party, ProposedTask, Task, TaskProduct
from nhipcau.registry.actions.groups import freeze_group
from nhipcau.registry.errors import GroupRefused
from nhipcau.registry.models import Area, GroupSnapshot, UnitGroup


def write_parties(
    *,
    proposals: Sequence[ProposedTask],
    made: Mapping[int, Task],
    on: date,
    within: Area | None,
    by: Person,
    at: datetime,
) -> None:
    """Write parties and products of the tasks `made` of the proposals anew, in batches.

    A group that the plan names is frozen once, as of the day `on`, for all tasks that name it.
    """
    keys = [made[proposal.pk].pk for proposal in proposals]
    for start in range(0, len(keys), BATCH):
        Party.objects.filter(task_id__in=keys[start : start + BATCH]).delete()
        TaskProduct.objects.filter(task_id__in=keys[start : start + BATCH]).delete()
    frozen: dict[int, GroupSnapshot | None] = {}
    parties: list[Party] = []
    products: list[TaskProduct] = []
    for proposal in proposals:
        task = made[proposal.pk]
        for place, party in enumerate(proposal.body.get("parties") or ()):
            group = party["name"].get("group")
            if group is not None and group not in frozen:
                frozen[group] = _frozen(group, on=on, within=within, by=by, at=at)
            parties.append(_party(task, place, party, frozen.get(group) if group else None))
        products += [
            _product(task, place, product)
            for place, product in enumerate(proposal.body.get("products") or ())
        ]
    Party.objects.bulk_create(parties, batch_size=BATCH)
    TaskProduct.objects.bulk_create(products, batch_size=BATCH)


def _frozen(
    group_id: int, *, on: date, within: Area | None, by: Person, at: datetime
) -> GroupSnapshot | None:
    """The group's members today; None for a group that names nobody (“các đơn vị liên quan”)."""
    group = UnitGroup.objects.get(pk=group_id)
    try:
        return freeze_group(group=group, on=on, within=within, by=by, at=at)
    except GroupRefused:
        return None


def _party(
    task: Task, place: int, party: Mapping[str, Any], members: GroupSnapshot | None
) -> Party:
    start, end = party.get("span") or (None, None)
    return Party(
        task=task,
        role=party["role"],
        order=place,
        words=party["words"][:500],
        unit_id=party["name"].get("unit"),
        group_id=party["name"].get("group"),
        group_members=members,
        qualifier=(party.get("qualifier") or "")[:300],
        span_start=start,
        span_end=end,
    )


def _product(task: Task, place: int, product: Mapping[str, Any]) -> TaskProduct:
    return TaskProduct(
        task=task,
        order=place,
        words=product["words"][:500],
        kind=product.get("kind") or "",
        at_least=product.get("at_least"),
        at_most=product.get("at_most"),
        counted_in=(product.get("counted_in") or "")[:60],
        languages=product.get("languages") or [],
    )
