"""A query that is asked at every request and compiled once.

Django builds the words of a query anew each time; for one with a union and subqueries that takes
twenty times as long as the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Compiled:
    """A query set whose words stay the same while what it asks for changes.

    `build(**values)` makes the query set; `stand_ins` are values of the same names that occur in
    it for nothing else. They show where in the compiled words the real ones belong.
    """

    def __init__(
        self, build: Callable[..., QuerySet[Any, tuple[Any, ...]]], **stand_ins: int | date
    ) -> None:
        self._build, self._stand_ins = build, stand_ins
        self._known: dict[str, tuple[str, list[tuple[str, Any]]]] = {}

    def rows(self, **values: int | date) -> list[tuple[Any, ...]]:
        """The rows as the database gives them: on SQLite a boolean is 0 or 1. One query."""
        if connection.vendor not in self._known:
            self._known[connection.vendor] = self._compile()
        words, places = self._known[connection.vendor]
        adapted = {name: _adapted(value) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(words, [adapted[name] if name else fixed for name, fixed in places])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _compile(self) -> tuple[str, list[tuple[str, Any]]]:
        words, parameters = self._build(**self._stand_ins).query.sql_with_params()
        adapted = {_adapted(value): name for name, value in self._stand_ins.items()}
        places = [(adapted.get(each, ""), each) for each in parameters]
        missing = set(self._stand_ins) - {name for name, _fixed in places}
        if missing:
            raise ValueError(f"The query does not ask for {', '.join(sorted(missing))}.")
        return words, places


def _adapted(value: int | date) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
