"""What an index holds: the classes of one tree, and the columns that their search_fields ask for.

A tree is a model with all that inherit from its table; each has an index of its own. Columns are
named by what they hold ("x_unit_id_integer"), so that a query finds the one that the writer
filled. The digest of it all names the folder: other columns are another index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import tantivy
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelsearch.backends.base import get_model_root
from modelsearch.index import (
    AutocompleteField,
    FilterField,
    RelatedFields,
    SearchField,
    get_indexed_models,
)

from nhipcau.search.text import VERSION as TEXT_VERSION

LAYOUT = 1  # another number when documents are written otherwise: every index is built anew
LONGEST_TEXT = 2_000  # characters of a column that is filtered by; longer ones ask the database
KEY = "key"
KINDS = "kinds"
FOLDED, EXACT, GRAMS, CHARACTERS = "folded", "exact", "grams", "characters"
STARTS = "starts"


class Held(StrEnum):
    """How tantivy holds a filter's values."""

    INTEGER = "integer"
    FLOAT = "float"
    TEXT = "text"


_HELD = {
    "AutoField": Held.INTEGER,
    "BigAutoField": Held.INTEGER,
    "SmallAutoField": Held.INTEGER,
    "IntegerField": Held.INTEGER,
    "BigIntegerField": Held.INTEGER,
    "SmallIntegerField": Held.INTEGER,
    "PositiveIntegerField": Held.INTEGER,
    "PositiveBigIntegerField": Held.INTEGER,
    "PositiveSmallIntegerField": Held.INTEGER,
    "BooleanField": Held.INTEGER,
    "DateField": Held.INTEGER,
    "DateTimeField": Held.INTEGER,
    "TimeField": Held.INTEGER,
    "FloatField": Held.FLOAT,
    "CharField": Held.TEXT,
    "SlugField": Held.TEXT,
    "UUIDField": Held.TEXT,
}

Path = tuple[Any, ...]  # RelatedFields …, then one SearchField, AutocompleteField or FilterField


@dataclass(frozen=True, slots=True)
class FilterColumn:
    """Where the values of one FilterField lie, and how a row or a lookup is turned into them.

    `type` is Django's name of the field's type; `is_multiple`: a row may have several values.
    """

    name: str
    held: Held
    type: str
    path: Path
    is_multiple: bool
    is_nullable: bool


@dataclass(frozen=True, slots=True)
class WordColumn:
    """The words of one SearchField by themselves: for its boost, and for `fields=`."""

    name: str
    field_name: str
    boost: float


@dataclass(frozen=True, slots=True)
class Shape:
    """How rows of one class become documents: as what they count, and what is read of them."""

    kinds: tuple[str, ...]
    words: tuple[tuple[Path, str], ...]  # with the column of their own, "" where there is none
    starts: tuple[Path, ...]
    filters: tuple[FilterColumn, ...]


@dataclass(frozen=True)
class Tree:
    """One index: its root class, the indexed classes below it, its columns."""

    root: type[models.Model]
    models: tuple[Any, ...]
    filters: dict[str, FilterColumn]
    words: dict[str, WordColumn]
    digest: str
    schema: Any

    @property
    def label(self) -> str:
        return self.root._meta.label_lower

    @property
    def has_number_keys(self) -> bool:
        return held_as(key_type(self.root)) is Held.INTEGER

    def __hash__(self) -> int:
        return hash(self.digest)


def held_as(type_name: str) -> Held | None:
    """How values of a Django field type are held; None: the database alone can compare them."""
    return _HELD.get(type_name)


def key_type(model: type[models.Model]) -> str:
    field: Any = model._meta.pk
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return str(field.get_internal_type())


@cache
def tree_of(model: type[models.Model]) -> Tree:
    """The tree in which rows of the model are indexed; its columns are worked out once."""
    root = get_model_root(model)
    classes = tuple(each for each in get_indexed_models() if get_model_root(each) is root)
    filters: dict[str, FilterColumn] = {}
    words: dict[str, WordColumn] = {}
    for each in classes:
        for path in paths_of(each, FilterField):
            column = filter_column(each, path)
            if column is not None:
                filters.setdefault(column.name, column)
        for path in paths_of(each, SearchField):
            column_of_words = word_column(path)
            if column_of_words is not None:
                words.setdefault(column_of_words.name, column_of_words)
    shape = [
        str(LAYOUT),
        str(TEXT_VERSION),
        tantivy.__version__,
        root._meta.label_lower,
        key_type(root),
        *sorted(each._meta.label_lower for each in classes),
        *sorted(f"{each.name}:{each.held}:{each.type}" for each in filters.values()),
        *sorted(f"{each.name}:{each.boost}" for each in words.values()),
    ]
    digest = hashlib.sha256("\n".join(shape).encode()).hexdigest()[:16]
    return Tree(root, classes, filters, words, digest, _schema(root, filters, words))


