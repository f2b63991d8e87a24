"""Freezing a group of units as of a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical
from nhipcau.registry.enums import Grade
from nhipcau.registry.errors import GroupRefused
from nhipcau.registry.models import Area, GroupAlias, GroupSnapshot, SnapshotMember, UnitGroup
from nhipcau.registry.queries.units import group_members, names_on


@transaction.atomic
def create_group(
    *,
    key: str,
    name: str,
    unit_kind: str = "",
    area_kind: str = "",
    area_trait: str = "",
    within: Area | None = None,
    open_ended: bool = False,
    aliases: Collection[str] = (),
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> UnitGroup:
    """Put a group of units on record by its rule, with the names it goes by.

    Raises GroupRefused when the name is empty, the key is taken, or there is neither a kind of
    units nor the word that it names nobody; nothing is changed then.
    """
    text = canonical(name)
    if not text or UnitGroup.objects.filter(key=key).exists():
        raise GroupRefused(_("A group needs a name, and a key that no other group has."))
    if not unit_kind and not open_ended:
        raise GroupRefused(_("Say which kind of units the group “%(name)s” has.") % {"name": text})
    group = UnitGroup.objects.create(
        key=key,
        name=text,
        unit_kind=unit_kind,
        area_kind=area_kind,
        area_trait=area_trait,
        within=within,
        open_ended=open_ended,
        source=source,
        grade=grade,
    )
    GroupAlias.objects.bulk_create(
        [GroupAlias(group=group, text=alias) for alias in dict.fromkeys(map(canonical, aliases))]
    )
    record(
        event="registry.group.created", target=group, by=by, at=at, after={"key": key, "name": text}
    )
    return group


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
