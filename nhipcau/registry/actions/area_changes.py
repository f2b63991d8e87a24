"""A change of areas with the areas that it makes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from nhipcau.kernel.actor import Actor
from nhipcau.registry.actions.areas import change_areas, create_area, tag_area
from nhipcau.registry.models import Area, AreaChange, AreaTag, Document
from nhipcau.registry.queries.areas import free_area_key


@dataclass(frozen=True, slots=True)
class NewArea:
    """An area that a change makes, of the kind and in the place of the one that it follows."""

    name: str
    kind: str
    parent: Area | None = None


@transaction.atomic
def tell_area_change(
    *,
    kind: str,
    on: date,
    before: Collection[Area],
    after: Collection[Area] = (),
    new: Collection[NewArea] = (),
    keep_traits: bool = False,
    new_name: str = "",
    document: Document | None = None,
    source: str = "",
    by: Actor,
    at: datetime,
) -> AreaChange:
    """Put the new areas on record, then the change; all or nothing.

    With `keep_traits` what follows bears the border traits of what came before. Raises
    NameRefused or ChangeRefused as `create_area` and `change_areas` do.
    """
    traits = set(
        AreaTag.objects.current(on=on).filter(area__in=before).values_list("trait", flat=True)
    )
    made = [
        create_area(
            key=free_area_key(each.name, each.kind, each.parent),
            kind=each.kind,
            name=each.name,
            parent=each.parent,
            valid_from=on,
            source=source,
            by=by,
            at=at,
        )
        for each in new
    ]
    if keep_traits:
        for area in (*after, *made):
            for trait in sorted(traits):
                tag_area(area=area, trait=trait, valid_from=on, source=source, by=by, at=at)
    return change_areas(
        kind=kind,
        on=on,
        before=before,
        after=[*after, *made],
        new_name=new_name,
        document=document,
        source=source,
        made=made,
        by=by,
        at=at,
    )
