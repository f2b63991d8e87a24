"""What a queryset filters by, as a query of the index: as much of it as the index can compare.

The conditions that a queryset joins by AND are taken one by one. What the index can answer exactly
becomes part of the query; whatever it cannot (relations to several rows, expressions, subqueries,
lookups of text) is a remainder, for which the hits are asked of the database. A condition is never
answered by half: where the index knows only some of the rows that do not fit, the database has
the last word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tantivy
from django.core.exceptions import FieldDoesNotExist
from django.db.models.expressions import Col
from django.db.models.functions.datetime import ExtractYear
from django.db.models.lookups import Lookup
from django.db.models.sql.where import NothingNode, WhereNode
from modelsearch.index import FilterField, RelatedFields

from nhipcau.search.engine.trees import KEY, FilterColumn, Held, Path, Tree, filter_column
from nhipcau.search.engine.values import (
    GREATEST,
    LEAST,
    Incomparable,
    held_value,
    key_of,
)
from nhipcau.search.engine.words import all_of, any_of, but, everything, negated, nothing

Query = tantivy.Query
MOST_IN_A_SET = 1_000  # values of one condition that go to the index
AS_TERMS = 128  # up to here, an OR of terms is quicker than tantivy's set


@dataclass(frozen=True, slots=True)
class Without:
    """Everything but what the query finds. Tantivy would go through all rows for it alone."""

    query: Any


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What fits is found by all of `native` and none of `banned`; `is_whole`: and nothing else."""

    native: tuple[Any, ...] = ()
    banned: tuple[Any, ...] = ()
    is_whole: bool = True


def narrowed(compiler: Any, tree: Tree) -> Narrowed:
    """The compiler's queryset as conditions of the index."""
    query = compiler.queryset.query
    if query.is_sliced or query.combinator or query.distinct_fields:
        return Narrowed(is_whole=False)
    if query.extra_tables:
        return Narrowed(is_whole=False)
    return Conditions(compiler, tree).of(query.where)


