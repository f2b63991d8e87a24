"""Freezing a group of units as of a day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.registry.errors import GroupRefused
from nhipcau.registry.models import Area, GroupSnapshot, SnapshotMember, UnitGroup
from nhipcau.registry.queries.units import group_members, names_on


@transaction.atomic
def freeze_group(
    *, group: UnitGroup, on: date, within: Area | None = None, by: Actor, at: datetime
) -> GroupSnapshot:
    """Keep the members of the group as of the day, with their names then; later changes pass by.

    Raises GroupRefused when the group names nobody on that day.
    """
    members = group_members(group, on=on, within=within)
    if not members:
        raise GroupRefused(
            _("“%(group)s” names no unit on %(day)s; choose the units by hand.")
            % {"group": group.name, "day": f"{on:%d/%m/%Y}"}
        )
    names = names_on(members, on=on)
    snapshot = GroupSnapshot.objects.create(
        group=group,
        within=within if within is not None else group.within,
        on=on,
        frozen_at=at,
        frozen_by_key=by.actor_key,
        frozen_by_name=by.actor_name,
    )
    SnapshotMember.objects.bulk_create(
        [SnapshotMember(snapshot=snapshot, unit=unit, name_then=names[unit.pk]) for unit in members]
    )
    record(
        event="registry.group.frozen",
        target=snapshot,
        by=by,
        at=at,
        after={"group": group.key, "on": on.isoformat(), "members": len(members)},
    )
    return snapshot
