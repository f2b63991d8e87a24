"""What units and areas have in common: names, codes, a place, a beginning and an end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Manager
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical, unaccented
from nhipcau.registry.enums import NameKind
from nhipcau.registry.errors import NameRefused
from nhipcau.registry.models import (
    Area,
    AreaChange,
    AreaChangePart,
    AreaCode,
    AreaName,
    AreaPlacement,
    AreaTag,
    GateStanding,
    TakenBack,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitCode,
    UnitName,
    UnitParent,
)
from nhipcau.registry.queries.sources import named_sources

Named = Unit | Area
Ending = (
    Named
    | UnitName
    | UnitCode
    | UnitParent
    | AreaName
    | AreaCode
    | AreaPlacement
    | AreaTag
    | GateStanding
)


@dataclass(frozen=True, slots=True)
class Kin:
    """How units, or areas, keep their place, their changes and what ends with them."""

    member: str
    rows: Manager[Any]
    places: str
    changes: Manager[Any]
    parts: Manager[Any]
    closes: tuple[str, ...]
    taken: str | Promise

    @property
    def members(self) -> str:
        return f"{self.member}s"

    @staticmethod
    def of(row: Named) -> Kin:
        return OF_UNITS if isinstance(row, Unit) else OF_AREAS

    @transaction.atomic
    def put_on_record(
        self,
        *,
        values: Mapping[str, Any],
        name: str,
        parent: Named | None,
        by: Actor,
        at: datetime,
    ) -> Any:
        """Bring a unit or area on record with its official name and its place; the row.

        `values` are its own columns. Raises NameRefused when the name is empty or the key is taken;
        nothing is changed then.
        """
        text = Fact.named(name)
        key = values["key"]
        taken = NameRefused(str(self.taken) % {"key": key})
        if self.rows.filter(key=key).exists():
            raise taken
        try:
            with transaction.atomic():
                row = self.rows.create(label=text, **values)
        except IntegrityError as error:  # two people at once
            raise taken from error
        days = {day: values.get(day) for day in ("valid_from", "valid_to")}
        sourced = {**days, "source": values["source"]}
        row.names.create(
            kind=NameKind.OFFICIAL,
            text=text,
            folded=unaccented(text),
            grade=values["grade"],
            **sourced,
        )
        if parent is not None:
            getattr(row, self.places).create(parent=parent, **sourced)
        record(
            event=f"registry.{self.member}.created",
            target=row,
            by=by,
            at=at,
            after={"key": key, "kind": values["kind"], "name": text},
        )
        return row


OF_UNITS = Kin(
    member="unit",
    rows=Unit._default_manager,
    places="parents",
    changes=UnitChange._default_manager,
    parts=UnitChangePart._default_manager,
    closes=("names", "codes", "parents"),
    taken=gettext_lazy("A unit with the key “%(key)s” is on record already."),
)
OF_AREAS = Kin(
    member="area",
    rows=Area._default_manager,
    places="placements",
    changes=AreaChange._default_manager,
    parts=AreaChangePart._default_manager,
    closes=("names", "codes", "placements", "tags"),
    taken=gettext_lazy("An area with the key “%(key)s” is on record already."),
)


class Fact:
    """What befalls a row that is told: it ends, stands again, or goes off the record."""

    @staticmethod
    def named(text: str) -> str:
        """The name in its canonical form. Raises NameRefused when nothing is left of it."""
        text = canonical(text)
        if not text:
            raise NameRefused(_("A name must not be empty."))
        return text

    @staticmethod
    def end(row: Ending, on: date) -> None:
        """The row holds up to the day; no load of shipped facts opens it again."""
        row.valid_to = on
        row.note_corrected(["valid_to"])
        row.save(update_fields=["valid_to", "corrected_fields"])

    @staticmethod
    def stand_again(row: Ending, until: date | None = None) -> None:
        """The row was not ended after all.

        Where people had ended it, shipped facts may end it again; where shipped facts had, they may
        not: people have said otherwise.
        """
        row.valid_to = until
        if until is None and "valid_to" in row.corrected_fields:
            row.corrected_fields = [name for name in row.corrected_fields if name != "valid_to"]
        else:
            row.note_corrected(["valid_to"])
        row.save(update_fields=["valid_to", "corrected_fields"])

    @staticmethod
    def take_off(row: UnitName | UnitCode | AreaName | AreaCode | AreaTag) -> None:
        """Delete the row; no load brings back what had come with the shipped facts."""
        if row.source in named_sources():
            TakenBack.objects.create(table=row._meta.label_lower, fact=TakenBack.fact_of(row))
        row.delete()

    @staticmethod
    def hand_back_to_the_one_before(row: Named, name: UnitName | AreaName) -> None:
        """The official name goes off the record, and the one that it had followed holds again.

        Raises NameRefused when there is none, or another name has followed.
        """
        official: Any = row.names.filter(kind=NameKind.OFFICIAL)
        before = official.filter(valid_to=name.valid_from).first() if name.valid_from else None
        if name.valid_to is not None or before is None:
            raise NameRefused(
                _("“%(name)s” is the only official name, or another one has followed it.")
                % {"name": name.text}
            )
        Fact.take_off(name)  # first: one official name is borne at a time
        Fact.stand_again(before)
        row.label = before.text
        row.save(update_fields=["label"])
