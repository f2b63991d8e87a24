"""The backend that WAGTAILSEARCH_BACKENDS names: everything of Wagtail's search comes through here.

Adding and deleting puts news into the outbox, in the transaction of the change; the worker of
each node writes its index. Nothing in a web process ever opens a writer.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from modelsearch.backends.base import BaseIndex, BaseSearchBackend
from modelsearch.index import class_is_indexed

from nhipcau.outbox.actions import put
from nhipcau.search.engine.asking import Compiler, StartsCompiler
from nhipcau.search.engine.building import Build
from nhipcau.search.engine.pending import TOPIC, about
from nhipcau.search.engine.results import Results
from nhipcau.search.engine.trees import tree_of


class Index(BaseIndex):
    """The index of one tree, as modelsearch sees it."""

    def __init__(self, backend: Any, model: Any) -> None:
        super().__init__(backend)
        self.tree = tree_of(model)

    def __str__(self) -> str:
        return self.tree.label

    def get_key(self) -> str:
        return self.tree.label

    def reset(self) -> None:
        """An empty index counts from now on."""
        with Build(self.tree) as build:
            build.finish(build.empty())

    def add_items(self, model: Any, items: Sequence[Any]) -> None:
        if class_is_indexed(model):
            self.tell([[item.pk] for item in items], about_each=True)

    def delete_item(self, item: Any) -> None:
        self.tell([[item.pk]], about_each=True)

    def tell(self, keys: Sequence[Sequence[Any]], *, about_each: bool) -> None:
        """Put news about the rows into the outbox: a message for each group of keys.

        `about_each`: what the message is about is named by the first key, so that searches can
        see that it waits.
        """
        for group in keys:
            put(
                topic=TOPIC,
                key=f"{TOPIC}:{uuid.uuid4()}",
                about=about(self.tree, group[0]) if about_each else "",
                payload={"tree": self.tree.label, "keys": [str(key) for key in group]},
                at=timezone.now(),
            )


class Rebuilder:
    """What modelsearch's own command asks; `nhipcau search rebuild` reads rows by itself."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.build = Build(index.tree)
        self.folder = Path()

    def start(self) -> Rebuilder:
        self.build.__enter__()
        self.folder = self.build.empty()
        return self

    def add_model(self, model: Any) -> None:
        """Columns are those of the code: nothing to be done."""

    def add_items(self, model: Any, items: Sequence[Any]) -> None:
        self.build.add(self.folder, items)

    def finish(self) -> None:
        self.build.finish(self.folder)
        self.build.__exit__(None, None, None)

    def __str__(self) -> str:
        return str(self.index)


class Backend(BaseSearchBackend):
    query_compiler_class: Any = Compiler
    autocomplete_query_compiler_class: Any = StartsCompiler
    index_class: Any = Index
    results_class: Any = Results
    rebuilder_class: Any = Rebuilder

    def get_index_for_model(self, model: Any) -> Index:
        index: Index = self.index_class(self, model)
        return index


SearchBackend = Backend
