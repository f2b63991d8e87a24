"""Bringing areas on record and telling what became of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical, unaccented
from nhipcau.registry.enums import ChangeKind, Grade, NameKind, Side
from nhipcau.registry.errors import ChangeRefused, NameRefused
from nhipcau.registry.models import (
    Area,
    AreaChange,
    AreaChangePart,
    AreaName,
    AreaPlacement,
    AreaTag,
    Document,
)
from nhipcau.registry.rules.succession import Change, ended_by, obstacles_to_change


@transaction.atomic
def create_area(
    *,
    key: str,
    kind: str,
    name: str,
    parent: Area | None = None,
    valid_from: date | None = None,
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> Area:
    """Bring an area on record with its official name ("Xã Đồng Đăng") and where it lies.

    Raises NameRefused when the name is empty or the key is taken; nothing is changed then.
    """
    text = canonical(name)
    if not text:
        raise NameRefused(_("A name must not be empty."))
    if Area.objects.filter(key=key).exists():
        raise NameRefused(_("An area with the key “%(key)s” is on record already.") % {"key": key})
    area = Area.objects.create(
        key=key, kind=kind, label=text, valid_from=valid_from, source=source, grade=grade
    )
    AreaName.objects.create(
        area=area,
        kind=NameKind.OFFICIAL,
        text=text,
        folded=unaccented(text),
        valid_from=valid_from,
        source=source,
        grade=grade,
    )
    if parent is not None:
        AreaPlacement.objects.create(area=area, parent=parent, valid_from=valid_from, source=source)
    record(
        event="registry.area.created",
        target=area,
        by=by,
        at=at,
        after={"key": key, "kind": kind, "name": text},
    )
    return area


@transaction.atomic
def tag_area(
    *,
    area: Area,
    trait: str,
    valid_from: date | None = None,
    source: str = "",
    grade: str = Grade.KNOWN,
    by: Actor,
    at: datetime,
) -> AreaTag:
    """Say that the area has a trait from a day on; saying it twice changes nothing."""
    tag, is_new = AreaTag.objects.get_or_create(
        area=area,
        trait=trait,
        valid_to=None,
        defaults={"valid_from": valid_from, "source": source, "grade": grade},
    )
    if is_new:
        record(event="registry.area.tagged", target=area, by=by, at=at, after={"trait": trait})
    return tag


@transaction.atomic
def untag_area(*, tag: AreaTag, by: Actor, at: datetime) -> None:
    """Take a trait back that the area never had; one that it lost ends with a change of areas."""
    record(
        event="registry.area.untagged",
        target=tag.area,
        by=by,
        at=at,
        before={"trait": tag.trait, "from": tag.valid_from and tag.valid_from.isoformat()},
    )
    tag.delete()


@transaction.atomic
def change_areas(
    *,
    kind: str,
    on: date,
    before: Collection[Area],
    after: Collection[Area],
    new_name: str = "",
    document: Document | None = None,
    note: str = "",
    source: str = "",
    grade: str = Grade.KNOWN,
    made: Collection[Area] = (),
    by: Actor,
    at: datetime,
) -> AreaChange:
    """Tell that areas merged, split, were renamed or dissolved; what ends is closed on the day.

    `made` are those of `after` that were put on record for this change; the line in the diary
    keeps them and what was closed, so that the change can be taken back. Raises ChangeRefused
    with every obstacle; nothing is changed then.
    """
    if kind == ChangeKind.TRANSFER_FUNCTION:
        raise ChangeRefused(_("Areas have no functions to transfer."))
    involved = Area.objects.select_for_update().in_bulk([area.pk for area in (*before, *after)])
    obstacles = obstacles_to_change(
        kind=kind,
        from_ids=[area.pk for area in before],
        to_ids=[area.pk for area in after],
        on=on,
        lifetimes={area.pk: (area.valid_from, area.valid_to) for area in involved.values()},
    )
    if obstacles:
        raise ChangeRefused(" ".join(str(obstacle.label) for obstacle in obstacles))
    change = AreaChange.objects.create(
        kind=kind, on=on, document=document, note=note, source=source, grade=grade
    )
    sides = [(area, Side.FROM) for area in before] + [(area, Side.TO) for area in after]
    AreaChangePart.objects.bulk_create(
        [AreaChangePart(change=change, area=area, side=side) for area, side in sides]
    )
    known = Change(
        kind, on, frozenset(area.pk for area in before), frozenset(area.pk for area in after)
    )
    closed = {involved[pk].key: _close(involved[pk], on) for pk in sorted(ended_by(known))}
    if kind == ChangeKind.RENAME:
        (area,) = involved.values()
        _rename(area, new_name, on, source, grade)
    record(
        event=f"registry.areas.{kind}",
        target=change,
        by=by,
        at=at,
        before={"areas": sorted(area.key for area in before), "closed": closed},
        after={
            "areas": sorted(area.key for area in after),
            "on": on.isoformat(),
            "made": sorted(area.key for area in made),
        },
    )
    return change


def _close(area: Area, on: date) -> dict[str, Any]:
    """End the area with its names, codes, places and traits; what was open, for the diary."""
    closed: dict[str, Any] = {"until": area.valid_to and area.valid_to.isoformat()}
    area.valid_to = on
    area.save(update_fields=["valid_to"])
    for what in ("names", "codes", "placements", "tags"):
        rows = getattr(area, what).filter(valid_to__isnull=True).exclude(valid_from__gte=on)
        closed[what] = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(valid_to=on)
    return closed


def _rename(area: Area, new_name: str, on: date, source: str, grade: str) -> None:
    text = canonical(new_name)
    if not text:
        raise NameRefused(_("A name must not be empty."))
    before = area.names.filter(kind=NameKind.OFFICIAL, valid_to__isnull=True).first()
    if before is not None:
        if before.valid_from is not None and on <= before.valid_from:
            raise NameRefused(
                _("The new name has to begin after the name “%(name)s” began.")
                % {"name": before.text}
            )
        before.valid_to = on
        before.save(update_fields=["valid_to"])
    AreaName.objects.create(
        area=area,
        kind=NameKind.OFFICIAL,
        text=text,
        folded=unaccented(text),
        valid_from=on,
        source=source,
        grade=grade,
    )
    area.label = text
    area.save(update_fields=["label"])
