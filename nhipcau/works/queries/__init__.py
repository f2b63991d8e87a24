"""What is asked of works. Each function tells its price in queries."""

from nhipcau.works.queries.earlier import (
    EarlierText,
    earlier_texts,
    revisions_of,
    texts_compared,
)
from nhipcau.works.queries.facts import Facts, facts_of
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
    in_sight,
    source_words,
    threads_of,
    usage_of_item,
    version_lines,
    words_of,
    work_of,
    works_of_task,
)
from nhipcau.works.queries.templates import (
    gaps_of,
    templates_by_kind,
    templates_for,
    templates_listed,
    words_of_template,
)

__all__ = [
    "Cell",
    "EarlierText",
    "Facts",
    "Row",
    "VersionLine",
    "Words",
    "WorkFilter",
    "costs_by_state",
    "costs_of_tasks",
    "earlier_texts",
    "facts_of",
    "gaps_of",
    "in_sight",
    "languages_of_works",
    "public_keys",
    "revisions_of",
    "rows_of",
    "source_words",
    "templates_by_kind",
    "templates_for",
    "templates_listed",
    "texts_compared",
    "threads_of",
    "usage_of_item",
    "version_lines",
    "words_of",
    "words_of_template",
    "work_of",
    "works_listed",
    "works_of_task",
]
