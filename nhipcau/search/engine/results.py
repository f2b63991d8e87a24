"""What a search answers: hits in their order, an exact count, facets.

Rows always come through the queryset that was given, and nothing else is counted (`asking`).
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import Count
from modelsearch.backends.base import BaseSearchResults

from nhipcau.search.engine.asking import FEW, Asking, Compiler, Scored
from nhipcau.search.engine.databases import keys_within
from nhipcau.search.engine.trees import KEY, FilterColumn, Held
from nhipcau.search.engine.values import shown_value

MOST_VALUES = 65_000  # of a facet
NOWHERE, NOWHERE_TEXT = -(2**62), "\x01"  # what stands for “no value”
FETCHED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of a search: rows in their order, how many there are in all, facets by their names.

    A facet is a map from value to number of rows, the greatest first; None: no value.
    """

    rows: list[Any]
    count: int
    facets: dict[str, OrderedDict[Any, int]] = field(default_factory=dict)


class Results(BaseSearchResults):
    """As modelsearch promises it, with `answer` for a page with its count and facets at once."""

    supports_facet = True

    @property
    def compiler(self) -> Compiler:
        asked: Compiler = self.query_compiler
        return asked

    @property
    def asking(self) -> Asking:
        return self.compiler.asking

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """How many of the hits have each value of the field, the greatest first."""
        column = self.compiler.column(field_name)
        if column is None or self.asking.fitting is not None:
            return self._facet_of_the_database(field_name)
        return self._counted((field_name,))[1][field_name]

    def answer(self, *, facets: Sequence[str] = ()) -> Answer:
        """The rows of this slice with the count of all and the facets, in one go."""
        is_native = all(self.compiler.column(name) is not None for name in facets)
        if self.asking.fitting is not None or not is_native:
            return Answer(list(self), self._total(), {name: self.facet(name) for name in facets})
        self.asking.whole, self.asking.snapshot  # noqa: B018 -- the other thread asks no database
        counting = _counters().submit(self._counted, tuple(facets))
        rows = list(self)
        total, counted = counting.result()
        return Answer(rows, total, counted)

    def _do_count(self) -> int:
        total = self._total()
        end = total if self.stop is None else min(total, self.stop)
        return max(0, end - self.start)

    def _do_search(self) -> list[Any]:
        if self.stop is not None and self.stop <= self.start:
            return []
        if not self.compiler.order_by_relevance and self.compiler.ordering is None:
            ordered = keys_within(self.compiler.queryset, self.asking.keys(), ordered=True)
            return self._rows([(key, None) for key in ordered[self.start : self.stop]])
        if self.asking.fitting is not None:
            return self._rows(list(self.asking.fitting.items())[self.start : self.stop])
        stop = self._total() if self.stop is None else self.stop
        if stop <= self.start:
            return []
        return self._rows(self.asking.hits(self.asking.whole, self.start, stop - self.start))

    def _total(self) -> int:
        fitting = self.asking.fitting
        return self._counted(())[0] if fitting is None else len(fitting)

    def _counted(self, names: tuple[str, ...]) -> tuple[int, dict[str, OrderedDict[Any, int]]]:
        """The exact count and the facets, by one pass over the hits."""
        columns = {name: self.compiler.column(name) for name in names}
        asked: dict[str, Any] = {"all": {"value_count": {"field": KEY}}}
        for name, column in columns.items():
            asked[name] = {"terms": _terms(column)} if column else {}
        found = self.asking.counted(asked)
        facets = {
            name: _facet(found[name]["buckets"], column)
            for name, column in columns.items()
            if column is not None
        }
        return int(found["all"]["value"]), facets

    def _rows(self, scored: Sequence[Scored]) -> list[Any]:
        """The rows of these keys, through the queryset that was given."""
        keys = [key for key, _score in scored]
        found: dict[Any, Any] = {}
        for begin in range(0, len(keys), FETCHED_AT_ONCE):
            some = self.compiler.queryset.order_by()
            some = some.filter(pk__in=keys[begin : begin + FETCHED_AT_ONCE])
            if self.prefetch_related:
                some = some.prefetch_related(*self.prefetch_related)
            found.update((row.pk, row) for row in some)
        rows = []
        for key, score in scored:
            row = found.get(key)
            if row is None:
                continue
            if self._score_field:
                setattr(row, self._score_field, score)
            rows.append(row)
        return rows

    def _facet_of_the_database(self, name: str) -> OrderedDict[Any, int]:
        keys = self.asking.keys()
        every = self.compiler.queryset.model._default_manager.order_by()
        counted: Counter[Any] = Counter()
        for begin in range(0, len(keys), FEW):
            some = every.filter(pk__in=keys[begin : begin + FEW])
            for value, number in some.values_list(name).annotate(Count("pk", distinct=True)):
                counted[value] += number
        return _greatest_first(counted)


def _terms(column: FilterColumn) -> dict[str, Any]:
    return {
        "field": column.name,
        "size": MOST_VALUES,
        "segment_size": MOST_VALUES,
        "missing": NOWHERE_TEXT if column.held is Held.TEXT else NOWHERE,
    }


def _facet(buckets: list[dict[str, Any]], column: FilterColumn) -> OrderedDict[Any, int]:
    counted: Counter[Any] = Counter()
    for bucket in buckets:
        key = bucket["key"]
        value = None if key in (NOWHERE, NOWHERE_TEXT) else shown_value(key, column.type)
        counted[value] = bucket["doc_count"]
    return _greatest_first(counted)


def _greatest_first(counted: Counter[Any]) -> OrderedDict[Any, int]:
    def place(item: tuple[Any, int]) -> tuple[int, bool, str]:
        return -item[1], item[0] is None, str(item[0])

    return OrderedDict(sorted(((key, n) for key, n in counted.items() if n), key=place))


@cache
def _counters() -> ThreadPoolExecutor:
    """Counts are made beside the ranking: tantivy lets go of the interpreter meanwhile."""
    return ThreadPoolExecutor(2, thread_name_prefix="search-counts")
