"""Putting shipped rows in their place: a new one is added, a changed one corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
BATCH = 500


@dataclass(slots=True)
class Tally:
    added: int = 0
    corrected: int = 0


class Shelf(Generic[M]):
    """All rows of one table, found by the fields that identify a shipped row. One query to open."""

    def __init__(self, model: type[M], identity: tuple[str, ...], tally: Tally) -> None:
        self.model, self.identity, self.tally = model, identity, tally
        self.known: dict[tuple[Any, ...], M] = {
            self._key(row): row for row in getattr(model, "every", model._default_manager).all()
        }

    def _key(self, row: M) -> tuple[Any, ...]:
        return tuple(getattr(row, field) for field in self.identity)

    def _place(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(values[field] for field in self.identity)

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
        """As `put`, for many rows: what is new is added by a statement for five hundred."""
        found, new = [], []
        for values in told:
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
            if field not in theirs and getattr(row, field) != value
        ]
        if wrong:
            for field in wrong:
                setattr(row, field, values[field])
            row.save(update_fields=[field.removesuffix("_id") for field in wrong])
            self.tally.corrected += 1
