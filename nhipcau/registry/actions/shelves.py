"""Putting shipped rows in their place: a new one is added, a changed one corrected."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import models

from nhipcau.registry.enums import NameKind
from nhipcau.registry.models import Area, AreaName, TakenBack, Unit, UnitName

M = TypeVar("M", bound=models.Model)
BATCH = 500


@dataclass(slots=True)
class Tally:
    """What a load adds and corrects, and what people took off the record, which it leaves out."""

    added: int = 0
    corrected: int = 0
    taken_back: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> Tally:
        """One query."""
        tally = cls()
        for table, fact in TakenBack.objects.values_list("table", "fact"):
            tally.taken_back.setdefault(table, []).append(fact)
        return tally

    def call_by_their_names(
        self,
        bearers: Collection[Area] | Collection[Unit],
        names: Iterable[AreaName] | Iterable[UnitName],
    ) -> None:
        """Each is called as its latest official name on record says, whoever told that name."""
        latest: dict[int, tuple[tuple[bool, date], str]] = {}
        for name in names:
            if name.kind == NameKind.OFFICIAL:
                bearer = name.area_id if isinstance(name, AreaName) else name.unit_id
                told = (name.valid_to is None, name.valid_from or date.min), name.text
                latest[bearer] = max(latest.get(bearer, told), told)
        for row in bearers:
            _days, text = latest.get(row.pk, (None, row.label))
            if row.label != text:
                row.label = text
                row.save(update_fields=["label"])
                self.corrected += 1


class Shelf(Generic[M]):
    """All rows of one table, found by the fields that identify a shipped row. One query to open."""

    def __init__(
        self, model: type[M], identity: tuple[str, ...], tally: Tally, *, follows: str = ""
    ) -> None:
        """`follows` names a field that follows from other rows: only new rows are told it."""
        self.model, self.identity, self.tally, self.follows = model, identity, tally, follows
        self.known: dict[tuple[Any, ...], M] = {
            self._key(row): row for row in getattr(model, "every", model._default_manager).all()
        }
        taken = tally.taken_back.get(model._meta.label_lower, ())
        self.taken_back = {tuple(fact.get(field) for field in identity) for fact in taken}

    def _key(self, row: M) -> tuple[Any, ...]:
        return tuple(getattr(row, field) for field in self.identity)

    def _place(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(values[field] for field in self.identity)

    def left_out(self, values: dict[str, Any]) -> bool:
        """Whether people took the row off the record, and nobody has told it again since."""
        if not self.taken_back:
            return False
        place = self._place(values)
        kept = tuple(TakenBack.as_kept(dict(zip(self.identity, place, strict=True))).values())
        return place not in self.known and kept in self.taken_back

    def add(self, values: dict[str, Any]) -> M:
        """Add the row; one that stands in its place already is left as people made it."""
        row = self.known.get(self._place(values))
        if row is None:
            row = self.model(**values)
            row.save(force_insert=True)
            self.known[self._place(values)] = row
            self.tally.added += 1
        return row

    def put(self, values: dict[str, Any]) -> M:
        """Add the row or correct it; what is right already, or corrected by people, stays."""
        return self.put_all([values])[0]

    def put_all(self, told: Iterable[dict[str, Any]]) -> list[M]:
        """As `put`, for many rows: what is new is added by a statement for five hundred.

        Rows that people took off the record are left out.
        """
        found, new = [], []
        for values in told:
            if self.left_out(values):
                continue
            place = self._place(values)
            row = self.known.get(place)
            if row is None:
                row = self.known[place] = self.model(**values)
                new.append(row)
            else:
                self._correct(row, values)
            found.append(row)
        self.model._default_manager.bulk_create(new, batch_size=BATCH)
        self.tally.added += len(new)
        return found

    def _correct(self, row: M, values: dict[str, Any]) -> None:
        theirs = getattr(row, "corrected_fields", ())
        wrong = [
            field
            for field, value in values.items()
            if field not in theirs and field != self.follows and getattr(row, field) != value
        ]
        if wrong:
            for field in wrong:
                setattr(row, field, values[field])
            row.save(update_fields=[field.removesuffix("_id") for field in wrong])
            self.tally.corrected += 1
