"""One search: what is asked of the index, and what of the database.

What was changed and still waits to be written is asked of the database in every search, so that a
work that was taken back a moment ago is in no result, no count and no facet. The waiting
are read first and the index after them: whatever is not among them has been written.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import tantivy
from django.db.models import OrderBy
from modelsearch.backends.base import BaseSearchQueryCompiler, FilterField, FilterFieldError
from modelsearch.index import RelatedFields

from nhipcau.search.engine import filters, words
from nhipcau.search.engine.databases import keys_within
from nhipcau.search.engine.meanings import synonyms_of
from nhipcau.search.engine.pending import waiting_keys
from nhipcau.search.engine.store import Snapshot, Store, panics_as_errors
from nhipcau.search.engine.trees import KEY, KINDS, FilterColumn, Tree, filter_column, tree_of

Query, Occur, Order = tantivy.Query, tantivy.Occur, tantivy.Order
FEW = 1_000  # hits, or rows of a queryset, of which the keys are passed on
Scored = tuple[Any, float | None]


class Compiler(BaseSearchQueryCompiler):
    """A query and a queryset, as one query of the index and what is left for the database."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    STARTS = False

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.queryset.model)

    @cached_property
    def narrowed(self) -> filters.Narrowed:
        return filters.narrowed(self, self.tree)

    @cached_property
    def text(self) -> Any:
        fields = tuple(self.fields or ())
        return words.compiled(self.query, words.Asked(self.tree, fields, self.STARTS, synonyms_of))

    @cached_property
    def conditions(self) -> tuple[Any, ...]:
        """What of the queryset the index answers, with the class that is asked for."""
        native = self.narrowed.native
        if self.queryset.model is self.tree.root and not self.queryset.model._meta.proxy:
            return native
        label = self.queryset.model._meta.concrete_model._meta.label_lower
        kind = Query.term_query(self.tree.schema, KINDS, label, "basic")
        return (*native, Query.const_score_query(kind, 1.0))

    @cached_property
    def ordering(self) -> tuple[str, bool] | None:
        """The one column by which the index orders, and whether downwards; None: the database does.

        Only where hits are not ordered by relevance.
        """
        names = list(self.queryset.query.order_by)
        if not names:
            return KEY, True
        if len(names) > 1 or isinstance(names[0], OrderBy) or not isinstance(names[0], str):
            return None
        name = names[0].removeprefix("-")
        down = names[0].startswith("-")
        if name in {"pk", self.queryset.model._meta.pk.name}:
            return KEY, down
        field = self._get_filterable_field(name)
        column = field and filter_column(self.queryset.model, (field,))
        if not column or column.is_multiple or column.is_nullable:
            return None
        return column.name, down

    @cached_property
    def asking(self) -> Asking:
        return Asking(self)

    def column(self, path: str) -> FilterColumn | None:
        """The column of a facet: a FilterField, or one behind relations (“release__unit”)."""
        fields, model = self.queryset.model.get_search_fields(), self.queryset.model
        way: list[Any] = []
        *relations, name = path.split("__")
        for relation in relations:
            step = next(
                (f for f in fields if isinstance(f, RelatedFields) and f.field_name == relation),
                None,
            )
            if step is None:
                raise self._no_facet(path)
            way.append(step)
            model, fields = step.get_field(model).related_model, step.fields
        for each in fields:
            if isinstance(each, FilterField) and name in {each.field_name, each.get_attname(model)}:
                return filter_column(self.queryset.model, (*way, each))
        raise self._no_facet(path)

    def _no_facet(self, path: str) -> FilterFieldError:
        return FilterFieldError(
            f'Cannot facet search results with field "{path}". Please add '
            f'index.FilterField("{path}") to {self.queryset.model.__name__}.search_fields.',
            field_name=path,
        )

    def _get_filterable_field(self, field_attname: str) -> Any:
        """The key is in every index, whether search_fields name it or not."""
        if field_attname in {"pk", self.queryset.model._meta.pk.attname}:
            return FilterField(self.queryset.model._meta.pk.attname)
        return super()._get_filterable_field(field_attname)

    def _get_filters_from_where_node(self, where_node: Any, check_only: bool = False) -> Any:  # noqa: FBT001, FBT002 -- modelsearch calls it so
        """Every column that is compared has to be among the search_fields."""
        for column in filters.columns_in(where_node):
            if filters.path_of(self.queryset.query, column) is None and not (
                filters.is_of_the_row(self.queryset.query, column)
                and (column.target.primary_key or filters.is_parent_link(column.target))
            ):
                self._get_filter_field_path_for_column(column)


