"""Pages of lists that hold very many rows."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

DEEP = 1_000  # rows whose keys are looked at first; where there are no more, nothing is counted


class LongPaginator(Paginator[Any]):
    """As Django's, over a QuerySet whose rows join others.

    A database that sorts, or skips, a hundred thousand joined rows takes its time. So keys are
    found by themselves, from an index where there is one, and only the rows of the page are
    joined. Two queries for a page of what is few or of what was counted already (`total`), three
    for one of what is much, four for a deep one.

    `rows` are the rows to show, without what narrows the list: that is asked for keys alone.
    """

    def __init__(
        self,
        object_list: QuerySet[Any],
        per_page: int,
        *,
        rows: QuerySet[Any] | None = None,
        total: int | None = None,
    ) -> None:
        super().__init__(object_list, per_page)
        self._rows = object_list if rows is None else rows
        self._total = total

    @cached_property
    def count(self) -> int:
        """How many rows there are; known by their keys where they are few."""
        if self._total is not None:
            return self._total
        if len(self._first) < DEEP:
            return len(self._first)
        return cast("QuerySet[Any]", self.object_list).order_by().count()

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        keys = self._keys_of(number)
        found = {row.pk: row for row in self._rows.filter(pk__in=keys)}
        return Page([found[key] for key in keys if key in found], number, self)

    def _keys_of(self, number: int) -> list[Any]:
        bottom = (number - 1) * self.per_page
        top = bottom + self.per_page
        if self._total is None and (top <= len(self._first) or self.count == len(self._first)):
            return self._first[bottom:top]
        return list(self._keys[bottom:top])

    @property
    def _keys(self) -> QuerySet[Any, Any]:
        return cast("QuerySet[Any]", self.object_list).values_list("pk", flat=True)

    @cached_property
    def _first(self) -> list[Any]:
        return list(self._keys[:DEEP])