class Conditions:
    def __init__(self, compiler: Any, tree: Tree) -> None:
        self.compiler = compiler
        self.tree = tree
        self.query = compiler.queryset.query
        # Two conditions about the same joined rows speak of one row, which no column knows.
        self.uses = Counter(
            col.alias for col in columns_in(self.query.where) if self._joined_to_many(col)
        )

    def of(self, where: WhereNode) -> Narrowed:
        found = []
        is_whole = True
        parts = where.children if where.connector == "AND" and not where.negated else [where]
        for part in parts:
            query = self.part(part)
            if query is None:
                is_whole = False
            else:
                found.append(query)
        return Narrowed(
            native=tuple(each for each in found if not isinstance(each, Without)),
            banned=tuple(each.query for each in found if isinstance(each, Without)),
            is_whole=is_whole,
        )

    def part(self, node: Any) -> Any | None:
        """The condition as a query, or as Without one, that finds exactly what fits.

        None where the index cannot tell.
        """
        if isinstance(node, NothingNode):
            return nothing()
        if isinstance(node, WhereNode):
            return self._joined(node)
        if isinstance(node, Lookup):
            try:
                return self._lookup(node)
            except Incomparable:
                return None
        return None

    def _joined(self, node: WhereNode) -> Any | None:
        if node.negated and any(self._joined_to_many(col) for col in columns_in(node)):
            return None
        parts = [self.part(child) for child in node.children]
        if any(part is None for part in parts):
            return None
        if node.connector == "AND":
            joined = _all(parts)
        elif node.connector == "OR":
            joined = any_of([_found(part) for part in parts])
        else:
            return None
        return _turned(joined) if node.negated else joined

    def _lookup(self, lookup: Any) -> Any | None:
        if isinstance(lookup.lhs, ExtractYear):
            return self._year(lookup)
        column = self._column(lookup.lhs)
        if column is None:
            return None
        return self._compared(column, lookup.lookup_name, lookup.rhs)

    def _column(self, lhs: Any) -> FilterColumn | None:
        if not isinstance(lhs, Col):
            return None
        if self._is_key(lhs):
            type_name = "IntegerField" if self.tree.has_number_keys else "CharField"
            held = Held.INTEGER if self.tree.has_number_keys else Held.TEXT
            return FilterColumn(KEY, held, type_name, (), is_multiple=False, is_nullable=False)
        if self._joined_to_many(lhs) and self.uses[lhs.alias] > 1:
            return None
        path = path_of(self.query, lhs)
        column = filter_column(self.query.model, path) if path else None
        return column if column and column.name in self.tree.filters else None

    def _is_key(self, col: Col) -> bool:
        """Whether it is the key of the row itself, also by the name that a child class gives it."""
        if not is_of_the_row(self.query, col):
            return False
        return bool(col.target.primary_key) or is_parent_link(col.target)

    def _joined_to_many(self, col: Col) -> bool:
        alias: str | None = col.alias
        while alias is not None:
            table = self.query.alias_map[alias]
            field = getattr(table, "join_field", None)
            if field is not None and (
                getattr(field, "one_to_many", False) or getattr(field, "many_to_many", False)
            ):
                return True
            alias = table.parent_alias
        return False

    def _compared(self, column: FilterColumn, lookup: str, value: Any) -> Any | None:
        schema, name = self.tree.schema, column.name
        if lookup == "isnull":
            if column.is_multiple and column.path and len(column.path) > 1:
                return None
            there = Query.exists_query(name)
            return Without(there) if value else there
        if hasattr(value, "resolve_expression") or hasattr(value, "get_compiler"):
            return None
        if lookup == "in":
            return self._one_of(column, value)
        if lookup == "exact":
            return Query.term_query(schema, name, self._held(column, value), "basic")
        if lookup == "startswith" and column.held is Held.TEXT and name != KEY:
            return Query.regex_query(schema, name, re.escape(str(value)) + "(.|\n)*")
        if column.held is Held.TEXT:
            return None  # texts are greater or less by the rules of the database's language
        bounds = {
            "lt": (None, value, True, False),
            "lte": (None, value, True, True),
            "gt": (value, None, False, True),
            "gte": (value, None, True, True),
        }
        if lookup in bounds:
            low, high, with_low, with_high = bounds[lookup]
            return self._between(column, low, high, with_low=with_low, with_high=with_high)
        if lookup == "range":
            low, high = value
            return self._between(column, low, high, with_low=True, with_high=True)
        return None

    def _held(self, column: FilterColumn, value: Any) -> Any:
        if column.name == KEY and not self.tree.has_number_keys:
            return str(value)
        return held_value(value, column.type)

    def _one_of(self, column: FilterColumn, values: Any) -> Any | None:
        if any(hasattr(each, "resolve_expression") for each in values):
            return None
        held = list(dict.fromkeys(self._held(column, each) for each in values if each is not None))
        if len(held) > MOST_IN_A_SET:
            return None
        return one_of(self.tree, column.name, held)

    def _between(
        self, column: FilterColumn, low: Any, high: Any, *, with_low: bool, with_high: bool
    ) -> Any | None:
        if any(hasattr(each, "resolve_expression") for each in (low, high)):
            return None
        is_moment = column.type == "DateTimeField"
        if is_moment and any(type(each) is dt.date for each in (low, high)):
            return None
        least: float | int = LEAST if column.held is Held.INTEGER else float("-inf")
        greatest: float | int = GREATEST if column.held is Held.INTEGER else float("inf")
        kind = tantivy.FieldType
        return Query.const_score_query(
            Query.range_query(
                self.tree.schema,
                column.name,
                kind.Integer if column.held is Held.INTEGER else kind.Float,
                lower_bound=least if low is None else self._held(column, low),
                upper_bound=greatest if high is None else self._held(column, high),
                include_lower=with_low,
                include_upper=with_high,
            ),
            1.0,
        )

    def _year(self, lookup: Any) -> Any | None:
        column = self._column(lookup.lhs.lhs)
        year = lookup.rhs
        # A year of moments begins at midnight of the province: the database knows when that is.
        if column is None or column.type != "DateField" or not isinstance(year, int):
            return None
        if not dt.MINYEAR <= year < dt.MAXYEAR:
            return None
        first, next_first = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        low, high = {
            "exact": (first, next_first),
            "gte": (first, None),
            "gt": (next_first, None),
            "lte": (None, next_first),
            "lt": (None, first),
        }.get(lookup.lookup_name, (None, None))
        if low is None and high is None:
            return None
        return self._between(column, low, high, with_low=True, with_high=False)