class StartsCompiler(Compiler):
    """Words that are still being typed: what begins so."""

    STARTS = True


class Asking:
    """The search itself, begun when the first of its answers is wanted, over one commit."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.tree = compiler.tree

    @cached_property
    def waiting(self) -> list[Any] | None:
        return waiting_keys(self.tree, most=FEW)

    @cached_property
    def snapshot(self) -> Snapshot:
        self.waiting  # noqa: B018 -- read before the index, see above
        return Store(self.tree).snapshot()

    @cached_property
    def whole(self) -> Any:
        """The words, the queryset's conditions, and without what has left the queryset since."""
        asked, banned = [self.compiler.text], list(self.compiler.narrowed.banned)
        if self.compiler.conditions:
            asked.append(filters.scoreless(self.compiler.conditions))
        if self.waiting:
            kept = set(keys_within(self.compiler.queryset, self.waiting))
            gone = [key for key in self.waiting if key not in kept]
            if gone:
                banned.append(filters.keys_query(self.tree, gone))
        return words.but(asked, banned)

    @cached_property
    def fitting(self) -> dict[Any, float | None] | None:
        """Keys and scores of the hits that the database lets through, in their order.

        None where the index alone knows what fits. Few hits are asked of the database; where there
        are many, but few rows of the queryset, those are asked of the index; else all hits go to
        the database in one statement.
        """
        if self.compiler.narrowed.is_whole and self.waiting is not None:
            return None
        queryset = self.compiler.queryset
        if self.number(self.whole) > FEW:
            rows = list(queryset.order_by().values_list("pk", flat=True)[: FEW + 1])
            if len(rows) <= FEW:
                asked = filters.scoreless((filters.keys_query(self.tree, rows),))
                query = words.all_of([self.whole, asked])
                return dict(self.hits(query, 0, max(1, self.number(query))))
        hits = dict(self.hits(self.whole, 0, max(1, self.number(self.whole))))
        return {key: hits[key] for key in keys_within(queryset, list(hits))}

    def number(self, query: Any) -> int:
        with panics_as_errors():
            return int(self.snapshot.searcher.search(query, limit=1, count=True).count)

    def keys(self) -> list[Any]:
        """The keys of everything that fits, in its order."""
        if self.fitting is not None:
            return list(self.fitting)
        hits = self.hits(self.whole, 0, max(1, self.number(self.whole)))
        return [key for key, _score in hits]

    def hits(self, query: Any, start: int, limit: int) -> list[Scored]:
        """Keys and scores of some of what the query finds; no scores where a column orders it."""
        searcher = self.snapshot.searcher
        ordering = None if self.compiler.order_by_relevance else self.compiler.ordering
        with panics_as_errors():
            if ordering is None:
                found = searcher.search(query, limit=limit, count=False, offset=start)
            else:
                name, down = ordering
                found = searcher.search(
                    query,
                    limit=limit,
                    count=False,
                    offset=start,
                    order_by_field=name,
                    order=Order.Desc if down else Order.Asc,
                )
            keys = self._keys_at([address for _value, address in found.hits])
        scores = [float(value) if ordering is None else None for value, _address in found.hits]
        return list(zip(keys, scores, strict=True))

    def _keys_at(self, addresses: Sequence[Any]) -> list[Any]:
        searcher = self.snapshot.searcher
        if self.tree.has_number_keys:
            return list(searcher.fast_field_values(KEY, addresses))
        to_python = self.tree.root._meta.pk.to_python
        return [to_python(searcher.doc(address)[KEY][0]) for address in addresses]

    def counted(self, asked: dict[str, Any]) -> Any:
        """Aggregations over all hits, remembered for a while."""
        key = (self.tree.label, self.snapshot.stamp, str(self.whole), repr(asked))
        found = _known.get(key)
        if found is None:
            with panics_as_errors():
                found = self.snapshot.searcher.aggregate(self.whole, asked)
            _known.put(key, found)
        return found


class _Known:
    """Counts that were made lately, by commit and query: readers who leaf ask for them again."""

    MOST = 500

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answers: OrderedDict[Any, Any] = OrderedDict()

    def get(self, key: Any) -> Any:
        with self.lock:
            found = self.answers.get(key)
            if found is not None:
                self.answers.move_to_end(key)
            return found

    def forget(self) -> None:
        with self.lock:
            self.answers.clear()

    def put(self, key: Any, answer: Any) -> None:
        with self.lock:
            self.answers[key] = answer
            while len(self.answers) > self.MOST:
                self.answers.popitem(last=False)


_known = _Known()
forget_counts = _known.forget
