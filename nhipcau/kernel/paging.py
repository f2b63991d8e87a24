"""Pages of lists that hold very many rows."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

DEEP = 1_000  # rows before a page, from which on they are skipped by their keys


class LongPaginator(Paginator[Any]):
    """As Django's, over a QuerySet whose rows join others.

    A database that skips a hundred thousand rows joins each of them first. So the keys of a deep
    page are found by themselves, and only its own rows are joined: one query more.
    """

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        if bottom < DEEP:
            return super().page(number)
        rows = cast("QuerySet[Any]", self.object_list)
        keys = list(rows.values_list("pk", flat=True)[bottom : bottom + self.per_page])
        return Page(rows.filter(pk__in=keys), number, self)