def _all(parts: list[Any]) -> Any:
    banned = [part.query for part in parts if isinstance(part, Without)]
    native = [part for part in parts if not isinstance(part, Without)]
    if banned and not native:
        return Without(any_of(banned))
    return but(native, banned)


def _turned(part: Any) -> Any:
    return part.query if isinstance(part, Without) else Without(part)


def _found(part: Any) -> Any:
    return negated(part.query) if isinstance(part, Without) else part


def one_of(tree: Tree, name: str, held: list[Any]) -> Any:
    """Rows that have one of the values, as the column holds them."""
    if not held:
        return nothing()
    if len(held) > AS_TERMS:
        return Query.const_score_query(Query.term_set_query(tree.schema, name, held), 1.0)
    terms = [Query.term_query(tree.schema, name, each, "basic") for each in held]
    return Query.const_score_query(any_of(terms), 1.0)


def keys_query(tree: Tree, keys: list[Any]) -> Any:
    """The rows with these keys."""
    return one_of(tree, KEY, [key_of(tree, key) for key in keys])


def columns_in(node: Any) -> Iterator[Col]:
    """The columns that a condition compares, also within other conditions."""
    for child in getattr(node, "children", ()):
        yield from columns_in(child)
    if isinstance(node, Lookup):
        lhs = node.lhs
        while hasattr(lhs, "lhs"):
            lhs = lhs.lhs
        if isinstance(lhs, Col):
            yield lhs


def path_of(query: Any, col: Col) -> Path | None:
    """The way through search_fields that ends at the column; None where they do not name it.

    Beyond what modelsearch follows itself, a relation to many may be compared by key: a filter
    `topics=7` finds FilterField("topics").
    """
    aliases = []
    alias: str | None = col.alias
    while alias is not None:
        aliases.append(alias)
        alias = query.alias_map[alias].parent_alias
    joins = [query.alias_map[each].join_field for each in reversed(aliases[:-1])]
    model, fields = query.model, query.model.get_search_fields()
    path: Path = ()
    while joins:
        if joins[0].one_to_one and is_parent_link(joins[0]):
            joins.pop(0)
            continue
        step, taken = _step(model, fields, joins)
        if step is None:
            return _compared_by_key(model, fields, joins, col, path)
        path = (*path, step)
        model, fields = step.get_field(model).related_model, step.fields
        del joins[:taken]
    for field in fields:
        if isinstance(field, FilterField) and field.get_attname(model) == col.target.attname:
            return (*path, field)
    return None


def _step(model: Any, fields: Any, joins: list[Any]) -> tuple[Any, int]:
    """The relation in search_fields that the next join, or the next two, belong to."""
    for each in fields:
        if not isinstance(each, RelatedFields):
            continue
        field = each.get_field(model)
        if field == joins[0]:
            return each, 1
        if field.many_to_many and len(joins) > 1:
            there, onward = (info.join_field for info in field.path_infos[:2])
            if there == joins[0] and onward == joins[1]:
                return each, 2
    return None, 0


def _compared_by_key(
    model: Any, fields: Any, joins: list[Any], col: Col, path: Path
) -> Path | None:
    if len(joins) != 1:
        return None
    for each in fields:
        if not isinstance(each, FilterField):
            continue
        try:
            field = each.get_field(model)
        except FieldDoesNotExist:
            continue
        if not field.many_to_many or len(field.path_infos) < 2:
            continue
        there, onward = (info.join_field for info in field.path_infos[:2])
        if there == joins[0] and getattr(onward, "attname", "") == col.target.attname:
            return (*path, each)
    return None


def is_parent_link(field: Any) -> bool:
    remote = getattr(field, "remote_field", None)
    return bool(remote is not None and getattr(remote, "parent_link", False))


def is_of_the_row(query: Any, col: Col) -> bool:
    """Whether the column is of the queryset's own row, or of its parents' in an inheritance."""
    alias: str | None = col.alias
    while alias is not None:
        table = query.alias_map[alias]
        field = getattr(table, "join_field", None)
        if field is not None and not is_parent_link(field):
            return False
        alias = table.parent_alias
    return True


def scoreless(queries: tuple[Any, ...]) -> Any:
    """All of the conditions, adding nothing to the score."""
    if not queries:
        return everything()
    return Query.boost_query(all_of(list(queries)), 0.0)
