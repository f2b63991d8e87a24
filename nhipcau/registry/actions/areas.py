"""Bringing areas on record and marking them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.kin import OF_AREAS, Fact
from nhipcau.registry.enums import Grade
from nhipcau.registry.models import Area, AreaTag


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
    values = {
        "key": key,
        "kind": kind,
        "valid_from": valid_from,
        "source": source,
        "grade": grade,
    }
    area: Area = OF_AREAS.put_on_record(values=values, name=name, parent=parent, by=by, at=at)
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
    Fact.take_off(tag)
