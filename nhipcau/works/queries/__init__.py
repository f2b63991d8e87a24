"""What is asked of works. Each function tells its price in queries."""

from nhipcau.works.queries.lists import (
    Cell,
    Row,
    WorkFilter,
    languages_of_works,
    public_keys,
    rows_of,
    works_listed,
)
from nhipcau.works.queries.pages import (
    VersionLine,
    Words,
    costs_by_state,
    costs_of_tasks,
    source_words,
    threads_of,
    usage_of_item,
    version_lines,
    words_of,
    work_of,
    works_of_task,
)

__all__ = [
    "Cell",
    "Row",
    "VersionLine",
    "Words",
    "WorkFilter",
    "costs_by_state",
    "costs_of_tasks",
    "languages_of_works",
    "public_keys",
    "rows_of",
    "source_words",
    "threads_of",
    "usage_of_item",
    "version_lines",
    "words_of",
    "work_of",
    "works_listed",
    "works_of_task",
]