@cache
def shape_of(model: Any) -> Shape:
    """What a document of this class is made of."""
    words = []
    for path in paths_of(model, SearchField):
        column = word_column(path)
        words.append((path, column.name if column else ""))
    columns = (filter_column(model, path) for path in paths_of(model, FilterField))
    return Shape(
        kinds=tuple(
            each._meta.label_lower for each in tree_of(model).models if issubclass(model, each)
        ),
        words=tuple(words),
        starts=tuple(paths_of(model, AutocompleteField)),
        filters=tuple({each.name: each for each in columns if each is not None}.values()),
    )


def all_trees() -> list[Tree]:
    """Every tree that has something to index, by the label of its root."""
    trees = {tree_of(model).label: tree_of(model) for model in get_indexed_models()}
    return [trees[label] for label in sorted(trees)]


def _schema(
    root: type[models.Model], filters: dict[str, FilterColumn], words: dict[str, WordColumn]
) -> Any:
    builder = tantivy.SchemaBuilder()
    if held_as(key_type(root)) is Held.INTEGER:
        builder.add_integer_field(KEY, indexed=True, fast=True)
    else:
        builder.add_text_field(
            KEY, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
        )
    builder.add_text_field(KINDS, fast=True, tokenizer_name="raw", index_option="basic")
    for name in (FOLDED, CHARACTERS, STARTS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in (EXACT, GRAMS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in sorted(words):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name, column in sorted(filters.items()):
        match column.held:
            case Held.INTEGER:
                builder.add_integer_field(name, indexed=True, fast=True)
            case Held.FLOAT:
                builder.add_float_field(name, indexed=True, fast=True)
            case Held.TEXT:
                builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def paths_of(model: Any, wanted: type) -> Iterator[Path]:
    """Every field of the kind in the model's search_fields, with the relations on the way to it."""
    yield from _below((), model.get_search_fields(), wanted)


def _below(way: Path, fields: Sequence[Any], wanted: type) -> Iterator[Path]:
    for field in fields:
        if isinstance(field, RelatedFields):
            yield from _below((*way, field), field.fields, wanted)
        elif isinstance(field, wanted):
            yield (*way, field)


def word_column(path: Path) -> WordColumn | None:
    """The column of a SearchField's own words.

    A field that says `alone=False` has none: its words are found among all others and cannot be
    asked for by `fields=`. So it is with fields of relations that carry no boost.
    """
    leaf = path[-1]
    boost = float(leaf.boost or 1)
    has_boost = boost > 1
    if not has_boost and (len(path) > 1 or not leaf.kwargs.get("alone", True)):
        return None
    name = "__".join(step.field_name for step in path)
    return WordColumn(f"w_{name}", name, boost)


def filter_column(model: type[models.Model], path: Path) -> FilterColumn | None:
    """The column of a FilterField, None where only the database can compare its values."""
    is_multiple = False
    is_nullable = False
    at = model
    names = []
    for related in path[:-1]:
        field = related.get_field(at)
        is_multiple |= bool(field.one_to_many or field.many_to_many)
        is_nullable |= bool(getattr(field, "null", True))
        names.append(related.field_name)
        at = field.related_model
    leaf = path[-1]
    type_name = str(leaf.get_type(at))
    try:
        own = leaf.get_field(at)
        is_multiple |= bool(getattr(own, "many_to_many", False))
        is_nullable |= bool(getattr(own, "null", False))
        if not own.is_relation and (getattr(own, "max_length", None) or 0) > LONGEST_TEXT:
            return None
    except FieldDoesNotExist:
        is_multiple |= bool(leaf.kwargs.get("many", False))
        is_nullable = True
    held = held_as(type_name)
    if held is None:
        return None
    names.append(leaf.get_attname(at))
    return FilterColumn(
        f"x_{'__'.join(names)}_{held}", held, type_name, path, is_multiple, is_nullable
    )
