"""Loading the shipped topics, spending items and templates, as often as one likes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.works.actions.templates import load_templates
from nhipcau.works.enums import TopicClass
from nhipcau.works.errors import ListsBroken
from nhipcau.works.models import SpendingItem, Topic
from nhipcau.works.models.lists import Listed

FOLDER = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load_lists(*, by: Actor, at: datetime) -> int:
    """Bring in the shipped lists; rows are found by their keys and corrected where they differ.

    Answers how many rows were added or corrected. Rows that people added are left alone. Raises
    ListsBroken when a row names what does not exist; nothing is changed then.
    """
    changed = 0
    topics: dict[str, Topic] = {}
    for row in _rows("topics"):
        if row["topic_class"] not in TopicClass.values:
            raise ListsBroken(f"topics.csv: {row['key']}: unknown class {row['topic_class']}")
        if row["parent"] and row["parent"] not in topics:
            raise ListsBroken(f"topics.csv: {row['key']}: no topic {row['parent']} before it")
        topic, is_changed = _put(
            Topic, row, topic_class=row["topic_class"], parent=topics.get(row["parent"])
        )
        topics[topic.key] = topic
        changed += is_changed
    for row in _rows("spending_items"):
        changed += _put(SpendingItem, row)[1]
    if changed:
        record(
            event="works.lists.loaded",
            target=next(iter(topics.values())),  # the first row stands for the lists
            by=by,
            at=at,
            after={"rows": changed},
        )
    return changed + load_templates(topics=topics, by=by, at=at)


def _put(model: type[Any], row: dict[str, str], **further: Any) -> tuple[Any, bool]:
    values = {
        "name": row["name"],
        "english_name": row["english_name"],
        "order": int(row["order"]),
        "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
        "source": row["source"],
        **further,
    }
    known: Listed | None = model.objects.filter(key=row["key"]).first()
    if known is None:
        return model.objects.create(key=row["key"], **values), True
    wrong = [name for name, value in values.items() if getattr(known, name) != value]
    for name in wrong:
        setattr(known, name, values[name])
    if wrong:
        known.save(update_fields=wrong)
    return known, bool(wrong)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield {key: (value or "").strip() for key, value in row.items()}
