"""Rows as documents: words through the house's analysis, filter values as numbers and terms."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import tantivy
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from nhipcau.search.engine.trees import (
    CHARACTERS,
    EXACT,
    FOLDED,
    GRAMS,
    KEY,
    KINDS,
    STARTS,
    FilterColumn,
    Held,
    Path,
    Shape,
    Tree,
    shape_of,
)
from nhipcau.search.text import Analysis, analyse

# Between the words of two fields, so that no phrase runs from one into the other. No analysis
# makes it: it is no letter.
GAP = " ¶ "
EMPTY = "\x00"  # what stands for the empty string, which tantivy does not index
LONGEST_TERM = 8_000  # bytes; tantivy takes 65,530, no word has so many
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
LEAST, GREATEST = -(2**63), 2**63 - 1


class Incomparable(Exception):
    """A value that the index cannot hold: the database has to compare it."""


def held_value(value: Any, type_name: str) -> int | float | str:
    """A value as the index holds it. Raises Incomparable for one that it cannot hold."""
    match type_name:
        case "DateField":
            return _day(value)
        case "DateTimeField":
            return _moment(value)
        case "TimeField":
            return _time(value)
        case "BooleanField":
            return int(bool(value))
        case "FloatField":
            return _float(value)
        case "UUIDField":
            return str(value if isinstance(value, uuid.UUID) else uuid.UUID(str(value)))
        case "CharField" | "SlugField":
            return text_value(str(value))
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise Incomparable from error
    if not LEAST < number < GREATEST or (number != value and not isinstance(value, str)):
        raise Incomparable
    return number


def text_value(value: str) -> str:
    if len(value.encode()) > LONGEST_TERM:
        raise Incomparable
    return value or EMPTY


def shown_value(held: Any, type_name: str) -> Any:
    """What `held_value` made, turned back: the key of a facet."""
    match type_name:
        case "DateField":
            return dt.date.fromordinal(int(held))
        case "DateTimeField":
            return _EPOCH + int(held) * _MICROSECOND
        case "TimeField":
            return (_EPOCH + int(held) * _MICROSECOND).time()
        case "BooleanField":
            return bool(held)
        case "FloatField":
            return float(held)
        case "UUIDField":
            return uuid.UUID(held)
        case "CharField" | "SlugField":
            return "" if held == EMPTY else held
    return int(held)


def _day(value: Any) -> int:
    if isinstance(value, dt.datetime):
        value = value.date()
    if not isinstance(value, dt.date):
        raise Incomparable
    return int(value.toordinal())


def _moment(value: Any) -> int:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time.min)
    if not isinstance(value, dt.datetime):
        raise Incomparable
    if timezone.is_naive(value):
        value = timezone.make_aware(value)
    return int((value - _EPOCH) // _MICROSECOND)


def _time(value: Any) -> int:
    if not isinstance(value, dt.time):
        raise Incomparable
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return seconds * 1_000_000 + value.microsecond


def _float(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise Incomparable from error
    if not math.isfinite(number):
        raise Incomparable
    return number


# --- documents --------------------------------------------------------------------------------


@cache
def plain_way(model: Any, path: Path) -> tuple[str, ...]:
    """The attributes by which the path's one value is read; () where modelsearch has to be asked.

    That is so for relations to one row and for columns that hold what is indexed, most of all
    there are: asking costs three times as much as the rest of a document.
    """
    way, at = [], model
    for related in path[:-1]:
        field = related.get_field(at)
        if not isinstance(field, models.ForeignKey):
            return ()
        way.append(field.name)
        at = field.related_model
    try:
        leaf: Any = path[-1].get_field(at)
    except FieldDoesNotExist:
        return ()
    target = leaf
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if not getattr(target, "concrete", False) or leaf.many_to_many:
        return ()
    if hasattr(leaf, "get_searchable_content") or hasattr(target, "get_searchable_content"):
        return ()
    return (*way, leaf.attname)


def values_at(row: models.Model, path: Path) -> Iterable[Any]:
    """What the field at the end of the path says, for each row that the path leads to."""
    way = plain_way(type(row), path)
    if not way:
        return _asked(row, path)
    value: Any = row
    for name in way:
        value = getattr(value, name)
        if value is None:
            return ()
    return (value,)


def _asked(row: models.Model, path: Path) -> Iterator[Any]:
    rows: list[Any] = [row]
    for related in path[:-1]:
        rows = [found for each in rows for found in _at(each, related)]
    for each in rows:
        yield from _at(each, path[-1])


def _at(row: Any, step: Any) -> Iterable[Any]:
    """What one step leads to; rows that were fetched with this one are taken as they are."""
    fetched = getattr(row, "_prefetched_objects_cache", {}).get(step.field_name)
    return _many(step.get_value(row)) if fetched is None else list(fetched)


def _many(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    if isinstance(value, str | bytes | dict):
        return (value,)
    if hasattr(value, "all"):
        return list(value.all())
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [each for each in value if each is not None]
    return (value,)


def key_of(tree: Tree, key: Any) -> int | str:
    """A primary key as the column KEY holds it."""
    return int(key) if tree.has_number_keys else str(key)


def document_of(tree: Tree, row: Any) -> Any:
    """The row as a document of its tree's schema."""
    document = tantivy.Document()
    key = key_of(tree, row.pk)
    if isinstance(key, int):
        document.add_integer(KEY, key)
    else:
        document.add_text(KEY, key)
    model: Any = type(row)
    shape = shape_of(model)
    for label in shape.kinds:
        document.add_text(KINDS, label)
    _add_words(document, row, shape)
    for column in shape.filters:
        for value in _held_values(row, column):
            match column.held:
                case Held.INTEGER:
                    document.add_integer(column.name, value)
                case Held.FLOAT:
                    document.add_float(column.name, value)
                case Held.TEXT:
                    document.add_text(column.name, value)
    return document


def _held_values(row: Any, column: FilterColumn) -> list[Any]:
    values = []
    for value in values_at(row, column.path):
        plain = value.pk if isinstance(value, models.Model) else value
        try:
            values.append(held_value(plain, column.type))
        except Incomparable:
            continue
    return values


def language_of(row: Any) -> str:
    """The tag of the language in which the row speaks; "" where it does not say."""
    said = getattr(row, "search_language", "")
    return str(said() if callable(said) else said)


def _add_words(document: Any, row: Any, shape: Shape) -> None:
    language = language_of(row)
    analysed: dict[str, Analysis] = {}  # a title is searched and completed, but analysed once

    def analysis(value: Any) -> Analysis:
        text = str(value)
        found = analysed.get(text)
        if found is None:
            found = analysed[text] = analyse(text, language=language)
        return found

    held: dict[str, list[str]] = {FOLDED: [], EXACT: [], GRAMS: [], CHARACTERS: [], STARTS: []}
    for path, column in shape.words:
        own = []
        for value in values_at(row, path):
            found = analysis(value)
            if found.folded:
                own.append(" ".join(found.folded))
                held[EXACT] += found.exact
                held[GRAMS] += found.grams
                if found.runs:
                    held[CHARACTERS].append(" ".join(found.characters))
        held[FOLDED] += own
        if own and column:
            document.add_text(column, GAP.join(own))
    for path in shape.starts:
        for value in values_at(row, path):
            found = analysis(value)
            held[STARTS].append(" ".join([*found.folded, *found.characters]))
    for name, parts in held.items():
        if parts:
            document.add_text(name, (" " if name in (EXACT, GRAMS) else GAP).join(parts))
