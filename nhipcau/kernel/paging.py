"""Pages of lists that hold very many rows."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.utils.functional import cached_property

DEEP = 1_000  # rows whose keys are looked at first; where there are no more, nothing is counted


class LongPaginator(Paginator[Any]):
    """As Django's, over a QuerySet whose rows join others.

    A database that sorts, or skips, a hundred thousand joined rows takes its time. So keys are
    found by themselves, from an index where there is one, and only the rows of the page are
    joined. Two queries for a page of what is few or of what was counted already (`total`), three
    for one of what is much, four for a deep one.

    `rows` are the rows to show, without what narrows the list: that is asked for keys alone.
    With `is_found_whole` the list has to be found whole before it can be sorted, so that how many
    there are comes with the first keys.
    """

    def __init__(
        self,
        object_list: QuerySet[Any],
        per_page: int,
        *,
        rows: QuerySet[Any] | None = None,
        total: int | None = None,
        is_found_whole: bool = False,
    ) -> None:
        super().__init__(object_list, per_page)
        self._rows = object_list if rows is None else rows
        self._total = total
        self._is_found_whole = is_found_whole

    @cached_property
    def count(self) -> int:
        """How many rows there are; where they are few, their keys are counted."""
        if self._total is not None:
            return self._total
        _keys, known = self._first
        return self._all.order_by().count() if known is None else known

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        keys = self._keys_of(number)
        found = {row.pk: row for row in self._rows.filter(pk__in=keys)}
        return Page([found[key] for key in keys if key in found], number, self)

    def _keys_of(self, number: int) -> list[Any]:
        bottom = (number - 1) * self.per_page
        top = bottom + self.per_page
        if self._total is None:
            keys, known = self._first
            if top <= len(keys) or known == len(keys):
                return keys[bottom:top]
        return list(self._all.values_list("pk", flat=True)[bottom:top])

    @property
    def _all(self) -> QuerySet[Any]:
        return cast("QuerySet[Any]", self.object_list)

    @cached_property
    def _first(self) -> tuple[list[Any], int | None]:
        """The first keys, and how many there are where that is known with them."""
        if self._is_found_whole:
            counted = self._all.annotate(total=Window(Count("pk"))).values_list("pk", "total")
            rows = list(counted[:DEEP])
            return [key for key, _total in rows], rows[0][1] if rows else 0
        keys = list(self._all.values_list("pk", flat=True)[:DEEP])
        return keys, len(keys) if len(keys) < DEEP else None
